"""Why a file is not opened, in the sender's words: one function a fault."""

from __future__ import annotations

from pipelines.read.sheet import UnreadableError

_AGAIN = "Откройте его в Excel, сохраните как «Книга Excel (.xlsx)» и пришлите заново"
_TABLE = "Пришлите исходную таблицу Excel (xlsx, xls, ods) или csv"
_FOREIGN = {
    b"%PDF": "Это PDF, а не таблица",
    b"PK\x05\x06": "Это пустой архив, а не таблица",
    b"Rar!": "Это архив RAR, а не таблица",
    b"7z\xbc\xaf": "Это архив 7z, а не таблица",
    b"\x89PNG": "Это картинка, а не таблица",
    b"\xff\xd8\xff": "Это фотография, а не таблица",
    b"GIF8": "Это картинка, а не таблица",
    b"{\\rtf": "Это текстовый документ RTF, а не таблица",
    b"MZ": "Это программа, а не таблица",
    b"\x1f\x8b": "Это архив gzip, а не таблица",
    b"PAR1": "Это файл Parquet, а не таблица Excel",
    b"SQLite format 3": "Это база данных, а не таблица",
    b"MIME-Version:": "Это веб-архив (mht), а не таблица",
}


def foreign(content: bytes) -> UnreadableError | None:
    """What the file is if it is no table at all, by its first bytes."""
    message = next((said for start, said in _FOREIGN.items() if content.startswith(start)), None)
    return not_a_table(message) if message else None


def not_a_table(message: str) -> UnreadableError:
    """Some other kind of file."""
    return UnreadableError("not_a_table", message, _TABLE)


def empty(message: str, fix: str) -> UnreadableError:
    """Nothing to read."""
    return UnreadableError("empty", message, fix)


def locked() -> UnreadableError:
    """A password is asked for."""
    return UnreadableError(
        "password",
        "Файл защищён паролем и не открывается",
        "Снимите защиту: «Файл» → «Сведения» → «Защита книги», сохраните и пришлите заново",
    )


def damaged() -> UnreadableError:
    """Begins like a workbook and cannot be read."""
    return UnreadableError("damaged", "Файл повреждён или это не таблица Excel", _AGAIN)


def truncated() -> UnreadableError:
    """The end of the file did not arrive."""
    fix = "Скопируйте или отправьте его ещё раз; если он так и лежит у вас, сохраните таблицу заново"
    return UnreadableError("truncated", "Файл оборван: конец не дошёл при копировании или пересылке", fix)


def macros() -> UnreadableError:
    """Programs inside a workbook are neither run nor kept."""
    fix = "Сохраните книгу без макросов: «Файл» → «Сохранить как» → «Книга Excel (.xlsx)» — и пришлите её"
    return UnreadableError("macros", "В файле макросы (программы), такие файлы не принимаются", fix)


def bomb(megabytes: int) -> UnreadableError:
    """Would unpack into more than any real table holds."""
    message = f"Файл распаковывается больше чем в {megabytes} МБ: таблиц такой величины не бывает"
    return UnreadableError("bomb", message, "Скопируйте саму таблицу в новую книгу и пришлите её")


def too_far(sheet: str, cell: str) -> UnreadableError:
    """A stray cell so far away that the sheet would not fit into memory."""
    message = f"На листе «{sheet}» занято слишком много места: последняя заполненная ячейка — {cell}"
    fix = f"Если в {cell} случайная запись, удалите её (Ctrl+End покажет, где это) и сохраните файл"
    return UnreadableError("too_far", message, fix)


def web_page() -> UnreadableError:
    """A web page in which there is no table."""
    return UnreadableError(
        "html",
        "Это веб-страница без таблицы, сохранённая с именем таблицы",
        "Откройте её в Excel, сохраните как «Книга Excel (.xlsx)» и пришлите заново",
    )


def old_xml() -> UnreadableError:
    """Excel's XML of 2003."""
    return UnreadableError("xml", "Это таблица XML, а не книга Excel", _AGAIN)
