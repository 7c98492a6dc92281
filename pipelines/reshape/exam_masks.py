"""Answers as protocols write them: «+++73---000» task by task, «1(2)0(3)» with the largest points in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.cast import as_text
from pipelines.frame import Cells, Mask, distinct

Numbers = npt.NDArray[np.float64]
SHORT, LONG, ORAL = "краткий", "развёрнутый", "устный"
PREFIX = {SHORT: "", LONG: "Р", ORAL: "У"}
"""How tasks are called: short answers by their number in the test, others by their place in their part."""
_GOT = re.compile(r"([\dxх-]+)\((\d+)\)", re.IGNORECASE)
_DASHES = str.maketrans("−–—", "---")


@dataclass(frozen=True)
class Grid:
    """Answers of a column of masks: participant × task, not a number where a mask ends."""

    points: Numbers
    largest: Numbers
    """Largest points, where the mask itself says them."""
    is_full: Mask
    """Done in full, where only other rows can say how many points that is."""
    unread: Mask
    """Rows whose mask is none."""


def short_answers(cells: Cells) -> Grid:
    """«+» in full, «-» or «x» nothing, a digit that many points."""
    codes, masks = _distinct(cells)
    unread = np.array([not re.fullmatch(r"[-+\dxхXХ]*", mask) for mask in masks], dtype=bool)
    width = max([len(mask) for mask, bad in zip(masks, unread, strict=True) if not bad], default=0)
    texts = np.array(
        ["" if bad else mask for mask, bad in zip(masks, unread, strict=True)], dtype=f"U{max(width, 1)}"
    )
    signs = texts.view(np.uint32).reshape(len(masks), max(width, 1))[:, :width][codes]
    is_digit = (signs >= ord("0")) & (signs <= ord("9"))
    points = np.where(is_digit, signs.astype(float) - ord("0"), np.where(signs == 0, np.nan, 0.0))
    return Grid(points, np.full(points.shape, np.nan), signs == ord("+"), unread[codes])


def long_answers(cells: Cells) -> Grid:
    """«1(2)0(3)»: got 1 of 2, 0 of 3."""
    codes, masks = _distinct(cells)
    read = [_GOT.findall(mask) for mask in masks]
    unread = np.array([bool(_GOT.sub("", mask)) for mask in masks], dtype=bool)
    width = max(map(len, read), default=0)
    points, largest = np.full((len(masks), width), np.nan), np.full((len(masks), width), np.nan)
    for at, answers in enumerate(read):
        if answers and not unread[at]:
            points[at, : len(answers)] = [float(got) if got.isdigit() else 0.0 for got, _ in answers]
            largest[at, : len(answers)] = [float(most) for _, most in answers]
    shape = (len(cells), width)
    return Grid(points[codes], largest[codes], np.zeros(shape, dtype=bool), unread[codes])


def completed(grid: Grid, rows: Cells) -> Mask:
    """Give «+» its points among the answers of one exam, in place; returns which tasks have points by digits.

    A task whose every row has «+» or «-» is worth one point; where some rows have digits, «+» is worth the largest
    of them, and how many points there are in all is not known.
    """
    points = grid.points[rows]
    most = np.max(np.nan_to_num(points), axis=0, initial=0)
    many: Mask = most > 0
    given = np.where(grid.is_full[rows], np.maximum(most, 1.0), points)
    grid.points[rows] = given
    grid.largest[rows] = np.where(many | np.isnan(given), np.nan, 1.0)
    return many


def _distinct(cells: Cells) -> tuple[Cells, list[str]]:
    codes, different = distinct(cells)
    return codes, ["".join(as_text(cell).split()).translate(_DASHES) for cell in different]
