"""What a page asks of the worker and what it is told, in plain data."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.desk import acts, cards, post, several
from dashboard.marts import open_latest
from dashboard.words import NBSP
from pipelines.publish import snapshots
from pipelines.worker import shown as answer
from pipelines.worker.__main__ import _answer
from pipelines.worker.excerpt import HIDDEN
from pipelines.worker.queue import BIG, TRIES, Queue
from tests.intake.files import PUPILS, QUESTIONNAIRE, QUESTIONS
from tests.worker.conftest import Ask

STAFF = "raw/staff_list/Педкадры на 20.09.2025.xlsx"


def changed(path: Path, change: Any) -> bytes:
    """A workbook with something else in its first sheet."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_faulty_file_is_told_with_the_rows_around_its_cell(ask: Ask, demo_copy: Path) -> None:
    answer = ask("check", (demo_copy / STAFF).read_bytes(), name="Педкадры.xlsx")
    assert answer["ok"], answer
    file = answer["file"]
    assert (file["source"], file["kind"]) == ("staff_list", "Банк данных педагогических кадров")
    [back] = [part for part in file["parts"] if part["status"] == "refused"]
    [cause] = [cause for cause in back["causes"] if cause["severity"] == "error"]
    grid = cause["excerpt"]
    [place] = cause["places"]
    marked = [
        (grid["columns"][i], row["number"])
        for row in grid["rows"]
        for i, cell in enumerate(row["cells"])
        if cell["marked"]
    ]
    assert "".join(map(str, marked[0])) == place["cell"]
    assert file["letter"].startswith("Тема: замечания к файлу «Педкадры.xlsx»")
    shown = cards.head(file) + cards.findings(file)
    assert place["cell"] in shown
    assert 'class="kb-marked"' in shown


def test_names_are_not_shown_around_a_cell(ask: Ask, demo_copy: Path) -> None:
    path = demo_copy / STAFF
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    top, column = next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell == "ФИО")
    names = [str(row[column]) for row in rows[top + 1 :] if row[column]]
    spoiled = changed(path, lambda s: s.cell(top + 5, column + 2).__setattr__("value", "33.33.2222"))
    text = json.dumps(ask("check", spoiled, name="кадры.xlsx"), ensure_ascii=False)
    assert names
    assert not any(name in text for name in names)
    assert HIDDEN in text


def answers_of_schools(pupils: dict[str, int], **others: dict[str, int]) -> bytes:
    """A questionnaire of five schools: how many pupils each says it has (120 by its grades), and other answers."""
    row = QUESTIONNAIRE.rows[0]
    return QUESTIONNAIRE.content(
        [
            {**row, "логин": f"edu{code}", PUPILS: told}
            | {QUESTIONS[name][0]: answers[code] for name, answers in others.items() if code in answers}
            for code, told in pupils.items()
        ]
    )


def test_of_many_organisations_all_are_counted_and_the_first_told_of(
    ask: Ask, demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "PARTS", 2)
    content = answers_of_schools(
        {"980101": 130, "980102": 131, "980103": 120, "980104": 132, "980105": 120},
        internet_computers={"980103": 40}, pension_age={"980101": 21},
    )  # fmt: skip
    checked = ask("check", content, name="анкеты.csv")
    file, name = checked["file"], checked["job"]
    assert [part["school"] for part in file["parts"]] == ["980103", "980101"]
    assert file["counts"] == {"all": 5, "going": 4, "replacing": 4, "noted": 4}
    assert acts._word(file) == "Принять 4 из 5"
    said = cards.findings(file)
    assert f"С замечаниями ещё 2{NBSP}организации: скачайте файл с пометками." in said
    assert f"Без замечаний: 1{NBSP}организация." in said
    assert f"И ещё 3{NBSP}организации." in cards.replacement(file, None)
    assert not several._is_ready(demo_copy, post.job(demo_copy, name))

    [everywhere, *each] = acts._doubtful(file).items()
    assert everywhere == (
        ("grades_sum_differs", acts.EVERYWHERE),
        f"Все организации: Сумма по классам не равна числу обучающихся всего (…) (3{NBSP}места)",
    )
    own = file["parts"][1]["submission"]
    assert {key for key, _ in each} == {("grades_sum_differs", own), ("pension_over_teachers", own)}
    chosen = [everywhere[0], ("pension_over_teachers", own)]
    given = {"by": "Методист", "why": "приказ № 5", "chosen": chosen}
    assert ask("acknowledge", job=f"{name}.acknowledge", check=name, **given)["count"] == 4
    again = post.job(demo_copy, name).result["file"]
    assert acts._doubtful(again) == {}


