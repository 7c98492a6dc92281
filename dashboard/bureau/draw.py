"""The page of reports on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import components
from dashboard.audience import AUDIENCES, TITLES, UnknownAudience
from dashboard.blocks import Block, Heading, Note, Sentence
from dashboard.bureau.task import Task, start
from dashboard.marts import NoSnapshotError, releases
from dashboard.queries import Queries
from dashboard.report import FORMATS, Publisher, ReportError, Request, own, prepared
from dashboard.report.declared import Declared, Section, documents
from dashboard.report.document import Figure, Grid, Item, Own
from dashboard.report.history import Made, history
from dashboard.theme import Look
from dashboard.words import day, school_year

POLL = 0.5
NEWEST = "последний снимок (будет закреплён)"
MOST_FILES = 12
EMPTY = "Раздел пуст и в отчёт не войдёт."
READY = "Отчёт готов: он первый в списке ниже."
NOBODY = Publisher("", "", "", "", "")
"""A look at a section needs no letterhead."""
_TASK = "bureau-task"


@dataclass(frozen=True)
class Chosen:
    """What stands in the fields."""

    document: Declared
    year: int
    audience: str
    school: str | None
    release: str | None
    sections: tuple[str, ...]
    formats: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the own texts of this document are kept."""
        return own.place(self.document.id, self.school)

    @property
    def args(self) -> list[str]:
        """The same, as the command takes it."""
        found = [self.document.id, "--year", str(self.year), "--format", ",".join(self.formats)]
        found += ["--audience", self.audience, "--sections", ",".join(self.sections)]
        found += ["--school", self.school] if self.school else []
        return found + (["--release", self.release] if self.release else [])


def draw(q: Queries, root: Path, look: Look) -> None:
    """Choose and make at the left, the section's text and look at the right, below what was made."""
    left, right = st.columns([1, 1.7], gap="medium")
    with left, st.container(key="bureau-choice"):
        chosen = _choice(q, root)
        st.button("Сделать отчёт", type="primary", on_click=partial(_begin, root, chosen),
                  disabled=not chosen.formats or _is_busy(), key="bureau-make")  # fmt: skip
        _progress()
        _history(root, look)
    with right, st.container(key="bureau-section"):
        _section(q, root, chosen, look)


def _choice(q: Queries, root: Path) -> Chosen:
    known = documents()
    name = st.selectbox(
        "Документ", list(known), format_func=lambda one: known[one].title, key="bureau-document"
    )
    document = known[name]
    year = st.selectbox("Год", q.years()[::-1], format_func=document.spell, key="bureau-year")
    audience = st.selectbox(
        "Для кого", AUDIENCES if document.is_of_school else [a for a in AUDIENCES if a != "school"],
        index=AUDIENCES.index("school") if document.is_of_school else int(document.audience == "public"),
        format_func=lambda one: TITLES[one].capitalize(), key=f"bureau-audience-{name}",
    )  # fmt: skip
    schools = q.schools()
    school = (
        st.selectbox(
            "Организация", list(schools), format_func=lambda one: schools[one].label, key="bureau-school"
        )
        if document.is_of_school
        else None
    )
    frozen = {one.name: one.name for one in reversed(releases(root))}
    release = st.selectbox(
        "Выпуск данных", ["", *frozen], format_func=lambda one: one or NEWEST, key="bureau-release"
    )
    titles = {section.id: section.title for section in document.all_sections}
    sections = st.multiselect(
        "Разделы, в порядке выбора", list(titles), format_func=titles.__getitem__, placeholder="Все разделы",
        key=f"bureau-sections-{name}",
    )  # fmt: skip
    formats = st.multiselect(
        "Форматы", list(FORMATS), default=["docx"], format_func=FORMATS.__getitem__, placeholder="Выберите",
        key="bureau-formats",
    )  # fmt: skip
    return Chosen(document, year, audience, school, release or None, tuple(sections), tuple(formats))


def _begin(root: Path, chosen: Chosen) -> None:
    st.session_state[_TASK] = start(root, chosen.args)


