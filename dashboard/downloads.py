"""What a chart or table is saved as: PNG and SVG by the installed browser, XLSX with its numbers.

Everything is built only when somebody clicks, and under the display policy: a table's cells carry a number
only where `dashboard.display` allows one. A file has an address of its own, so that a link makes it: it costs a page
nothing, and can be sent like the page itself.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from dashboard.blocks import Chart, Link, Save, Table
from dashboard.selection import Selection
from dashboard.theme import LIGHT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

KINDS = ("png", "svg", "xlsx")
PLACE = "/figures/"
NO_BROWSER = "Чтобы сохранять PNG и SVG, установите Chrome, Chromium или Edge и перезапустите «Кабинет»"


@cache
def has_browser() -> bool:
    """Is there a browser that can draw a chart into a file?"""
    from choreographer.browsers.chromium import Chromium

    return Chromium.find_browser(skip_local=True) is not None


def save(kind: str, page: str, chosen: Selection, key: str) -> Save:
    """The file of a figure or table of a page as a link."""
    query = urlencode({"at": Link("", page, chosen).href, "figure": key})
    refused = "" if kind == "xlsx" or has_browser() else NO_BROWSER
    return Save(kind.upper(), f"{PLACE}{kind}?{query}", refused)


def image(chart: Chart, title: str, kind: str) -> bytes:
    """The chart as ``png`` or ``svg``, in the light appearance, with its title above and its caption below."""
    import plotly.io

    figure = chart.figure(LIGHT)
    figure.update_layout(width=1200, height=max(int(figure.layout.height or 420), 300) + 130)
    figure.update_layout(paper_bgcolor=LIGHT.ground, margin_b=int(figure.layout.margin.b or 50) + 60)
    figure.add_annotation(
        text=_wrapped(chart.caption.text), x=0, y=0, xref="paper", yref="paper", yshift=-48, xanchor="left",
        yanchor="top", align="left", showarrow=False, font={"size": 12, "color": LIGHT.muted},
    )  # fmt: skip
    figure.update_layout(title={"text": title, "x": 0.01, "font": {"size": 16}}, margin_t=64)
    return bytes(plotly.io.to_image(figure, format=kind, scale=2 if kind == "png" else 1))


def _wrapped(text: str, width: int = 165) -> str:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "<br>".join(lines)


def workbook(table: Table, title: str, caption: str = "") -> bytes:
    """The table as XLSX: title and caption above, numbers as numbers where they may be shown."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = _sheet_name(title)
    sheet.append([title])
    sheet.append([caption or table.caption])
    sheet.append([])
    sheet.append([column.title for column in table.columns])
    for row in table.rows:
        sheet.append([_written(cell.text) if cell.value is None else cell.value for cell in row.cells])
    for cell in (*sheet[1], *sheet[4]):
        cell.font = Font(bold=True)
    _fit(sheet, table)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _written(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _fit(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for index, column in enumerate(table.columns):
        longest = max([len(column.title), *(len(row.cells[index].text) for row in table.rows)], default=10)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(max(longest + 2, 9), 60)
    sheet.freeze_panes = "A5"


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "Таблица"


def file_name(title: str, extension: str) -> str:
    """A file name that any system takes: «качество знаний.xlsx»."""
    return re.sub(r'[<>:"/\\|?*«»\s]+', " ", title).strip()[:80] + f".{extension}"
