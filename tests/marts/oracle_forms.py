"""What forms say of education, of kindergartens and of the internet."""

from __future__ import annotations

import re

from tests.marts.oracle_cells import Cells, Row, grouped, share

PEDAGOGUES = {"ОО-1": "3.1", "85-К": "15"}


def forms(tables: dict[str, list[Row]]) -> Cells:
    """Federal forms, the latest of a year, and the questionnaire's speed of the internet."""
    cells: Cells = {}
    for cell, rows in grouped(tables["federal_form"], "school_id", "school_year").items():
        kept = [
            row for (form,), own in grouped(rows, "form").items() for row in own
            if row["as_of"] == max(r["as_of"] for r in own) and form in PEDAGOGUES
        ]  # fmt: skip
        said: dict[tuple[str, str], float] = {}
        for row in kept:
            if row["section"] == PEDAGOGUES[row["form"]]:
                key = (row["row_key"], row["column_key"])
                said[key] = said.get(key, 0) + row["value"]
        whole = said.get(("pedagogues", "all"))
        for name in ("higher_pedagogical", "vocational_pedagogical"):
            part = said.get(("pedagogues", name))
            if part is not None and whole is not None and part <= whole:
                cells[f"{name}_share", cell] = (part, whole, whole)
        everybody = said.get(("all_staff", "all"))
        if whole is not None and everybody is not None and whole <= everybody:
            cells["pedagogue_staff_share", cell] = (whole, everybody, everybody)
        garden = {(r["row_key"], r["column_key"]): r["value"] for r in kept if r["form"] == "85-К"}
        children, computers = garden.get(("children", "all")), garden.get(("computers", "for_children"))
        if children is not None and computers is not None:
            cells["kids_computers_per_100", cell] = (computers, children, children)
    return cells | _internet(tables["school_questionnaire"])


def _internet(asked: list[Row]) -> Cells:
    cells: Cells = {}
    for row in asked:
        speed, place = row.get("internet_speed"), row.get("settlement_type")
        if speed and place:
            numbers = re.findall(r"\d+", speed)
            least = 0 if speed.startswith("до ") or not numbers else int(numbers[0])
            fast = least >= (50 if place.startswith("4") else 100)
            cells["fast_internet_share", (row["school_id"], row["school_year"])] = share(int(fast), 1)
    return cells
