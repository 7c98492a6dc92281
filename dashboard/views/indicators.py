"""О показателях: the passport of every indicator, the methods in plain words, the glossary."""

from __future__ import annotations

from datetime import date

from dashboard import chance_page, official, origin_page, origins, passport, programmes
from dashboard.blocks import (
    Block,
    Cards,
    Cell,
    Column,
    Facts,
    Filters,
    Heading,
    Link,
    Links,
    Note,
    Page,
    Row,
    Sentence,
    Table,
    Title,
)
from dashboard.by_organisation import Topic, section
from dashboard.handbook import GLOSSARY, METHODS
from dashboard.marts import Indicator
from dashboard.parts import card, compared, kind_links, pick_year, school_filter, year_links
from dashboard.queries import Queries
from dashboard.queries.explorer import dictionary
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import NBSP, capital, day, plain, school_year

PAGE = "indicators"
VIEWS = {
    "passports": "Паспорта показателей",
    "methods": "Как считаем",
    "glossary": "Словарь",
    "lists": "Официальные списки",
    programmes.VIEW: "Цели программ",
    "data": "Словарь данных",
}
THEMES = {
    "results": "Результаты",
    "staff": "Кадры",
    "ict": "ИКТ-компетентность",
    "needs": "Потребности и курсы",
    "resources": "Оснащение",
    "methodical": "Методическая работа",
    "marks": "Четверти и год",
    "exams": "ГИА: ЕГЭ, ОГЭ, ГВЭ",
}


def build(q: Queries, chosen: Selection) -> Page:
    """One indicator's passport with its numbers, or the chosen chapter."""
    if chosen.panel == origins.PANEL:
        return origin_page.build(q, chosen)
    declared = q.indicators.get(chosen.indicator or "")
    if declared:
        return _passport(q, declared, chosen)
    view = chosen.view if chosen.view in VIEWS else "passports"
    choice = Links(
        tuple(Link(title, PAGE, Selection(view=name)) for name, title in VIEWS.items()), VIEWS[view], "Раздел"
    )
    lost = [Note(f"Показателя «{chosen.indicator}» нет; ниже все.", "watch")] if chosen.indicator else []
    body = {"passports": _all, "methods": _methods, "glossary": _glossary, "lists": _lists,
            programmes.VIEW: programmes.blocks, "data": _data}[view]  # fmt: skip
    return Page(Title("О показателях"), (choice, *lost, *body(q, chosen)))


