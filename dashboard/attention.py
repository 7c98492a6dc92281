"""What needs attention: a few honest signals, each with its evidence and the count of comparisons made.

A signal is a plain fact (a file sent back, people without courses), tasks whose whole interval lies below their
zone, or a comparison that chance does not explain. The build compares every watched share of every organisation
with the others and with the year before (n ≥ 20 on both sides), and holds the false ones among those shown to a
tenth. They stand by strength of evidence, not by size; no organisation is ranked, no cause is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.blocks import Block, Heading, Link, Links, Signal, Signals, Tone
from dashboard.profile import Profile, profiles
from dashboard.queries import Queries
from dashboard.queries.board import owed
from dashboard.queries.comparisons import Comparison, comparisons, signals
from dashboard.queries.people import courses_by_topic, without_course
from dashboard.queries.results import Work, works
from dashboard.selection import Selection
from dashboard.sentences import with_count
from dashboard.words import NBSP, joined, lower_first, number, plural, school_year
from dashboard.zones import Verdict

MOST_ROWS = 12
MOST = 6


@dataclass
class Search:
    """Signals found so far and how many comparisons were made to find them."""

    signals: list[Signal] = field(default_factory=list)
    compared: int = 0


def section(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """The section of the first screen."""
    found = search(q, year, chosen.kind)
    checked = plural(found.compared, "сравнение", "сравнения", "сравнений")
    note = f"проверено {checked}, сигналов {len(found.signals)}"
    all_of_them = Links(
        (Link("Все сигналы и что спокойно", "attention", Selection(year=year)),), "", "Подробно"
    )
    return (Heading("Что требует внимания", note), Signals(tuple(found.signals[:MOST]), note), all_of_them)


def search(q: Queries, year: int, kind: str | None) -> Search:
    """Look through results, changes, submissions and courses of a year."""
    found = Search()
    if kind in (None, "школа"):
        _tasks(q, year, found)
        _exams(q, year, found)
    _beyond_chance(q, year, kind, found)
    _returned(q, year, kind, found)
    if kind is None:
        _courses(q, year, found)
        _unmet(q, year, found)
    return found


def _tasks(q: Queries, year: int, found: Search) -> None:
    """Works where whole intervals of tasks lie below their zones, those with most such tasks first."""
    low: list[tuple[Work, Profile]] = []
    every = profiles(q, year)
    for work in works(q, year):
        seen = every.get((work.subject, work.grade), Profile((), ()))
        found.compared += sum(point.verdict is not Verdict.NONE for point in seen.points)
        if seen.below:
            low.append((work, seen))
    low.sort(key=lambda item: (-len(item[1].below), item[0].grade, item[0].subject))
    found.signals += [_task_signal(work, seen) for work, seen in low[:3]]
    if len(low) > 3:
        rest = plural(len(low) - 3, "работе", "работах", "работах")
        names = joined([work.label for work, _ in low[3:]], 3)
        link = Link("К работам", "results", Selection(year=year))
        found.signals.append(Signal(f"Есть задания ниже зоны ещё в {rest}", names, "watch", link))


def _task_signal(work: Work, seen: Profile) -> Signal:
    names = joined([point.task for point in seen.below], 6)
    count = len(seen.below)
    word = "задание" if count == 1 else "задания"
    text = f"{work.label}: {word} {names} ниже зоны ({count} из {len(seen.points)})"
    skill = f"системно: «{lower_first(seen.deficits[0])}»; " if seen.deficits else ""
    evidence = f"ВПР {work.year}, весь 95 % интервал ниже границы; {skill}n = {number(seen.n)}"
    chosen = Selection(year=work.year, subject=work.subject, grade=work.grade)
    return Signal(text, evidence, "bad", Link("К заданиям", "results", chosen))


EXAMS = (
    ("oge", "oge_pass_share", "ОГЭ: «2» и после пересдачи — {}"),
    ("ege", "exam_pass_share", "ЕГЭ: ниже минимального порога — {}"),
)
"""Exams that a certificate or a profession depends on: procedure, share of those who passed, what is said."""


def _exams(q: Queries, year: int, found: Search) -> None:
    """Graduates' results that stayed below the least one, after all retakes: a fact, not a comparison.

    They are few in a subject, so only the department itself is told.
    """
    if q.viewer.audience != "internal":
        return
    for procedure, indicator, text in EXAMS:
        if indicator not in q.indicators:
            continue
        cuts = q.cuts(indicator, ("subject",), year=year, procedure=procedure)
        low = [(c.keys["subject"], c.measure) for c in cuts if c.measure.numerator < c.measure.denominator]
        total = round(sum(m.denominator - m.numerator for _, m in low))
        if total:
            low.sort(key=lambda item: (item[1].numerator - item[1].denominator, item[0] or ""))
            told = [
                f"{s} — {number(m.denominator - m.numerator)} из{NBSP}{number(m.denominator)}" for s, m in low
            ]
            results = plural(total, "результат", "результата", "результатов")
            link = Link("К экзаменам", "results", Selection(year=year, procedure=procedure))
            found.signals.append(Signal(text.format(results), joined(told), "watch", link))


def _beyond_chance(q: Queries, year: int, kind: str | None, found: Search) -> None:
    """Shares that differ from the rest or from last year by more than chance, strongest evidence first."""
    looked_at = comparisons(q, year, kind)
    found.compared += len(looked_at)
    dismissed = q.notebook.dismissed() if q.notebook else {}
    beyond = [one for one in signals(looked_at) if one.id not in dismissed]
    found.signals += [signal(q, one) for one in beyond]


def signal(q: Queries, found: Comparison) -> Signal:
    """A comparison in words, with its evidence and the way to its numbers."""
    declared = q.indicators[found.indicator]
    tone: Tone = "good" if found.is_higher == (declared.better == "higher") else "bad"
    chosen = Selection(
        year=found.year,
        school=found.school,
        subject=found.subject,
        grade=found.grade,
        indicator=found.indicator,
    )
    link = Link("К показателю", "indicators", chosen.but(school=None, subject=None, grade=None))
    return Signal(about(q, found), against(found), tone, link)


def about(q: Queries, found: Comparison) -> str:
    """«Лесная ОШ, Математика, 4 класс. Качество знаний: выше, чем в остальных организациях»."""
    school = q.schools().get(found.school or "")
    place = school.label if school else "Район"
    grade = f"{found.grade}{NBSP}класс" if found.grade else None
    parts = [place, found.subject, grade, found.level, found.topic, found.competence, found.term]
    side = "выше" if found.is_higher else "ниже"
    other = f"{side}, чем у{NBSP}остальных" if found.against == "rest" else f"{side} прошлого года"
    return f"{', '.join(p for p in parts if p)}. {q.indicators[found.indicator].title}: {other}"


def against(found: Comparison) -> str:
    """Both shares with their counts, and how likely that is by chance."""
    mine, other = found.measures
    whose = "у остальных" if found.against == "rest" else "год назад"
    return f"{with_count(mine)}, {whose} {with_count(other)}; различие больше случайных колебаний"


def why(found: Comparison, looked_at: int) -> str:
    """«Почему это здесь»."""
    chance = "меньше 0,1" if found.p < 0.001 else number(100 * found.p, 1)
    return (
        f"Проверено {plural(looked_at, 'сравнение', 'сравнения', 'сравнений')} этого года. Такое различие случайно"
        f" бывает в{NBSP}{chance}{NBSP}% случаев (точный критерий Фишера); с поправкой на число сравнений"
        f" q{NBSP}={NBSP}{number(found.q, 3)}: среди показанных ложных в среднем не больше 10{NBSP}%."
    )


def _returned(q: Queries, year: int, kind: str | None, found: Search) -> None:
    schools = q.schools()
    back = [one for one in owed(q, year) if one.status == "refused" and one.school in schools]
    back = [s for s in back if kind is None or schools[s.school].kind == kind]
    if back:
        names = joined(sorted({schools[s.school].label for s in back}), 4)
        many = "возвращены отправителям и не заменены"
        text = plural(len(back), "файл возвращён отправителю и не заменён", f"файла {many}", f"файлов {many}")
        link = Link("К замечаниям", "quality", Selection(year=year))
        found.signals.append(Signal(text, names, "watch", link))


def _courses(q: Queries, year: int, found: Search) -> None:
    missing, known = without_course(q, year)
    if missing and known:
        who = plural(missing, "педагог", "педагога", "педагогов")
        text = f"{who} без курсов более трёх лет"
        link = Link("К курсам", "needs", Selection(year=year))
        found.signals.append(Signal(text, f"из {number(known)}; кадры {school_year(year)}", "watch", link))


def _unmet(q: Queries, year: int, found: Search) -> None:
    """The topic with the widest gap between those who ask and those who took a course."""
    taken = courses_by_topic(q, year)
    gaps = list(_gaps(q, year, taken))
    found.compared += len(gaps)
    if gaps:
        gap, topic, asked = max(gaps)
        if gap >= 10:
            link = Link("К запросам", "needs", Selection(year=year, topic=topic))
            evidence = f"просят {number(asked)}, курс за три года прошли {number(taken.get(topic, 0))}"
            found.signals.append(
                Signal(f"Больше всего не хватает курсов: «{topic}»", evidence, "watch", link)
            )


def _gaps(q: Queries, year: int, taken: dict[str, int]) -> Iterator[tuple[int, str, int]]:
    for cut in q.cuts("training_need_share", ("topic",), year=year):
        asked, topic = int(cut.measure.numerator), cut.keys["topic"]
        if topic and topic != "Другое":
            yield asked - taken.get(topic, 0), topic, asked
