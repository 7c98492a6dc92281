"""The whole way of a file: taken or sent back school by school, once, and never half."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipelines import staging
from pipelines.findings import FileReport
from pipelines.intake import Context, check, intake
from pipelines.staging import Store
from pipelines.together import Together
from tests.intake import files


@pytest.fixture
def root(tmp_path: Path, ready: Path) -> Path:
    """A data root of its own with the references of the samples."""
    import shutil

    return Path(shutil.copytree(ready, tmp_path / "data"))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """References taken in once."""
    return files.prepared(tmp_path_factory.mktemp("ready"))


def _rules(report: FileReport) -> list[str]:
    return [f.rule for f in report.findings] + [f.rule for s in report.submissions for f in s.findings]


@pytest.mark.parametrize("source", files.SAMPLES)
def test_a_valid_file_goes_in_without_a_word(root: Path, source: str) -> None:
    (report,) = intake([files.SAMPLES[source].write(root / "again")], root)
    assert (report.source, report.status, _rules(report)) == (source, "accepted", [])
    assert set(report.tables) == {path.split("/")[0] for path in report.tables.values()}


def test_one_wrong_school_does_not_hold_back_the_others(root: Path) -> None:
    rows = files.QUESTIONNAIRE.changed({files.QUESTIONS["top_category"][0]: 21})
    (report,) = intake([files.QUESTIONNAIRE.write(root / "sent", rows)], root)
    assert [(s.school, s.status) for s in report.submissions] == [
        ("980101", "refused"),
        ("980102", "accepted"),
    ]
    assert report.status == "accepted_with_warnings"
    staged = pd.read_parquet(root / "staged" / report.tables["school_questionnaire"])
    assert staged["school_id"].tolist() == ["980102"]
    assert staged["submission_id"].tolist() == [report.submissions[1].submission_id]
    finding = next(f for f in report.submissions[0].findings if f.rule == "top_category_over_teachers")
    assert (finding.cell, finding.value) == ("AC2", "21")
    assert finding.message == "Учителей высшей категории 21, а всего учителей 20"


def test_check_says_what_intake_would_say_and_writes_nothing(root: Path) -> None:
    rows = files.VPR.changed({"балл за 2": 3, "всего баллов": 5})
    path = files.VPR.write(root / "sent", rows)
    before = sorted(p for p in root.rglob("*"))
    (dry,) = check([path], root)
    assert sorted(p for p in root.rglob("*")) == before
    (taken,) = intake([path], root)
    assert dry.submissions == taken.submissions
    assert dry.findings == taken.findings
    assert dry.status == taken.status


def test_a_file_from_outside_is_copied_and_never_overwrites_another(root: Path) -> None:
    first = intake([files.COURSES.write(root / "one", name="реестр")], root)[0]
    second = intake([files.COURSES.write(root / "two", files.COURSES.rows[:1], "реестр")], root)[0]
    assert (first.file, second.file) == (
        "training_course_register/реестр.csv",
        "training_course_register/реестр-2.csv",
    )
    assert len(list((root / "raw" / "training_course_register").iterdir())) == 2


def test_a_later_submission_replaces_the_earlier_and_both_are_kept(root: Path) -> None:
    one = intake([files.QUESTIONNAIRE.write(root / "one")], root)[0]
    rows = files.QUESTIONNAIRE.changed({files.QUESTIONS["pension_age"][0]: 5})
    two = intake([files.QUESTIONNAIRE.write(root / "two", rows)], root)[0]
    current = [s.submission_id for r, s in Store(root).current() if s.source == "school_questionnaire"]
    assert sorted(current) == sorted(s.submission_id for s in two.submissions)
    assert Store(root).report(one.sha256) == one


def _without_title(root: Path) -> Path:
    path = root / "sent" / "выгрузка 2026.csv"
    path.parent.mkdir(exist_ok=True)
    rows = [{**row, "Учебник": "Математика. 4 класс"} for row in files.VPR.rows]
    path.write_bytes(files.as_csv([], rows))
    return path


def test_what_the_file_does_not_say_is_asked_for_with_the_very_command(root: Path) -> None:
    (report,) = intake([_without_title(root)], root)
    assert report.status == "refused"
    (finding,) = report.findings
    assert finding.message == "В файле не сказано: год, предмет, класс"
    command = 'kabinet intake "выгрузка 2026.csv" --year 2026 --subject Математика --grade 4'
    assert command in finding.fix


def test_flags_are_kept_beside_the_file(root: Path) -> None:
    path = _without_title(root)
    (report,) = intake([path], root, Context(year=2026, subject="матем", grade=4))
    assert report.status == "accepted"
    assert {s.period for s in report.submissions} == {"2025/26, Математика, 4\u00a0класс"}
    note = root / "raw" / f"{report.file}.toml"
    assert note.read_text(encoding="utf-8") == 'year = 2026\nsubject = "матем"\ngrade = 4\n'
    assert intake(None, root)[-1].status == "accepted"
    assert intake([path], root) == [report]


def test_a_note_written_by_hand_is_read(root: Path) -> None:
    folder = root / "raw" / "vpr_pupils_2021"
    folder.mkdir()
    path = _without_title(root).rename(folder / "школа.csv")
    path.with_name("школа.csv.toml").write_text(
        'year = 2026\nsubject = "Математика"\ngrade = 4\n', encoding="utf-8"
    )
    assert {r.status for r in intake(None, root)} == {"accepted"}
    path.with_name("школа.csv.toml").write_text("сюрприз", encoding="utf-8")
    assert [r.findings[0].rule for r in intake(None, root) if r.status == "refused"] == ["file.note"]


def test_wrong_flags_do_not_undo_what_went_in(root: Path) -> None:
    path = _without_title(root)
    (taken,) = intake([path], root, Context(year=2026, subject="Математика", grade=4))
    (wrong,) = intake([path], root, Context(subject="волшебство"))
    assert wrong.findings[-1].rule == "file.unknown_subject"
    assert Store(root).report(taken.sha256) == taken


def test_flags_that_contradict_the_file_are_refused(root: Path) -> None:
    (report,) = intake([files.VPR.write(root / "sent")], root, Context(grade=5))
    assert [f.message for f in report.findings] == ["В файле класс — 4, а указан 5"]
    assert report.status == "refused"


def test_an_unknown_file_names_the_nearest_source_and_what_it_lacks(root: Path) -> None:
    rows = [{k: v for k, v in row.items() if k not in ("всего баллов", "вариант")} for row in files.VPR.rows]
    path = root / "какой-то файл.csv"
    path.write_bytes(files.as_csv([], rows))
    (report,) = intake([path], root)
    assert (report.source, report.status) == (None, "refused")
    assert "«вариант», «всего баллов»" in report.findings[0].message
    assert not (root / "raw" / "vpr_pupils_2021").exists()


def test_an_unreadable_file_among_others_is_only_itself(root: Path) -> None:
    broken = root / "пусто.xlsx"
    broken.write_bytes(b"")
    reports = intake([broken, files.STAFF.write(root / "sent"), root / "нет такого.xlsx", root], root)
    assert [r.status for r in reports] == ["refused", "accepted", "refused", "refused"]
    assert [reports[at].findings[0].rule for at in (0, 2, 3)] == [
        "file.empty",
        "file.missing",
        "file.missing",
    ]


def test_an_empty_form_is_told_apart(root: Path) -> None:
    blank = [dict.fromkeys(files.STAFF.rows[0], "")]
    (report,) = intake([files.STAFF.write(root / "sent", blank)], root)
    assert [f.rule for f in report.findings] == ["file.no_rows"]


def test_a_changed_registry_has_dependent_files_read_again(tmp_path: Path) -> None:
    staff = files.STAFF.write(tmp_path / "raw" / "staff_list")
    (report,) = intake(None, tmp_path)
    assert report.status == "refused"
    assert "Реестр организаций не загружен" in report.submissions[0].findings[0].message
    files.REGISTRY.write(tmp_path / "raw" / "school_registry")
    assert {r.file: r.status for r in intake(None, tmp_path)} == {
        "school_registry/school_registry.csv": "accepted",
        "staff_list/staff_list.csv": "accepted",
    }
    assert staff.exists()


def test_references_come_first_even_from_outside(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    reports = intake([files.STAFF.write(sent), files.REGISTRY.write(sent)], tmp_path / "data")
    assert [r.status for r in reports] == ["accepted", "accepted"]
    assert [
        r.status for r in check([sent / "staff_list.csv", sent / "school_registry.csv"], tmp_path / "other")
    ] == [
        "accepted",
        "accepted",
    ]


def test_nothing_personal_is_left_anywhere(root: Path) -> None:
    rows = [{**row, "Паспорт": "2410 123456", "Телефон": "+7 901 000-11-22", "СНИЛС": "112-233-445 95"}
            for row in files.STAFF.changed({"ФИО": "", "Дата рождения": "давно"})]  # fmt: skip
    rows[1]["Педагогический стаж"] = "70"
    (report,) = intake([files.STAFF.write(root / "sent", rows)], root)
    dropped = next(f for f in report.findings if f.rule == "file.personal")
    assert "«Паспорт», «Телефон», заполнено ячеек: 6" in dropped.message
    secret = ["Иванова", "Петрова", "Сидоров", "123456", "901 000", "112-233", "11223344595", "давно"]
    for path in (p for p in (root / "staged").rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert not [word for word in secret if word.encode() in content], path
    for table in report.tables:
        shown = pd.read_parquet(root / "staged" / report.tables[table]).to_string()
        assert not [word for word in secret if word in shown]


def test_an_unchanged_file_is_answered_from_its_record_without_great_expectations(root: Path) -> None:
    path = files.STAFF.write(root / "sent")
    intake([path], root)
    script = (
        "import sys; from pathlib import Path; from pipelines.intake import intake\n"
        "reports = intake([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "assert [r.status for r in reports] == ['accepted']\n"
        "assert 'great_expectations' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path), str(root)], check=True, capture_output=True)


def test_progress_is_told_file_by_file(root: Path) -> None:
    told: list[tuple[str, int, int]] = []
    intake([files.STAFF.write(root / "sent")], root, progress=lambda *step: told.append(step))
    assert told == [("staff_list.csv", 0, 1), ("", 1, 1)]


def test_findings_of_one_rule_are_capped_but_every_school_hears_of_its_own(root: Path) -> None:
    rows = [files.pupil("edu980101", n, (5, 2, 1), 8) for n in range(1, 131)]
    rows.append(files.pupil("edu980102", 1, (5, 2, 1), 8))
    (report,) = intake([files.VPR.write(root / "sent", rows)], root)
    assert [s.status for s in report.submissions] == ["refused", "refused"]
    counts = [sum(f.rule == "points_over_max" for f in s.findings) for s in report.submissions]
    assert counts == [100, 1]
    more = next(f for f in report.findings if f.rule == "points_over_max")
    assert "таких мест 131, показаны\u00a0101" in more.message


def test_a_killed_intake_leaves_no_half_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(staging, "write_rows", full_disk)
    before = sorted(p for p in (root / "staged").rglob("*") if p.is_file())
    with pytest.raises(OSError, match="No space"):
        intake([files.STAFF.write(root / "sent")], root)
    assert sorted(p for p in (root / "staged").rglob("*") if p.is_file()) == before
    monkeypatch.undo()
    assert intake([root / "sent" / "staff_list.csv"], root)[0].status == "accepted"


def test_an_expectation_that_cannot_be_computed_is_our_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import validate

    gx = validate._great_expectations()
    broken = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "nowhere"},
        "meta": {"rule": "x"},
    }
    suite = gx._gx.ExpectationSuite(name="broken", expectations=[broken])
    monkeypatch.setattr(type(gx), "_suite", lambda *_: suite)
    with pytest.raises(validate.BrokenValidationError, match="x"):
        intake([files.STAFF.write(root / "sent")], root)


def test_files_of_a_source_are_validated_together_whatever_comes_between(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import validate

    seen: list[tuple[str, int]] = []
    run = validate.validate

    def counted(given: Together) -> list[list[validate.Broken]]:
        seen.append((given.table.name, len(given.files)))
        return run(given)

    monkeypatch.setattr(validate, "validate", counted)
    paths = [
        sample.write(root / "sent", sample.rows * times, f"{sample.source} {times}")
        for times in (1, 40)  # small files come first
        for sample in (files.COURSES, files.NEEDS)
    ]
    reports = check(paths, root)
    assert {"training_course", "training_need"} <= dict(seen).keys()
    assert len(dict(seen)) == len(seen)
    assert {number for _, number in seen} == {2}
    assert [report.source for report in reports] == [files.COURSES.source, files.NEEDS.source] * 2
