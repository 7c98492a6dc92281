"""A page's blocks made ready for paper: nothing to click, columns one under another, folds opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from dashboard import blocks as b

ONLY_ON_SCREEN = (b.Title, b.Links, b.Filters, b.Pager, b.Live, b.Form, b.Foot)


def on_paper(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Blocks in reading order, without what only a screen needs."""
    for block in blocks:
        if isinstance(block, ONLY_ON_SCREEN):
            continue
        if isinstance(block, b.Split):
            yield from on_paper((*block.left, *block.right))
        elif isinstance(block, b.Details):
            yield b.Heading(block.title)
            yield from on_paper(block.blocks)
        elif isinstance(block, b.Chart):
            yield replace(block, table=unlinked(block.table))
        else:
            yield unlinked(block)


def texts_of(value: Any) -> Iterator[str]:
    """Every text that blocks hold, whether it is printed or tells a number's origin."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


def unlinked(value: Any) -> Any:
    """The same block with every link taken out: an address of the application leads nowhere on paper."""
    if isinstance(value, tuple):
        return tuple(unlinked(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: None if f.name == "link" else unlinked(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **changed)
