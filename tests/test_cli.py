"""The command line as a person and a program meet it: Russian words, exit codes, the documented JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dashboard import cli
from pipelines import terminal

COMMANDS = (
    "demo",
    "own",
    "up",
    "confirm",
    "template",
    "check",
    "diff",
    "intake",
    "undo",
    "acknowledge",
    "build",
    "indicators",
    "sources",
    "value",
    "report",
    "release",
    "list",
    "releases",
    "compare",
    "people",
    "attention",
    "explain",
    "similar",
    "confirm",
)
LATIN = {
    "internal",
    "school",
    "public",
    "kabinet",
    "JSON",
    "HTML",
    "PDF",
    *("analysis", "mso", "self", "examination", "docx", "pptx", "xlsx", "html", "pdf", "charts"),
    "raw",
    "reports",
    "templates",
    "data",
    "KABINET",
    "DATA",
    "indicators",
    "x",
    "n",
    "https",
    "http",
}
"""Latin words that a Russian screen may show: names of commands and folders, and letters of formulas."""


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kabinet = Callable[..., Said]


@pytest.fixture
def kabinet(capsys: pytest.CaptureFixture[str]) -> Kabinet:
    def run(*args: str | Path) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Said(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def register(demo_root: Path) -> Path:
    """A small file that needs nothing but the registry."""
    return next((demo_root / "raw" / "training_course_register").glob("*.csv"))


def english(text: str) -> set[str]:
    """Latin words that are neither options nor known names."""
    without_options = re.sub(r"--?[a-z][\w-]*|\[[\d<=x]+\]", " ", text)
    return set(re.findall(r"[A-Za-z]+", without_options)) - LATIN - set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_russian_help(kabinet: Kabinet, command: str) -> None:
    said = kabinet(command, "--help")
    assert said.code == 0
    assert "Использование: kabinet" in said.out
    assert english(said.out) == set()


def test_the_list_of_commands_is_russian_and_complete(kabinet: Kabinet) -> None:
    said = kabinet("--help")
    assert said.code == 0
    assert english(said.out) == set()
    assert all(re.search(rf"│ {command} ", said.out) for command in COMMANDS)


def test_without_a_command_the_list_is_shown(kabinet: Kabinet) -> None:
    said = kabinet()
    assert said.code == 2
    assert "Команды" in said.out + said.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["valu"], "Нет такой команды: valu; похоже на value"),
        (["xyzzy"], "Нет такой команды: xyzzy"),
        (["value"], "Не указано: ПОКАЗАТЕЛЬ"),
        (["check"], "Не указано: ФАЙЛ"),
        (["report"], "Не указано: ДОКУМЕНТ"),
        (["report", "analysis"], "Назовите год: --year 2026"),
        (["report", "1"], "нужно число от 2010 до 2100"),
        (["report", "analysis", "--year", "x"], "--year: нужно целое число"),
        (["intake", "--grade", "12"], "--grade: нужно число не больше 11"),
        (["value", "teachers", "--wher", "x"], "Нет такого ключа: --wher; похоже на --where"),
        (["up", "--port"], "Ключ --port требует значения"),
        (["indicators", "--json=1"], "Ключ --json не принимает значения"),
        (["report", "2026", "5"], "Лишнее в конце: 5"),
        (["--data"], "Ключ --data требует значения"),
    ],
)
def test_wrong_usage_is_said_in_russian(kabinet: Kabinet, args: list[str], words: str) -> None:
    said = kabinet(*args)
    assert said.code == 2
    assert words in said.err
    assert said.out == ""
    assert english(said.err) <= {"valu", "xyzzy", "value", "wher", "json"}


def test_a_file_that_is_not_there_is_wrong_usage(kabinet: Kabinet, tmp_path: Path) -> None:
    said = kabinet("check", tmp_path / "нет.xlsx")
    assert said.code == 2
    assert "Файла нет" in said.err


def test_a_folder_is_not_a_file(kabinet: Kabinet, tmp_path: Path) -> None:
    said = kabinet("intake", tmp_path)
    assert said.code == 2
    assert "папка" in said.err


def test_wrong_settings_stop_every_command_that_needs_them(kabinet: Kabinet, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("prot = 1", encoding="utf-8")
    said = kabinet("up", "--data", tmp_path)
    assert said.code == 2
    assert "«prot»" in said.err


def test_without_marts_the_next_command_is_named(kabinet: Kabinet) -> None:
    said = kabinet("value", "teachers")
    assert said.code == 2
    assert "kabinet up" in said.err
    assert kabinet("report", "2026").code == 2


def test_an_unexpected_fault_leaves_a_log_and_no_traceback(
    kabinet: Kabinet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_cell = "Иванов Иван Иванович, СНИЛС 112-233-445 95"

    def fail(*_: object) -> None:
        raise ValueError(in_a_cell)

    monkeypatch.setattr("pipelines.contract.declarations", fail)
    said = kabinet("indicators", "--data", tmp_path)
    assert said.code == 2
    assert "Traceback" not in said.err
    log = next((tmp_path / "logs").iterdir())
    assert log.name in said.err.replace("\n", "")
    written = log.read_text(encoding="utf-8")
    assert "builtins.ValueError" in written
    assert "Иванов" not in written


def test_a_locked_file_is_named(kabinet: Kabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "denied", "отчёт.html")

    monkeypatch.setattr("pipelines.contract.declarations", fail)
    said = kabinet("indicators")
    assert said.code == 2
    assert "отчёт.html" in said.err


def test_a_wrong_declaration_names_its_file(kabinet: Kabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.contract import DeclarationError

    def fail() -> None:
        raise DeclarationError("staff.toml: ключ «titel»: такого ключа нет")

    monkeypatch.setattr("pipelines.contract.declarations", fail)
    said = kabinet("indicators")
    assert said.code == 2
    assert "«titel»" in said.err


def test_indicators_as_json(kabinet: Kabinet) -> None:
    said = kabinet("indicators", "--json")
    assert said.code == 0
    quality = next(one for one in said.json if one["id"] == "quality_share")
    assert set(quality) == {"id", "title", "unit", "kind", "theme", "breakdowns", "source"}
    assert quality["title"] == "Качество знаний"
    assert "grade" in quality["breakdowns"]


def test_sources_as_json(kabinet: Kabinet) -> None:
    said = kabinet("sources", "--json")
    assert {"id", "title"} <= set(said.json[0])
    assert "vpr_pupils_2021" in {one["id"] for one in said.json}


@pytest.mark.parametrize("command", ["indicators", "sources"])
def test_declarations_as_tables(kabinet: Kabinet, command: str) -> None:
    said = kabinet(command)
    assert said.code == 0
    assert len(said.out.splitlines()) > 8


def test_a_check_says_everything_and_writes_nothing(kabinet: Kabinet, register: Path, tmp_path: Path) -> None:
    said = kabinet("check", register, "--json", "--data", tmp_path / "new")
    assert said.code in (0, 1)
    (report,) = said.json
    assert set(report) == {"file", "source", "status", "submissions", "findings"}
    assert report["source"] == "training_course_register"
    assert set(report["submissions"][0]) == {"school", "period", "status", "rows", "findings", "replaces"}
    assert not (tmp_path / "new" / "staged").exists()
    assert not (tmp_path / "new" / "raw").exists()


def test_findings_have_the_documented_shape(kabinet: Kabinet, demo_root: Path) -> None:
    damaged = next((demo_root / "raw" / "vpr_pupils_2021").glob("*2026 Биология 6*"))
    said = kabinet("check", damaged, "--json", "--data", demo_root)
    assert said.code == 1
    parts = said.json[0]["submissions"]
    refused = next(part for part in parts if part["status"] == "refused")
    assert len([part for part in parts if part["status"] != "refused"]) > 1
    finding = next(one for one in refused["findings"] if one["severity"] == "error")
    assert set(finding) == {
        "severity", "rule", "sheet", "row", "column", "cell", "value", "message", "fix", "acknowledged",
    }  # fmt: skip
    assert re.fullmatch(r"[A-Z]+\d+", finding["cell"])
    assert finding["cell"].endswith(str(finding["row"]))


def test_findings_are_printed_with_their_cells(kabinet: Kabinet, demo_root: Path) -> None:
    damaged = next((demo_root / "raw" / "vpr_pupils_2021").glob("*2026 Биология 6*"))
    said = kabinet("check", damaged, "--data", demo_root)
    assert said.code == 1
    assert "возвращено 1" in said.out
    assert re.search(r"ячейка [A-Z]+\d+", said.out)


def test_intake_of_a_file_from_outside_then_build(kabinet: Kabinet, register: Path, tmp_path: Path) -> None:
    registry = next(register.parents[1].glob("school_registry/*"))
    said = kabinet("--data", tmp_path / "d", "intake", registry, register)
    assert said.code == 0
    assert "принято" in said.out
    assert (tmp_path / "d" / "raw" / "training_course_register" / register.name).exists()
    built = kabinet("build", "--data", tmp_path / "d")
    assert built.code == 0
    assert "fct_course" in built.out
    assert list((tmp_path / "d" / "marts").glob("marts-*.duckdb"))


def test_intake_of_nothing(kabinet: Kabinet) -> None:
    said = kabinet("intake")
    assert said.code == 0
    assert "Новых файлов нет" in said.out


def test_flags_of_a_file_are_told_to_intake(
    kabinet: Kabinet, monkeypatch: pytest.MonkeyPatch, register: Path
) -> None:
    told: list[object] = []

    def remember(paths: list[Path], root: Path, context: object) -> list[object]:
        told.extend([paths, context])
        return []

    monkeypatch.setattr("pipelines.intake.check", remember)
    kabinet(
        "check",
        register,
        "--year",
        "2021",
        "--subject",
        "Математика",
        "--grade",
        "4",
        "--school",
        "edu980101",
    )
    assert told[0] == [register]
    said = {"year": 2021, "subject": "Математика", "grade": 4, "school": "edu980101"}
    assert told[1].model_dump() == said  # type: ignore[attr-defined]


def test_a_value_as_json(kabinet: Kabinet, demo_root: Path) -> None:
    said = kabinet(
        "value", "quality_share", "--where", "school=edu980101,year=2026", "--by", "subject,grade", "--json",
        "--data", demo_root,
    )  # fmt: skip
    assert said.code == 0
    row = said.json[0]
    assert {"school", "school_name", "year", "subject", "grade"} <= set(row)
    assert {"numerator", "denominator", "value", "low", "high", "n", "note"} <= set(row)
    assert row["school"] == "980101"
    assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"])


def test_a_value_beside_the_region_and_the_country(kabinet: Kabinet, demo_root: Path) -> None:
    asked = (
        "value",
        "quality_share",
        "--where",
        "year=2026,subject=Математика,grade=4,school=980101",
        "--areas",
    )
    said = kabinet(*asked, "--json", "--data", demo_root)
    assert said.code == 0
    assert [row.get("area_level") for row in said.json] == [None, "country", "region", "municipality"]
    assert {"area", "year", "subject", "grade", "numerator", "denominator", "value", "n"} <= set(said.json[1])
    table = kabinet(*asked, "--data", demo_root)
    assert "Для сравнения: отчёты ФИС ОКО" in table.out
    assert "РФ" in table.out


def test_a_value_as_a_table(kabinet: Kabinet, demo_root: Path) -> None:
    said = kabinet("value", "quality_share", "--by", "school", "--where", "year=2026", "--data", demo_root)
    assert said.code == 0
    assert "Организация" in said.out
    assert re.search(r"\d,\d\s%", said.out)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["qualit"], "нет"),
        (["teachers", "--by", "topic"], "не разбивается"),
        (["teachers", "--where", "school=000000"], "нет ни в реестре"),
        (["teachers", "--where", "school"], "не читается"),
    ],
)
def test_a_wrong_question_is_explained(
    kabinet: Kabinet, demo_root: Path, args: list[str], words: str
) -> None:
    said = kabinet("value", *args, "--json", "--data", demo_root)
    assert said.code == 2
    assert words in said.err
    assert said.out == ""


def test_the_demonstration_refuses_other_files(kabinet: Kabinet, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "свой.xlsx").touch()
    said = kabinet("demo", "--no-serve", "--data", tmp_path)
    assert said.code == 2
    assert "не смешивается" in said.err
    assert [p.name for p in (tmp_path / "raw").iterdir()] == ["свой.xlsx"]


def test_the_demonstration_refuses_another_seed(kabinet: Kabinet, demo_root: Path) -> None:
    said = kabinet("demo", "--no-serve", "--seed", "2", "--data", demo_root)
    assert said.code == 2
    assert "--seed 1" in said.err


def test_a_second_demonstration_changes_nothing(kabinet: Kabinet, demo_copy: Path) -> None:
    before = sorted(p.name for p in (demo_copy / "marts").iterdir())
    said = kabinet("demo", "--no-serve", "--data", demo_copy)
    assert said.code == 0
    assert sorted(p.name for p in (demo_copy / "marts").iterdir()) == before


def test_up_serves_on_the_next_free_port(
    kabinet: Kabinet, demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[int] = []
    monkeypatch.setattr("dashboard.server.free_port", lambda wanted: wanted + 1)
    monkeypatch.setattr(
        "dashboard.server.serve", lambda root, port, ready: (served.append(port), ready("адрес"))
    )
    said = kabinet("up", "--port", "9000", "--data", demo_copy)
    assert said.code == 0
    assert served == [9001]
    assert "Порт 9000 занят, взят 9001" in said.out
    assert "Остановлено" in said.out


def test_up_without_a_server_says_why(
    kabinet: Kabinet, demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.server import ServerError

    def fail(*_: object) -> None:
        raise ServerError("Порты заняты")

    monkeypatch.setattr("dashboard.server.free_port", fail)
    said = kabinet("up", "--data", demo_copy)
    assert said.code == 2
    assert "Порты заняты" in said.err


def test_a_report_of_a_year_without_data_names_the_years(
    kabinet: Kabinet, demo_root: Path, tmp_path: Path
) -> None:
    said = kabinet("report", "2015", "--data", demo_root, "--out", tmp_path)
    assert said.code == 2
    assert "2026 (2025/26)" in said.err


def test_the_data_root_comes_from_the_environment_too(
    kabinet: Kabinet, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KABINET_DATA", str(demo_root))
    assert kabinet("value", "teachers", "--json").code == 0


def test_after_the_command_counts_more_than_before(kabinet: Kabinet, demo_root: Path, tmp_path: Path) -> None:
    assert kabinet("--data", tmp_path, "value", "teachers", "--data", demo_root, "--json").code == 0
    assert kabinet("--data", demo_root, "value", "teachers", "--data", tmp_path, "--json").code == 2


def test_a_break_is_not_an_error(kabinet: Kabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.contract.declarations", interrupt)
    said = kabinet("indicators")
    assert said.code == 130
    assert "Traceback" not in said.err


def test_progress_goes_to_stderr_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from rich.console import Console

    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=90)
    monkeypatch.setattr(terminal, "err", lambda: console)
    with terminal.progress("Приём") as bar:
        bar("файл.xlsx", 1, 2)
    assert "Приём: файл.xlsx" in screen.getvalue()


def test_the_demonstration_goes_and_ones_own_district_begins(kabinet: Kabinet, demo_copy: Path) -> None:
    said = kabinet("own", "--data", demo_copy)
    assert said.code == 0
    assert "Выдуманный район убран" in said.out
    assert json.loads(kabinet("value", "teachers", "--json", "--data", demo_copy).out)[0]["n"] == 0
    again = kabinet("own", "--data", demo_copy)
    assert again.code == 2
    assert "убирать нечего" in again.err


def test_a_release_is_frozen_listed_and_compared(kabinet: Kabinet, demo_copy: Path) -> None:
    at = ("--data", demo_copy)
    assert kabinet("release", "Отчёт 2025/26", *at).code == 0
    assert "Отчёт 2025/26" in kabinet("releases", *at).out
    (known,) = json.loads(kabinet("releases", "--json", *at).out)
    assert known["name"] == "Отчёт 2025/26"
    assert kabinet("release", "Отчёт 2025/26", *at).code == 2
    assert kabinet("compare", "Отчёт 2025/26", *at).code == 0
    assert json.loads(kabinet("compare", "Отчёт 2025/26", "--json", *at).out) == []
    assert kabinet("compare", "Нет такого", *at).code == 2


def test_a_number_is_led_to_its_files(kabinet: Kabinet, demo_copy: Path) -> None:
    at = ("--where", "year=2026,school=980101", "--data", demo_copy)
    said = kabinet("explain", "teachers", *at)
    assert said.code == 0
    told = json.loads(kabinet("explain", "teachers", "--json", *at).out)
    assert any(file["file"].startswith("staff_list/") for file in told["files"])
    assert kabinet("explain", "beauty", *at).code == 2


def test_signals_and_lists_of_acts_are_told(kabinet: Kabinet, demo_copy: Path) -> None:
    assert kabinet("attention", "--data", demo_copy).code == 0
    assert isinstance(json.loads(kabinet("attention", "--json", "--data", demo_copy).out), list)
    assert kabinet("list", "1324", "--school", "980101", "--data", demo_copy).code == 0
    assert json.loads(kabinet("list", "955", "--json", "--data", demo_copy).out)


def test_a_submission_is_compared_undone_and_its_warnings_acknowledged(
    kabinet: Kabinet, demo_copy: Path
) -> None:
    at = ("--data", demo_copy)
    works = demo_copy / "raw" / "vpr_pupils_2021"
    doubtful = works / "ВПР 2026 Математика 5 класс.xlsx"
    assert kabinet("diff", doubtful, *at).code == 0
    assert json.loads(kabinet("diff", doubtful, "--json", *at).out)[0]["submissions"]
    said = kabinet("acknowledge", doubtful, "--why", "сверено с протоколом", "--by", "Методист", *at)
    assert said.code == 0
    assert kabinet("acknowledge", doubtful, "--why", "ещё раз", *at).code == 2
    assert kabinet("undo", doubtful.name, "--by", "Методист", "--why", "черновик", *at).code == 0
    assert kabinet("undo", doubtful.name, *at).code == 2
