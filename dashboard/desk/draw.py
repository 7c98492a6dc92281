"""The desk on the screen: a place to drop files, what became of each, and what may be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.blocks import Note
from dashboard.desk import acts, cards, post, several
from dashboard.markup import note
from dashboard.theme import Look

POLL = 0.3
_ACTS = ("accept", "undo", "acknowledge", "confirm", "moves")
_WORKER = {
    "starting": "Программа приёма загружается: первый файл будет проверен через несколько секунд.",
    "restarting": "Программа приёма остановилась и запускается заново. Файлы не потеряны: проверка продолжится сама.",
    "absent": "Программа приёма не запущена: файлы подождут. Откройте страницы командой «kabinet up».",
}
_BECAME = (
    ("undo", "отмена"),
    ("accept", "приём"),
    ("confirm", "подтверждение"),
    ("acknowledge", "подтверждение"),
)
Plain = dict[str, Any]


def draw(root: Path, schools: dict[str, str], look: Look) -> None:
    """The uploader, the forms and the received files; looks again while something is being done."""
    with st.container(horizontal=True, key="desk-top", gap="small", vertical_alignment="center"):
        _uploader(root)
        several.blank(root, schools)
    jobs = post.checks(root)
    is_waiting = _waits(root, jobs)
    st.fragment(partial(_files, is_waiting), run_every=POLL if is_waiting else None)(root, schools, look)


def _waits(root: Path, jobs: list[post.Job]) -> bool:
    """Whether anything is being done, or the worker is not ready for what is to be done."""
    busy = any(not job.is_done or any(acts.running(root, job, act) for act in _ACTS) for job in jobs)
    return busy or post.worker(root) in ("starting", "restarting")


def _uploader(root: Path) -> None:
    turn = st.session_state.setdefault("desk-turn", 0)
    with st.container(key="desk-upload"):
        st.file_uploader(
            "Перетащите файлы сюда или выберите на диске", accept_multiple_files=True, key=f"desk-{turn}",
            label_visibility="collapsed", on_change=partial(_received, root, turn),
        )  # fmt: skip


def _received(root: Path, turn: int) -> None:
    """Put what was dropped into the queue, and empty the place."""
    taken: set[str] = st.session_state.setdefault("desk-taken", set())
    new = [file for file in st.session_state[f"desk-{turn}"] or [] if file.file_id not in taken]
    taken.update(file.file_id for file in new)  # one that comes while others still do is told of twice
    names = [post.post(root, "check", file.getvalue(), name=file.name) for file in new]
    if names:
        st.session_state["desk-open"] = names[0]
    st.session_state["desk-turn"] = turn + 1


def _files(was_waiting: bool, root: Path, schools: dict[str, str], look: Look) -> None:
    jobs = post.checks(root)
    if was_waiting != _waits(root, jobs):
        st.rerun()  # the board may have changed; and looking again begins or ends with the whole page
    alive = post.worker(root)
    if alive != "ready" and (jobs or alive != "absent"):
        _html(note(Note(_WORKER[alive], "watch"), look))
    if not jobs:
        return
    wanted = st.session_state.get("desk-open")
    chosen = next((job for job in jobs if job.id == wanted), jobs[0])
    left, right = st.columns([1, 2.6], gap="medium")
    with left, st.container(key="desk-list"):
        several.accept_all(root, jobs)
        for job in jobs:
            _entry(root, job, job.id == chosen.id)
    with right, st.container(key="desk-file"):
        _file(root, chosen, schools, look)


def _entry(root: Path, job: post.Job, is_chosen: bool) -> None:
    """A file in the list: its sign, its name."""
    st.button(
        f"{_sign(root, job)} {_escaped(job.name)}", key=f"desk-open-{job.id}", width="stretch",
        type="secondary" if is_chosen else "tertiary", on_click=partial(_open, job.id),
    )  # fmt: skip


def _escaped(text: str) -> str:
    """A name as it is: no markup in a button."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~:$<>" else sign for sign in text)


def _sign(root: Path, job: post.Job) -> str:
    if job.result is None:
        return "…"
    is_right = str(job.result.get("file", {}).get("status")) != "refused"
    if is_right and acts.done(root, job, "accept") and not acts.done(root, job, "undo"):
        return "✓"
    return cards.GLYPHS.get(str(job.result.get("file", {}).get("status")), "✕")


def _open(job: str) -> None:
    st.session_state["desk-open"] = job


def _file(root: Path, job: post.Job, schools: dict[str, str], look: Look) -> None:
    if job.result is None:
        _working(job, job.name)
        return
    if not job.result.get("ok"):
        _html(note(Note(str(job.result.get("message")), "bad"), look))
        acts.put_away(root, job)
        return
    file: Plain = job.result["file"]
    _html(cards.head(file))
    _became(root, job, file, look)
    with st.container(horizontal=True, key="desk-actions", gap="small"):
        acts.accept(root, job, file)
        acts.undo(root, job, file)
        acts.returned(job, file)
        acts.letter(file)
        acts.acknowledge(root, job, file)
        several.confirm(root, job, file, schools)
        acts.put_away(root, job)
    if file["asks"]:
        _asked(root, job)
    _replacement(root, job, file)
    _html(cards.findings(file))


def _working(job: post.Job, name: str) -> None:
    said = job.progress or {"text": "ждёт очереди", "done": 0, "total": 0}
    done, total = int(said["done"]), int(said["total"])
    st.progress(done / total if total else 0.0, text=_escaped(f"{name}: {said['text']}"))


def _became(root: Path, job: post.Job, file: Plain, look: Look) -> None:
    """What was done with the file last, or is being done."""
    for act, name in _BECAME:
        found = post.job(root, acts.named(job, act))
        if found is None:
            continue
        if found.result is None:
            _working(found, name)
        else:
            _html(note(Note(*cards.became(act, found.result)), look))
        return
    if file["known"]:
        _html(note(Note(cards.known(file["known"]), "plain"), look))


def _replacement(root: Path, job: post.Job, file: Plain) -> None:
    """Rows and indicators that the file would change, before it is confirmed."""
    if not file["counts"]["replacing"] or acts.done(root, job, "accept"):
        return
    name = acts.named(job, "moves")
    found = post.job(root, name)
    if found is None:
        post.post(root, "moves", job=name, check=job.id)
        st.rerun()
    _html(cards.replacement(file, found.result if found else None))


def _asked(root: Path, job: post.Job) -> None:
    """What the file does not say itself."""
    with st.form(f"desk-asked-{job.id}", border=True):
        year, subject, grade, school = st.columns(4)
        said = {
            "year": year.number_input("Учебный год кончается в", 2010, 2100, value=None, placeholder="2026"),
            "subject": subject.text_input("Предмет", placeholder="Математика"),
            "grade": grade.number_input("Класс", 1, 11, value=None, placeholder="4"),
            "school": school.text_input("Организация", placeholder="код или название"),
        }
        if st.form_submit_button("Проверить с этим", type="primary"):
            _again(root, job, {name: value for name, value in said.items() if value})


def _again(root: Path, job: post.Job, context: Plain) -> None:
    content = next((root / post.FOLDER / job.id / "files").iterdir()).read_bytes()
    st.session_state["desk-open"] = post.post(root, "check", content, name=job.name, context=context)
    post.dismiss(root, job.id)
    st.rerun()


def _html(text: str) -> None:
    if text:
        st.html(f'<div class="kb">{text}</div>')
