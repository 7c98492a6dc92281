"""Blocks as HTML: what needs no widget is drawn by these pure functions, on the screen and in the report.

Everything that comes from data is escaped here. A place that leads somewhere is an ordinary link, or what has
``data-go``: inside the application a small script follows both without reloading the page.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from dashboard import blocks as b
from dashboard.sparkline import data_uri, svg
from dashboard.theme import Look

BOARD_GLYPHS: dict[b.State, str] = {
    "accepted": "●", "warned": "◆", "refused": "✕", "overdue": "!", "absent": "○", "not_needed": "",
}  # fmt: skip
BOARD_WORDS: dict[b.State, str] = {
    "accepted": "принято", "warned": "принято с замечаниями", "refused": "возвращено",
    "overdue": "срок прошёл", "absent": "ждём", "not_needed": "не требуется",
}  # fmt: skip


def render(block: b.Block, look: Look) -> str:
    """The HTML of a block that needs no widget; `KeyError` for the others."""
    return _RENDERERS[type(block)](block, look)


def can_render(block: b.Block) -> bool:
    """Is this block plain HTML?"""
    return type(block) in _RENDERERS and not (isinstance(block, b.Filters) and block.is_long)


def link(target: b.Link, css: str = "kb-link") -> str:
    """A link that works as a click inside the application and as an address outside."""
    return f'<a class="{css}"{leads_to(target.href)}>{escape(target.label)}</a>'


def leads_to(href: str) -> str:
    """Where a link leads: the script knows the application's own addresses by their first letters."""
    return f' href="{escape(href, quote=True)}"'


def title(block: b.Title, look: Look) -> str:
    """The page's head in one line, with the way back above it."""
    crumbs = '<span class="kb-sep">›</span>'.join(link(c) for c in block.crumbs)
    path = f'<nav class="kb-crumbs" aria-label="Вы здесь">{crumbs}</nav>' if crumbs else ""
    note = f'<span class="kb-note">{escape(block.note)}</span>' if block.note else ""
    return f'<header class="kb-title">{path}<h1>{escape(block.text)}</h1>{note}</header>'


def heading(block: b.Heading, look: Look) -> str:
    """A section's head."""
    note = f'<span class="kb-chip">{escape(block.note)}</span>' if block.note else ""
    return f'<div class="kb-heading"><h2>{escape(block.text)}</h2>{note}</div>'


def sentence(block: b.Sentence, look: Look) -> str:
    """A finding: bold lead, then the rest."""
    glyph = _glyph(block.tone) if block.tone else ""
    lead = f"<strong>{escape(block.lead)}</strong> " if block.lead else ""
    return f'<p class="kb-sentence">{glyph}{lead}{escape(block.text)}</p>'


def note(block: b.Note, look: Look) -> str:
    """Small print, or a message in a frame."""
    if block.tone == "muted":
        return f'<p class="kb-small">{escape(block.text)}</p>'
    return f'<p class="kb-message kb-{block.tone}" role="status">{_glyph(block.tone)}{escape(block.text)}</p>'


def code(block: b.Code, look: Look) -> str:
    """Text for a program, in its own type."""
    return f'<pre class="kb-code" tabindex="0"><code>{escape(block.text)}</code></pre>'


def empty(block: b.Empty, look: Look) -> str:
    """Nothing here: why, and the next step."""
    steps = "".join(f"<li>{escape(step)}</li>" for step in block.steps)
    commands = "".join(f"<code>{escape(command)}</code>" for command in block.commands)
    return (
        f'<section class="kb-empty"><h2>{escape(block.title)}</h2><p>{escape(block.why)}</p>'
        + (f"<ol>{steps}</ol>" if steps else "")
        + (f"<p>{commands}</p>" if commands else "")
        + "</section>"
    )


def cards(block: b.Cards, look: Look) -> str:
    """Cards in a row that wraps; equal heights."""
    css = "kb-cards kb-low" if block.is_compact else "kb-cards"
    return f'<div class="{css}">{"".join(_card(card, look) for card in block.items)}</div>'


def _card(card: b.Card, look: Look) -> str:
    drawing = svg(card.spark, card.tone, look) if card.spark else ""
    years = f"{card.spark.labels[0]} – {card.spark.labels[-1]}" if card.spark and drawing else ""
    image = (
        f'<img class="kb-spark" src="{data_uri(drawing)}" alt="Линия по годам: {years}">' if drawing else ""
    )
    glyph = f'<span class="kb-{card.tone}">{card.glyph or b.GLYPHS[card.tone]}</span> ' if card.change else ""
    inner = (
        f'<span class="kb-card-title">{escape(card.title)}</span>'
        f'<span class="kb-card-row"><span><span class="kb-value">{escape(card.value)}</span>'
        f'<span class="kb-count">{escape(card.count)}</span></span>{image}</span>'
        f'<span class="kb-change">{glyph}{escape(card.change)}</span>'
    )
    hint = f' title="{escape(card.hint, quote=True)}"' if card.hint else ""
    css = "kb-card kb-current" if card.is_current else "kb-card"
    if card.link is None:
        return f'<div class="{css}"{hint}>{inner}</div>'
    return f'<a class="{css}"{leads_to(card.link.href)}{hint}>{inner}</a>'


