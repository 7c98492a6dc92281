"""The SQL of one question to ``indicator_value``: parts summed, then divided, with interval and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.marts import Indicator, Snapshot
from dashboard.slices import column, order_of

NO_DATA = "нет данных"
SMALL = "малая выборка, n < 10"
MIXED = "объединены разные работы"
PARTLY = "частично: "
_NAMED = "left join dim_school as named on named.school_id = valued.school"


@dataclass(frozen=True)
class Question:
    """An indicator, the conditions on it with stored values, and the dimensions of its rows."""

    indicator: Indicator
    conditions: Mapping[str, list[object]]
    dimensions: list[str]

    def sql(self, snapshot: Snapshot) -> tuple[str, list[object]]:
        """The statement and its parameters."""
        order, order_params = self._order(snapshot)
        names = ", ".join([*map(self._shown, self.dimensions), "numerator, denominator, value"])
        statement = f"""
            with cells as ({self._cells()}), summed as ({self._summed()}),
            parted as (
                select *, numerator / nullif(denominator, 0) as part, {_value(self.indicator)} as value from summed
            ),
            valued as (select *, {_spread(self.indicator)} from parted)
            select {names}, {_interval(self.indicator)}, n, {_note(self.indicator)} as note
            from valued
            {_NAMED if "school" in self.dimensions else ""}
            {"order by " + ", ".join(order) if order else ""}
        """
        return statement, [self.indicator.indicator_id, *self.conditions.values(), *order_params]

    def _cells(self) -> str:
        """Sums in the asked dimensions and in those where the same people are counted again."""
        groups = [f'{column(d)} as "{d}"' for d in dict.fromkeys([*self.dimensions, *self.indicator.overlap])]
        narrowed = [f"{column(name)} in (select unnest(?))" for name in self.conditions]
        of_place = {"municipality", "kind"} & {*self.dimensions, *self.conditions}
        return f"""
            select {"".join(f"{group}, " for group in groups)} {_works(self.indicator)},
                sum(value.numerator) as numerator, sum(value.denominator) as denominator,
                sum(value.n) as n, sum(value.squares) as squares,
                count(*) filter (where value.n = 0) as lacking
            from indicator_value as value
            {"inner join dim_school as place on place.school_id = value.school_id" if of_place else ""}
            where {" and ".join(["value.indicator_id = ?", *narrowed])}
            {"group by all" if groups else ""}
            having count(*) > 0
        """

    def _summed(self) -> str:
        """Sums in the asked dimensions; people counted again and again are counted once."""
        groups = "".join(f'"{name}", ' for name in self.dimensions)
        if not set(self.indicator.overlap) - set(self.dimensions):
            return f"""
                select {groups} numerator, denominator, n, squares,
                    first_work is distinct from last_work as is_mixed, lacking > 0 as is_lacking
                from cells
            """
        return f"""
            select {groups}
                sum(numerator) as numerator, sum(denominator) as denominator,
                max(n) as n, sum(squares) as squares,
                min(first_work) is distinct from max(last_work) as is_mixed, sum(lacking) > 0 as is_lacking
            from cells
            {"group by all" if groups else ""}
            having count(*) > 0
        """

    @staticmethod
    def _shown(dimension: str) -> str:
        return (
            "valued.school, named.name as school_name" if dimension == "school" else f'valued."{dimension}"'
        )

    def _order(self, snapshot: Snapshot) -> tuple[list[str], list[object]]:
        """Schools by name, years, grades and tasks by number, words in their declared order."""
        orders: list[str] = []
        params: list[object] = []
        for name in self.dimensions:
            if name == "school":
                orders.append("named.name collate ru")
            elif name == "task":
                orders.append("try_cast(regexp_extract(task, '^[0-9]+') as integer) nulls last")
            elif declared := order_of(snapshot, name):
                orders.append(f'list_position(?, "{name}") nulls last')
                params.append(declared)
            orders.append(f'valued."{name}" nulls last')
        return orders, params


def written_out(statement: str, params: Sequence[object]) -> str:
    """The statement for a reader: parameters in their places, lines that are not empty, no margin."""
    pieces = re.split(r"\?(?=(?:[^']*'[^']*')*[^']*$)", statement)  # not those inside a text
    full = "".join(piece + _literal(value) for piece, value in zip(pieces, [*params, None], strict=True))
    lines = [line for line in full.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return "\n".join(line[margin:].rstrip() for line in lines)


def _literal(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _works(indicator: Indicator) -> str:
    """Marks of the works that a number was summed over; the same where it is one work."""
    work = "hash(value.school_year, value.procedure, value.subject, value.grade)"
    if "subject" not in indicator.by:
        return "0 as first_work, 0 as last_work"
    return f"min({work}) as first_work, max({work}) as last_work"


def _value(indicator: Indicator) -> str:
    if indicator.kind == "count":
        return "numerator"
    return f"case when denominator > 0 then {indicator.scale} * numerator / denominator end"


def _spread(indicator: Indicator) -> str:
    """Middle and half width of the interval: Wilson's for shares at n people, Student's for means.

    They are columns of their own because the planner would otherwise work out both for either side.
    """
    return {
        "share": "wilson_centre(part, nullif(n, 0)) as middle, wilson_half(part, nullif(n, 0)) as half",
        "mean": "part as middle, mean_half(part * n, squares * n / nullif(denominator, 0), n) as half",
    }.get(indicator.kind, "cast(null as double) as middle, cast(null as double) as half")


def _interval(indicator: Indicator) -> str:
    """A share's interval stays within 0 and 1, and holds the share; counts and ratios have none."""
    low, high = "middle - half", "middle + half"
    if indicator.kind == "share":  # both functions pass over what is null
        low = f"case when half is not null then greatest(0, least(part, {low})) end"
        high = f"case when half is not null then least(1, greatest(part, {high})) end"
    return f"{indicator.scale} * ({low}) as low, {indicator.scale} * ({high}) as high"


def _note(indicator: Indicator) -> str:
    """What to bear in mind, joined by «;»."""
    said = {"value is null": indicator.missing or NO_DATA, "is_mixed": MIXED}
    if indicator.missing:
        said["value is not null and is_lacking"] = PARTLY + indicator.missing
    if indicator.kind in ("share", "mean"):
        said["n > 0 and n < 10"] = SMALL
    cases = [f"case when {condition} then {_text(words)} end" for condition, words in said.items()]
    return f"concat_ws('; ', {', '.join(cases)})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
