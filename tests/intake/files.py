"""Tiny files as schools send them: a valid default of every source, and rows written over it."""

from __future__ import annotations

import atexit
import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

Row = dict[str, object]


@dataclass(frozen=True)
class Sample:
    """A valid file of a source: lines above the header, and rows by heading."""

    source: str
    rows: list[Row]
    titles: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    """Canonical column → heading, where a test needs to know it."""

    alone: bool = False
    """A file of one organisation, which has no neighbours in it."""

    def changed(self, changes: Mapping[str, object], at: int = 0) -> list[Row]:
        """The rows with one of them changed."""
        return [{**row, **changes} if number == at else dict(row) for number, row in enumerate(self.rows)]

    def content(self, rows: Sequence[Row] | None = None) -> bytes:
        """The file as a csv of Excel's Russian edition."""
        return as_csv(self.titles, self.rows if rows is None else rows)

    def write(self, folder: Path, rows: Sequence[Row] | None = None, name: str | None = None) -> Path:
        """The file on disk."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name or self.source}.csv"
        path.write_bytes(self.content(rows))
        return path


def as_csv(
    titles: Sequence[str], rows: Sequence[Row], encoding: str = "utf-8-sig", delimiter: str = ";"
) -> bytes:
    """Title lines, headings and rows as csv."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([title] for title in titles)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return text.getvalue().encode(encoding)


REGISTRY = Sample(
    "school_registry",
    [
        {"Код": "edu980101", "Наименование": "МКОУ «Озёрная СШ»", "Вид": "школа", "Муниципалитет": "Озёрный район",
         "Код головной организации": "", "Другие написания": "Озёрная школа", "ИНН": "3711000003", "Код ОО": "101001"},
        {"Код": "edu980102", "Наименование": "МКОУ «Лесная ОШ»", "Вид": "школа", "Муниципалитет": "Лесной район",
         "Код головной организации": "edu980101", "Другие написания": "", "ИНН": "3711000010", "Код ОО": ""},
    ],
    headings={"school_id": "Код", "name": "Наименование", "kind": "Вид", "inn": "ИНН",
              "parent_id": "Код головной организации"},
)  # fmt: skip

_SCALE = {"Год": 2026, "Предмет": "Математика", "Класс": 4, "«3» от": 2, "«4» от": 3, "«5» от": 4}
SCALE = Sample(
    "mark_scale",
    [{**_SCALE, "Максимальный балл": 5}, {**_SCALE, "Класс": 5, "Максимальный балл": 5}],
    headings={"min_3": "«3» от", "min_4": "«4» от", "min_5": "«5» от", "max_total": "Максимальный балл",
              "grade": "Класс"},
)  # fmt: skip


def _task(number: int, points: int, grade: int = 4) -> Row:
    return {"Год": 2026, "Предмет": "Математика", "Класс": grade, "№ задания": number, "№ в КИМ": number,
            "Умение": "Считать", "Уровень": "Б", "Максимальный балл": points, "КЭС": "1.1", "КТ": "2"}  # fmt: skip


SPECIFICATION = Sample(
    "task_specification",
    [_task(1, 1), _task(2, 2), _task(3, 2), _task(1, 1, grade=5)],
    headings={"task": "№ задания", "level": "Уровень", "max_points": "Максимальный балл", "grade": "Класс"},
)


TARGET = Sample(
    "programme_target",
    [{"Год": year, "Программа": "Развитие образования", "Показатель": "Качество знаний", "Единица измерения": "%",
      "План": 60, "Факт": "", "Ответственный": "Методкабинет"} for year in (2026, 2025)],
    headings={"programme": "Программа", "title": "Показатель", "planned": "План", "reported": "Факт"},
)  # fmt: skip
TEXTBOOK = Sample(
    "textbook_list",
    [{"Номер в перечне": f"1.1.1.{n}", "Авторы": "Счётов В.В., Циркулева Г.Г.", "Наименование учебника": "Математика",
      "Предмет": "Математика", "Класс": grade, "Издатель": "Издательство", "Разрешено использовать до": "31.08.2027"}
     for n, grade in ((1, "4"), (2, "10–11"))],
    headings={"number": "Номер в перечне", "authors": "Авторы", "title": "Наименование учебника",
              "subject": "Предмет", "valid_until": "Разрешено использовать до"},
    alone=True,
)  # fmt: skip

