"""A checked file as HTML: what it is, its organisations, every cause with the rows around its cells."""

from __future__ import annotations

from html import escape
from typing import Any

from dashboard.words import number, plural

Plain = dict[str, Any]
GLYPHS = {"accepted": "●", "accepted_with_warnings": "◆", "refused": "✕"}
CSS = {"accepted": "accepted", "accepted_with_warnings": "warned", "refused": "refused"}
_SEVERITY = {"error": ("✕", "bad"), "warning": ("◆", "watch"), "info": ("○", "muted")}
OPEN = 3
"""Organisations whose findings are unfolded at once."""


def head(file: Plain) -> str:
    """Name, kind and what would become of it."""
    facts = [file["kind"]]
    parts = file["parts"]
    periods = list(dict.fromkeys(part["period"] for part in parts))
    facts += periods if len(periods) == 1 else []
    facts += [parts[0]["name"]] if len(parts) == 1 else []
    facts += [plural(file["rows"], "строка", "строки", "строк")] if file["rows"] else []
    return (
        f'<div class="kb-file"><h2>{escape(file["name"])}</h2>'
        f'<p class="kb-note">{escape(" · ".join(facts))}</p>'
        f'<p class="kb-verdict">{state(file["status"])} {escape(file["verdict"])}{_news(file)}</p></div>'
    )


def state(status: str) -> str:
    """The sign of a verdict."""
    return f'<span class="kb-state-{CSS[status]}" aria-hidden="true">{GLYPHS[status]}</span>'


def _news(file: Plain) -> str:
    news = file.get("compared")
    if not news:
        return ""
    said = f"исправлено {number(news['fixed'])}, осталось {number(news['left'])}, новых {number(news['new'])}"
    return f' <span class="kb-chip">с прошлого раза: {said}</span>'


def findings(file: Plain) -> str:
    """Findings of the file as a whole, then of each organisation."""
    whole = f'<ul class="kb-causes">{"".join(map(_cause, file["causes"]))}</ul>' if file["causes"] else ""
    parts = file["parts"]
    if len(parts) == 1:
        own = "".join(map(_cause, parts[0]["causes"]))
        return f'{whole}<ul class="kb-causes">{own}</ul>' if own else whole
    told = [part for part in parts if part["causes"]]
    plain = len(parts) - len(told) + file["parts_left"]
    rest = plural(plain, "организация", "организации", "организаций")
    more = f'<p class="kb-small">Без замечаний: {rest}.</p>' if plain else ""
    return whole + "".join(_part(part, place < OPEN) for place, part in enumerate(told)) + more


def _part(part: Plain, is_open: bool) -> str:
    counted = plural(sum(c["count"] for c in part["causes"]), "замечание", "замечания", "замечаний")
    return (
        f'<details class="kb-part"{" open" if is_open else ""}><summary>{state(part["status"])} '
        f'<strong>{escape(part["name"])}</strong> <span class="kb-note">{escape(part["period"])} · {counted}</span>'
        f'</summary><ul class="kb-causes">{"".join(map(_cause, part["causes"]))}</ul></details>'
    )


def _cause(cause: Plain) -> str:
    glyph, tone = _SEVERITY[cause["severity"]]
    places = [place for place in cause["places"] if place["cell"]]
    cells = ", ".join(place["cell"] for place in places)
    left = cause["count"] - len(cause["places"])
    cells += f" и ещё {number(left)}" if cells and left > 0 else ""
    column = next((place["column"] for place in places if place["column"]), "")
    where = f"<strong>{escape(cells)}</strong> " if cells else ""
    named = f"«{escape(_short(column))}»: " if column and column not in cause["title"] else ""
    fix = f' <span class="kb-fix">{escape(cause["fix"])}</span>' if cause["fix"] else ""
    return (
        f'<li><span class="kb-glyph kb-{tone}" aria-hidden="true">{glyph}</span>'
        f"<div>{where}{named}{escape(cause['title'])}.{fix}{_known(cause)}{grid(cause['excerpt'])}</div></li>"
    )


def _known(cause: Plain) -> str:
    known = cause.get("acknowledged")
    if not known:
        return ""
    return f'<span class="kb-chip">подтвердил(а) {escape(known["by"])}: {escape(known["why"])}</span>'


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def grid(rows: Plain | None) -> str:
    """The rows around a cell as a sheet shows them, the cell marked."""
    if not rows:
        return ""
    heads = "".join(f"<th>{escape(letter)}</th>" for letter in rows["columns"])
    lines = "".join(
        f'<tr><th scope="row">{row["number"]}</th>{"".join(map(_grid_cell, row["cells"]))}</tr>'
        for row in rows["rows"]
    )
    sheet = f' aria-label="Лист «{escape(rows["sheet"] or "", quote=True)}»"'
    return (
        f'<div class="kb-scroll"><table class="kb-grid"{sheet}><tr><th></th>{heads}</tr>{lines}</table></div>'
    )


def _grid_cell(cell: Plain) -> str:
    css = ' class="kb-marked"' if cell["marked"] else ""
    return f"<td{css}>{escape(cell['text'])}</td>"
