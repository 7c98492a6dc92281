"""Why an organisation is not known, in the sender's words, or who confirmed that it is."""

from __future__ import annotations

from pipelines.contract import Severity
from pipelines.schools import Known
from pipelines.words import in_quotes

Fault = tuple[Severity, str, str, str]
"""Severity, rule, message, what to do."""
_INN = {
    "inn": ("Организации с ИНН {} нет в реестре", "Проверьте ИНН или впишите его в реестр организаций"),
    "inn_checksum": ("В ИНН {} опечатка: контрольная цифра не сходится", "Исправьте ИНН или впишите код организации"),
}  # fmt: skip
_NO_REGISTRY = "Сначала примите реестр организаций: kabinet intake реестр.xlsx"


def school_fault(one: Known, loaded: bool) -> Fault | None:
    """What to say of an organisation as a file names it; None where it is simply known."""
    if one.confirmed:
        who = f"подтверждено: {one.confirmed.by}, {one.confirmed.at:%d.%m.%Y}"
        return ("info", "school.confirmed", f"{in_quotes(one.label)} — это {one.name or one.id}; {who}", "")
    if one.id:
        return _login_fault(one) if one.by_login and loaded and not one.in_registry else None
    if not one.label:
        return ("error", "school.missing", "Не указана организация", "Впишите код или название организации")
    if one.fault:
        message, fix = _INN[one.fault]
        return ("error", "school.unknown_inn", message.format(one.label), fix)
    if one.ambiguous:
        message = f"Организаций с названием {in_quotes(one.label)} в реестре несколько"
        return ("error", "school.ambiguous", message, "Впишите код организации вместо названия")
    return _name_fault(one, loaded)


def oo_code_fault(one: Known, loaded: bool) -> Fault | None:
    """As `school_fault`, where organisations go by the code of the state exams' own system."""
    if one.id or not one.label:
        return school_fault(one, loaded)
    message = (
        f"Организации с кодом ОО {one.label} нет в реестре" if loaded else "Реестр организаций не загружен"
    )
    fix = "Впишите код ОО в реестр (столбец «Код ОО») и примите реестр: kabinet intake реестр.xlsx"
    return ("error", "school.unknown_oo_code", message, fix)


def _login_fault(one: Known) -> Fault:
    message = f"Организации с кодом {one.label} нет в реестре.{_hint(one)}"
    fix = "Проверьте код; если организация новая, добавьте её в реестр"
    return ("warning", "school.unknown_code", message, fix)


def _name_fault(one: Known, loaded: bool) -> Fault:
    if not loaded:
        message = f"Реестр организаций не загружен, а {in_quotes(one.label)} — не код"
        return ("error", "school.unknown_name", message, _NO_REGISTRY)
    message = f"Организации {in_quotes(one.label)} нет в реестре.{_hint(one)}"
    typed = one.label.replace('"', r"\"")  # so both cmd and a POSIX shell take it for a part of the name
    fix = f'Исправьте название или подтвердите написание: kabinet confirm "{typed}" --as КОД'
    return ("error", "school.unknown_name", message, fix)


def _hint(one: Known) -> str:
    return f" Похоже на: {one.suggestion}." if one.suggestion else ""
