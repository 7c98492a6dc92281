"""Findings in words, by template: what was measured and whether it differs. Never a cause, never blame."""

from __future__ import annotations

from dashboard.display import Band, Measure, band, change, shown
from dashboard.words import NBSP, NO_DATA

BY_CHANCE = "различие не превышает случайных колебаний"
BEYOND_CHANCE = "различие больше случайных колебаний"
TOO_FEW = "для вывода о различии данных мало"


def subject_of(title: str) -> str:
    """«Доля … составила» or «Показатель «…» составил»: the verb agrees whatever the title is."""
    if title.startswith("Доля "):
        return f"{title} составила"
    return f"Показатель «{title}» составил"


def compared(title: str, now: Measure, before: Measure | None) -> str:
    """«Доля … составила 43,2 % (19 из 44), год назад 40,0 % (18 из 45); различие …»."""
    text = f"{subject_of(title)} {with_count(now)}"
    if band(now.n) is Band.NONE:
        return f"{title}: {NO_DATA}."
    if before is None or not before.n:
        return f"{text}; год назад данных нет."
    found = change(now, before, None)
    verdict = TOO_FEW if found.tone == "muted" else BEYOND_CHANCE if found.beyond_chance else BY_CHANCE
    return f"{text}, год назад{NBSP}{with_count(before)}; {verdict}."


def with_count(measure: Measure) -> str:
    """«43,2 % (19 из 44)», or the counts alone where a percent may not be said."""
    seen = shown(measure)
    return f"{seen.text} ({seen.count})" if seen.count else seen.text
