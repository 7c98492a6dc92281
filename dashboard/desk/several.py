"""What is done beside a single checked file: several taken in at once, a form to fill, an older submission undone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.desk import acts, post, routes
from dashboard.words import plural


def accept_all(root: Path, jobs: list[post.Job]) -> None:
    """Take in every checked file without errors that was not taken yet; only when there are several."""
    ready = [job for job in jobs if _is_ready(root, job)]
    if len(ready) > 1:
        word = plural(len(ready), "файл", "файла", "файлов")
        st.button(
            f"Принять без ошибок: {word}", key="desk-accept-all", on_click=partial(_take_all, root, ready)
        )


def _is_ready(root: Path, job: post.Job) -> bool:
    file = (job.result or {}).get("file")
    return bool(
        file
        and file["parts"]
        and not file["known"]
        and file["counts"]["going"] == file["counts"]["all"]
        and not file["counts"]["replacing"]
        and post.job(root, acts.named(job, "accept")) is None
    )


def _take_all(root: Path, jobs: list[post.Job]) -> None:
    for job in jobs:
        acts.take_in(root, job)


def blank(root: Path, schools: dict[str, str]) -> None:
    """A form to fill by hand: which one, for whom."""
    forms = {form["id"]: form for form in post.forms(root)}
    if not forms:
        return
    with st.popover("Бланки"):
        form = st.selectbox(
            "Бланк", list(forms), format_func=lambda name: forms[name]["title"], key="desk-form"
        )
        school = None
        if forms[form]["school"] and schools:
            school = st.selectbox(
                "Организация", list(schools), index=None, format_func=schools.__getitem__,
                placeholder="любая: впишут сами", key="desk-form-school",
            )  # fmt: skip
        st.html(routes.link("Скачать бланк", "template", source=form, school=school), width="content")


def undo_submission(root: Path, sent: dict[str, str]) -> None:
    """Take back one submission in force, chosen from those of a form."""
    if not sent:
        return
    with st.popover("Отменить принятое"), st.form("desk-undo-one", border=False):
        st.markdown("Снова будет действовать то, что было прислано до этого; отменённое останется в журнале.")
        chosen = st.selectbox(
            "Что отменить", list(sent), format_func=sent.__getitem__, placeholder="Выберите"
        )
        by, why = acts.person("one", "undo"), st.text_input("Почему", placeholder="прислали черновик")
        if st.form_submit_button("Отменить приём", type="primary") and chosen:
            st.session_state[acts.WHO] = by
            with st.spinner("Отменяю и собираю витрины…"):
                answer = post.wait(root, post.post(root, "undo", submission=chosen, by=by, why=why))
            if not answer.get("ok"):
                st.error(str(answer.get("message")))
            else:
                st.rerun()


def confirm(root: Path, job: post.Job, file: acts.Plain, schools: dict[str, str]) -> None:
    """Say once whose a spelling is, where the file names an organisation that nobody knows."""
    unknown = list(dict.fromkeys(part["name"] for part in file["parts"] if part.get("unknown")))
    if not unknown or not schools or acts.running(root, job, "confirm"):
        return
    with st.popover("Подтвердить написание"), st.form(f"desk-confirm-{job.id}", border=False):
        st.markdown("Программа запомнит, чьё это название: файлы с ним больше не вернутся.")
        spelling = st.selectbox("Написано в файле", unknown, placeholder="Выберите")
        school = st.selectbox(
            "Это организация", list(schools), index=_alike(file, spelling, schools), format_func=schools.__getitem__,
            placeholder="Выберите",
        )  # fmt: skip
        by = acts.person(job.id, "confirm")
        if st.form_submit_button("Подтвердить", type="primary") and school:
            st.session_state[acts.WHO] = by
            name = acts.named(job, "confirm")
            post.post(root, "confirm", job=name, check=job.id, spelling=spelling, school=school, by=by)
            st.rerun()


def _alike(file: acts.Plain, spelling: str, schools: dict[str, str]) -> int | None:
    """The organisation that the finding itself suggests."""
    said = " ".join(
        place["message"]
        for part in file["parts"]
        if part["name"] == spelling
        for cause in part["causes"]
        for place in cause["places"]
    )
    labels = list(schools.values())
    return next((at for at, label in enumerate(labels) if label and label in said), None)
