"""What plotly calls symbols, dashes and colours, in the words of office programs."""

from __future__ import annotations

import re
from typing import Any

SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle",
    "triangle-down": "triangle", "cross": "plus", "x": "x", "line-ns": "dash", "line-ew": "dash",
}  # fmt: skip
DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot", "longdash": "lgDash"}
NAMED = {"white": "FFFFFF", "black": "000000"}


def symbol(name: str) -> tuple[str, bool]:
    """The marker and whether it is hollow."""
    return SYMBOLS.get(name.removesuffix("-open"), "circle"), name.endswith("-open")


def dash(name: str | None) -> str:
    """The dash of a line."""
    return DASHES.get(name or "solid", "solid")


def rgb(color: Any, fallback: str = "17202C") -> str:
    """Six hexadecimal digits of ``#rrggbb``, ``rgb(…)`` or a plain name."""
    text = str(color or "")
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return text[1:].upper()
    if parts := re.match(r"rgba?\((\d+),\s*(\d+),\s*(\d+)", text):
        return "".join(f"{int(part):02X}" for part in parts.groups())
    return NAMED.get(text, fallback)


def plain(text: Any) -> str:
    """A label without the little HTML that plotly understands."""
    return re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", " ", str(text or ""))).strip()


def each(value: Any, count: int, fallback: Any = None) -> list[Any]:
    """One value for every point, whether plotly was given one for all or one for each."""
    if value is None:
        return [fallback] * count
    if isinstance(value, str) or not hasattr(value, "__len__"):
        return [value] * count
    return list(value)


def numbers(values: Any) -> list[float | None]:
    """Plotly's values as plain numbers and gaps."""
    if values is None:
        return []
    return [None if v is None or v != v else float(v) for v in values]
