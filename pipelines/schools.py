"""One id for an organisation however a file names it: by login, ИНН, код ОО or a name typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz, process

from pipelines.cast import as_text
from pipelines.confirmed.kept import Confirmation
from pipelines.source import normalised

PLAIN = frozenset({"", "sch", "edu", "dou", "cdo"})
"""Login prefixes that come and go while the digits stay: only the digits make the id."""
_LOGIN = re.compile(r"^([a-z]{2,4})?(\d{5,10})$")
_INSIDE = re.compile(r"(?:^|[(|¦\s])([a-z]{3})(\d{5,10})(?=$|[)|¦\s])")
_BESIDE = re.compile(r"^[a-z]{3}\d{5,10} *[|¦] *| *\([a-z]{3}\d{5,10}\)(?: *[|¦].*)?$", re.IGNORECASE)
_FORMS = re.compile(
    r"\b(м[бка]?(д?оу|у|удо|оудо)|к?гк?[бк]?(д?оу|п?оу)|муниципальн\w+|бюджетн\w+|казенн\w+|автономн\w+|"
    r"(обще)?образовательн\w+|учреждени\w+|до|доп)\b"
)
_NEAR = 60
_INN = 10


@dataclass(frozen=True)
class Known:
    """What is said of one organisation, resolved: its id, or why it has none and what was probably meant."""

    label: str
    id: str | None
    name: str | None = None
    by_login: bool = False
    in_registry: bool = False
    suggestion: str | None = None
    ambiguous: bool = False
    is_area: bool = False
    """Not an organisation but a municipality or a region."""
    fault: str = ""
    """Why an ИНН says nothing: ``inn`` unknown, ``inn_checksum`` mistyped."""
    confirmed: Confirmation | None = None
    """Who said so, where a person did."""


def valid_inn(digits: str) -> bool:
    """Whether the control digit of an organisation's ИНН is right."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return len(digits) == _INN and digits.isdecimal() and total % 11 % 10 == int(digits[9])


def split_login(text: str) -> tuple[str, str] | None:
    """Prefix and digits of a login standing alone, in brackets or before a bar; None if there is none."""
    lowered = text.strip().lower()
    found = _LOGIN.match(lowered) or _INSIDE.search(lowered)
    return (found[1] or "", found[2]) if found else None


def bare_name(text: str) -> str:
    """A school's name without the login beside it: «edu980101 | Озёрная СШ», «Озёрная СШ (edu980101)»."""
    return _BESIDE.sub("", text).strip()


def id_of(prefix: str, digits: str, apart: frozenset[str]) -> str:
    """The id of a login; `apart` are digits that a plain login has too, so that «ksh» is another school."""
    if prefix in PLAIN or (prefix == "ksh" and digits not in apart):
        return digits
    return prefix + digits


def plain_digits(logins: Iterable[str]) -> frozenset[str]:
    """Digits of the plain logins among these."""
    parts = (split_login(login) for login in logins)
    return frozenset(part[1] for part in parts if part and part[0] in PLAIN)


def plain_school(name: str) -> str:
    """A school's name without quotes, punctuation, legal form and spacing of «№»."""
    text = re.sub(r"[.,()]", " ", normalised(name))
    text = re.sub(r"№ ?", "№", _FORMS.sub(" ", text))
    return " ".join(text.split())


