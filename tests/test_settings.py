from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines import settings
from pipelines.settings import NAME, Settings, SettingsError


def write(root: Path, text: str) -> None:
    root.mkdir(exist_ok=True)
    (root / NAME).write_text(text, encoding="utf-8")


def complaint(root: Path, text: str) -> str:
    write(root, text)
    with pytest.raises(SettingsError) as caught:
        settings.load(root)
    return str(caught.value)


def test_first_run_writes_every_key_with_its_comment(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "new") == Settings()
    text = (tmp_path / "new" / NAME).read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == list(Settings.model_fields)
    assert text.count("# Можно: ") == len(Settings.model_fields)


def test_the_written_file_reads_back(tmp_path: Path) -> None:
    made = settings.create(tmp_path, district="Район «Озёрный»", signer="Иванова А. А.")
    assert settings.load(tmp_path) == made


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "port = 9000\n")
    assert settings.create(tmp_path, district="Другой").port == 9000
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "port = 9000\n"


def test_a_file_from_notepad_with_its_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('district = "Озёрный район"', encoding="utf-8-sig")
    assert settings.load(tmp_path).district == "Озёрный район"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("prot = 8501", "prot", "такого ключа нет"),
        ("port = 80", "port", "от 1024 до 65535"),
        ('port = "8501"', "port", "целое число"),
        ("district = 3", "district", "строка в кавычках"),
        ('school_kinds = ["лицей"]', "school_kinds", "«детский сад»"),
        ('school_kinds = ["школа", "школа"]', "school_kinds", "без повторов"),
        ("school_kinds = []", "school_kinds", "список"),
    ],
)
def test_a_wrong_key_or_value_is_named(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    said = complaint(tmp_path, text)
    assert NAME in said
    assert f"«{key}»" in said
    assert allowed in said


def test_a_file_that_is_not_toml_is_named_with_its_place(tmp_path: Path) -> None:
    said = complaint(tmp_path, 'district = "Озёрный"\nport == 1')
    assert NAME in said
    assert "строка 2" in said


def test_a_path_with_backslashes_gets_advice(tmp_path: Path) -> None:
    assert "одинарных кавычках" in complaint(tmp_path, r'data_root = "D:\данные"')


def test_an_old_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes('district = "Озёрный"'.encode("cp1251"))
    with pytest.raises(SettingsError, match="UTF-8"):
        settings.load(tmp_path)


def test_data_may_lie_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "data_root = 'диск'")
    assert settings.resolve(tmp_path) == (tmp_path / "диск").resolve()


def test_data_lie_beside_their_settings(tmp_path: Path) -> None:
    assert settings.resolve(tmp_path) == tmp_path
    settings.load(tmp_path)
    assert settings.resolve(tmp_path) == tmp_path
