"""The collection board: which organisation sent what, and how it was taken."""

from __future__ import annotations

from dashboard.blocks import Board, BoardRow, Link, Mark, State
from dashboard.parts import MANY
from dashboard.queries import Queries, School
from dashboard.queries.collection import REFERENCE, SCHOOL_ONLY, Sent, sent
from dashboard.selection import Selection
from dashboard.words import plural

SHORT = {
    "vpr_pupils_2021": "ВПР", "vpr_individual_results": "ВПР, Ф1", "vpr_collection_form": "ВПР, форма",
    "vpr_export_2022": "ВПР, 2022", "vpr_export_2020": "ВПР, 2020",
    "school_questionnaire": "Анкета", "staff_list": "Кадры", "training_course_register": "Курсы",
    "ict_diagnostics": "ИКТ", "training_needs": "Запросы",
}  # fmt: skip
STATES: dict[str, State] = {"accepted": "accepted", "warned": "warned", "refused": "refused"}


def board(
    q: Queries, year: int, kind: str | None = None, is_compact: bool = False, municipality: str | None = None
) -> Board:
    """One row an organisation; in a region one row a municipality until one is chosen."""
    found = [s for s in sent(q, year) if s.source not in REFERENCE]
    sources = sorted({s.source for s in found}, key=_order)
    titles = {s.source: SHORT.get(s.source, s.title) for s in found}
    marks = {(s.school, s.source): s for s in found}
    schools = [
        s for s in q.schools().values()
        if (kind is None or s.kind == kind) and (municipality is None or s.municipality == municipality)
    ]  # fmt: skip
    grouped = len(schools) > MANY and municipality is None
    rows = _by_place(schools, sources, marks, year) if grouped else [
        BoardRow(s.label, tuple(_mark(s, source, marks) for source in sources),
                 Link(s.label, "school", Selection(year=year, school=s.id)))
        for s in schools
    ]  # fmt: skip
    return Board(tuple(titles[source] for source in sources), tuple(rows), is_compact)


def _order(source: str) -> tuple[int, str]:
    known = list(SHORT)
    return (known.index(source) if source in known else len(known), source)


def _mark(school: School, source: str, marks: dict[tuple[str, str], Sent]) -> Mark:
    found = marks.get((school.id, source))
    if found is None:
        return Mark(
            "not_needed" if source in SCHOOL_ONLY and school.kind not in (None, "школа") else "absent"
        )
    return Mark(STATES[found.status], _hint(found))


def _hint(found: Sent) -> str:
    said = {"accepted": "принято", "warned": "принято с замечаниями", "refused": "возвращено"}[found.status]
    counts = [plural(found.errors, "ошибка", "ошибки", "ошибок")] if found.errors else []
    counts += [plural(found.warnings, "замечание", "замечания", "замечаний")] if found.warnings else []
    return f"{said}: {', '.join(counts)}" if counts else said


def _by_place(
    schools: list[School], sources: list[str], marks: dict[tuple[str, str], Sent], year: int
) -> list[BoardRow]:
    places: dict[str, list[School]] = {}
    for school in schools:
        places.setdefault(school.municipality or "без муниципалитета", []).append(school)
    return [
        BoardRow(
            f"{place} ({len(there)})",
            tuple(_place_mark(there, source, marks) for source in sources),
            Link(place, "quality", Selection(year=year, municipality=place)),
        )
        for place, there in sorted(places.items())
    ]  # fmt: skip


def _place_mark(schools: list[School], source: str, marks: dict[tuple[str, str], Sent]) -> Mark:
    found = [marks[s.id, source] for s in schools if (s.id, source) in marks]
    if not found:
        return Mark("absent")
    back = sum(s.status == "refused" for s in found)
    hint = f"принято {len(found) - back} из {len(schools)}" + (f", возвращено {back}" if back else "")
    worst: State = "refused" if back else "accepted" if len(found) == len(schools) else "warned"
    return Mark(worst, hint, back or len(found))


def complete(shown: Board) -> tuple[int, int]:
    """Rows where everything needed was taken, and all rows."""
    done = sum(all(m.state in ("accepted", "warned", "not_needed") for m in row.marks) for row in shown.rows)
    return done, len(shown.rows)
