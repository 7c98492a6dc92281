"""Programmes' targets: which of our indicators each is, where it is one of ours."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from pipelines.cast import as_text, categorical
from pipelines.contract import Declarations
from pipelines.findings import Finding
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.source import normalised

_NEAR = 80
_SHOWN = 5


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns and the indicator's id; a target of what we do not count is kept and told of."""
    shaped = straight(raw, setting, "programme_target")
    names = _names(setting.declared)
    titles = [as_text(cell) for cell in raw.cells["title"]]
    found = [names.get(normalised(title)) for title in titles]
    distinct = list(dict.fromkeys(found))
    shaped.rows["indicator"] = categorical(distinct, [distinct.index(one) for one in found])
    others = [title for title, one in zip(titles, found, strict=True) if title and not one]
    setting.remarks.extend(_told(raw, list(dict.fromkeys(others)), names, setting.declared))
    return [shaped]


def _names(declared: Declarations) -> dict[str, str]:
    """Everything an indicator is called by → its id; what two are called by is nobody's name."""
    names: dict[str, str] = {}
    for name, indicator in declared.indicators.items():
        for said in {normalised(one) for one in (name, indicator.title, indicator.short) if one}:
            names[said] = "" if said in names else name
    return {said: name for said, name in names.items() if name}


def _told(raw: Raw, others: list[str], names: dict[str, str], declared: Declarations) -> list[Finding]:
    if not others:
        return []
    listed = "; ".join(_with_near(one, names, declared) for one in others[:_SHOWN])
    more = f" и ещё {len(others) - _SHOWN}" if len(others) > _SHOWN else ""
    message = f"Таких показателей программа не считает, план и факт сохранены как есть: {listed}{more}"
    fix = "Если показатель есть на странице «О показателях», назовите его так же"
    return [Finding(severity="info", rule="file.other_indicators", message=message, fix=fix, sheet=raw.sheet)]


def _with_near(title: str, names: dict[str, str], declared: Declarations) -> str:
    near = process.extractOne(
        normalised(title), list(names), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR
    )
    hint = f" (похоже на «{declared.indicators[names[near[0]]].title}»)" if near else ""
    return f"«{title}»{hint}"
