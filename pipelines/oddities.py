"""What to say of a table that can be read but is not what it seems: hidden, linked, renamed, not computed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.read import kind_of, letter
from pipelines.recognise import Match

_NAMES = {
    "xlsx": {"", ".xlsx", ".xlsm", ".xlsb", ".ods", ".xltx", ".ots"},
    "ods": {"", ".ods", ".ots"},
    "xls": {"", ".xls", ".xlt"},
    "csv": {"", ".csv", ".tsv", ".txt"},
    "html": {"", ".html", ".htm", ".xls"},
}
_INSIDE = {"xlsx": "книга Excel", "ods": "таблица ods", "xls": "книга Excel 97–2003", "csv": "текст с разделителями",
           "html": "веб-страница с таблицей"}  # fmt: skip
_MOST = 8


def renamed(name: str, content: bytes) -> list[Finding]:
    """The ending of the name promises another kind of file than the content is; it is read by content."""
    ending, kind = Path(name).suffix.lower(), kind_of(content)
    if ending in _NAMES[kind]:
        return []
    message = f"Имя кончается на «{ending}», а внутри {_INSIDE[kind]}; прочитано по содержанию"
    return [Finding(severity="info", rule="file.renamed", message=message, fix="")]


def oddities(match: Match) -> list[Finding]:
    """Findings about the sheet that a match was read from."""
    odd, sheet = match.sheet.odd, match.sheet
    rows = sorted(row + 1 for row in odd.hidden_rows if match.below <= row < len(sheet.rows))
    columns = [letter(p.index) for p in match.places.values() if p.index in odd.hidden_columns]
    broken = [row + 1 for row in odd.broken_rows]
    return [
        *_one(match, "info", "file.hidden_sheet", "Таблица стоит на скрытом листе; она прочитана",
              "Если лист скрыт не случайно, уточните, тот ли он", [""] if sheet.is_hidden else []),
        *_one(match, "info", "file.hidden_rows", "Скрытые строки прочитаны наравне с видимыми: {}",
              "Если они лишние, удалите их, а не скрывайте", rows),
        *_one(match, "info", "file.hidden_columns", "Скрытые столбцы прочитаны: {}", "", columns),
        *_one(match, "info", "file.links", "Формулы берут числа из других книг: {}; взято то, что сохранено в файле",
              "Если числа там изменились, обновите связи и сохраните файл", odd.links),
        *_one(match, "warning", "file.not_computed", "Формулы сохранены без значений и прочитаны как пустые: {}",
              "Откройте файл в Excel, сохраните его и пришлите заново", _in_table(odd.not_computed, match)),
        *_one(match, "warning", "file.quotes", "В строках нарушены кавычки, границы ячеек угаданы: {}",
              "Проверьте эти строки; надёжнее прислать книгу Excel", broken),
    ]  # fmt: skip


def _in_table(cells: Iterable[str], match: Match) -> list[str]:
    """Those of the cells that belong to the columns read."""
    columns = {letter(place.index) for place in match.places.values()}
    named = ((cell, re.fullmatch(r"([A-Z]+)(\d+)", cell)) for cell in cells)
    return [cell for cell, at in named if at and at[1] in columns and int(at[2]) > match.below]


def _one(
    match: Match, severity: Severity, rule: str, message: str, fix: str, places: Iterable[object]
) -> list[Finding]:
    """A finding about all these places; none where there are none."""
    listed = [str(place) for place in places]
    if not listed:
        return []
    shown = ", ".join(listed[:_MOST]) + (f" и ещё {len(listed) - _MOST}" if len(listed) > _MOST else "")
    cell = _cell(match, listed[0])
    row = int(re.sub(r"\D", "", cell)) if cell else None
    return [
        Finding(severity=severity, rule=rule, message=message.format(shown), fix=fix, sheet=match.sheet.name,
                row=row, cell=cell)
    ]  # fmt: skip


def _cell(match: Match, place: str) -> str | None:
    """The cell that stands for a row, a column or a cell; None for the sheet."""
    first = letter(min(p.index for p in match.places.values()))
    if place.isdecimal():
        return f"{first}{place}"
    return f"{place}{match.below}" if place.isalpha() else place or None