THRESHOLD = Sample(
    "exam_threshold",
    [{"Год": year, "Экзамен": "ЕГЭ", "Предмет": "Русский язык", "Минимальный балл": 24,
      "Минимальный балл для вуза": 36} for year in (2026, 2025)],
    headings={"exam": "Экзамен", "subject": "Предмет", "min_score": "Минимальный балл",
              "university_score": "Минимальный балл для вуза"},
)  # fmt: skip


def pupil(school: str, number: int, points: Sequence[object] = (1, 2, 1), total: object = 4) -> Row:
    """One participant of a work with three tasks."""
    return {
        "логин школы": school, "регион": "Озёрный район", "номер обучающегося": number,
        "код обучающегося": 40000 + number, "отметка за предыдущую четверть/триместр": 4, "пол": "ж",
        "класс": "4А", "вариант": 1, "всего баллов": total,
        **{f"балл за {at}": value for at, value in enumerate(points, 1)},
    }  # fmt: skip


VPR = Sample(
    "vpr_pupils_2021",
    [pupil("edu980101", 1), pupil("edu980101", 2), pupil("edu980102", 1)],
    ["ВПР 2026 Математика 4 класс"],
    {"pupil_code": "код обучающегося", "journal_mark": "отметка за предыдущую четверть/триместр", "sex": "пол",
     "total_points": "всего баллов", "points": "балл за 2"},
)  # fmt: skip

PUPILS = "Укажите количество обучающихся в ОО в 2025/2026 учебном году (в сумме по всем классам)"
_RATE = "(работающих не менее чем на 0,5 ставки)"
QUESTIONS: dict[str, tuple[str, object]] = {
    "pupils": (PUPILS, 120),
    **{f"classes_{n}": (f"{n} класс Классов/групп", 1) for n in range(1, 13)},
    **{f"pupils_{n}": (f"{n} класс Обучающихся", 10) for n in range(1, 13)},
    "teachers": (f"Сколько всего в школе учителей {_RATE}?", 20),
    "top_category": (f"Сколько в школе учителей высшей категории {_RATE}?", 5),
    "first_category": (f"Сколько в школе учителей первой категории {_RATE}?", 6),
    "higher_education": (f"Сколько в школе учителей с высшим образованием {_RATE}?", 15),
    "teachers_to_30": (f"Сколько в школе учителей {_RATE} не старше 30 лет?", 3),
    "pension_age": (f"Сколько в школе учителей {_RATE}, достигших пенсионного возраста?", 4),
    "courses_to_36": ("Длительностью не более 36 часов", 4),
    "courses_37_72": ("Длительностью более 36 часов и не более 72 часов", 3),
    "courses_over_72": ("Длительностью более 72 часов", 2),
    "rooms": ("Сколько в школе учебных классов (кабинетов), в которых проходят занятия?", 12),
    "rooms_with_computer": ("В скольких из них рабочее место учителя оборудовано компьютером?", 10),
    "rooms_with_projector": (
        "В скольких учебных классах, кабинетах есть проектор и/или интерактивная доска?",
        6,
    ),
    "computers": ("Сколько компьютеров обучающиеся могут использовать в процессе обучения?", 30),
    "obsolete_computers": ("Сколько из этих компьютеров являются маломощными, устаревшими?", 5),
    "internet_computers": ("Сколько из этих компьютеров имеют доступ к сети Интернет?", 20),
}
QUESTIONNAIRE = Sample(
    "school_questionnaire",
    [
        {"логин": login, "Название ОО": name, **dict(QUESTIONS.values())}
        for login, name in [("edu980101", "Озёрная СШ"), ("edu980102", "Лесная ОШ")]
    ],
    headings={column: heading for column, (heading, _) in QUESTIONS.items()},
)


def teacher(school: str, name: str, snils: str = "") -> Row:
    """One line of a staff list."""
    return {
        "№ п/п": 1, "Организация": school, "ФИО": name, "Дата рождения": "05.03.1980", "Пол": "ж", "СНИЛС": snils,
        "Должность": "Учитель", "Предмет": "Математика", "Образование": "высшее", "Категория": "первая",
        "Дата присвоения категории": "15.04.2021", "Общий стаж": "20 л. 6 м.", "Педагогический стаж": "18,5",
        "Нагрузка, ч": 18, "Ставка": 1, "Действительна до": "15.04.2026", "Совместитель": "нет",
    }  # fmt: skip


