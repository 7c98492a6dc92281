"""A checked file as HTML: what it is, its organisations, every cause with the rows around its cells."""

from __future__ import annotations

from html import escape
from typing import Any

from dashboard.blocks import Tone
from dashboard.display import Measure, shown
from dashboard.words import in_quotes, number, plural, school_year

Plain = dict[str, Any]
GLYPHS = {"accepted": "●", "accepted_with_warnings": "◆", "refused": "✕"}
CSS = {"accepted": "accepted", "accepted_with_warnings": "warned", "refused": "refused"}
_SEVERITY = {"error": ("✕", "bad"), "warning": ("◆", "watch"), "info": ("○", "muted")}
MOVES = 10
"""Indicators that are named."""
OPEN = 3
"""Organisations whose findings are unfolded at once."""


def head(file: Plain) -> str:
    """Name, kind and what would become of it."""
    facts = [file["kind"]]
    parts = file["parts"]
    periods = list(dict.fromkeys(part["period"] for part in parts))
    facts += periods if len(periods) == 1 else []
    facts += [parts[0]["name"]] if len(parts) == 1 else []
    facts += [plural(file["rows"], "строка", "строки", "строк")] if file["rows"] else []
    return (
        f'<div class="kb-file"><h2>{escape(file["name"])}</h2>'
        f'<p class="kb-note">{escape(" · ".join(facts))}</p>'
        f'<p class="kb-verdict">{state(file["status"])} {escape(file["verdict"])}{_news(file)}</p></div>'
    )


def state(status: str) -> str:
    """The sign of a verdict."""
    return f'<span class="kb-state-{CSS[status]}" aria-hidden="true">{GLYPHS[status]}</span>'


def _news(file: Plain) -> str:
    news = file.get("compared")
    if not news:
        return ""
    said = f"исправлено {number(news['fixed'])}, осталось {number(news['left'])}, новых {number(news['new'])}"
    return f' <span class="kb-chip">с прошлого раза: {said}</span>'


def findings(file: Plain) -> str:
    """Findings of the file as a whole, then of each organisation."""
    whole = f'<ul class="kb-causes">{"".join(map(_cause, file["causes"]))}</ul>' if file["causes"] else ""
    parts = file["parts"]
    if len(parts) == 1:
        own = "".join(map(_cause, parts[0]["causes"]))
        return f'{whole}<ul class="kb-causes">{own}</ul>' if own else whole
    told = [part for part in parts if part["causes"]]
    noted = file["counts"]["noted"]
    left = _others("С замечаниями ещё {}: скачайте файл с пометками.", noted - len(told))
    plain = _others("Без замечаний: {}.", file["counts"]["all"] - noted)
    return whole + "".join(_part(part, place < OPEN) for place, part in enumerate(told)) + left + plain


def _others(text: str, count: int) -> str:
    """How many organisations are not told of one by one."""
    counted = plural(count, "организация", "организации", "организаций")
    return f'<p class="kb-small">{text.format(counted)}</p>' if count else ""


def _part(part: Plain, is_open: bool) -> str:
    counted = plural(sum(c["count"] for c in part["causes"]), "замечание", "замечания", "замечаний")
    return (
        f'<details class="kb-part"{" open" if is_open else ""}><summary>{state(part["status"])} '
        f'<strong>{escape(part["name"])}</strong> <span class="kb-note">{escape(part["period"])} · {counted}</span>'
        f'</summary><ul class="kb-causes">{"".join(map(_cause, part["causes"]))}</ul></details>'
    )


def _cause(cause: Plain) -> str:
    glyph, tone = ("✓", "good") if cause["acknowledged"] else _SEVERITY[cause["severity"]]
    places = [place for place in cause["places"] if place["cell"]]
    cells = ", ".join(place["cell"] for place in places)
    left = cause["count"] - len(cause["places"])
    cells += f" и ещё {number(left)}" if cells and left > 0 else ""
    column = next((place["column"] for place in places if place["column"]), "")
    where = f"<strong>{escape(cells)}</strong> " if cells else ""
    named = f"«{escape(_short(column))}»: " if column and column not in cause["title"] else ""
    fix = f' <span class="kb-fix">{escape(cause["fix"])}</span>' if cause["fix"] and tone != "good" else ""
    return (
        f'<li><span class="kb-glyph kb-{tone}" aria-hidden="true">{glyph}</span>'
        f"<div>{where}{named}{escape(cause['title'].rstrip('.'))}.{fix}{_known(cause)}{grid(cause['excerpt'])}</div></li>"
    )


def _known(cause: Plain) -> str:
    known = cause.get("acknowledged")
    if not known:
        return ""
    said = f"Подтверждено {known['at']}, {known['by']}: {known['why']}"
    return f'<span class="kb-small">{escape(said)}</span>'


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def grid(rows: Plain | None) -> str:
    """The rows around a cell as a sheet shows them, the cell marked."""
    if not rows:
        return ""
    heads = "".join(f"<th>{escape(letter)}</th>" for letter in rows["columns"])
    lines = "".join(
        f'<tr><th scope="row">{row["number"]}</th>{"".join(map(_grid_cell, row["cells"]))}</tr>'
        for row in rows["rows"]
    )
    sheet = f' aria-label="Лист «{escape(rows["sheet"] or "", quote=True)}»"'
    return (
        f'<div class="kb-scroll"><table class="kb-grid"{sheet}><tr><th></th>{heads}</tr>{lines}</table></div>'
    )


