"""Blocks as numbered figures and tables of one HTML file that needs nothing but itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from dashboard import blocks as b
from dashboard import markup
from dashboard.report.flow import on_paper
from dashboard.theme import LIGHT
from dashboard.words import NBSP

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
WIDTH = 655
"""Pixels of a chart: the text column of an A4 page at 96 dots an inch."""
HEIGHTS = {"profile": 275, "pupils": 250, "years": 250}
"""Charts that are as high as their place allows; the others have a row for every name."""


SHORT_TABLE = 20
"""Rows of a table that is kept on one page."""
SHORT = 3
"""A name of so few words says too little without its second half."""


@dataclass
class Paper:
    """What has been numbered so far; sections are rendered in the order of the document."""

    figures: int = 0
    tables: int = 0
    drawings: list[str] = field(default_factory=list)
    heading: str = ""
    """The last one: the name of what follows where it has none of its own."""

    def render(self, blocks: Iterable[b.Block]) -> str:
        """The blocks of one section as HTML."""
        self.heading = ""
        return "\n".join(self._block(block) for block in on_paper(blocks))

    def _block(self, block: b.Block) -> str:
        if isinstance(block, b.Chart):
            return self._chart(block)
        if isinstance(block, b.Table):
            return self._table(block, block.caption) if block.rows else ""
        if isinstance(block, b.Board):
            return self._numbered_table("Кто что прислал", markup.board(block, LIGHT), block.key)
        if isinstance(block, b.Heading):
            self.heading = block.text
            return f"<h3>{escape(block.text)}{_note(block.note)}</h3>"
        if isinstance(block, b.Empty):
            return f'<p class="missing">{escape(block.title)}. {escape(block.why)}</p>'
        return markup.render(block, LIGHT)

    def _chart(self, chart: b.Chart) -> str:
        self.figures += 1
        if chart.title or not self.heading:
            self.heading = _subject(chart.alt)
        name = f"Рисунок{NBSP}{self.figures}. {self.heading}"
        alt, css = escape(chart.alt, quote=True), escape(chart.key, quote=True)
        drawn = (
            f'<figure class="{css}"><div class="chart" role="img" aria-label="{alt}"'
            f' style="height:{self._draw(chart)}px"></div>'
            f"<figcaption>{escape(name)}</figcaption>{markup.caption(chart.caption)}</figure>"
        )
        if not chart.shows_table or not chart.table.rows:
            return drawn
        return drawn + self._table(chart.table, chart.table.caption or f"Числа к рисунку{NBSP}{self.figures}")

    def _draw(self, chart: b.Chart) -> int:
        """Keep the figure's data for the script at the end; its height on paper."""
        figure = chart.figure(LIGHT)
        figure.update_traces(customdata=None)
        height = HEIGHTS.get(chart.key, int(figure.layout.height or 360))
        figure.update_layout(width=WIDTH, height=height, autosize=False)
        self.drawings.append(figure.to_json())
        return height

    def _table(self, table: b.Table, title: str) -> str:
        return self._numbered_table(title, markup.table(_without_caption(table), LIGHT), table.key)

    def _numbered_table(self, title: str, drawn: str, key: str) -> str:
        self.tables += 1
        named = title or self.heading
        name = f"Таблица{NBSP}{self.tables}" + (f". {named}" if named else "")
        css = escape(key, quote=True) + (" short" if drawn.count("<tr") <= SHORT_TABLE else "")
        return f'<div class="table {css}"><p class="name">{escape(name)}</p>{drawn}</div>'


def _subject(alt: str) -> str:
    """What a chart shows, without how: on paper a name stands alone, far from the page's title."""
    head = alt.split(": ")[0]
    return head if len(head.split()) > SHORT else alt


def _without_caption(table: b.Table) -> b.Table:
    return b.Table(table.columns, table.rows, table.key)


def _note(text: str) -> str:
    return f' <span class="note">{escape(text)}</span>' if text else ""


def document(title: str, body: str, paper: Paper) -> str:
    """The whole file: style and type inside, plotly once, then every chart drawn."""
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
        f"</head><body>{body}{_scripts(paper.drawings)}</body></html>\n"
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
