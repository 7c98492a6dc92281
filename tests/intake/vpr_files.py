"""Tiny ВПР files of every layout in which results of pupils come, all invented."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from tests.intake.files import Row, Sample

TITLE = "ВПР 2026 Математика 4 класс"
_SERVICE = {"Регион": "reg980000 | Озёрный край", "Муниципалитет": "reg98_m001 | Озёрный муниципальный район"}


def exported_2022(
    school: str, number: int, points: Sequence[object] = (1, 2, 1), total: object = 4, **more: object
) -> Row:
    """One participant as the sheet «Протокол» of 2022 has them."""
    return {
        "Пользователь": school, "Код региона": 98, **_SERVICE, "Школа": f"{school} | МБОУ \"Озёрная СШ\"",
        "Дата загрузки": "17.03.2026 05:33:20", "Код": 40000 + number, "Вариант": 1,
        **dict(zip(("1 (1б)", "2(1) (2б)", "3K1 (2б)"), points, strict=True)),
        "Наименование класса": "А", "Пол": "ж", "Отметка за предыдущий триместр/ четверть/полугодие": 4,
        "Итого баллов": total, **more,
    }  # fmt: skip


EXPORT_2022 = Sample(
    "vpr_export_2022",
    [exported_2022("edu980101", 1), exported_2022("edu980101", 2), exported_2022("edu980102", 1)],
    [TITLE],
)


def exported_2020(
    school: str, number: int, points: Sequence[object] = (1, 2, 1), total: object = 4, **more: object
) -> Row:
    """One participant as the file of autumn 2020 has them: pupils of grade 5, the work of grade 4."""
    return {
        "groups": "98-RU,EAST," + ",".join(f"reg98_vpr.20{n}.m001" for n in range(40)), "user": school, "id": number,
        "code": 50000 + number, "otc": 4, "gender": "М", "klass": "нет", "var-1": 2, "var-2": "", "sum": total,
        **{f"a-{at}-grade": value for at, value in enumerate(points, 1)}, "Учебник": "", "a-4-grade": "",
        "a-5-grade": "", **more,
    }  # fmt: skip


EXPORT_2020 = Sample(
    "vpr_export_2020",
    [exported_2020("sch980101", 1), exported_2020("sch980101", 2), exported_2020("sch980102", 1)],
    [TITLE],
)


def individual(
    school: str, number: int, points: Sequence[object] = (1, 2, 1), total: object = 4, mark: object = 5
) -> Row:
    """One participant of «Индивидуальные результаты»."""
    return {
        "ОО": school, "Муниципалитет": "Озёрный муниципальный район", "Название ОО": f"Озёрная СШ ({school})",
        "Код участника": 40000 + number, "Класс": "4А", "Вариант": 1,
        **dict(zip(("1 (1б)", "2 (2б)", "3 (2б)"), points, strict=True)),
        "Первичный балл": total, "Отметка": mark, "Отметка по журналу": 4,
    }  # fmt: skip


INDIVIDUAL = Sample(
    "vpr_individual_results",
    [individual("edu980101", 1), individual("edu980101", 2), individual("edu980102", 1)],
    [TITLE],
    {"mark": "Отметка"},
)


def form(number: int, points: Sequence[object] = (1, 2, 1), total: object = 4, variant: object = 1) -> Row:
    """One participant of a school's filled form."""
    return {
        "Код": 40000 + number, "Вариант (часть 1)": variant, "1 (1б)": points[0], "Вариант (часть 2)": variant,
        "2 (2б)": points[1], "3.1 k1 (2б)": points[2], "Класс № (список формируется из листа \"Классы\")": 2,
        "Пол": "м", "Отметка за предыдущий триместр/ четверть/полугодие": 4, "Итого баллов": total,
    }  # fmt: skip


FORM = Sample("vpr_collection_form", [form(1), form(2)], [TITLE, "МКОУ «Озёрная СШ» (edu980101)"])
LAYOUTS = {s.source: s for s in [EXPORT_2022, EXPORT_2020, INDIVIDUAL, FORM]}


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these sheets."""
    made, content = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(content)
    return content.getvalue()


def table(rows: Sequence[Row]) -> list[list[object]]:
    """Headings and rows."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]
