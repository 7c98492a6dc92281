"""Answers as protocols write them: «+++73---000» task by task, «1(2)0(3)» with the largest points in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHORT, LONG, ORAL = "краткий", "развёрнутый", "устный"
PREFIX = {SHORT: "", LONG: "Р", ORAL: "У"}
"""How tasks are called: short answers by their number in the test, others by their place in their part."""
_GOT = re.compile(r"\s*([\dxх-]+)\((\d+)\)\s*", re.IGNORECASE)
_DASHES = str.maketrans("−–—", "---")


@dataclass(frozen=True)
class Answer:
    """Points for one task; the largest ones where the mask itself says them."""

    points: float | None
    """None: done in full, and only other rows can say how many points that is."""
    largest: float | None = None


def short_answers(mask: str) -> list[Answer] | None:
    """«+» in full, «-» or «x» nothing, a digit that many points; None for what is not such a mask."""
    plain = "".join(mask.split()).translate(_DASHES)
    if not re.fullmatch(r"[-+\dxхXХ]*", plain):
        return None
    return [_short(sign) for sign in plain]


def _short(sign: str) -> Answer:
    if sign == "+":
        return Answer(None)
    return Answer(float(sign) if sign.isdigit() else 0.0)


def long_answers(mask: str) -> list[Answer] | None:
    """«1(2)0(3)»: got 1 of 2, 0 of 3; None for what is not such a mask."""
    found, at = [], 0
    text = mask.strip().translate(_DASHES)
    while at < len(text):
        one = _GOT.match(text, at)
        if not one:
            return None
        found.append(Answer(float(one[1]) if one[1].isdigit() else 0.0, float(one[2])))
        at = one.end()
    return found


def completed(rows: Sequence[list[Answer]]) -> tuple[list[list[Answer]], list[bool]]:
    """Short answers of one exam with the points of «+», and which tasks have digits in some rows.

    A task whose every row has «+» or «-» is worth one point; where some rows have digits, «+» is worth the largest
    of them.
    """
    width = max((len(row) for row in rows), default=0)
    digits = [
        [row[t].points or 0 for row in rows if t < len(row) and (row[t].points or 0) > 0]
        for t in range(width)
    ]
    worth = [max([1.0, *seen]) for seen in digits]
    many = [bool(seen) for seen in digits]
    return [
        [
            Answer(worth[t] if a.points is None else a.points, None if many[t] else 1.0)
            for t, a in enumerate(row)
        ]
        for row in rows
    ], many