def _is_busy() -> bool:
    task: Task | None = st.session_state.get(_TASK)
    return task is not None and not task.is_done


def _progress() -> None:
    task: Task | None = st.session_state.get(_TASK)
    if task is None:
        return
    if not task.is_done:
        st.fragment(_watch, run_every=POLL)()
        return
    went_well, said = task.outcome
    st.success(READY) if went_well else st.error(said)


def _watch() -> None:
    task: Task = st.session_state[_TASK]
    if task.is_done:
        st.rerun()
    what, part = task.progress
    st.progress(part, text=f"{what[:1].upper()}{what[1:]}…")


def _section(q: Queries, root: Path, chosen: Chosen, look: Look) -> None:
    """One section: the methodist's own words, then what the data say."""
    wanted = {section.id: section for section in chosen.document.chosen(chosen.sections)}
    name = st.selectbox("Посмотреть раздел и дописать своё", list(wanted),
                        format_func=lambda one: wanted[one].title, key=f"bureau-look-{chosen.document.id}")  # fmt: skip
    _own_text(root, chosen, wanted[name])
    components.show(_seen(q, root, chosen, wanted[name]), look, "bureau-seen")


def _own_text(root: Path, chosen: Chosen, section: Section) -> None:
    now = own.texts(root, chosen.place, chosen.year).get(section.id, "")
    before, year = own.offered(root, chosen.place, section.id, chosen.year)
    key = f"bureau-text-{chosen.place}-{section.id}-{chosen.year}"
    text = st.text_area("Свой текст раздела: встанет в начале", now or before, key=key, height=120)
    if before and not now and year:
        st.caption(f"Предложен текст за {school_year(year)}: в отчёт он войдёт, когда вы его сохраните.")
    if st.button("Сохранить текст", key=f"{key}-save"):
        try:
            own.save(root, chosen.place, section.id, chosen.year, text)
            st.toast("Текст сохранён")
        except own.TextsError as error:
            st.error(str(error))


def _seen(q: Queries, root: Path, chosen: Chosen, section: Section) -> tuple[Block, ...]:
    """The section as it will be printed for this audience from this release."""
    asked = Request(chosen.year, chosen.document.id, audience=chosen.audience, school=chosen.school,
                    sections=(section.id,), release=chosen.release)  # fmt: skip
    try:
        made = prepared(root, asked, NOBODY, lambda *_: None, q.remember)
    except (ReportError, UnknownAudience, NoSnapshotError) as error:
        return (Note(str(error), "bad"),)
    items = [item for part in made.parts for item in part.items]
    head = Heading(section.title)
    return (head, *(_shown(item) for item in items)) if items else (head, Note(EMPTY))


def _shown(item: Item) -> Block:
    """An item of the document as a block of the screen."""
    if isinstance(item, Figure):
        return replace(item.chart, title=item.subject, shows_table=False)
    if isinstance(item, Grid):
        return replace(item.table, caption=item.subject, has_download=False)
    return Sentence("", item.text) if isinstance(item, Own) else item


def _history(root: Path, look: Look) -> None:
    made = history(root)
    if not made:
        return
    components.show((Heading("Готовые отчёты"),), look, "bureau-history")
    for number, one in enumerate(made[:MOST_FILES]):
        _made(root, one, number)


def _made(root: Path, made: Made, number: int) -> None:
    with st.container(horizontal=True, key=f"bureau-made-{number}", vertical_alignment="center", gap="small"):
        at = datetime.fromisoformat(made.at).astimezone()
        when = f"сделан {day(at)} в\u00a0{at:%H:%M}"
        about = f"{made.title}. {made.about}, {made.period} · {made.audience} · {made.release} · {when}"
        st.markdown(_plain(about))
        for name in made.files:
            path = root / name
            if path.exists():
                kind = path.suffix.removeprefix(".").upper()
                st.download_button(kind, data=path.read_bytes, file_name=path.name, on_click="ignore",
                                   type="tertiary", key=f"bureau-{number}-{kind}")  # fmt: skip


def _plain(text: str) -> str:
    """Words as they are: no markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|~$<>" else sign for sign in text)
