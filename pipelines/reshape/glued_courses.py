"""Courses that stand in one cell of a staff list, glued by line breaks → one row a course."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from pipelines.cast import FAULT, as_date, categorical
from pipelines.frame import Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.reshape.training_course import RETRAINING_HOURS
from pipelines.source import normalised

_HOURS = re.compile(r"(\d{1,4})\s*(?:ч|час)[а-я]*\b\.?", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_TITLE = re.compile(r"[«\"“„](.+)[»\"”]")
_REST = re.compile(r"^[\d\s.,;()–-]*(?:ч|час\w*|г|год\w*)?[\d\s.,;()г–-]*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-–—•*]\s*)")
_RETRAINING = re.compile(r"переподготовк|\bпп\b", re.IGNORECASE)


@dataclass(frozen=True)
class Course:
    """One course read from a line."""

    title: str
    hours: float
    end: datetime
    start: datetime | None
    provider: str | None
    kind: str


def glued_courses(raw: Raw, people: Shaped, setting: Setting) -> Shaped:
    """The courses of everybody in ``people``; a line without hours or a year is told of, not guessed."""
    found: list[tuple[int, Course]] = []
    cells = raw.cells.get("courses", [""] * len(raw))
    for at, origin in enumerate(people.origin):
        known: set[tuple[str, datetime]] = set()
        for line in lines(cells[origin]):
            course = course_of(line)
            if course is None:
                setting.noted.append(_unread(raw, int(origin)))
            elif (course.title, course.end) not in known:
                known.add((course.title, course.end))
                found.append((at, course))
    return _rows(found, people, setting)


def lines(cell: Any) -> list[str]:
    """The courses of a cell; a course broken over several lines is put together again."""
    if not isinstance(cell, str):
        return []
    said: list[str] = []
    for part in (_BULLET.sub("", part).strip() for part in re.split(r"\n|;(?=\s*[А-ЯЁA-Z«\"])", cell)):
        is_rest = said and (_REST.match(part) or not (_HOURS.search(said[-1]) or _YEAR.search(said[-1])))
        if part and is_rest:
            said[-1] = f"{said[-1]} {part}"
        elif part:
            said.append(part)
    return [
        part
        for part in said
        if normalised(part).strip(" .-–—") not in ("", "нет", "не проходил", "нет данных")
    ]


def course_of(line: str) -> Course | None:
    """«ИРО ИО, «Цифровые инструменты», 72 ч., 2024 г.» → a course; None without hours or a year."""
    hours, days, years = _HOURS.search(line), _DAY.findall(line), _YEAR.findall(line)
    title, provider = _title_and_provider(line)
    if not hours or not years or not title:
        return None
    dates = [day for day in map(as_date, days) if day is not FAULT]
    # A year alone is its middle: off by half a year at most, for either side.
    end = dates[-1] if dates else datetime(int(years[-1]), 7, 1)
    long = float(hours[1]) >= RETRAINING_HOURS
    kind = "ПП" if long or _RETRAINING.search(line) else "ПК"
    return Course(title, float(hours[1]), end, dates[0] if len(dates) > 1 else None, provider, kind)


def _title_and_provider(line: str) -> tuple[str, str | None]:
    """What stands in quotation marks, and what stands before it; else the longest part is the title."""
    if found := _TITLE.search(line):
        before = line[: found.start()].strip(" ,.:–-")
        return found[1].strip(), before or None
    parts = [part.strip(" .") for part in re.split(r"[,;]", line)]
    named = [p for p in parts if p and not _HOURS.search(p) and not _YEAR.search(p)]
    title = max(named, key=len, default="")
    rest = [part for part in named if part != title]
    return title, rest[0] if rest else None


def _rows(found: list[tuple[int, Course]], people: Shaped, setting: Setting) -> Shaped:
    at = np.array([place for place, _ in found], dtype=np.int64)
    courses = [course for _, course in found]
    words = setting.words("training_topic")
    texts: dict[str, list[str | None]] = {
        "title": [c.title for c in courses],
        "kind": [c.kind for c in courses],
        "topic": [words(c.title) for c in courses],
        "provider": [c.provider for c in courses],
    }
    rows = people.rows.take(at, ["school_id", "name_id"])
    for name, values in texts.items():
        rows[name] = categorical(values, np.arange(len(courses)))
    rows["hours"] = np.array([c.hours for c in courses], dtype=float)
    rows["start_date"] = np.array([c.start for c in courses], dtype="datetime64[s]")
    rows["end_date"] = np.array([c.end for c in courses], dtype="datetime64[s]")
    places = dict.fromkeys((*texts, "hours", "start_date", "end_date"), "courses")
    return Shaped(
        "training_course", rows, people.origin[at].astype(np.int32), {**places, "name_id": "person"}
    )


def _unread(raw: Raw, at: int) -> Noted:
    message = "Курс в ячейке не прочитан: не видно темы, часов или года"
    fix = "Пишите каждый курс с новой строки: кто обучал, «тема», 72 ч., 2024 г."
    return Noted(raw.finding("warning", "staff.course_unread", message, fix, at, "courses"), at)