def _grid_cell(cell: Plain) -> str:
    css = ' class="kb-marked"' if cell["marked"] else ""
    return f"<td{css}>{escape(cell['text'])}</td>"


def known(file: Plain) -> str:
    """A file with the same content was here before."""
    name = file["file"].rsplit("/", 1)[-1]
    text = f"Этот же файл уже приняли {file['at']} («{name}»)"
    if file["undone_by"]:
        return f"{text}; отменил(а) {file['undone_by']}. Его можно принять снова."
    if file["counts"]:
        return f"{text}: он действует, принимать нечего."
    return f"{text}; теперь действует более поздний. Чтобы вернуть этот, отмените более поздний."


def became(act: str, result: Plain) -> tuple[str, Tone]:
    """What came of an action, in words."""
    if not result.get("ok"):
        return str(result.get("message")), "bad"
    if act == "undo":
        former = [name.rsplit("/", 1)[-1] for name in result["former"]]
        now = (
            f"снова действует {', '.join(f'«{name}»' for name in former)}"
            if former
            else "прежнего файла не было"
        )
        return f"Приём отменён: {now}.", "watch"
    if act == "accept" and result["status"] == "refused":
        return "Записано, что файл возвращён. Скачайте его с пометками и пошлите с письмом.", "watch"
    if act == "accept":
        return "Принято: страницы показывают новые числа.", "good"
    if act == "confirm":
        return f"Запомнено: {in_quotes(result['spelling'])} теперь известно, файлы проверены заново.", "good"
    count = plural(result["count"], "замечание", "замечания", "замечаний")
    return f"Подтверждено: {count}.", "good"


def replacement(file: Plain, answer: Plain | None) -> str:
    """What the file would change: rows against the former one, then the indicators."""
    parts = [part for part in file["parts"] if part["replaces"]]
    lines = "".join(
        f"<li><span class='kb-glyph kb-plain' aria-hidden='true'>⇄</span><div>{escape(_whose(part, parts))}вместо "
        f"«{escape(part['replaces']['file'].rsplit('/', 1)[-1])}» от {part['replaces']['at']}: "
        f"{escape(part['replaces']['difference'])}</div></li>"
        for part in parts
    )
    left = _others("И ещё {}.", file["counts"]["replacing"] - len(parts))
    return (
        '<section class="kb-replaced"><h3>Что изменится</h3>'
        f'<ul class="kb-causes">{lines}</ul>{left}{_moves(answer)}</section>'
    )


def _whose(part: Plain, parts: list[Plain]) -> str:
    return f"{part['name']}, {part['period']}: " if len(parts) > 1 else ""


def _moves(answer: Plain | None) -> str:
    if answer is None:
        return '<p class="kb-small">Считаю, какие показатели изменятся…</p>'
    if not answer.get("ok"):
        return f'<p class="kb-small">{escape(str(answer.get("message")))}</p>'
    moves = answer["moves"]
    if not moves:
        return '<p class="kb-small">Ни один показатель не изменится.</p>'
    rows = "".join(map(_move, moves[:MOVES]))
    left = len(moves) - MOVES
    more = plural(left, "показатель", "показателя", "показателей")
    rest = f'<p class="kb-small">И ещё {more}.</p>' if left > 0 else ""
    return (
        '<div class="kb-scroll"><table class="kb-table"><thead><tr><th>Показатель</th><th>Где</th>'
        '<th class="kb-number">Было</th><th class="kb-number">Станет</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{rest}"
    )


def _move(move: Plain) -> str:
    year = f", {school_year(move['school_year'])}" if move["school_year"] else ""
    before, after = (_value(move, side) for side in ("before", "after"))
    return (
        f"<tr><td>{escape(move['title'])}{year}</td><td>{escape(move['name'])}</td>"
        f'<td class="kb-number">{before}</td><td class="kb-number"><strong>{after}</strong></td></tr>'
    )


def _value(move: Plain, side: str) -> str:
    """As the pages show a number of so many people: below ten no percent."""
    value, counts, unit = move[side], move[f"{side}_of"], move["unit"]
    if value is None:
        return "нет"
    numerator, denominator, n = counts
    seen = shown(Measure(numerator, denominator, n, value, kind=move["kind"], unit=unit))
    if unit in ("", "%") or seen.value is None:
        return escape(seen.text)
    return f"{escape(seen.text)}\u00a0{escape(unit)}"


def letter(text: str) -> str:
    """The letter with a button that copies it."""
    return (
        f'<div class="kb-letter"><pre id="kb-letter">{escape(text)}</pre>'
        '<button type="button" class="kb-pill" data-copy="kb-letter">Скопировать</button></div>'
    )
