"""The document as one HTML file that needs nothing but itself, printable on A4."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from dashboard import blocks as b
from dashboard import markup
from dashboard.report.document import Document, Figure, Footnote, Grid, Item, Own, Part
from dashboard.report.widths import column_widths, is_upright, is_whole, unbroken
from dashboard.theme import LIGHT
from dashboard.words import NBSP, day

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
WIDTH = 655
"""Pixels of a chart: the text column of an A4 page at 96 dots an inch."""
HEIGHTS = {"profile": 275, "pupils": 250, "years": 250}
"""Charts that are as high as their place allows; the others have a row for every name."""


def html(report: Document, pages: Mapping[str, int] | None = None) -> str:
    """The whole file; ``pages`` are the numbers of the contents, by anchor, where they are known."""
    paper = Paper()
    sections = "".join(paper.part(part) for part in report.parts if not part.is_annex)
    annexes = "".join(paper.part(part) for part in report.parts if part.is_annex)
    head = _short_head(report) if report.is_short else _cover(report) + _contents(report.parts, pages or {})
    body = f"{head}<main>{sections}{_signature(report)}{annexes}</main>"
    return _file(f"{report.title}: {report.about}, {report.period}", body, paper.drawings, report.is_short)


@dataclass
class Paper:
    """Items as HTML; the data of charts are kept for the script at the end."""

    drawings: list[str] = field(default_factory=list)

    def part(self, part: Part) -> str:
        """One section."""
        items = "\n".join(
            _referred(self.item(item), part.footnotes.get(place, ())) for place, item in enumerate(part.items)
        )
        notes = _footnotes(one for some in part.footnotes.values() for one in some)
        return f'<section id="{part.anchor}"><h2>{escape(part.name)}</h2>\n{items}{notes}</section>\n'

    def item(self, item: Item) -> str:
        """One item."""
        if isinstance(item, Figure):
            return self._figure(item)
        if isinstance(item, Grid):
            return _grid(item)
        if isinstance(item, Own):
            return f"<p>{escape(item.text)}</p>"
        if isinstance(item, b.Heading):
            note = f' <span class="note">{escape(item.note)}</span>' if item.note else ""
            return f"<h3>{escape(item.text)}{note}</h3>"
        if isinstance(item, b.Empty):
            said = " ".join(f"{text.rstrip('.')}." for text in (item.title, item.why) if text)
            return f'<p class="missing">{escape(said)}</p>'
        return markup.render(item, LIGHT)

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        alt, css = escape(chart.alt, quote=True), escape(chart.key, quote=True)
        return (
            f'<figure class="{css}"><div class="chart" role="img" aria-label="{alt}"'
            f' style="height:{self._draw(chart)}px"></div>'
            f"<figcaption>{escape(figure.name)}</figcaption>{markup.caption(chart.caption)}</figure>"
        )

    def _draw(self, chart: b.Chart) -> int:
        """Keep the figure's data for the script at the end; its height on paper."""
        figure = chart.figure(LIGHT)
        figure.update_traces(customdata=None)
        height = HEIGHTS.get(chart.key, int(figure.layout.height or 360))
        figure.update_layout(width=WIDTH, height=height, autosize=False)
        self.drawings.append(figure.to_json())
        return height


def _referred(html: str, footnotes: Iterable[Footnote]) -> str:
    """The item with the numbers of its footnotes behind its name, or behind its own last word."""
    marks = ", ".join(
        f'<a id="at-{one.number}" href="#footnote-{one.number}">{one.number}</a>' for one in footnotes
    )
    end = next((end for end in ("</figcaption>", "</p>") if end in html), "")
    head, found, tail = html.partition(end) if end else (html, "", "")
    return f"{head}<sup>{marks}</sup>{found}{tail}" if marks else html


def _footnotes(footnotes: Iterable[Footnote]) -> str:
    """Under the section: a browser knows no foot of a page."""
    said = "".join(
        f'<p id="footnote-{one.number}"><sup><a href="#at-{one.number}">{one.number}</a></sup> '
        f"{escape(one.text)}</p>"
        for one in footnotes
    )
    return f'<aside class="footnotes">{said}</aside>' if said else ""


