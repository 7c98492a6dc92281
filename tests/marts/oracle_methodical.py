"""The journal of methodical work and the facts for self-examination, by plain loops."""

from __future__ import annotations

from collections.abc import Iterable

from tests.marts.oracle_cells import Cells, Row, grouped, share

EVENTS = ("заседание РМО", "семинар", "практикум", "мастер-класс", "открытый урок", "педагогические чтения",
          "конференция", "стажировка", "вебинар")  # fmt: skip
SHARES = {
    "no_certificate_9_share": ("no_certificate_9", "graduates_9"), "honours_9_share": ("honours_9", "graduates_9"),
    "no_certificate_11_share": ("no_certificate_11", "graduates_11"),
    "honours_11_share": ("honours_11", "graduates_11"),
    "medal_share": ("medals", "graduates_11"), "contest_pupils_share": ("contest_pupils", "pupils"),
    "contest_winners_share": ("contest_winners", "pupils"), "advanced_share": ("advanced", "pupils"),
    "profile_share": ("profile", "pupils"), "remote_share": ("remote", "pupils"),
    "network_share": ("network", "pupils"), "broadband_share": ("broadband", "pupils"),
    "russian_os_share": ("russian_os", "study_computers"), "my_school_share": ("my_school", "teachers"),
    "route_share": ("routes", "deficits"),
}  # fmt: skip
RATIOS = {
    "textbooks_per_100": ("textbooks", "textbooks_needed"), "literature_per_pupil": ("literature", "pupils"),
    "area_per_pupil": ("area", "pupils"),
}  # fmt: skip


def methodical(tables: dict[str, list[Row]], kinds: dict[str, str]) -> Cells:
    """Indicators of the cabinet's own two forms."""
    journal = tables["methodical_work"]
    cells = _facts(tables["organisation_facts"]) | _deeds(journal)
    for (year,), rows in grouped(journal, "school_year").items():
        cells |= _reach(int(year), rows, kinds) | _people(int(year), rows, tables["staff"], kinds)
    return cells


def _facts(told: list[Row]) -> Cells:
    cells: Cells = {}
    for row in told:
        cell = (row["school_id"], row["school_year"])
        for name, (part, whole) in (SHARES | RATIOS).items():
            k, n = row.get(part), row.get(whole)
            if k is not None and n is not None and (name in RATIOS or k <= n):
                cells[name, cell] = (k, n, n)
    return cells


def _came(row: Row) -> bool:
    return row.get("outcome") != "отсутствовал"


def _deeds(journal: list[Row]) -> Cells:
    cells: Cells = {}
    for cell, rows in grouped(journal, "school_id", "school_year").items():
        by_kind = {kind: own for (kind,), own in grouped(rows, "kind").items()}
        met = [row for row in by_kind.get("заседание РМО", []) if row.get("outcome")]
        cells["association_attendance_share", cell] = share(sum(map(_came, met)), len(met))
        for name, kind in (
            ("consultations", "консультация"), ("bank_items", "материал в банк"), ("publications", "публикация"),
        ):  # fmt: skip
            cells[name, cell] = (len(by_kind.get(kind, [])), 0, len(by_kind.get(kind, [])))
        asked = [row for row in by_kind.get("консультация", []) if row.get("answered_on")]
        days = [(row["answered_on"] - row["held_on"]).days for row in asked]
        cells["consultation_days", cell] = (sum(days), len(days), len(days))
        rated = [row["rating"] for row in rows if row["kind"] in EVENTS and row.get("rating") is not None]
        cells["event_rating", cell] = (sum(rated), len(rated), len(rated))
        for kind, own in by_kind.items():
            came = sum(map(_came, own))
            if kind in EVENTS:
                cells["methodical_participations", (*cell, kind)] = (came, 0, came)
        for (level,), own in grouped(by_kind.get("обобщение опыта", []), "level").items():
            cells["experience_items", (*cell, level)] = (len(own), 0, len(own))
        for (level,), own in grouped(by_kind.get("конкурс мастерства", []), "level").items():
            told = [row["outcome"] for row in own if row.get("outcome")]
            cells["contest_prize_share", (*cell, level)] = share(
                sum(one in ("победитель", "призёр") for one in told), len(told)
            )
    return cells


def _reach(year: int, rows: list[Row], kinds: dict[str, str]) -> Cells:
    cells: Cells = {}
    for school in kinds:
        own = [row for row in rows if row["school_id"] == school]
        for name, hit in (
            ("association_reach_share", any(r["kind"] == "заседание РМО" and _came(r) for r in own)),
            ("consulted_reach_share", any(r["kind"] == "консультация" for r in own)),
            ("bank_reach_share", any(r["kind"] == "материал в банк" for r in own)),
        ):
            cells[name, (school, year)] = share(int(hit), 1)
    return cells


def _people(year: int, rows: list[Row], staff: list[Row], kinds: dict[str, str]) -> Cells:
    cells: Cells = {}
    for (school,), listed in grouped([r for r in staff if r["school_year"] == year], "school_id").items():
        last = max(row["as_of"] for row in listed)
        group = ("учитель",) if kinds[school] == "школа" else None
        people = [
            r for r in listed
            if r["as_of"] == last and not r.get("is_external")
            and (r["post_group"] in group if group else r["post_group"] != "руководитель")
        ]  # fmt: skip
        came = [row for row in rows if _came(row)]
        done = {
            "event_involved_share": {name for kind in EVENTS for name in _of(came, school, kind)},
            "contest_involved_share": _of(rows, school, "конкурс мастерства"),
            "consulted_share": _of(rows, school, "консультация"),
        }  # fmt: skip
        for name, those in done.items():
            cells[name, (school, year)] = share(sum(p["name_id"] in those for p in people), len(people))
        young = [p for p in people if p.get("teaching_years") is not None and p["teaching_years"] <= 3]
        mentored = _of(rows, school, "наставничество")
        cells["mentored_young_share", (school, year)] = share(
            sum(p["name_id"] in mentored for p in young), len(young)
        )
    return cells


def _of(rows: Iterable[Row], school: str, kind: str) -> set[str]:
    return {row["name_id"] for row in rows if row["school_id"] == school and row["kind"] == kind}
