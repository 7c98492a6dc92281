"""The latent model: what is true in the invented district before anybody writes a file about it.

The dataclasses below are the place to change how the numbers behave; everything else draws from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

YEARS = (2023, 2024, 2025, 2026)
"""School years, by the year they end in."""

EXAM_YEARS = YEARS[1:]
"""Years whose state exams are there."""


@dataclass(frozen=True)
class Deficit:
    """A skill that the whole district lacks: its tasks are harder than they should be."""

    subject: str
    grade: int
    codes: tuple[str, ...]
    shift: float


@dataclass(frozen=True)
class Results:
    """How pupils answer: a one-parameter logistic model on the scale of pupils' standard deviations."""

    basic: tuple[float, float] = (-1.3, -0.4)
    """Difficulty of tasks of the basic level, from and to."""
    advanced: tuple[float, float] = (0.2, 1.2)
    ability_spread: float = 0.85
    """Between the pupils of one cohort, and below between the cohorts of one school."""
    cohort_spread: float = 0.2
    subject_spread: float = 0.45
    """How far one pupil's subjects differ."""
    deficit: Deficit = Deficit("Математика", 7, ("7", "8", "15"), 1.8)
    absent: float = 0.06
    skipped: float = 0.3
    """Of the tasks that bring nothing, this part was not attempted at all (X)."""
    confirmed: float = 0.71
    lowered: float = 0.14
    """Shares of journal marks that the work confirms and that it puts lower."""
    marks_from: tuple[float, float, float] = (0.3, 0.56, 0.79)
    """Shares of the maximum from which «3», «4» and «5» begin."""


@dataclass(frozen=True)
class Staffing:
    """Who works here and how it changes from one September to the next."""

    young: float = 0.2
    """Of those who were there from the start, under 35; all others are about so old:"""
    mean_age: float = 50
    age_spread: float = 8.5
    leave_under_60: float = 0.03
    leave_over_60: float = 0.08
    replaced: float = 0.75
    """Part of those who left for whom somebody came; the others' hours are shared out."""
    higher_education: float = 0.84
    top_category: float = 0.25
    first_category: float = 0.34
    promoted: float = 0.06
    """Per year, from none to the first and from the first to the top category."""
    external: float = 0.05
    """Teachers of schools who come from elsewhere for a few hours."""


@dataclass(frozen=True)
class Learning:
    """Courses, ICT and wishes."""

    regular_from: float = 0.68
    regular_yearly: float = 0.07
    """Part of the staff on a three-year rhythm of courses in the first year, and what each year adds."""
    extra_course: float = 0.12
    ict_answered: float = 0.85
    ict_start: float = 1.75
    ict_growth: float = 0.17
    """Mean answer (0 to 4) in the first year, and what the same people gain in one."""
    ict_spread: float = 0.55
    ict_per_age: float = 0.022
    """How far people differ, and how much lower a person a year older begins."""
    need_answered: float = 0.7


@dataclass(frozen=True)
class Equipment:
    """Computers get older; one school received a new room."""

    per_pupil: float = 0.14
    base: int = 7
    obsolete_start: float = 0.22
    obsolete_growth: float = 0.08
    renewed: tuple[str, int] = ("980102", 2025)


@dataclass(frozen=True)
class Model:
    """All latent parameters together, and the seed of every chance."""

    seed: int = 1
    results: Results = field(default_factory=Results)
    staffing: Staffing = field(default_factory=Staffing)
    learning: Learning = field(default_factory=Learning)
    equipment: Equipment = field(default_factory=Equipment)