@dataclass
class Schools:
    """The registry in force, asked by whatever a file says."""

    names: dict[str, str] = field(default_factory=dict)
    """Id → name."""
    apart: frozenset[str] = frozenset()
    spellings: dict[str, set[str]] = field(default_factory=dict)
    """Name without its variable parts → ids."""
    codes: dict[str, str] = field(default_factory=dict)
    """Code of the state exams' own system, without the zeros that spreadsheets lose → id."""
    inns: dict[str, set[str]] = field(default_factory=dict)
    """ИНН → ids: a branch has its parent's."""
    confirmed: dict[str, Confirmation] = field(default_factory=dict)
    """Name without its variable parts → what a person confirmed."""

    @property
    def loaded(self) -> bool:
        """Whether any registry was taken in."""
        return bool(self.names)

    def resolve(self, text: str, apart: frozenset[str], name: str = "") -> Known:
        """Who is meant by the text of a cell; ``name`` is what else the row says of them."""
        if known := self._confirmed(text) or self._by_login(text, apart, name) or self._by_number(text):
            return known
        if login := split_login(text):
            id_ = id_of(*login, self.apart | apart)
            hint = self._near_code(id_, name) if self.loaded else None
            return Known(text, id_, name or None, by_login=True, suggestion=hint)
        ids = self.spellings.get(plain_school(text), set())
        if len(ids) == 1:
            return self._registered(text, next(iter(ids)))
        return Known(text, None, suggestion=self._near_name(text), ambiguous=len(ids) > 1)

    def by_code(self, text: str) -> Known:
        """Who goes by this code of the state exams' own system, or by these digits of a login."""
        code = re.sub(r"\.0$", "", text.strip())
        id_ = self.codes.get(code.lstrip("0")) or (code if code in self.names else None)
        return self._confirmed(text) or (self._registered(text, id_) if id_ else Known(text, None))

    def nearest(self, text: str) -> str | None:
        """Id of the organisation whose spelling is most like this one."""
        near = process.extractOne(
            plain_school(text), list(self.spellings), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR
        )
        return sorted(self.spellings[near[0]])[0] if near else None

    def _registered(self, text: str, id_: str) -> Known:
        return Known(text, id_, self.names[id_], in_registry=True)

    def _confirmed(self, text: str) -> Known | None:
        said = self.confirmed.get(plain_school(text))
        if said is None or not said.meaning:
            return None
        name = self.names.get(said.meaning)
        return Known(text, said.meaning, name, in_registry=name is not None, confirmed=said)

    def _by_login(self, text: str, apart: frozenset[str], name: str) -> Known | None:
        """An organisation of the registry by its login."""
        login = split_login(text)
        id_ = id_of(*login, self.apart | apart) if login else ""
        return Known(text, id_, self.names[id_] or name or None, True, True) if id_ in self.names else None

    def _by_number(self, text: str) -> Known | None:
        """An organisation by its ИНН or код ОО; None for what is neither."""
        digits = text.strip()
        if not digits.isdecimal() or not self.loaded:
            return None
        ids = self.inns.get(digits) or (
            {self.codes[code]} if (code := digits.lstrip("0")) in self.codes else set()
        )
        if len(ids) == 1:
            return self._registered(text, next(iter(ids)))
        if ids:
            return Known(text, None, ambiguous=True)
        if len(digits) == _INN:
            return Known(text, None, fault="inn" if valid_inn(digits) else "inn_checksum")
        return None

    def _near_name(self, text: str) -> str | None:
        near = self.nearest(text)
        return self._shown(near) if near else None

    def _near_code(self, id_: str, name: str) -> str | None:
        if name:
            return self._near_name(name)
        near = process.extractOne(id_, list(self.names), scorer=fuzz.ratio, score_cutoff=80)
        return self._shown(near[0]) if near else None

    def _shown(self, id_: str) -> str:
        return f"{self.names[id_]} ({id_})"


def registry(rows: pd.DataFrame | None, confirmed: dict[str, Confirmation] | None = None) -> Schools:
    """The registry from the staged rows of the ``school`` table, and what people confirmed beside it."""
    if rows is None or rows.empty:
        return Schools(confirmed=confirmed or {})
    names = dict(zip(rows["school_id"], rows["name"].fillna(""), strict=True))
    spellings: dict[str, set[str]] = {}
    for id_, name, aliases in zip(rows["school_id"], rows["name"], rows["aliases"], strict=True):
        for text in [name, *as_text(aliases if isinstance(aliases, str) else "").split(";")]:
            if isinstance(text, str) and text.strip():
                spellings.setdefault(plain_school(text), set()).add(id_)
    codes = {code.lstrip("0"): id_ for code, id_ in _numbers(rows, "oo_code")}
    inns: dict[str, set[str]] = {}
    for inn, id_ in _numbers(rows, "inn"):
        inns.setdefault(inn, set()).add(id_)
    plain = plain_digits(rows["login"].dropna().astype(str))
    return Schools(names, plain, spellings, codes, inns, confirmed or {})


def _numbers(rows: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    """Numbers of a column of the registry, each with its organisation."""
    if column not in rows:
        return []
    known = rows.dropna(subset=[column])
    return [(as_text(value), id_) for value, id_ in zip(known[column], known["school_id"], strict=True)]


_TOWN = re.compile(r"^(?:г\.|гор\.|город\b) ?", re.IGNORECASE)
_DISTRICT = re.compile(r" муниципальн\w+ (?=район|округ)", re.IGNORECASE)


def municipality(text: str) -> str:
    """The short official form: «г. Барнаул», «Алейский район»."""
    words = " ".join(text.split("|")[-1].split("¦")[-1].split())
    return _DISTRICT.sub(" ", _TOWN.sub("г. ", words))
