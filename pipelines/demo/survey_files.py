"""Form exports and the yearly questionnaire: what people and schools answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import KINDERGARTEN, SCHOOL, Organisation, Region
from pipelines.demo.people import Person, staff_of
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE, STUDY_FORMS, TOPICS

ICT, NEEDS = "ict_diagnostics", "training_needs"
QUESTIONS = (
    ("Я создаю и оформляю документы и таблицы на компьютере", 0.7),
    ("Я нахожу в интернете материалы и проверяю их достоверность", 0.4),
    ("Я соблюдаю правила защиты персональных данных и паролей", 0.2),
    ("Я общаюсь и работаю с файлами совместно с коллегами в сети", 0.1),
    ("Я веду электронный журнал и дневник без посторонней помощи", 0.8),
    ("Я готовлю занятия с презентациями, видео и интерактивной доской", 0.4),
    ("Я провожу занятия и консультации дистанционно", -0.3),
    ("Я использую платформу «Моя школа» и её материалы", 0.0),
    ("Я применяю цифровые тренажёры и лаборатории по своему предмету", -0.5),
    ("Я составляю электронные тесты и разбираю их результаты", -0.1),
    ("Я организую учебные проекты и исследования с цифровыми данными", -0.7),
    ("Я использую инструменты искусственного интеллекта для подготовки к занятиям", -1.0),
)
"""The twelve questions, and how much easier or harder each is than the mean one."""
ANSWERS = (
    "Не владею", "Пробовал с чужой помощью", "Делаю иногда", "Делаю постоянно", "Учу этому других",
)  # fmt: skip
ICT_HEADER = (
    "Отметка времени", "Фамилия, имя, отчество", "Ваша организация", "Должность",
    *(question for question, _ in QUESTIONS),
)  # fmt: skip
NEEDS_HEADER = (
    "Отметка времени", "ФИО", "Организация", "Ваш предмет",
    "По каким направлениям Вам необходимо обучение? (несколько ответов)",
    "С какого направления хотели бы начать?", "Удобная форма обучения",
)  # fmt: skip
WISHES = (0.30, 0.25, 0.22, 0.30, 0.50, 0.25, 0.10, 0.16, 0.02, 0.14, 0.02)
"""How likely school staff choose each direction of `TOPICS`; the deficit in reading graphs shows in two."""
KINDERGARTEN_WISHES = (0.15, 0.08, 0.0, 0.05, 0.40, 0.38, 0.06, 0.20, 0.55, 0.30, 0.03)
WISHES_CHANGE = {"Функциональная грамотность": 0.06, "Цифровые инструменты и ИИ в обучении": -0.03}
"""Per year: what pupils lack is wanted more, what people have learned less."""

Respondent = Callable[[Organisation, Person, int, Random], Row]


def survey_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """ICT diagnostics of every November and the wishes of every April."""
    growth = model.learning
    for year in YEARS:
        ict = _export(ICT, region, year, model, growth.ict_answered, _ict_row(model), ICT_HEADER)
        yield _book(raw, ICT, f"ИКТ-диагностика {year - 1}-{year % 100:02d}", region, ict, ICT_HEADER)
        needs = _export(NEEDS, region, year, model, growth.need_answered, _need_row, NEEDS_HEADER)
        yield _book(
            raw, NEEDS, f"Запросы на обучение {year - 1}-{year % 100:02d}", region, needs, NEEDS_HEADER
        )


def _book(
    raw: Path, source: str, title: str, region: Region, rows: Iterator[Row], header: tuple[str, ...]
) -> Workbook:
    name = " ".join(filter(None, (title, region.folder)))
    note = Sheet("О файле", [], [[title], [NOTICE]])
    return Workbook(
        raw / source / f"{name}.xlsx", [Sheet("Ответы на форму (1)", [header], rows), note], title
    )


def _export(
    source: str, region: Region, year: int, model: Model, answered: float, row: Respondent,
    header: tuple[str, ...],
) -> Iterator[Row]:  # fmt: skip
    for one in region.organisations:
        chance = one.random(model.seed, source, year)
        people = [p for p in staff_of(one, year, model) if chance.random() < answered and not p.is_external]
        yield from spoiled(
            source, str(year), one.code, header, [row(one, person, year, chance) for person in people]
        )


def _ict_row(model: Model) -> Respondent:
    def row(one: Organisation, person: Person, year: int, chance: Random) -> Row:
        level = person.ict + model.learning.ict_growth * (year - YEARS[0]) + chance.gauss(0, 0.15)
        points = (round(min(4.0, max(0.0, level + ease + chance.gauss(0, 0.6)))) for _, ease in QUESTIONS)
        when = _moment(datetime(year - 1, 11, 10), chance)
        return [
            when,
            person.name,
            _typed(one, chance),
            person.post.title,
            *(ANSWERS[point] for point in points),
        ]

    return row


def _need_row(one: Organisation, person: Person, year: int, chance: Random) -> Row:
    chosen = [topic for topic, wish in _wishes(one, year).items() if chance.random() < wish]
    chosen = chosen or ["Цифровые инструменты и ИИ в обучении"]
    when = _moment(datetime(year, 4, 13), chance)
    subject = person.post.subjects.split(";")[0] or person.post.title
    return [when, person.name, _typed(one, chance), subject, ";".join(chosen), chance.choice(chosen),
            chance.choice(STUDY_FORMS)]  # fmt: skip


def _wishes(one: Organisation, year: int) -> dict[str, float]:
    """How likely each direction is to be chosen."""
    first = dict(zip(TOPICS, KINDERGARTEN_WISHES if one.kind == KINDERGARTEN else WISHES, strict=True))
    change = (year - YEARS[0]) if one.kind == SCHOOL else 0
    return {topic: wish + change * WISHES_CHANGE.get(topic, 0) for topic, wish in first.items()}


def _moment(first: datetime, chance: Random) -> datetime:
    """A minute of the fortnight in which the form was open."""
    return first + timedelta(days=chance.randrange(14), minutes=chance.randrange(8 * 60, 20 * 60))


def _typed(one: Organisation, chance: Random) -> str:
    """An organisation's name as a person types it: one of the spellings that the registry lists."""
    spelling = chance.choice((one.name, *one.aliases, one.aliases[0]))
    return chance.choices((spelling, spelling + " ", spelling.lower()), (8, 1, 1))[0]