def _grid(grid: Grid) -> str:
    drawn = unbroken(markup.table(grid.table, LIGHT)).replace("<thead>", f"{_columns(grid.table)}<thead>", 1)
    css = escape(grid.key, quote=True) + (" short" if is_whole(grid.table) else "")
    css += " upright" if is_upright(grid.table) else ""
    return f'<div class="table {css}"><p class="name">{escape(grid.name)}</p>{drawn}</div>'


def _columns(table: b.Table) -> str:
    """Widths of columns by what stands in them, as in the DOCX."""
    widths = column_widths(table)
    return "".join(f'<col style="width:{100 * width / sum(widths):.1f}%">' for width in widths)


def _cover(report: Document) -> str:
    publisher = report.publisher
    return (
        f'<header class="cover"><p class="department">{escape(publisher.department)}</p>'
        f"<h1>{escape(report.title)}</h1>"
        f'<p class="district">{escape(report.about)}</p>'
        f'<p class="year">{escape(report.period)}</p>'
        f'<p class="office">{escape(publisher.office)}</p>'
        f'<p class="built">{_made_of(report)}</p></header>'
    )


def _made_of(report: Document) -> str:
    built = day(report.built_at.astimezone())
    return f"Данные на {built}, {escape(report.release)}. {escape(report.audience.capitalize())}."


def _short_head(report: Document) -> str:
    return (
        f'<header class="short-head"><h1>{escape(report.title)}. {escape(report.about)}</h1>'
        f'<p class="built">{escape(report.period)}. {_made_of(report)}</p></header>'
    )


def _contents(parts: tuple[Part, ...], pages: Mapping[str, int]) -> str:
    items = "".join(
        f'<li><a href="#{part.anchor}">{escape(part.name)}</a> <span>{pages.get(part.anchor, "")}</span></li>'
        for part in parts
    )
    return f'<nav class="contents"><h2>Содержание</h2><ol>{items}</ol></nav>'


def _signature(report: Document) -> str:
    return (
        f'<p class="signature"><span>{escape(report.publisher.signer_title)}</span>'
        f"<span>_______________{NBSP}{escape(report.publisher.signer)}</span></p>"
    )


def _file(title: str, body: str, drawings: list[str], is_short: bool) -> str:
    """Style and type inside, plotly once, then every chart drawn."""
    colors = {
        "ground": LIGHT.ground, "panel": LIGHT.panel, "line": LIGHT.line, "ink": LIGHT.ink,
        "muted": LIGHT.muted, "accent": LIGHT.accent, "grey": LIGHT.grey, "plain": LIGHT.blue,
        "good": LIGHT.green, "bad": LIGHT.red, "watch": LIGHT.orange, "on": LIGHT.chosen,
        "on-line": LIGHT.chosen_line, "tint": LIGHT.tint,
    }  # fmt: skip
    variables = ";".join(f"--kb-{name}:{value}" for name, value in colors.items())
    return (
        f'<!doctype html>\n<html lang="ru"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_fonts()}:root{{{variables}}}{(HERE / 'print.css').read_text(encoding='utf-8')}</style>"
        f'</head><body class="{"short" if is_short else "full"}">{body}{_scripts(drawings)}</body></html>\n'
    )


def _fonts() -> str:
    """PT Sans inside the file: the paper looks the same where it is not installed."""
    faces = ((400, "PTSans-Regular.ttf"), (700, "PTSans-Bold.ttf"))
    return "".join(
        f'@font-face{{font-family:"PT Sans";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{base64.b64encode((STATIC / name).read_bytes()).decode()})}}"
        for weight, name in faces
    )


def _scripts(drawings: list[str]) -> str:
    if not drawings:
        return ""
    from plotly.offline import get_plotlyjs

    from dashboard.figures.config import PLOTLY

    data = ",".join(drawings).replace("</", "<\\/")
    config: dict[str, Any] = {**PLOTLY, "staticPlot": True}
    return (
        f"<script>{get_plotlyjs()}</script>"
        f"<script>const drawings=[{data}],config={json.dumps(config, ensure_ascii=False)};"
        'document.querySelectorAll(".chart").forEach((place,i)=>'
        "Plotly.newPlot(place,drawings[i].data,drawings[i].layout,config));</script>"
    )
