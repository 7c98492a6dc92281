"""Results of formulas, put back where openpyxl leaves them out: a reader that does not calculate sees them."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils.datetime import to_excel

Results = dict[str, dict[str, Any]]
"""Sheet → address → what the formula there had given."""
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*>.*?</f>|<f[^>]*/>)<v\s*(?:/>|></v>)', re.DOTALL)


def with_results(content: bytes, paths: dict[str, str], results: Results) -> bytes:
    """The workbook with the results of its formulas; ``paths`` says in which part each sheet lies."""
    parts = {paths[title].lstrip("/"): cells for title, cells in results.items() if cells and title in paths}
    if not parts:
        return content
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            after.writestr(entry, _filled(part, parts.get(entry.filename, {})))
    return out.getvalue()


def _filled(part: bytes, cells: dict[str, Any]) -> bytes:
    def put(found: re.Match[bytes]) -> bytes:
        value = cells.get(found[1].decode(), "")
        if value == "":
            return found[0]
        kind, text = _written(value)
        return b'<c r="%b"%b%b>%b<v>%b</v>' % (found[1], found[2], kind, found[3], text.encode())

    return _FORMULA.sub(put, part) if cells else part


def _written(value: Any) -> tuple[bytes, str]:
    """Type attribute and text of a value as the format has them."""
    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, str):
        return (b' t="e"' if value.startswith("#") else b' t="str"'), escape(value)
    if isinstance(value, datetime | date | time | timedelta):
        return b"", str(to_excel(value))  # type: ignore[no-untyped-call]
    return b"", repr(value)
