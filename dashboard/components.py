"""Blocks on the screen: the only module that knows how Streamlit draws them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache, lru_cache, partial
from itertools import cycle, groupby
from pathlib import Path
from typing import Any, TypeVar, cast

import streamlit as st

from dashboard import around, markup, panels, sheet
from dashboard import blocks as b
from dashboard.navigation import follow
from dashboard.notebook import NotebookError
from dashboard.panels import Here
from dashboard.theme import Look

HERE = Path(__file__).parent
_AUTHOR = "kb-author"


Made = TypeVar("Made")
Draw = Callable[[], object]
"""Sends to the browser what is ready."""


def show_page(page: b.Page, look: Look, here: Here, brand: str, place: str = "page") -> None:
    """Draw a page: its title, what is being added to it, then its blocks.

    Everything is computed before the first word is sent: the browser then gets the page in one piece and builds
    it once, instead of once for every part that happens to be ready. What is drawn after a part of another page has
    a ``place`` of its own.
    """
    draws = _ready((page.title, *panels.at_top(here, page.title.text), *page.blocks), look, place, here)
    style(look, brand)
    _send(draws)


def show(blocks: tuple[b.Block, ...], look: Look, place: str) -> None:
    """Draw blocks that belong to no address, one under another: nothing leads from their figures.

    ``place`` names them among all that is on the screen.
    """
    _send(_ready(blocks, look, place))


def _ready(blocks: tuple[b.Block, ...], look: Look, place: str, here: Here | None = None) -> list[Draw]:
    draws: list[Draw] = []
    for is_sheet, run in groupby(around.spread(blocks, here), _is_of_a_sheet):
        if is_sheet:
            draws.append(partial(sheet.send, _pieces(tuple(run), look), f"{place}-{len(draws)}"))
            continue
        for block in run:
            draws.append(_DRAWERS[type(block)](block, look, f"{place}-{len(draws)}", here))
    return draws


def _is_of_a_sheet(block: b.Block) -> bool:
    return isinstance(block, b.Chart) or markup.can_render(block)


def _pieces(blocks: tuple[b.Block, ...], look: Look) -> list[str]:
    """Charts, each a piece, and the text between them."""
    found: list[str] = []
    for is_text, some in groupby(blocks, markup.can_render):
        if is_text:
            found.append(_once(_text, tuple(some), look))
        else:
            found += [_once(sheet.chart, chart, look) for chart in some]
    return found


def _text(blocks: tuple[b.Block, ...], look: Look) -> str:
    return sheet.text("".join(markup.render(block, look) for block in blocks))


def _send(draws: list[Draw]) -> None:
    for draw in draws:
        draw()


def _once(make: Callable[..., Made], *given: object) -> Made:
    """What a function makes of these values alone: made once, then known again by their content."""
    try:
        asked = pickle.dumps((make, given))
    except _NAMELESS:
        return make(*given)
    return cast("Made", _made(asked))


_NAMELESS = (pickle.PicklingError, AttributeError, TypeError)
"""What pickle says of a function within a function, which has no name to know it by."""


@lru_cache(maxsize=64)
def _made(asked: bytes) -> Any:
    # Not more: the collector goes through every remembered figure after each run (200 of them are 12 ms a click).
    make, given = pickle.loads(asked)
    return make(*given)


def _filters(block: b.Filters, look: Look) -> None:
    with st.container(key=f"filters-{block.items[0].key}" if block.items else "filters"):
        for column, item in zip(st.columns(max(len(block.items), 3), gap="small"), block.items, strict=False):
            key = f"filter-{item.key}"
            st.session_state[key] = item.current  # the address alone decides what is shown
            column.selectbox(
                item.label,
                range(len(item.options)),
                index=None,
                placeholder=item.placeholder,
                label_visibility="collapsed",
                format_func=_label_of(item),
                key=key,
                on_change=partial(_chosen, item, key),
            )


def _label_of(item: b.Filter) -> Callable[[int], str]:
    return lambda index: item.options[index].label


def _chosen(item: b.Filter, key: str) -> None:
    """Go to the choice; a cleared field is the first option: everything."""
    follow(item.options[st.session_state[key] or 0].href)


def menu(groups: dict[str, dict[str, str]], current: str) -> None:
    """The pages at the side; ``current`` is the address of the one that is shown."""
    st.sidebar.html(markup.menu(groups, current))


def _pager(block: b.Pager, look: Look) -> None:
    key = f"pager-{block.part}-{block.parts}"
    st.pagination(block.parts, default=block.part, key=key, on_change=partial(_turned, block, key))


def _turned(block: b.Pager, key: str) -> None:
    follow(f"?{block.selection.but(part=st.session_state[key]).query()}")


def _split(block: b.Split, look: Look, place: str, here: Here | None) -> Draw:
    sides = (block.left, block.right)
    parts = [_ready(side, look, f"{place}-{number}", here) for number, side in enumerate(sides)]

    def draw() -> None:
        for column, part in zip(st.columns(list(block.ratio), gap="medium"), parts, strict=True):
            with column:
                _send(part)

    return draw


def _details(block: b.Details, look: Look, place: str, here: Here | None) -> Draw:
    inside = _ready(block.blocks, look, place, here)

    def draw() -> None:
        with st.expander(block.title):
            _send(inside)

    return draw


def _live(block: b.Live, look: Look) -> None:
    block.draw(look)


def _form(block: b.Form, look: Look) -> None:
    with st.container(border=True, key=block.key):
        head = (b.Heading(block.title), *((b.Sentence("", block.text),) if block.text else ()))
        show(head, look, f"{block.key}-head")
        for entry in block.entries:
            text, away = st.columns([8, 1], vertical_alignment="center")
            text.html(markup.entry(entry))
            away.button(
                "Убрать",
                key=f"away-{entry.id}",
                type="tertiary",
                on_click=partial(_removed, block, entry),
            )
        if block.submit:
            with st.form(f"form-{block.key}", border=False, enter_to_submit=False):
                for item in (i for i in block.fields if i.is_long):
                    _field(block, item)
                short = [i for i in block.fields if not i.is_long]
                columns = cycle(st.columns(2)) if short else ()
                for column, item in zip(columns, short, strict=False):
                    with column:
                        _field(block, item)
                st.form_submit_button(block.button, type="primary", on_click=partial(_submitted, block))
        st.html(f'<div class="kb">{markup.link(block.close)}</div>')
        if said := st.session_state.pop(f"said-{block.key}", None):
            show((b.Note(said, "bad"),), look, f"{block.key}-said")


def _field(block: b.Form, item: b.Field) -> None:
    key = f"{block.key}-{item.key}"
    value = st.session_state.get(_AUTHOR, "") if item.is_author else item.value
    if item.options:
        st.selectbox(item.label, item.options, key=key)
    elif item.is_long:
        st.text_area(item.label, value, key=key, height=90)
    else:
        st.text_input(
            item.label,
            value,
            key=key,
            placeholder=item.hint or None,
            autocomplete="name" if item.is_author else None,
        )


def _submitted(block: b.Form) -> None:
    """Write down what was filled in; an empty field that is needed, or a failure, is said in words."""
    given = {
        item.key: str(st.session_state.get(f"{block.key}-{item.key}") or "").strip() for item in block.fields
    }
    lacking = [item.label for item in block.fields if item.is_required and not given[item.key]]
    if lacking:
        st.session_state[f"said-{block.key}"] = f"Заполните: {', '.join(f'«{label}»' for label in lacking)}."
        return
    author = next((given[i.key] for i in block.fields if i.is_author), "")
    st.session_state[_AUTHOR] = author or st.session_state.get(_AUTHOR, "")
    assert block.submit is not None  # a form with fields has somewhere to put them
    if not _tried(block, partial(block.submit, given)):
        return
    for item in block.fields:
        st.session_state.pop(f"{block.key}-{item.key}", None)
    if not block.stays_open:
        follow(block.close.href)


def _removed(block: b.Form, entry: b.Entry) -> None:
    _tried(block, entry.remove)


def _tried(block: b.Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except (NotebookError, ValueError) as error:
        st.session_state[f"said-{block.key}"] = str(error)
        return False
    return True


def _widgets(drawn: Callable[[Any, Look], None]) -> Callable[[Any, Look, str, Here | None], Draw]:
    """What has nothing to compute beforehand."""
    return lambda block, look, place, here: partial(drawn, block, look)


_DRAWERS: dict[type[Any], Callable[[Any, Look, str, Here | None], Draw]] = {
    b.Split: _split, b.Details: _details, b.Filters: _widgets(_filters),
    b.Pager: _widgets(_pager), b.Live: _widgets(_live), b.Form: _widgets(_form),
}  # fmt: skip


def style(look: Look, brand: str) -> None:
    """The style sheet with the colours of this appearance; ``brand`` stands at the head of the sidebar."""
    safe = brand.replace("\\", "").replace('"', "'").replace("<", "").replace("\n", r"\A ")
    colors = {
        "ground": look.ground, "panel": look.panel, "line": look.line, "ink": look.ink, "muted": look.muted,
        "accent": look.accent, "grey": look.grey, "plain": look.blue, "good": look.green, "bad": look.red,
        "watch": look.orange, "on": look.chosen, "on-line": look.chosen_line, "tint": look.tint,
        "brand": f'"{safe}"', "print-filter": look.print_filter,
    }  # fmt: skip
    variables = ";".join(f"--kb-{name}:{value}" for name, value in colors.items())
    st.html(f"<style>:root{{{variables}}}\n{_style_sheet()}</style>")


@cache
def _style_sheet() -> str:
    return (HERE / "style.css").read_text(encoding="utf-8")
