"""Appeals that change a result which no protocol holds are told of, never silent."""

from __future__ import annotations

from datetime import date

from dashboard.marts import Marts
from tests.marts.rows import District

ASKED = "select message, fix from finding where rule = 'appeal_without_protocol' order by message"


def _told(marts: Marts) -> list[tuple[str, str]]:
    return list(marts.query(ASKED).itertuples(index=False, name=None))


def test_an_appeal_without_a_protocol_is_told_of_until_the_protocol_comes(district: District) -> None:
    district.file("exam_appeals", exam_appeal=[{"score": 70}, {"score": 71, "changed_at": date(2026, 7, 9)}])
    ((message, fix),) = _told(district.marts())
    assert message == (
        "Апелляция без протокола экзамена: ЕГЭ, Русский язык, 01.06.2026."
        " Пересмотренных результатов, которые не учтены: 1"
    )
    assert fix.startswith("Пришлите протокол")
    district.file("exam_protocol", "other", exam_result=[{"person_id": "p2", "score": 50.0}])
    ((message, fix),) = _told(district.marts())
    assert message.startswith("Апелляция без результата в протоколе: ЕГЭ")
    assert fix == "Сверьте фамилии в апелляции и в протоколе этого дня"
    district.file("exam_protocol", "own", exam_result=[{"score": 66.0}])
    assert _told(district.marts()) == []


def test_an_appeal_without_a_day_belongs_to_any_of_its_exam(district: District) -> None:
    district.file("exam_appeals", exam_appeal=[{"score": 70, "exam_date": None}, {"subject": "Физика"}])
    district.file("exam_protocol", exam_result=[{"score": 66.0}])
    assert [message.partition(".")[0] for message, _ in _told(district.marts())] == [
        "Апелляция без протокола экзамена: ЕГЭ, Физика, 01"
    ]
