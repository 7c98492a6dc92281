"""The numbers of a federal form → one row a number, with its meaning; sums that the form itself prints are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pipelines.blank import Otherwise, printed_otherwise
from pipelines.cast import as_number, cast_by, categorical
from pipelines.federal import FormRaw
from pipelines.frame import Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.rows import Rows
from pipelines.source import Form, FormSection
from pipelines.words import number, shortened

_SHOWN = 80
"""Letters of a blank's words that a message repeats."""
Values = Mapping[tuple[str, str, str], tuple[float, int]]
"""Section, row and column → the number and its position."""


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Every number with its meaning; codes not declared, and sections printed otherwise, keep their codes only."""
    form = raw.source.form
    assert form is not None  # the source is a form
    assert isinstance(raw, FormRaw)
    size, otherwise = len(raw), printed_otherwise(raw.cells_at, form)
    shaped = Shaped("federal_form", Rows(size), np.arange(size, dtype=np.int32))
    for name in ("school_id", "as_of", "school_year"):
        shaped.rows[name] = setting.identity.column(name)
    texts: dict[str, list[str | None]] = {}
    codes = [list(raw.cells[name]) for name in ("section", "row_code", "column_code")]
    keys = [(None, None) if code[0] in otherwise else _keys(form, *code) for code in zip(*codes, strict=True)]
    texts["form"] = [form.name] * size
    texts["section"], texts["row_code"], texts["column_code"] = codes
    texts["row_key"], texts["column_key"] = ([key[at] for key in keys] for at in (0, 1))
    for name, values in texts.items():
        shaped.rows[name] = categorical(values, np.arange(size))
        shaped.places[name] = "value"
    shaped.rows["value"], shaped.faults["value"] = cast_by(raw.cells["value"], as_number, "number")
    shaped.places["value"] = "value"
    setting.noted.extend(_told_otherwise(raw, name, other) for name, other in otherwise.items())
    counted = {code: value for code, value in _values(shaped).items() if code[0] not in otherwise}
    setting.noted.extend(_contradictions(raw, form, counted))
    return [shaped]


def _told_otherwise(raw: Raw, section: str, other: Otherwise) -> Noted:
    printed = shortened(other.printed, _SHOWN)
    message = (
        f"Раздел {section} напечатан не так, как он описан в программе: {other.what} здесь «{printed}», а по описанию "
        f"«{other.described}». Числа раздела сохранены с кодами строк и граф, но в показатели не вошли"
    )
    fix = f"Похоже, это бланк другого года: сверьте с ним коды в файле expectations/sources/{raw.source.id}.toml"
    return _noted(raw, "form.other_blank", message, fix, other.at)


def _keys(form: Form, section: str, row: str, column: str) -> tuple[str | None, str | None]:
    declared = form.sections[section]
    return declared.rows.get(row, (None, ""))[0], declared.columns.get(column, (None, ""))[0]


def _values(shaped: Shaped) -> Values:
    rows = shaped.rows
    codes = zip(rows["section"], rows["row_code"], rows["column_code"], strict=True)
    numbers = rows["value"].to_numpy(dtype=float)
    return {code: (float(numbers[at]), at) for at, code in enumerate(codes) if not np.isnan(numbers[at])}


def _contradictions(raw: Raw, form: Form, values: Values) -> Iterator[Noted]:
    for name, section in form.sections.items():
        rows = sorted({row for s, row, _ in values if s == name})
        columns = sorted({column for s, _, column in values if s == name})
        for row in rows:
            cells = {c: values[name, row, c] for c in columns if (name, row, c) in values}
            yield from _checked(raw, cells, section.sums, section.parts, _of_columns(section))
        for column in columns:
            cells = {r: values[name, r, column] for r in rows if (name, r, column) in values}
            yield from _checked(raw, cells, section.row_sums, section.row_parts, _of_rows(section))


def _of_columns(section: FormSection) -> dict[str, str]:
    return {code: f"графа {code} «{title}»" for code, (_, title) in section.columns.items()}


def _of_rows(section: FormSection) -> dict[str, str]:
    return {code: f"строка {code} «{title}»" for code, (_, title) in section.rows.items()}


def _checked(
    raw: Raw, cells: Mapping[str, tuple[float, int]], sums: Mapping[str, tuple[str, ...]],
    parts: Mapping[str, tuple[str, ...]], titles: Mapping[str, str],
) -> Iterator[Noted]:  # fmt: skip
    """Sums and parts of one row or column; an empty cell of a sum is a nought, as forms print none."""
    for whole, terms in sums.items():
        given = [cells[term][0] for term in terms if term in cells]
        if whole in cells and given and abs(cells[whole][0] - sum(given)) > 0.05:
            stands, added = number(cells[whole][0]), number(sum(given))
            message = f"{titles.get(whole, whole)}: стоит {stands}, а части в сумме дают {added}"
            yield _noted(raw, "form.sum_differs", message, "Исправьте итог или его части", cells[whole][1])
    for whole, terms in parts.items():
        for term in (t for t in terms if t in cells and whole in cells):
            if cells[term][0] > cells[whole][0]:
                message = (
                    f"{titles.get(term, term)}: {number(cells[term][0])} больше, чем {titles.get(whole, whole)}: "
                    f"{number(cells[whole][0])}"
                )
                yield _noted(
                    raw, "form.part_over_whole", message, "«Из них» не больше целого", cells[term][1]
                )


def _noted(raw: Raw, rule: str, message: str, fix: str, at: int) -> Noted:
    return Noted(raw.finding("warning", rule, message, fix, at, "value"), at)
