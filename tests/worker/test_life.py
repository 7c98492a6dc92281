"""From a school's second file to its undoing, as the page asks for it."""

from __future__ import annotations

from pathlib import Path

from dashboard.desk import acts, cards, post
from pipelines.build import is_current
from tests.submissions.conftest import FIRST, LIST, LOAD, changed
from tests.worker.conftest import Ask


def second(root: Path, tmp_path: Path) -> bytes:
    """The school's list again: one category better, and too many hours of one teacher."""

    def change(sheet: object) -> None:
        sheet.cell(FIRST + 1, 8).value = "высшая"  # type: ignore[attr-defined]
        sheet.cell(FIRST, LOAD).value = 65  # type: ignore[attr-defined]

    return changed(root / LIST, tmp_path / "новый.xlsx", change).read_bytes()


def test_replaced_acknowledged_accepted_undone(ask: Ask, demo_copy: Path, tmp_path: Path) -> None:
    content = second(demo_copy, tmp_path)
    checked = ask("check", content, name="новый.xlsx")
    name, file = checked["job"], checked["file"]
    [part] = file["parts"]
    assert "изменено 2" in part["replaces"]["difference"]
    moved = ask("moves", job=f"{name}.moves", check=name)
    shown = cards.replacement(file, moved)
    assert "Доля педагогов с категорией, 2025/26" in shown
    assert "64,3\u00a0%" in shown

    [(rule, submission)] = acts._doubtful(file)
    said = {"chosen": [(rule, submission)], "by": "Методист", "why": "приказ № 5"}
    assert ask("acknowledge", job=f"{name}.acknowledge", check=name, **said)["count"] == 1
    job = post.job(demo_copy, name)
    assert job is not None
    assert job.result is not None
    again = job.result["file"]
    assert again["status"] == "accepted"
    assert acts._doubtful(again) == {}
    assert "Методист: приказ № 5" in cards.findings(again)

    assert ask("accept", job=f"{name}.accept", check=name)["ok"]
    assert is_current(demo_copy)
    known = ask("check", content, name="тот же.xlsx")["file"]["known"]
    assert cards.known(known).endswith("он действует, принимать нечего.")

    undone = ask("undo", job=f"{name}.undo", check=name, by="Методист", why="черновик")
    assert undone["former"] == [LIST.removeprefix("raw/")]
    assert (
        cards.became("undo", undone)[0]
        == "Приём отменён: снова действует «Список педагогов Тихоборская 2025.xlsx»."
    )
    assert is_current(demo_copy)
    known = ask("check", content, name="тот же.xlsx")["file"]["known"]
    assert "отменил(а) Методист" in cards.known(known)
    assert ask("undo", job="u", check=name)["message"].startswith("«новый.xlsx» уже не действует")


def test_a_spelling_confirmed_on_the_page_is_known_to_what_waits(ask: Ask, demo_copy: Path) -> None:
    """The demonstration's misspelt organisation, said once whose it is."""
    path = demo_copy / "raw/ict_diagnostics/ИКТ-диагностика 2025-26.xlsx"
    checked = ask("check", path.read_bytes() + b"", name="икт.xlsx")
    unknown = [part["name"] for part in checked["file"]["parts"] if part["unknown"]]
    assert unknown == ["Светлоключенская СШ"]
    job = f"{checked['job']}.confirm"
    said = ask("confirm", job=job, check=checked["job"], spelling=unknown[0], school="980103", by="Методист")
    assert cards.became("confirm", said)[0].startswith("Запомнено: «Светлоключенская СШ»")
    again = post.job(demo_copy, checked["job"])
    assert again is not None
    assert again.result is not None
    assert not any(part["unknown"] for part in again.result["file"]["parts"])
    assert ask("confirm", job=job, check=checked["job"], spelling="Ничья", school="000000")[
        "message"
    ].startswith("Организации «000000» нет в реестре")