def test_what_was_chosen_for_one_organisation_is_acknowledged_for_no_other(ask: Ask) -> None:
    doubtful = dict.fromkeys(("980101", "980102"), 21)
    content = answers_of_schools(dict.fromkeys(doubtful, 130), pension_age=doubtful)
    checked = ask("check", content, name="анкеты.csv")
    one, other = (part["submission"] for part in checked["file"]["parts"])
    chosen = [("grades_sum_differs", one), ("pension_over_teachers", other)]
    said = {"by": "Методист", "why": "сверено", "chosen": chosen, "check": checked["job"]}
    assert ask("acknowledge", job=f"{checked['job']}.acknowledge", **said)["count"] == 2


def test_an_accepted_file_is_in_the_next_snapshot(ask: Ask, demo_copy: Path) -> None:
    before = snapshots(demo_copy)
    path = demo_copy / "raw/training_needs/Запросы на обучение 2025-26.xlsx"
    content = changed(path, lambda sheet: sheet.delete_rows(sheet.max_row))
    checked = ask("check", content, name="../Запросы: новые.xlsx")
    assert snapshots(demo_copy) == before
    said = ask("accept", job=f"{checked['job']}.accept", check=checked["job"])
    assert said["ok"], said
    assert said["file"] == "training_needs/.._Запросы_ новые.xlsx".replace("../", "") or said[
        "file"
    ].endswith("новые.xlsx")
    assert len(snapshots(demo_copy)) == len(before) + 1
    sql = "select count(*) from submission where file = ?"
    assert open_latest(demo_copy).snapshot().rows(sql, [said["file"]])[0][0] > 0


def test_the_returned_workbook_and_a_form_are_made_on_demand(ask: Ask, demo_copy: Path) -> None:
    checked = ask("check", (demo_copy / STAFF).read_bytes(), name="Педкадры.xlsx")
    ask("returned", job="r1", check=checked["job"])
    ask("template", job="t1", source="staff_list", school="980101", year=2026)
    back, form = post.outcome(demo_copy, "r1"), post.outcome(demo_copy, "t1")
    assert back is not None
    assert form is not None
    assert openpyxl.load_workbook(back).sheetnames[0] == "Замечания"
    assert "бланк" in form.name


def test_what_cannot_be_done_is_said_in_words(ask: Ask) -> None:
    assert ask("accept", check="нет такого")["message"].startswith("Проверенного файла больше нет")
    assert ask("template", source="staff_list", school="000000")["message"].startswith(
        "Организации «000000» нет"
    )
    assert ask("dance")["message"] == "Такой работы нет: «dance»"


def test_a_fault_of_ours_leaves_places_but_no_cells(ask: Ask, monkeypatch: Any, capsys: Any) -> None:
    person = " ".join(("Ива" + "нова", "Мария"))

    def fail(*_: Any) -> None:
        raise ValueError(person)

    monkeypatch.setattr("pipelines.worker.jobs.check", fail)
    answer = ask("check", b"a;b\n1;2\n", name="a.csv")
    assert answer["message"].startswith("Внутренняя ошибка программы приёма")
    left = capsys.readouterr().err
    assert "jobs.py" in left
    assert "Иванова" not in left


def test_a_job_that_twice_killed_the_worker_is_given_up(demo_copy: Path) -> None:
    queue = Queue(demo_copy)
    name = post.post(demo_copy, "check", b"a;b\n", name="a.csv")
    job = queue.job(name)
    assert job is not None
    for _ in range(TRIES):
        assert queue.begin(job)
    _answer(job, queue, demo_copy)
    found = post.job(demo_copy, name)
    assert found is not None
    assert found.result is not None
    assert "дважды оборвала" in found.result["message"]


def test_large_files_and_writing_have_lanes_of_their_own(demo_copy: Path) -> None:
    post.post(demo_copy, "check", b"a" * (BIG + 1), name="большой.csv")
    post.post(demo_copy, "check", b"a", name="малый.csv")
    post.post(demo_copy, "accept", check="x")
    assert [job.lane for job in Queue(demo_copy).waiting()] == ["big", "quick", "write"]


def test_the_page_knows_whether_the_worker_lives(demo_copy: Path, monkeypatch: Any) -> None:
    assert post.worker(demo_copy) == "absent"
    Queue(demo_copy).beat("starting")
    assert post.worker(demo_copy) == "starting"
    monkeypatch.setattr(post, "SILENT", -1.0)
    assert post.worker(demo_copy) == "absent"


def test_a_file_put_away_is_no_longer_listed(demo_copy: Path) -> None:
    first = post.post(demo_copy, "check", b"a", name="a.csv")
    second = post.post(demo_copy, "check", b"b", name="b.csv")
    post.post(demo_copy, "accept", job=f"{first}.accept", check=first)
    assert [job.id for job in post.checks(demo_copy)] == [second, first]
    post.dismiss(demo_copy, second)
    assert [job.id for job in post.checks(demo_copy)] == [first]
