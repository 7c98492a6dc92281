"""The desk on the screen: a place to drop files, what became of each, and what may be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.blocks import Note
from dashboard.components import XLSX
from dashboard.desk import cards, post
from dashboard.markup import note
from dashboard.theme import Look
from dashboard.words import number

POLL = 0.3
_WORKER = {
    "starting": "Программа приёма загружается: первый файл будет проверен через несколько секунд.",
    "restarting": "Программа приёма остановилась и запускается заново. Файлы не потеряны: проверка продолжится сама.",
    "absent": "Программа приёма не запущена: файлы подождут. Откройте страницы командой «kabinet up».",
}
Plain = dict[str, Any]


def draw(root: Path, look: Look) -> None:
    """The uploader and the received files; looks again while something is being done."""
    _uploader(root)
    jobs = post.checks(root)
    is_waiting = any(_is_waiting(root, job) for job in jobs) or (
        bool(jobs) and post.worker(root) == "starting"
    )
    st.fragment(partial(_files, is_waiting), run_every=POLL if is_waiting else None)(root, look)


def _is_waiting(root: Path, job: post.Job) -> bool:
    acted = post.job(root, _accept_of(job))
    return not job.is_done or bool(acted and not acted.is_done)


def _accept_of(job: post.Job) -> str:
    return f"{job.id}.accept"


def _uploader(root: Path) -> None:
    turn = st.session_state.setdefault("desk-turn", 0)
    with st.container(key="desk-upload"):
        st.file_uploader(
            "Перетащите файлы сюда или выберите на диске", accept_multiple_files=True, key=f"desk-{turn}",
            label_visibility="collapsed", on_change=partial(_received, root, turn),
        )  # fmt: skip


def _received(root: Path, turn: int) -> None:
    """Put what was dropped into the queue, and empty the place."""
    for file in st.session_state[f"desk-{turn}"] or []:
        name = post.post(root, "check", file.getvalue(), name=file.name)
        st.session_state["desk-open"] = name
    st.session_state["desk-turn"] = turn + 1


def _files(was_waiting: bool, root: Path, look: Look) -> None:
    jobs = post.checks(root)
    if was_waiting and not any(_is_waiting(root, job) for job in jobs):
        st.rerun()  # the board and the menu's numbers may have changed, and nothing is waited for any more
    alive = post.worker(root)
    if alive != "ready" and (jobs or alive != "absent"):
        _html(note(Note(_WORKER[alive], "watch"), look))
    if not jobs:
        return
    chosen = _chosen(jobs)
    left, right = st.columns([1, 2.4], gap="medium")
    with left, st.container(key="desk-list"):
        for job in jobs:
            _entry(root, job, job.id == chosen.id)
    with right, st.container(key="desk-file"):
        _file(root, chosen, look)


def _chosen(jobs: list[post.Job]) -> post.Job:
    wanted = st.session_state.get("desk-open")
    return next((job for job in jobs if job.id == wanted), jobs[0])


def _entry(root: Path, job: post.Job, is_chosen: bool) -> None:
    """A file in the list: its sign, its name, what is being done."""
    st.button(
        f"{_sign(root, job)} {_escaped(job.name)}", key=f"desk-open-{job.id}", width="stretch",
        type="secondary" if is_chosen else "tertiary", on_click=partial(_open, job.id),
    )  # fmt: skip


def _escaped(text: str) -> str:
    """A name as it is: no markup in a button."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~:$<>" else sign for sign in text)


def _sign(root: Path, job: post.Job) -> str:
    accepted = post.job(root, _accept_of(job))
    if accepted and accepted.result and accepted.result.get("ok"):
        return "✓"
    if job.result is None:
        return "…"
    return cards.GLYPHS.get(str(job.result.get("file", {}).get("status")), "✕")


def _open(job: str) -> None:
    st.session_state["desk-open"] = job


def _file(root: Path, job: post.Job, look: Look) -> None:
    if job.result is None:
        _working(job)
        return
    if not job.result.get("ok"):
        _html(note(Note(str(job.result.get("message")), "bad"), look))
        _put_away(root, job)
        return
    file: Plain = job.result["file"]
    _html(cards.head(file))
    _accepted(root, job, look)
    with st.container(horizontal=True, key="desk-actions", gap="small"):
        _accept(root, job, file)
        _returned(root, job, file)
        _letter(file)
        _put_away(root, job)
    if file["asks"]:
        _asked(root, job)
    _html(cards.findings(file))


def _working(job: post.Job) -> None:
    said = job.progress or {"text": "ждёт очереди", "done": 0, "total": 0}
    done, total = int(said["done"]), int(said["total"])
    st.progress(done / total if total else 0.0, text=f"{_escaped(job.name)}: {said['text']}")


def _accepted(root: Path, job: post.Job, look: Look) -> None:
    acted = post.job(root, _accept_of(job))
    if acted is None:
        return
    if acted.result is None:
        _working(acted)
    elif acted.result.get("ok"):
        _html(note(Note("Принято, страницы показывают новые числа.", "good"), look))
    else:
        _html(note(Note(str(acted.result.get("message")), "bad"), look))


def _accept(root: Path, job: post.Job, file: Plain) -> None:
    acted = post.job(root, _accept_of(job))
    going = [part for part in file["parts"] if part["status"] != "refused"]
    if not going or (acted and (acted.result is None or acted.result.get("ok"))):
        return
    part = f"Принять {number(len(going))} из {number(len(file['parts']))}"
    st.button(
        "Принять" if len(going) == len(file["parts"]) else part, type="primary", key=f"desk-accept-{job.id}",
        on_click=partial(_take_in, root, job),
    )  # fmt: skip


def _take_in(root: Path, job: post.Job) -> None:
    post.post(root, "accept", job=_accept_of(job), check=job.id)


def _returned(root: Path, job: post.Job, file: Plain) -> None:
    if not any(part["causes"] for part in file["parts"]) and not file["causes"]:
        return
    stem = Path(file["name"]).stem
    st.download_button(
        "Скачать с пометками", data=partial(_made, root, "returned", check=job.id), mime=XLSX,
        file_name=f"{stem} — замечания.xlsx", key=f"desk-returned-{job.id}", on_click="ignore",
    )  # fmt: skip


def _made(root: Path, kind: str, **said: Any) -> bytes:
    """A file that the worker makes when somebody asks for it."""
    name = post.post(root, kind, **said)
    answer = post.wait(root, name)
    path = post.outcome(root, name)
    if path is None:
        raise RuntimeError(str(answer.get("message")))
    return path.read_bytes()


def _letter(file: Plain) -> None:
    with st.popover("Текст письма"):
        st.code(file["letter"], language=None, wrap_lines=True, height=340)


def _put_away(root: Path, job: post.Job) -> None:
    st.button(
        "Убрать", key=f"desk-away-{job.id}", type="tertiary", on_click=partial(post.dismiss, root, job.id)
    )


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
    folder = root / post.FOLDER / job.id / "files"
    content = next(folder.iterdir()).read_bytes()
    st.session_state["desk-open"] = post.post(root, "check", content, name=job.name, context=context)
    post.dismiss(root, job.id)
    st.rerun()


def _html(text: str) -> None:
    if text:
        st.html(f'<div class="kb">{text}</div>')
