"""What to say of a file as a whole: why it is not taken, and which of its columns are not read."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.contract import Declarations, Dictionary
from pipelines.cut import is_sum_row
from pipelines.findings import Finding
from pipelines.frame import Raw
from pipelines.guesses import grade_in, subject_in, year_in
from pipelines.others import is_dropped, is_ignored, unclaimed
from pipelines.periods import PARTS
from pipelines.read import Cell, letter
from pipelines.recognise import Match

_FLAGS = {"year": "--year", "subject": "--subject", "grade": "--grade", "school": "--school"}


def refusal(fault: str, message: str, fix: str) -> Finding:
    """An error about the file as a whole."""
    return Finding(severity="error", rule=f"file.{fault}", message=message, fix=fix)


def not_taken(match: Match | None, declared: Declarations) -> Finding:
    """The file is not one of those taken: the nearest known one and what it lacks."""
    if match is None or len(match.missing) > len(match.layout_found):
        fix = "Проверьте, тот ли это файл; какие файлы принимаются, покажет команда kabinet sources"
        return refusal("unknown", "Такой вид файла не известен", fix)
    if match.source.advice and not match.missing:
        return refusal("not_taken", match.source.title, match.source.advice)
    lacking = ", ".join(f"«{match.source.heading_of(name, declared)}»" for name in match.missing)
    message = f"Такой вид файла не известен. Ближе всего «{match.source.title}», но нет столбцов: {lacking}"
    fix = "Если это такой файл, верните столбцы и их заголовки; если другой, его пока не принимают"
    return refusal("unknown", message, fix).model_copy(update={"sheet": match.sheet.name})


def several_sheets(match: Match, others: list[Match]) -> Finding:
    """Two tables of one kind: taking one of them would take a part."""
    names = ", ".join(f"«{name}»" for name in _sheets([match, *others]))
    message = f"Такая таблица стоит на нескольких листах: {names}"
    return refusal("several_sheets", message, "Пришлите каждый лист отдельным файлом или скройте лишние")


def repeated_sheets(others: list[Match]) -> list[Finding]:
    """Sheets that say again what was read."""
    names = ", ".join(f"«{name}»" for name in _sheets(others))
    message = f"На других листах то же самое, они не читались: {names}"
    return [Finding(severity="info", rule="file.repeated_sheets", message=message, fix="")] if others else []


def _sheets(matches: list[Match]) -> list[str]:
    return [match.sheet.name or "" for match in matches]


def empty_table(match: Match) -> Finding:
    """A form that nobody has filled."""
    if match.source.blank:
        return refusal("not_taken", f"{match.source.title} — пустой бланк", match.source.blank)
    message, fix = (
        "Под заголовками нет ни одной строки",
        "Похоже, это пустой бланк: пришлите заполненный файл",
    )
    return refusal("no_rows", message, fix).model_copy(update={"sheet": match.sheet.name, "row": match.below})


EMPTY_FORM = (
    "В форме нет ни одного числа: похоже, это пустой бланк",
    "Заполните форму и пришлите её; если числа записаны текстом, сохраните их как числа",
)
"""What to say of a federal form that nobody has filled."""


def no_period(raw: Raw, name: str, missing: list[str], subjects: Dictionary) -> Finding:
    """Which parts of the period the file does not say, and the very command that says them."""
    asked = ", ".join(PARTS[part] for part in missing)
    message = f"В файле не сказано: {asked}"
    if "term" in missing:
        line = "«Итоги 1 четверти 2025/26 учебного года»"
        return refusal("no_period", message, f"Впишите над таблицей строку вида {line} и пришлите заново")
    if "procedure" in missing:
        line = "«ОГЭ, 01 - Русский язык 2026.06.02»"
        return refusal("no_period", message, f"Впишите над таблицей строку вида {line} и пришлите заново")
    if "as_of" in missing:
        return refusal(
            "no_period", message, "Впишите над таблицей строку вида «на 20.09.2025» и пришлите заново"
        )
    guess = {"year": year_in(name, raw), "subject": subject_in(raw, subjects), "grade": grade_in(raw),
             "school": ""}  # fmt: skip
    flags = " ".join(f'{_FLAGS[part]} "{guess[part]}"' if " " in guess[part] else
                     f"{_FLAGS[part]} {guess[part] or PARTS[part].upper()}" for part in missing)  # fmt: skip
    note = " Угаданное проверьте." if any(guess[part] for part in missing) else ""
    return refusal("no_period", message, f'Повторите с указанием: kabinet intake "{name}" {flags}.{note}')


def columns_left(tables: Sequence[Match], declared: Declarations) -> list[Finding]:
    """Columns not read, by reason: personal ones, unknown ones, those without a heading."""
    personal: list[tuple[str, int]] = []
    unknown, nameless = [], []
    for match in tables:
        rows = [row for row in match.sheet.rows[match.below :] if not is_sum_row(row, match.source)]
        for index, heading in unclaimed(match):
            if not heading:
                nameless += [letter(index)] if _filled(rows, index) else []
            elif is_dropped(heading, match, declared):
                personal.append((f"«{heading[:60]}»", _filled(rows, index)))
            elif not is_ignored(heading, match):
                unknown.append(f"«{heading[:60]}»")
    return [
        *_personal(tables[0], personal),
        *_listed(tables[0], "file.unknown_columns", "Столбцы не известны и не читались", unknown),
        *_listed(tables[0], "file.nameless_columns", "Столбцы без заголовка не читались", nameless),
    ]


def _filled(rows: list[list[Cell]], index: int) -> int:
    """How many cells of a column are not empty; those of sums belong to the sums."""
    return sum(index < len(row) and row[index] != "" for row in rows)


def _personal(match: Match, columns: list[tuple[str, int]]) -> list[Finding]:
    if not columns:
        return []
    filled = sum(count for _, count in columns)
    names = ", ".join(dict.fromkeys(name for name, _ in columns))
    message = f"Персональные данные не читались и не сохранены: столбцы {names}, заполнено ячеек: {filled}"
    fix = "Удаляйте эти столбцы перед отправкой"
    return [Finding(severity="info", rule="file.personal", message=message, fix=fix, sheet=match.sheet.name)]


def _listed(match: Match, rule: str, message: str, names: list[str]) -> list[Finding]:
    if not names:
        return []
    names = list(dict.fromkeys(names))
    listed = ", ".join(names[:8]) + (f" и ещё {len(names) - 8}" if len(names) > 8 else "")
    return [
        Finding(severity="info", rule=rule, message=f"{message}: {listed}", fix="", sheet=match.sheet.name)
    ]
