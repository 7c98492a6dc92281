"""Whose row of a group report it is: the country's, a region's, a municipality's or an organisation's."""

from __future__ import annotations

import re
from typing import Literal

from pipelines.schools import municipality, split_login

Level = Literal["country", "region", "municipality", "school"]

COUNTRY = "Российская Федерация"
_CODE = re.compile(r"\s*[(|¦]?\s*reg(\d{2})(_m\d+)?\s*\)?\s*[|¦]?\s*", re.IGNORECASE)
_COUNTRY = re.compile(r"^(вся выборка|российская федерация|россия|рф)$", re.IGNORECASE)
_SCHOOL = re.compile(
    r"школ|гимнази|лице[йя]|интернат|кадетск|учреждени|\b(со?ш|оош|нош)\b|\b[а-я]{1,4}оу\b", re.IGNORECASE
)
_REGION = re.compile(
    r"\bобласть\b|\bобл\b|\bкрай\b|\bреспублика\b|\bавтономн\w+ округ|\bао\b"
    r"|^(г\.? ?|город )?(москва|санкт-петербург|севастополь)$",
    re.IGNORECASE,
)
_MUNICIPALITY = re.compile(
    r"\bмуниципальн|\bрайон\b|\bр-н\b|\bокруг\b|^город |^г\. ?|\bзато\b", re.IGNORECASE
)


def level_of(text: str) -> Level:
    """The level of a cell of «Группы участников»; what is no territory is taken for an organisation."""
    code = _CODE.search(text)
    name = _CODE.sub("", text).strip(" .")
    if _COUNTRY.match(name):
        return "country"
    if code:
        return "municipality" if code[2] else "region"
    if split_login(text) or _SCHOOL.search(name):
        return "school"
    if _REGION.search(name):
        return "region"
    return "municipality" if _MUNICIPALITY.search(name) else "school"


def name_of(text: str) -> str:
    """A territory without its code, called the same in every report: «Ивановская обл.» is «Ивановская область»."""
    name = _CODE.sub("", text).strip()
    if _COUNTRY.match(name):
        return COUNTRY
    return municipality(re.sub(r"\bобл(\.|$)", "область", name).strip())
