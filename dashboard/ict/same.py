"""The same people in two diagnostics: the only honest comparison of years."""

from __future__ import annotations

from dashboard.blocks import Block, Cards, Note, Sentence
from dashboard.by_organisation import Topic, section
from dashboard.display import Measure, shown
from dashboard.parts import card
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.words import NBSP, number, plural

WHY = (
    "Сравниваются только ответы одного и того же педагога на одни и те же вопросы: состав ответивших меняется, и "
    "разность двух средних смешала бы рост с другим составом. Самооценка завышает оба раза."
)


def blocks(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """How the people who answered twice have changed, as a whole and by organisation."""
    change = q.one("ict_change", year=year, kind=chosen.kind)
    if not change.n:
        return (Note("Диагностику этого года и прежнюю не проходил ни один и тот же педагог.", "plain"),)
    found = [card(q, name, year, None, kind=chosen.kind) for name in ("ict_change", "ict_risen_share")]
    return (
        Cards(tuple(item for item in found if item)),
        Sentence("", _said(change)),
        *section(q, Topic("ict_risen_share", "ict", year, chosen)),
        Note(WHY),
    )


def _said(change: Measure) -> str:
    people = (
        plural(change.n, "педагог прошёл", "педагога прошли", "педагогов прошли") + " диагностику повторно"
    )
    seen = shown(change)
    if seen.value is None:
        return f"{people}: для вывода мало."
    sign = "+" if seen.value > 0 else ""
    text = f"{people}; в среднем {sign}{number(seen.value, 1)}{NBSP}п.{NBSP}п."
    if seen.low is None or seen.high is None:
        return f"{text}."
    between = f"95{NBSP}% интервал от {number(seen.low, 1)} до {number(seen.high, 1)}"
    verdict = "в пределах случайного" if seen.low <= 0 <= seen.high else "больше случайного"
    return f"{text} ({between}) — {verdict}."
