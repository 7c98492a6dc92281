"""Every checked file written back: marked, explained, and with a letter.

No value of the sender's is ever changed: what is written is read again and compared, and where the workbook
could not be kept as it is, its cells are written into a plain one. Macros, external links and charts stay out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.findings import FileReport
from pipelines.read import Sheet, UnreadableError, read_book
from pipelines.returned.book import converted, is_ours, kept, without_old_marks
from pipelines.returned.earlier import compared
from pipelines.returned.formulas import with_results
from pipelines.returned.letter import letter
from pipelines.returned.marks import mark
from pipelines.returned.remarks import SUFFIX, Back, remarks_of
from pipelines.returned.sheet import add_sheet
from pipelines.staging import Store, _written_beside

Progress = Callable[[str, int, int], None]


class FolderError(Exception):
    """The folder cannot be written to: what is wrong and what to do, in Russian."""


def give_back(
    paths: Sequence[Path], reports: Sequence[FileReport], folder: Path, root: Path, progress: Progress
) -> list[Path]:
    """Write a marked workbook and a letter for every file; returns the workbooks."""
    ready(folder)
    known, taken = Store(root).reports(), {path.resolve() for path in paths}
    written = []
    for done, (path, report) in enumerate(zip(paths, reports, strict=True)):
        progress(path.name, done, len(paths))
        target = _free(folder, _stem(path), taken)
        back = Back(path.name, target.name, report, compared(report, known))
        with _written_beside(target) as beside:
            beside.write_bytes(workbook(_content(path), back))
        with _written_beside(target.with_name(f"{target.stem.removesuffix(SUFFIX)} — письмо.txt")) as beside:
            beside.write_text(letter(back, root), encoding="utf-8-sig", newline="\r\n")
        written.append(target)
    return written


def workbook(content: bytes, back: Back) -> bytes:
    """The sender's workbook with its marks and «Замечания» in front, as xlsx."""
    try:
        sheets = read_book(content) if _has_marks(back) else []
    except UnreadableError:
        sheets = []
    own = _marked(content, sheets, back) if content.startswith(b"PK") and sheets else None
    return own or _plain(sheets, back)


def _has_marks(back: Back) -> bool:
    """Whether anything is to be shown in the workbook: one that is not known comes back as remarks alone."""
    found = [remark.finding for remark in remarks_of(back)]
    return back.report.status != "refused" or any(finding.cell or finding.row for finding in found)


def ready(folder: Path) -> None:
    """Make the folder, or say in words why it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderError(f"{folder} — это файл, а нужна папка. Назовите другую.") from error
    except OSError as error:
        raise FolderError(
            f"Папку {folder} не удалось создать. Проверьте имя и права или назовите другую."
        ) from error


def _marked(content: bytes, sheets: list[Sheet], back: Back) -> bytes | None:
    """The sender's workbook itself; None if it cannot be kept without changing a value."""
    book, results = kept(content, sheets)
    if book is None:
        return None
    without_old_marks(book)
    places = mark(book, remarks_of(back))
    add_sheet(book, back, places)
    out = io.BytesIO()
    book.save(out)
    written = with_results(out.getvalue(), {sheet.title: sheet.path for sheet in book.worksheets}, results)
    return written if _same(sheets, read_book(written)) else None


def _plain(sheets: list[Sheet], back: Back) -> bytes:
    """The sender's cells in a workbook without styles: an older format, text, or what could not be kept."""
    book = converted(sheets)
    add_sheet(book, back, mark(book, remarks_of(back)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _same(before: list[Sheet], after: list[Sheet]) -> bool:
    """Whether every cell that was there says the same."""
    found = {sheet.name: sheet.rows for sheet in after}
    return all(
        sheet.name in found and _cells(sheet.rows) == _cells(found[sheet.name])
        for sheet in before
        if not is_ours(sheet)
    )


def _cells(rows: list[list[object]]) -> dict[tuple[int, int], object]:
    """What a person sees in the cells: one that holds only spaces is empty."""
    return {
        (r, c): round(cell, 9) if isinstance(cell, float) else cell
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if not isinstance(cell, str) or cell.strip()
    }


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _stem(path: Path) -> str:
    """The file's own name without what earlier returns added to it."""
    return re.sub(rf"(?:{SUFFIX}(?: \(\d+\))?)+$", "", path.stem)


def _free(folder: Path, stem: str, taken: set[Path]) -> Path:
    """A name that is no file given to us, nor one just written."""
    target, number = folder / f"{stem}{SUFFIX}.xlsx", 2
    while target.resolve() in taken:
        target, number = folder / f"{stem} ({number}){SUFFIX}.xlsx", number + 1
    taken.add(target.resolve())
    return target
