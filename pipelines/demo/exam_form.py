"""The region's form of ЕГЭ by school, cut out for one district: its schools, its total, the region's."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from pipelines.demo.exams import EGE, Exam, Sitting, again, score, sittings
from pipelines.demo.model import Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE

MEASURES = (
    "приняло участие", "не преодолен min порог", "высокобалльники \n(80-99 баллов)", "получили 100 баллов",
    "средний балл",
)  # fmt: skip
SUBJECTS = {
    "Русский язык": (24, 61.5), "Математика профильная": (27, 52.0), "Обществознание": (42, 54.5), "Физика": (36, 55.0),
}  # fmt: skip
"""Least score and the invented region's mean."""
REGION = 4200
"""Graduates of the invented region."""
_BEFORE = ("Муниципальное образование", "Образовательная организация (школа)", "Профиль \n(при наличии)")


def exam_form(raw: Path, year: int, region: Region, model: Model) -> Workbook:
    """One sheet of one year."""
    exams = [exam for exam in EGE if exam.name in SUBJECTS]
    whole = f"Всего выпускников в {year} году по программам среднего общего образования, принявших участие в ЕГЭ, чел."
    width = len(exams) * len(MEASURES)
    names = [f"{e.name.replace('Математика профильная', 'Математика (профиль)')}, чел." for e in exams]
    spread = chain.from_iterable([name, *[None] * (len(MEASURES) - 1)] for name in names)
    header: list[Row] = [
        [*_BEFORE, whole, "из них", *[None] * (width - 1)],
        [None] * 4 + list(spread),
        [None] * 4 + [*MEASURES] * len(exams),
    ]  # fmt: skip
    merges = [(0, 2, at, at) for at in range(4)] + [(0, 0, 4, 3 + width)]
    merges += [(1, 1, 4 + at * 5, 8 + at * 5) for at in range(len(exams))]
    title = f"Информация о результатах ЕГЭ выпускников школ в {year} году"
    about = "Субъект Российской Федерации Нижнеозёрская область (выдуманная)"
    sheet = Sheet(
        str(year), header, _rows(exams, year, region, model), titles=(title, NOTICE, about), merges=merges
    )
    return Workbook(raw / "exam_by_school" / f"ЕГЭ по школам {year}.xlsx", [sheet], title)


def _rows(exams: list[Exam], year: int, region: Region, model: Model) -> list[Row]:
    schools = [school for school in region.schools if school.last_grade == 11]
    found = {
        (school.code, exam.code): _first(exam, year, school, model) for school in schools for exam in exams
    }
    lines: list[Row] = [
        ["ВСЕГО по региону", None, "х", REGION, *chain.from_iterable(_invented(e, year) for e in exams)]
    ]
    every = [list(chain.from_iterable(found[s.code, e.code] for s in schools)) for e in exams]
    lines.append([schools[0].municipality if schools else "", None, None, len(every[0]),
                  *chain.from_iterable(_counted(e, one) for e, one in zip(exams, every, strict=True))])  # fmt: skip
    for school in schools:
        own = [found[school.code, exam.code] for exam in exams]
        numbers = chain.from_iterable(_counted(e, one) for e, one in zip(exams, own, strict=True))
        lines.append([None, school.name, None, len(own[0]), *numbers])
    return lines


def _first(exam: Exam, year: int, school: Organisation, model: Model) -> list[Sitting]:
    """Results of the main period with its reserve days."""
    there = sittings(exam, year, school, model)
    ill = tuple(one for one in there if not one.points)
    came = again(exam, ill, year, model) if exam in EGE[:2] else ()
    return [*(one for one in there if one.points), *came]


def _counted(exam: Exam, found: list[Sitting]) -> Row:
    if not found:
        return [None] * len(MEASURES)
    scores = [score(exam, one.total) for one in found]
    least, _ = SUBJECTS[exam.name]
    high = sum(80 <= s < 100 for s in scores)
    return [len(scores), sum(s < least for s in scores), high, scores.count(100), sum(scores) / len(scores)]


def _invented(exam: Exam, year: int) -> Row:
    """The region's line: its size by the part that sits the exam, its mean a little other every year."""
    _, mean = SUBJECTS[exam.name]
    size = round(REGION * exam.part)
    return [
        size,
        round(size * 0.06),
        round(size * 0.14),
        round(size * 0.002),
        round(mean + (year % 3 - 1) * 0.8, 2),
    ]
