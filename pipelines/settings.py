"""``settings.toml`` of a data root: who the district is, who signs, what is shown and where it is served.

The file is written with its comments on the first run and belongs to the people who use the program: it is
never rewritten. The same field declares the default, the comment and what is allowed.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.config import JsonDict
from pydantic_core import ErrorDetails

NAME = "settings.toml"
HEADING = """\
# Настройки «Кабинета». Строки, которые начинаются с «#», — пояснения.
# Измените значение справа от знака «=», сохраните файл и запустите программу снова.
"""


class SettingsError(Exception):
    """The settings are wrong: the message names file and key, in Russian."""


def _setting(default: object, comment: str, allowed: str, **limits: Any) -> Any:
    extra: JsonDict = {"allowed": allowed}
    return Field(default=default, description=comment, json_schema_extra=extra, **limits)


Line = Annotated[str, Field(max_length=200, pattern=r"^[^\r\n]*$")]


def _line(default: str, comment: str) -> Any:
    return _setting(default, comment, "одна строка в кавычках, не длиннее 200 знаков")


class Settings(BaseModel):
    """What a data root says about its owner; every key has a default."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    district: Line = _line("Наш район", "Название района: стоит в заголовке каждой страницы и отчёта.")
    department: Line = _line(
        "Отдел образования администрации района",
        "Кто выпускает отчёт: полное название Отдела образования.",
    )
    office: Line = _line("Методический кабинет", "Кто готовит отчёт.")
    signer: Line = _line(
        "",
        "Кто подписывает отчёт: фамилия и инициалы. Пусто — останется место для подписи.",
    )
    signer_title: Line = _line("Начальник Отдела образования", "Должность того, кто подписывает.")
    port: int = _setting(
        8501,
        "Порт, на котором открываются страницы: http://127.0.0.1:8501",
        "целое число от 1024 до 65535",
        ge=1024,
        le=65535,
    )
    school_kinds: list[str] = _setting(
        ["школа", "детский сад", "допобразование"],
        "Какие виды организаций есть в районе.",
        "список из слов словаря видов организаций",
        min_length=1,
    )
    data_root: Line = _setting(
        "",
        "Если данные лежат в другой папке, укажите её: оттуда читаются и настройки. Пусто — данные здесь.",
        "путь к папке в одинарных кавычках",
    )

    @field_validator("school_kinds")
    @classmethod
    def _known_kinds(cls, kinds: list[str]) -> list[str]:
        from pipelines.contract import declarations

        known = list(declarations().dictionaries["school_kind"].terms)
        if set(kinds) - set(known) or len(set(kinds)) < len(kinds):
            raise ValueError("список без повторов из слов: " + ", ".join(f"«{kind}»" for kind in known))
        return kinds


def load(root: Path) -> Settings:
    """The settings of ``root``; the file is written first if there is none."""
    path = root / NAME
    if not path.exists():
        return create(root)
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except tomllib.TOMLDecodeError as error:
        advice = "Проверьте кавычки и знак «=»; путь с «\\» пишется в одинарных кавычках."
        raise SettingsError(f"{path}: файл не читается ({_place(error)}). {advice}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: сохраните файл в кодировке UTF-8.") from error
    except ValidationError as error:
        raise SettingsError(f"{path}: " + " ".join(_problem(e) for e in error.errors())) from error


def create(root: Path, **values: object) -> Settings:
    """Write the file with its comments unless there is one already; returns what then holds."""
    settings = Settings.model_validate(values)
    root.mkdir(parents=True, exist_ok=True)
    try:
        with (root / NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(_text(settings))
    except FileExistsError:
        return load(root)
    return settings


def resolve(root: Path) -> Path:
    """The folder that holds the data: ``root`` itself, or where its settings point to."""
    if not (root / NAME).exists():
        return root
    target = load(root).data_root
    return (root / target).resolve() if target else root


def _text(settings: Settings) -> str:
    parts = [HEADING]
    for name, field in Settings.model_fields.items():
        value = json.dumps(getattr(settings, name), ensure_ascii=False)
        parts.append(f"# {field.description}\n# Можно: {_allowed(name)}.\n{name} = {value}\n")
    return "\n".join(parts)


def _allowed(name: str) -> str:
    extra = Settings.model_fields[name].json_schema_extra
    assert isinstance(extra, dict)
    return str(extra["allowed"])


def _problem(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return f"Ключ «{name}»: такого ключа нет, есть {', '.join(Settings.model_fields)}."
    reason = error.get("ctx", {}).get("error")
    return f"Ключ «{name}»: значение «{error['input']}» не подходит, нужно: {reason or _allowed(name)}."


def _place(error: tomllib.TOMLDecodeError) -> str:
    """The parser's own «(at line 3, column 8)», which it gives only as text on Python 3.11."""
    numbers = [word.strip("),") for word in str(error).split() if word.strip("),").isdigit()]
    return f"строка {numbers[-2]}, знак {numbers[-1]}" if len(numbers) >= 2 else "это не TOML"
