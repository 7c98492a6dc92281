"""Names of classes and grades of pupils in ВПР files."""

from __future__ import annotations

import re

import numpy as np

from pipelines.cast import as_text
from pipelines.frame import Cells, Raw
from pipelines.guesses import grade_of_codes
from pipelines.read import Sheet
from pipelines.source import normalised

_LATIN = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_GRADES = {
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7, "восьмой": 8,
    "девятый": 9, "десятый": 10, "одиннадцатый": 11,
}  # fmt: skip


def class_name(text: str, grade: int | None) -> str | None:
    """«4А» from any spelling, «4» where the school has one class in the parallel."""
    if re.fullmatch(r"\d+ ?- ?\d+", text):
        return text.replace(" ", "")
    plain = re.sub(r"[\s\"'«».-]|класс", "", text.translate(_LATIN)).lstrip("0")
    if not plain:
        return None
    if _is_only_one(plain.lower().replace("ё", "е"), grade):
        return str(grade or "")
    if plain.isdigit():
        return plain if grade is None else f"{grade}/{int(plain)}"
    plain = plain.removesuffix(f"({grade})")
    name = plain if plain[0].isdigit() or grade is None else f"{grade}{plain}"
    return name.upper() if len(re.sub(r"\d", "", name)) == 1 else name


def grade_of_pupils(raw: Raw, grade: int | None) -> int | None:
    """The pupils' own grade where they write, in autumn, the work of the grade before."""
    if not raw.source.period.autumn or grade is None or "pupil_code" not in raw.cells:
        return None
    return grade + 1 if grade_of_codes(raw.cells["pupil_code"]) == grade + 1 else None


def textbooks_beside(raw: Raw) -> Cells | None:
    """The textbook of each row's class, as the sheet «Классы» of the same file names it; None without such a sheet."""
    books = next((books for sheet in raw.beside if (books := _books(sheet))), None)
    if books is None or not {"login", "class"} <= raw.cells.keys():
        return None
    keys = zip(raw.cells["login"], raw.cells["class"], strict=True)
    return np.array(
        [books.get((as_text(whose), normalised(as_text(name))), "") for whose, name in keys], dtype=object
    )


def _books(sheet: Sheet) -> dict[tuple[str, str], str]:
    """Login and class → textbook, by the headings of the sheet's first row."""
    heads = [normalised(cell) for cell in sheet.rows[0]] if sheet.rows else []
    starts = ("пользователь", "буква (цифра) класса", "основной учебник")
    places = [next((at for at, head in enumerate(heads) if head.startswith(one)), None) for one in starts]
    login, name, book = places
    if login is None or name is None or book is None:
        return {}
    return {
        (as_text(row[login]), normalised(as_text(row[name]))): as_text(row[book])
        for row in sheet.rows[1:]
        if len(row) > max(login, name, book)
    }


def _is_only_one(plain: str, grade: int | None) -> bool:
    """«нет», «11», «11 нет», «одиннадцатый»: the school has no second class to tell it from."""
    return plain in ("нет", "кл", str(grade), f"{grade}нет") or (
        grade is not None and _GRADES.get(plain) == grade
    )
