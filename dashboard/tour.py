"""The first walk through the pages: what each is for, one step a page, on any district."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.blocks import Block, Link, Links, Sentence
from dashboard.selection import Selection

PANEL = "tour"


@dataclass(frozen=True)
class Step:
    """A stop of the walk: where one stands and what to look at."""

    page: str
    title: str
    text: str
    chosen: Selection = field(default_factory=Selection)


STEPS = (
    Step(
        "", "Год на одном экране",
        "Карточки — главные числа с их изменением; ниже — что требует внимания и кто ещё не прислал файлы. "
        "Любая карточка и строка ведут глубже.",
    ),
    Step(
        "results", "От района до задания",
        "Выберите работу, затем школу, класс или задание — щелчком по точке или по строке. Черта у точки — интервал: "
        "чем меньше детей, тем она длиннее. Рейтинга школ здесь нет и не будет.",
    ),
    Step(
        "school", "Одна организация",
        "Всё об одной школе, саде или центре: результаты, кадры, запросы, курсы, оснащение и замечания к её файлам. "
        "Карточку удобно распечатать к совещанию.",
    ),
    Step(
        "explorer", "Свой вопрос",
        "Любой показатель в любом разрезе: выберите показатель, разбивку и вид. Адрес страницы можно послать коллеге — "
        "откроется то же самое.",
    ),
    Step(
        "quality", "Откуда взялись числа",
        "Какие файлы приняты, какие возвращены и почему. Каждое замечание называет лист, строку и столбец.",
    ),
    Step(
        "indicators", "Чему можно верить",
        "Паспорт каждого показателя: формула, источник, что с чем сравнивать. В разделе «Как считаем» — почему малые "
        "числа показаны осторожно.",
    ),
)  # fmt: skip


def start() -> Link:
    """The way into the walk."""
    return _link(1, "Показать, что где")


def at_top(chosen: Selection, page: str) -> tuple[Block, ...]:
    """The step that the address asks for; nothing on another page than its own."""
    kind, _, number = (chosen.panel or "").partition(":")
    if kind != PANEL or not number.isdigit() or not 1 <= int(number) <= len(STEPS):
        return ()
    at = int(number)
    step = STEPS[at - 1]
    if step.page != page:
        return ()
    ways = [_link(at - 1, "← Назад")] if at > 1 else []
    ways += [_link(at + 1, "Дальше →")] if at < len(STEPS) else []
    ways += [Link("Закончить", page, chosen.but(panel=None))]
    lead = f"Шаг {at} из\u00a0{len(STEPS)}. {step.title}."
    return (Sentence(lead, step.text), Links(tuple(ways), "", "Знакомство с программой"))


def _link(at: int, label: str) -> Link:
    step = STEPS[at - 1]
    return Link(label, step.page, step.chosen.but(panel=f"{PANEL}:{at}"))