STAFF = Sample(
    "staff_list",
    [teacher("Озёрная СШ", "Иванова Анна Петровна"), teacher("Озёрная СШ", "Петрова Инна Львовна"),
     teacher("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["Банк данных педагогических кадров", "на 20.09.2025"],
    {"post": "Должность", "birth_year": "Дата рождения", "sex": "Пол", "education": "Образование",
     "category": "Категория", "category_date": "Дата присвоения категории", "total_years": "Общий стаж",
     "teaching_years": "Педагогический стаж", "load_hours": "Нагрузка, ч", "rate": "Ставка",
     "category_until": "Действительна до", "is_external": "Совместитель",
     "name_id": "ФИО", "person_id": "ФИО"},
)  # fmt: skip


def course(school: str, name: str) -> Row:
    """One line of a register of courses."""
    return {
        "№": 1, "Организация": school, "ФИО": name, "Тема курса": "Цифровые инструменты", "Вид (ПК/ПП)": "ПК",
        "Направление": "Цифровые инструменты", "Количество часов": 72, "Форма": "очная",
        "Организация, проводившая обучение": "Институт", "Дата начала": "01.10.2025", "Дата окончания": "20.10.2025",
        "№ удостоверения": "1",
    }  # fmt: skip


COURSES = Sample(
    "training_course_register",
    [course("Озёрная СШ", "Иванова Анна Петровна"), course("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["Реестр повышения квалификации за 2025/26 учебный год"],
    {"title": "Тема курса", "kind": "Вид (ПК/ПП)", "hours": "Количество часов", "start_date": "Дата начала",
     "end_date": "Дата окончания", "name_id": "ФИО"},
)  # fmt: skip

ICT_QUESTION = "Я веду электронный журнал и дневник без посторонней помощи"


def diagnosed(school: str, name: str, when: str = "05.11.2025 10:15:00", answer: str = "Делаю иногда") -> Row:
    """One answer to the ИКТ-диагностика of two questions."""
    return {
        "Отметка времени": when, "Фамилия, имя, отчество": name, "Ваша организация": school, "Должность": "учитель",
        ICT_QUESTION: answer, "Я провожу занятия и консультации дистанционно": "Не владею",
    }  # fmt: skip


ICT = Sample(
    "ict_diagnostics",
    [diagnosed("Озёрная СШ", "Иванова Анна Петровна"), diagnosed("Лесная ОШ", "Сидоров Пётр Ильич")],
    headings={"points": ICT_QUESTION, "name_id": "Фамилия, имя, отчество"},
)

TOPICS = "По каким направлениям Вам необходимо обучение? (несколько ответов)"
FIRST = "С какого направления хотели бы начать?"


def asked(
    school: str, name: str, topics: str = "Подготовка к ГИА и ВПР;Другое", first: str = "Другое"
) -> Row:
    """One answer to the questionnaire of needs."""
    return {
        "Отметка времени": "12.10.2025 09:00:00", "ФИО": name, "Организация": school, "Ваш предмет": "Физика",
        TOPICS: topics, FIRST: first, "Удобная форма обучения": "очная",
    }  # fmt: skip


NEEDS = Sample(
    "training_needs",
    [asked("Озёрная СШ", "Иванова Анна Петровна"), asked("Лесная ОШ", "Сидоров Пётр Ильич")],
    headings={"name_id": "ФИО"},
)

REFERENCES = [REGISTRY, SCALE, SPECIFICATION]
SAMPLES = {
    s.source: s
    for s in [*REFERENCES, THRESHOLD, TARGET, TEXTBOOK, VPR, QUESTIONNAIRE, STAFF, COURSES, ICT, NEEDS]
}


def prepared(root: Path) -> Path:
    """A data root that knows the registry, the scale and the specification of the samples."""
    return Path(shutil.copytree(_known(), root, dirs_exist_ok=True))


@cache
def _known() -> Path:
    """The same, taken in once a process."""
    from pipelines.intake import intake

    root = Path(mkdtemp(prefix="known-"))
    atexit.register(shutil.rmtree, root)
    for report in intake([sample.write(root / "sent") for sample in REFERENCES], root):
        assert report.status == "accepted", report
    return root