def _all(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """Indicators by theme; a row leads to the passport."""
    blocks: list[Block] = []
    columns = (
        Column("Показатель", is_wide=True),
        Column("Как считается", is_wide=True),
        Column("Источник", is_spare=True),
    )
    for theme in dict.fromkeys([*THEMES, *(i.theme for i in q.indicators.values())]):
        rows = tuple(
            Row(
                (Cell(i.title), Cell(i.formula), Cell(i.source.split(";")[0])),
                Link(i.title, PAGE, Selection(indicator=name)),
            )
            for name, i in q.indicators.items()
            if i.theme == theme
        )
        if rows:
            blocks += [
                Heading(THEMES.get(theme, theme)),
                Table(columns, rows, f"theme-{theme}", has_download=False),
            ]
    return (*blocks, *_gaps(q))


def _gaps(q: Queries) -> tuple[Block, ...]:
    """Indicators of the handbook that nothing feeds, and which field is lacking."""
    if not q.has("indicator_gap"):
        return ()
    rows = tuple(
        Row((Cell(f"{title} ({code})"), Cell(formula), Cell(missing)))
        for code, title, formula, missing in q.rows("select code, title, formula, missing from indicator_gap")
    )
    columns = (
        Column("Показатель", is_wide=True), Column("Как считался бы", is_wide=True),
        Column("Чего не хватает", is_wide=True),
    )  # fmt: skip
    return (Heading("Нет источника"), Table(columns, rows, "gaps", has_download=False)) if rows else ()


def _methods(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    told = (Facts(items, title) for title, items in METHODS)
    return (*chance_page.blocks(q, chosen.but(view="methods"), PAGE), *told, *_limits(q))


LIMITS = """select title, "limit", null, source, reviewed, 1, term_order from dim_support_rule
    union all
    select 'Зона задания уровня ' || term || ': достаточно от, недостаточно ниже', enough, below, source, reviewed, 0,
        term_order
    from dim_task_zone
    order by 6, 7"""


def _limits(q: Queries) -> tuple[Block, ...]:
    """Limits that somebody set: each with who set it and when it was looked at last."""
    if not q.has("dim_task_zone"):
        return ()
    rows = tuple(
        Row((Cell(title), Cell(_limit(one, below)), Cell(source), Cell(day(date.fromisoformat(reviewed)))))
        for title, one, below, source, reviewed, *_ in q.rows(LIMITS)
    )
    heads = (
        Column("Порог", is_wide=True),
        Column("Значение", True),
        Column("Откуда", is_wide=True),
        Column("Сверен"),
    )
    told = "Пороги — параметры: их меняют в словарях support_rule и task_zone, когда меняются рекомендации."
    return (
        Heading("Пороги и признаки"),
        Note(told),
        Table(heads, rows, "limits", has_download=False),
    )


def _limit(value: float, below: float | None) -> str:
    """«3», or «60 % и 57 %» of a zone."""
    return plain(value, 2) if below is None else f"{plain(value)}{NBSP}% и {plain(below, 1)}{NBSP}%"


def _lists(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """The lists that acts demand, for the district or the chosen school."""
    year, _ = pick_year(q.years(), chosen)
    known = official.names(q)
    if year is None or not known:
        return (Note("Официальных списков в этом снимке нет: соберите витрины заново.", "plain"),)
    chosen = chosen.but(year=year, view="lists", indicator=None)
    schools = [school for school in q.schools().values() if school.kind == "школа"]
    head = (
        year_links(q.years(), year, PAGE, chosen),
        Filters((school_filter(schools, chosen, "Район в целом"),)),
    )
    return (*head, *(block for name in known for block in official.blocks(q, name, year, chosen.school)))


def _glossary(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    return (Facts(GLOSSARY, "Слова, которые встречаются на страницах"),)


def _data(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """Every table of the snapshot, column by column: for whoever opens the file with another program."""
    columns = (Column("Что это", is_wide=True), Column("Имя в базе"), Column("Тип"), Column("Единица"))
    blocks: list[Block] = [
        Note(
            "Снимок — обычный файл DuckDB в папке data/marts: его можно открыть любой программой, только для чтения."
        )
    ]
    for table, found in dictionary(q).items():
        rows = tuple(
            Row((Cell(title), Cell(name), Cell(kind), Cell(unit))) for name, title, kind, unit in found
        )
        blocks += [Heading(table), Table(columns, rows, f"columns-{table}")]
    return tuple(blocks)


def _passport(q: Queries, declared: Indicator, chosen: Selection) -> Page:
    """What the number is, then the number itself wherever it can be shown."""
    back = (Link("О показателях", PAGE),)
    years = q.years_of(declared.indicator_id)
    year, messages = pick_year(years, chosen)
    if year is None:
        nothing = Note(f"Значений нет: {declared.missing or 'нет данных'}.", "plain")
        return Page(
            Title(declared.title, "паспорт показателя", back), (nothing, Facts(passport.facts(declared)))
        )
    facts = Facts((*programmes.facts(q, declared.indicator_id, year), *passport.facts(declared)))
    chosen = chosen.but(year=year)
    kinds = kind_links(q, PAGE, chosen)
    head: list[Block] = [year_links(years, year, PAGE, chosen), *([kinds] if kinds else [])]
    head += [Note(text, "watch") for text in messages]
    return Page(
        Title(declared.title, f"паспорт показателя · {school_year(year)}", back),
        (
            *head,
            *_numbers(q, declared, year, chosen),
            Links((Link(origins.LABEL, PAGE, chosen.but(panel=origins.PANEL)),), "", "Происхождение"),
            Heading("Паспорт"),
            facts,
        ),
    )


def _numbers(q: Queries, declared: Indicator, year: int, chosen: Selection) -> tuple[Block, ...]:
    name = declared.indicator_id
    if set(declared.split_by) - {"year"}:
        return _split(q, declared, year, chosen)
    shown = card(q, name, year, None, kind=chosen.kind)
    cards = (Cards((shown,)),) if shown else ()
    said = (Sentence("", compared(q, name, year, kind=chosen.kind)),) if declared.kind == "share" else ()
    return (*cards, *said, *section(q, Topic(name, PAGE, year, chosen)))


def _split(q: Queries, declared: Indicator, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Indicators that only have a meaning by level or topic."""
    (dimension,) = [d for d in declared.split_by if d != "year"][:1]
    cuts = q.cuts(declared.indicator_id, (dimension,), year=year, kind=chosen.kind)
    found = [
        card(
            q,
            declared.indicator_id,
            year,
            None,
            capital(str(c.keys[dimension])),
            kind=chosen.kind,
            **{dimension: c.keys[dimension]},
        )
        for c in cuts
        if c.keys[dimension]
    ]
    return (Cards(tuple(item for item in found if item)),)


VIEW = View(PAGE, "О показателях", "Справочно", 10, build)