def table(block: b.Table, look: Look) -> str:
    """A table; a row with a link leads there as a whole, its first cell is the link for the keyboard."""
    head = "".join(f"<th{_column_class(c)}{_hint(c.hint)}>{escape(c.title)}</th>" for c in block.columns)
    rows = "".join(_row(row, block.columns) for row in block.rows)
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    # What leads nowhere has nothing to put the focus on: then the whole can be scrolled from the keyboard.
    stop = "" if any(row.link for row in block.rows) else ' tabindex="0"'
    return (
        f'<div class="kb-scroll"{stop}><table class="kb-table">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: b.Row, columns: tuple[b.Column, ...]) -> str:
    cells = "".join(
        f"<td{_column_class(column)}{_hint(cell.hint)}>{_cell(cell, row.link if i == 0 else None)}</td>"
        for i, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    css = ' class="kb-total"' if row.is_total else ""
    go = f' data-go="{escape(row.link.href, quote=True)}"' if row.link else ""
    return f"<tr{css}{go}>{cells}</tr>"


def _cell(cell: b.Cell, target: b.Link | None) -> str:
    glyph = _glyph(cell.tone) if cell.tone else ""
    text = link(b.Link(cell.text, target.page, target.selection)) if target else escape(cell.text)
    # A telephone writes the counts under the share; a desk has them in one line.
    return glyph + text.replace(" · ", ' <span class="kb-dot">·</span> ')


def _column_class(column: b.Column) -> str:
    kinds = (("kb-number", column.is_number), ("kb-wide", column.is_wide), ("kb-spare", column.is_spare))
    css = " ".join(name for name, is_on in kinds if is_on)
    return f' class="{css}"' if css else ""


def _hint(text: str) -> str:
    return f' title="{escape(text, quote=True)}"' if text else ""


def signals(block: b.Signals, look: Look) -> str:
    """What needs attention, one line each with its evidence."""
    if not block.items:
        return f'<p class="kb-sentence">{escape(block.empty)}</p>'
    return f'<ul class="kb-signals">{"".join(_signal(item) for item in block.items)}</ul>'


def _signal(item: b.Signal) -> str:
    way = link(item.link, "kb-link kb-way") if item.link else ""
    return (
        f"<li>{_glyph(item.tone)}<span><span>{escape(item.text)}</span>"
        f'<span class="kb-small">{escape(item.evidence)}</span></span>{way}</li>'
    )


def board(block: b.Board, look: Look) -> str:
    """Organisation × source; compact: a row of glyphs."""
    notes = block.notes or ("",) * len(block.columns)
    head = "".join(
        f"<th>{escape(column)}" + (f'<span class="kb-small">{escape(note)}</span></th>' if note else "</th>")
        for column, note in zip(block.columns, notes, strict=True)
    )
    compact = block.is_compact
    rows = "".join(_board_row(row, block.columns, compact) for row in block.rows)
    top = "" if compact else f"<thead><tr><th>Организация</th>{head}</tr></thead>"
    used = [
        s
        for s in BOARD_GLYPHS
        if s != "not_needed" and any(m.state == s for r in block.rows for m in r.marks)
    ]
    legend = " · ".join(f"{_state(s)} {BOARD_WORDS[s]}" for s in used)
    empty_cell = "" if compact else " Пустая ячейка — форма не нужна."
    css = "kb-board kb-compact" if compact else "kb-board"
    return (
        f'<div class="kb-scroll"><table class="{css}">{top}<tbody>{rows}</tbody></table></div>'
        f'<p class="kb-small">{legend}.{empty_cell}</p>'
    )


def _board_row(row: b.BoardRow, columns: tuple[str, ...], compact: bool) -> str:
    name = link(b.Link(row.name, row.link.page, row.link.selection)) if row.link else escape(row.name)
    marks = [_mark(mark, column) for mark, column in zip(row.marks, columns, strict=True)]
    if compact:
        glyphs = "".join(_compact(mark, column) for mark, column in zip(row.marks, columns, strict=True))
        cells = f'<td class="kb-glyphs">{glyphs}</td>'
    else:
        cells = "".join(f"<td{css}{hint}>{text}</td>" for text, hint, css in marks)
    go = f' data-go="{escape(row.link.href, quote=True)}"' if row.link else ""
    return f"<tr{go}><th scope='row'>{name}</th>{cells}</tr>"


def _compact(mark: b.Mark, column: str) -> str:
    text, hint, _ = _mark(mark, column)
    css = ' class="kb-many"' if mark.count is not None else ""
    return f"<span{css}{hint}>{text}</span>"


def _mark(mark: b.Mark, column: str) -> tuple[str, str, str]:
    text = _state(mark.state) + (f" {mark.count}" if mark.count else "")
    hint = _hint(f"{column}: {mark.hint or BOARD_WORDS[mark.state]}")
    if mark.link is None:
        return text, hint, f' class="kb-{mark.state}"'
    href = escape(mark.link.href, quote=True)
    said = escape(f"{column}: {mark.hint or BOARD_WORDS[mark.state]}", quote=True)
    leading = f'<a{leads_to(mark.link.href)} aria-label="{said}">{text}</a>'
    return leading, hint, f' class="kb-{mark.state}" data-go="{href}"'


def _state(state: b.State) -> str:
    return f'<span class="kb-state-{state}">{BOARD_GLYPHS[state]}</span>'


def facts(block: b.Facts, look: Look) -> str:
    """Terms and what is known of them."""
    head = f"<h2>{escape(block.title)}</h2>" if block.title else ""
    items = "".join(f"<div><dt>{escape(f.term)}</dt><dd>{escape(f.text)}</dd></div>" for f in block.items)
    foot = f'<p class="kb-small">{escape(block.note)}</p>' if block.note else ""
    return f'<section class="kb-facts">{head}<dl>{items}</dl>{foot}</section>'


def links(block: b.Links, look: Look) -> str:
    """A choice of a few; the one that is shown is marked for eyes and for readers without."""
    items = "".join(_choice(item, block.current) for item in block.items)
    return f'<nav class="kb-links" aria-label="{escape(block.label, quote=True)}">{items}</nav>'


def _choice(item: b.Link, current: str) -> str:
    if item.label == current:
        return f'<span class="kb-pill kb-on" aria-current="true">{escape(item.label)}</span>'
    return link(item, "kb-pill")


def menu(groups: dict[str, dict[str, str]], current: str) -> str:
    """The pages by groups, as addresses and titles; the one that is shown is marked."""
    lists = "".join(
        (f"<h2>{escape(group)}</h2>" if group else "")
        + f"<ul>{''.join(_place(href, title, current) for href, title in places.items())}</ul>"
        for group, places in groups.items()
        if places
    )
    return f'<nav class="kb-menu" aria-label="Страницы">{lists}</nav>'


def _place(href: str, title: str, current: str) -> str:
    is_shown = href.removeprefix("./").partition("?")[0] == current
    mark = ' aria-current="page"' if is_shown else ""
    return f"<li><a{leads_to(href)}{mark}>{escape(title)}</a></li>"


def filters(block: b.Filters, look: Look) -> str:
    """Drop-downs of links: they open without the server, and any of them can be opened in a new tab."""
    return f'<div class="kb-picks">{"".join(_pick(item) for item in block.items)}</div>'


def _pick(item: b.Filter) -> str:
    shown = item.placeholder if item.current is None else item.options[item.current].label
    options = "".join(_option(option, i == item.current) for i, option in enumerate(item.options))
    label = escape(f"{item.label}: {shown}" if item.label != shown else shown, quote=True)
    return (
        f'<details class="kb-pick" name="kb-pick"><summary aria-label="{label}"><span>{escape(shown)}</span></summary>'
        f"<ul>{options}</ul></details>"
    )


def _option(option: b.Option, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f"<li><a{leads_to(option.href)}{current}>{escape(option.label)}</a></li>"


def below(block: b.Below, look: Look) -> str:
    """What stands under a figure: the caption with the ways onward, and what it is saved as."""
    said = caption(block.caption, *block.ways) if block.caption else ""
    saves = f'<span class="kb-saves">{"".join(map(save, block.saves))}</span>' if block.saves else ""
    return f'<div class="kb-below">{said}{saves}</div>'


def caption(block: b.Caption, *ways: b.Link) -> str:
    """Source, period, n and note in small print, with the ways onward."""
    more = " · ".join(map(link, ways))
    after = f' <span class="kb-ways">{more}</span>' if more else ""
    return f'<p class="kb-caption">{escape(block.text)}{after}</p>'


def save(item: b.Save) -> str:
    """A link that looks like a button and saves a file; without a way to make it, why not."""
    if item.refused:
        return f'<span class="kb-pill kb-save" aria-disabled="true"{_hint(item.refused)}>{escape(item.label)}</span>'
    return f'<a class="kb-pill kb-save"{leads_to(item.href)} download>{escape(item.label)}</a>'


def entry(block: b.Entry) -> str:
    """Something that was written down, and by whom."""
    text = escape(block.text).replace("\n", "<br>")
    return f'<p>{text}<br><span class="kb-small">{escape(block.note)}</span></p>'


def foot(block: b.Foot, look: Look) -> str:
    """The page's last line."""
    ways = "".join(f" · {link(item)}" for item in block.links)
    return f'<footer class="kb-foot">{escape(block.text)}<span class="kb-ways">{ways}</span></footer>'


def _glyph(tone: b.Tone) -> str:
    return f'<span class="kb-glyph kb-{tone}" aria-hidden="true">{b.GLYPHS[tone]}</span> '


_RENDERERS: dict[type[Any], Callable[[Any, Look], str]] = {
    b.Title: title, b.Heading: heading, b.Sentence: sentence, b.Note: note, b.Code: code, b.Empty: empty,
    b.Cards: cards, b.Table: table, b.Signals: signals, b.Board: board, b.Facts: facts, b.Links: links,
    b.Filters: filters, b.Below: below, b.Foot: foot,
}  # fmt: skip
