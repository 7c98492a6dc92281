"""What ``kabinet check --return`` does around the work: the folder tried first, a bar, what was written said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from pipelines.findings import FileReport
from pipelines.terminal import MistakeError, err, progress
from pipelines.words import plural


def tried(folder: Path | None) -> None:
    """Fail before the long work rather than after it."""
    if folder is None:
        return
    from pipelines.returned.give import FolderError, ready

    try:
        ready(folder)
    except FolderError as error:
        raise MistakeError(str(error)) from error


def write(paths: Sequence[Path], reports: Sequence[FileReport], folder: Path | None, root: Path) -> None:
    """Write what goes back to the senders; said on stderr, so that the JSON stays alone on stdout."""
    if folder is None:
        return
    from pipelines.returned.give import give_back

    try:
        with progress("Возврат") as bar:
            written = give_back(paths, reports, folder, root, bar)
    except PermissionError:
        raise
    except OSError as error:
        reason = "не хватило места или диск недоступен" if error.filename is None else str(error.filename)
        raise MistakeError(f"Не удалось записать в папку {folder}: {reason}.") from error
    counted = plural(len(written), "файл", "файла", "файлов")
    err().print(escape(f"Возврат отправителям: {counted} с отметками и письма лежат в папке {folder}"))
