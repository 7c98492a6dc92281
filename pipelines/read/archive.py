"""What may be unpacked: the parts of a zipped workbook, looked at before anything is read from them."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipelines.read import refused

MOST_BYTES = 512 * 2**20
"""Unpacked size of a workbook; a region of 26,666 pupils takes 40 MB."""
_RATIO = 1032
"""Deflate never packs better."""
_SPENT = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_MACROS = ("vbaproject.bin", "macrosheets/", "intlmacrosheets/")
_ENCRYPTED = 0x1
_HEADER = 30
"""Bytes before the first part's name: shorter is no archive at all."""


class Archive:
    """A zipped workbook whose size and contents are fit to be read."""

    def __init__(self, content: bytes) -> None:
        """Open it; `UnreadableError` says why it is not fit."""
        self._zip = _opened(content)
        self._parts: dict[str, bytes] = {}
        self.names = [info.filename for info in self._zip.infolist()]
        lowered = [name.lower() for name in self.names]
        if any(info.flag_bits & _ENCRYPTED for info in self._zip.infolist()):
            raise refused.locked()
        if "word/document.xml" in lowered:
            raise refused.not_a_table("Это документ Word, а не таблица")
        if "ppt/presentation.xml" in lowered:
            raise refused.not_a_table("Это презентация, а не таблица")
        if any(mark in name for name in lowered for mark in _MACROS) or _has_basic(lowered):
            raise refused.macros()
        self._weigh()
        if b"encryption-data" in self.part("META-INF/manifest.xml"):
            raise refused.locked()
        if not any(name.startswith("xl/workbook") or name == "content.xml" for name in lowered):
            raise _archive_of_files(self.names)

    def part(self, name: str) -> bytes:
        """A part unpacked; nothing where there is none."""
        if name not in self._parts:
            try:
                self._parts[name] = self._zip.read(name) if name in self.names else b""
            except _SPENT as error:
                raise refused.damaged() from error
        return self._parts[name]

    def _weigh(self) -> None:
        """Refuse what unpacks into too much; headers are believed only where they cannot matter."""
        infos = self._zip.infolist()
        declared = sum(info.file_size for info in infos)
        possible = sum(info.compress_size for info in infos) * _RATIO
        if declared > MOST_BYTES or (possible > MOST_BYTES and self._unpacked() > MOST_BYTES):
            raise refused.bomb(MOST_BYTES // 2**20)

    def _unpacked(self) -> int:
        total = 0
        for info in self._zip.infolist():
            limit = info.file_size
            info.file_size = MOST_BYTES + 1  # the reader stops at what the header says, a workbook's does not
            try:
                with self._zip.open(info) as part:
                    read = part.read(MOST_BYTES + 1 - total)
                    total += len(read)
                    self._parts[info.filename] = read
            except _SPENT:
                continue  # a damaged part is told of when it is needed
            finally:
                info.file_size = limit
            if total > MOST_BYTES:
                break
        return total


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _SPENT as error:
        is_cut = len(content) > _HEADER and b"PK\x05\x06" not in content
        raise (refused.truncated() if is_cut else refused.damaged()) from error


def _has_basic(names: list[str]) -> bool:
    """Macros of an ods."""
    return any(name.startswith("basic/") and name.endswith(".xml") and "-lb.xml" not in name and
               "-lc.xml" not in name for name in names)  # fmt: skip


def _archive_of_files(names: list[str]) -> Exception:
    tables = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv")
    if any(name.lower().endswith(tables) for name in names):
        return refused.not_a_table("Это архив с файлами: распакуйте его и пришлите сами таблицы")
    return refused.damaged()
