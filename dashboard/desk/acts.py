"""What may be done with a checked file: taken in, sent back, confirmed, undone. Each is a button and a job."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.desk import cards, post, routes
from dashboard.words import number, plural

Plain = dict[str, Any]
EVERYWHERE = ""
"""What stands for all submissions of a file where one is named."""
WHO = "desk-who"
"""The name that a person gave once: it stands in the journal of decisions."""


def named(job: post.Job, act: str) -> str:
    """The name of a job that belongs to a checked file."""
    return f"{job.id}.{act}"


def done(root: Path, job: post.Job, act: str) -> bool:
    """Whether this was done with the file, and nothing after it took it back."""
    found = post.job(root, named(job, act))
    return bool(found and found.result and found.result.get("ok"))


def running(root: Path, job: post.Job, act: str) -> post.Job | None:
    """A job of the file that is not answered yet."""
    found = post.job(root, named(job, act))
    return found if found and not found.is_done else None


def accept(root: Path, job: post.Job, file: Plain) -> None:
    """Take in what is right in the file."""
    known = file["known"]
    is_in = done(root, job, "accept") or (known and not known["undone_by"])
    if running(root, job, "accept") or (is_in and not done(root, job, "undo")):
        return
    st.button(_word(file), type="primary", key=f"desk-accept-{job.id}", on_click=partial(take_in, root, job))


def _word(file: Plain) -> str:
    counts = file["counts"]
    if not counts["going"]:
        return "Вернуть отправителю"
    if counts["going"] < counts["all"]:
        return f"Принять {number(counts['going'])} из {number(counts['all'])}"
    if file["known"]:
        return "Принять снова"
    return "Заменить прежний" if counts["replacing"] == counts["going"] else "Принять"


def take_in(root: Path, job: post.Job) -> None:
    post.forget(root, named(job, "undo"))
    post.post(root, "accept", job=named(job, "accept"), check=job.id, by=_who())


def undo(root: Path, job: post.Job, file: Plain) -> None:
    """Take back what was taken in of this file."""
    known = file["known"]
    is_in = done(root, job, "accept") or bool(known and known["counts"])
    is_in = is_in and file["status"] != "refused"
    if not is_in or done(root, job, "undo") or running(root, job, "undo"):
        return
    with st.popover("Отменить"), st.form(f"desk-undo-{job.id}", border=False):
        st.markdown(
            "Снова будет действовать прежний файл. Этот останется в журнале, его можно принять снова."
        )
        by, why = person(job.id, "undo"), st.text_input("Почему", placeholder="прислали черновик")
        if st.form_submit_button("Отменить приём", type="primary"):
            st.session_state[WHO] = by
            post.post(root, "undo", job=named(job, "undo"), check=job.id, by=by, why=why)
            st.rerun()


def acknowledge(root: Path, job: post.Job, file: Plain) -> None:
    """Say once that warnings are as they should be."""
    choice = _doubtful(file)
    if not choice or running(root, job, "acknowledge"):
        return
    with st.popover("Подтвердить замечания"), st.form(f"desk-ack-{job.id}", border=False):
        st.markdown(
            "Если в файле всё верно, замечание подтверждают один раз: для того же содержимого оно не вернётся."
        )
        keys = st.multiselect(
            "Замечания",
            list(choice),
            list(choice)[:1],
            format_func=choice.__getitem__,
            placeholder="Выберите",
        )
        by, why = (
            person(job.id, "ack"),
            st.text_input("Почему это верно", placeholder="два места работы, приказ № 5"),
        )
        if st.form_submit_button("Подтвердить", type="primary") and keys:
            st.session_state[WHO] = by
            name = named(job, "acknowledge")
            post.post(root, "acknowledge", job=name, check=job.id, by=by, why=why, chosen=keys)
            st.rerun()


def _doubtful(file: Plain) -> dict[tuple[str, str], str]:
    """Warnings that nobody has acknowledged, in words: rule and submission, ``EVERYWHERE`` for all organisations."""
    alike = {
        (one["rule"], EVERYWHERE): f"Все организации: {one['title']} ({_places(one['count'])})"
        for one in file["alike"]
    }
    return alike | {
        (cause["rule"], part["submission"]): f"{part['name']}: {cause['title']} ({_places(cause['count'])})"
        for part in file["parts"]
        for cause in part["causes"]
        if cause["severity"] == "warning" and not cause["acknowledged"]
    }


def _places(count: int) -> str:
    return plural(count, "место", "места", "мест")


def person(job: str, act: str) -> str:
    return st.text_input("Ваше имя", _who(), key=f"{WHO}-{act}-{job}", placeholder="Фамилия И. О.")


def _who() -> str:
    return str(st.session_state.get(WHO, ""))


def returned(job: post.Job, file: Plain) -> None:
    """The sender's workbook with its cells marked."""
    parts = [cause for part in file["parts"] for cause in part["causes"] if not cause["acknowledged"]]
    if not parts and not file["causes"]:
        return
    st.html(routes.link("Скачать с пометками", "returned", check=job.id), width="content")


def letter(file: Plain) -> None:
    """The covering letter, to be pasted into an e-mail."""
    with st.popover("Текст письма"):
        st.html(cards.letter(file["letter"]))


def put_away(root: Path, job: post.Job) -> None:
    """Take the file off the list."""
    st.button(
        "Убрать", key=f"desk-away-{job.id}", type="tertiary", on_click=partial(post.dismiss, root, job.id)
    )
