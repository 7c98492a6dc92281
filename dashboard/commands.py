"""Commands over snapshots that have been built: named releases and what lies behind their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import FOUND, Data, Json, _table, option
from pipelines.terminal import FINE, MistakeError, say, say_json

if TYPE_CHECKING:
    from dashboard.compare import Difference
    from dashboard.explain import Origin
    from dashboard.notebook import Notebook
    from dashboard.queries.similar import Peers
    from dashboard.similar import Beside

Name = Annotated[str, typer.Argument(metavar="НАЗВАНИЕ", help="Как назвать, например «Отчёт 2025/26».")]


def release(name: Name, data: Data = FOUND) -> int:
    """Закрепить нынешний снимок под именем: он хранится отдельно и больше не меняется."""
    from dashboard.marts import releases as known
    from pipelines.releases import ReleaseError, freeze

    try:
        freeze(data, name)
    except ReleaseError as error:
        raise MistakeError(str(error)) from error
    newest = known(data)[-1]
    say(f"Выпуск «{newest.name}» закреплён: снимок {newest.id}")
    return FINE


def releases(as_json: Json = False, data: Data = FOUND) -> int:
    """Перечислить закреплённые выпуски."""
    from dashboard.marts import releases as known
    from dashboard.words import moment

    found = known(data)
    if as_json:
        say_json([{"name": one.name, "id": one.id, "frozen_at": one.frozen_at.isoformat()} for one in found])
        return FINE
    if not found:
        say("Выпусков ещё нет. Закрепить нынешний снимок: kabinet release НАЗВАНИЕ")
        return FINE
    _table(
        ("Выпуск", "Закреплён", "Снимок"), [(r.name, moment(r.frozen_at.astimezone()), r.id) for r in found]
    )
    return FINE


def listed(
    name: Annotated[str, typer.Argument(metavar="СПИСОК", help="Имя списка: 1324 или 955.")],
    year: Annotated[
        int | None, option("--year", "ГОД", "Учебный год; иначе последний.", min=2010, max=2100)
    ] = None,
    school: Annotated[str | None, option("--school", "КОД", "Организация; без неё — район.")] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Заполнить официальный список показателей тем, что есть в данных."""
    from dashboard.marts import NoSnapshotError, open_latest
    from dashboard.official import filled, names
    from dashboard.queries import Queries
    from dashboard.slices import UnknownSchool, canonical

    try:
        marts = open_latest(data)
        stored = canonical(marts.snapshot(), {"school": school}).get("school", [None])[0]
    except (NoSnapshotError, UnknownSchool) as error:
        raise MistakeError(str(error)) from error
    q = Queries(marts)
    found = filled(q, name, year or max(q.years(), default=0), str(stored) if stored else None)
    if found is None:
        raise MistakeError(
            f"Списка «{name}» нет. Есть: {', '.join(names(q)) or 'ни одного, соберите витрины'}."
        )
    if as_json:
        say_json([{"item": line.item, "title": line.title, "indicator": line.indicator, "text": line.text,
                   "fill": line.fill} for line in found.lines])  # fmt: skip
        return FINE
    _table(("Пункт", found.title, "Значение"), [(line.item, line.title, line.text) for line in found.lines])
    return FINE


def explain(
    indicator: Annotated[str, typer.Argument(metavar="ПОКАЗАТЕЛЬ", help="Имя из kabinet indicators.")],
    where: Annotated[list[str] | None, option("--where", "РАЗРЕЗ=ЗНАЧЕНИЕ,…", "Что отобрать.")] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Показать, откуда число: формула, числитель и знаменатель, файлы, что не вошло и почему."""
    from dashboard import answer, values
    from dashboard.explain import as_record, origin
    from dashboard.marts import NoSnapshotError, open_latest

    known = (answer.QuestionError, values.UnknownIndicator, values.UnknownDimension, values.UnknownSchool)
    try:
        found = origin(open_latest(data), indicator, answer.conditions(where or []))
    except (*known, NoSnapshotError) as error:
        raise MistakeError(str(error)) from error
    if as_json:
        say_json(as_record(found))
        return FINE
    _say_origin(found)
    return FINE


def _say_origin(found: Origin) -> None:
    from dashboard.blocks import Facts, Note, Table
    from dashboard.explained import blocks

    for block in blocks(found):
        if isinstance(block, Facts):
            for fact in block.items:
                say(f"{fact.term}: {fact.text}")
        elif isinstance(block, Table):
            say(f"\n{block.caption}")
            _table(
                [c.title for c in block.columns], [[cell.text for cell in row.cells] for row in block.rows]
            )
        elif isinstance(block, Note):
            say(block.text)


def compare(
    before: Annotated[str, typer.Argument(metavar="ВЫПУСК", help="Название выпуска.")],
    after: Annotated[
        str | None, typer.Argument(metavar="[ВЫПУСК]", help="С чем сравнить; без него — нынешний снимок.")
    ] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Сравнить два выпуска: какие числа изменились и из-за каких файлов или описаний."""
    from dashboard.compare import compare as differ
    from dashboard.marts import NoSnapshotError, open_latest, open_release

    try:
        old = open_release(data, before).snapshot()
        new = (open_release(data, after) if after else open_latest(data)).snapshot()
    except NoSnapshotError as error:
        raise MistakeError(str(error)) from error
    found = differ(old, new)
    if as_json:
        say_json([{**vars(one), "schools": list(one.schools), "files": list(one.files),
                   "declarations": list(one.declarations)} for one in found.moved])  # fmt: skip
        return FINE
    _say_difference(found)
    return FINE


def _say_difference(found: Difference) -> None:
    from dashboard.words import joined, plain, school_year

    if not found.moved:
        say(f"Ни одно число не изменилось; проверено показателей по годам: {found.looked_at}.")
        return
    rows = [
        (one.title, school_year(one.year), *("—" if v is None else plain(v) for v in (one.before, one.after)),
         joined(list(one.schools), 3), joined([*one.files, *(f"описание: {d}" for d in one.declarations)], 3))
        for one in found.moved
    ]  # fmt: skip
    _table(("Показатель", "Год", "Было", "Стало", "Где", "Из-за чего"), rows)
    say(f"Изменилось {len(found.moved)} из {found.looked_at}; остальные числа те же.")


def attention(
    year: Annotated[
        int | None, option("--year", "ГОД", "Учебный год; иначе последний.", min=2010, max=2100)
    ] = None,
    dismiss: Annotated[
        str | None, option("--dismiss", "ИМЯ", "Снять этот сигнал; имена — в первом столбце.")
    ] = None,
    why: Annotated[str, option("--why", "СЛОВА", "Почему сигнал снят.")] = "",
    who: Annotated[str, option("--who", "КТО", "Кто это решил.")] = "",
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Показать сигналы года с основанием; снять сигнал, если с ним разобрались."""
    from dashboard.attention import about, against
    from dashboard.marts import NoSnapshotError, open_latest
    from dashboard.notebook import Notebook, NotebookError
    from dashboard.queries import Queries
    from dashboard.queries.comparisons import comparisons, signals

    try:
        q, notebook = Queries(open_latest(data)), Notebook(data)
        looked_at = comparisons(q, year or max(q.years(), default=0))
        titles = {one.id: about(q, one) for one in signals(looked_at)}
        if dismiss is not None:
            _dismiss(notebook, titles, dismiss, why, who)
        gone = notebook.dismissed()
    except (NoSnapshotError, NotebookError, ValueError) as error:
        raise MistakeError(str(error)) from error
    here = [one for one in signals(looked_at) if one.id not in gone]
    if as_json:
        say_json([{"id": one.id, "text": titles[one.id], "evidence": against(one), "p": one.p, "q": one.q}
                  for one in here])  # fmt: skip
        return FINE
    if here:
        _table(("Имя", "Сигнал", "Основание"), [(one.id, titles[one.id], against(one)) for one in here])
    say(f"Проверено сравнений: {len(looked_at)}; сигналов: {len(here)}; снято: {len(titles) - len(here)}.")
    return FINE


def similar(
    school: Annotated[str, typer.Argument(metavar="ШКОЛА", help="Код или название школы.")],
    year: Annotated[
        int | None, option("--year", "ГОД", "Учебный год; иначе последний.", min=2010, max=2100)
    ] = None,
    put_in: Annotated[list[str] | None, option("--with", "КОД,…", "Добавить школы в набор.")] = None,
    take_out: Annotated[list[str] | None, option("--without", "КОД,…", "Убрать школы из набора.")] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Показать школу среди похожих по условиям: набор и сравнение долей, без мест."""
    from dashboard import similar as beside
    from dashboard.marts import NoSnapshotError, open_latest
    from dashboard.queries import Queries
    from dashboard.queries.similar import peers
    from dashboard.slices import UnknownSchool, canonical

    try:
        marts = open_latest(data)
        (one,), ins, outs = (
            canonical(marts.snapshot(), {"school": names}).get("school", [])
            for names in ([school], _several(put_in), _several(take_out))
        )
    except (NoSnapshotError, UnknownSchool) as error:
        raise MistakeError(str(error)) from error
    q = Queries(marts)
    at = year or max(q.years(), default=0)
    changes = ",".join([*map(str, ins), *(f"-{code}" for code in outs)])
    found = peers(q, q.schools()[str(one)], at, changes)
    if found is None:
        raise MistakeError("Похожих школ в этом снимке нет: соберите витрины заново (kabinet build).")
    rows = beside.beside(q, found, at)
    if as_json:
        say_json(beside.as_record(found, rows))
    else:
        _say_peers(found, rows)
    return FINE


def _several(given: list[str] | None) -> list[str]:
    return [name.strip() for part in given or [] for name in part.split(",") if name.strip()]


def _say_peers(found: Peers, rows: list[Beside]) -> None:
    from dashboard.parts import counted
    from dashboard.words import number

    if not found.members:
        say("Похожих школ не нашлось: они подбираются по анкете школы. Добавить свои: --with КОД.")
        return
    _table(
        ("Код", "Похожая школа", "Отличие условий"),
        [(one.school.id, one.school.label, "—" if one.distance is None else number(one.distance, 2))
         for one in found.members],
    )  # fmt: skip
    if found.is_few:
        say(f"Похожих школ {len(found.members)}, меньше {found.enough}: сравнение мало что говорит.")
    if rows:
        _table(
            ("Показатель", "Школа", "Похожие вместе", "Отличие"),
            [(row.title, counted(row.mine).text, counted(row.others).text, row.verdict) for row in rows],
        )


def _dismiss(notebook: Notebook, titles: dict[str, str], wanted: str, why: str, who: str) -> None:
    if wanted not in titles:
        raise MistakeError(f"Сигнала «{wanted}» нет. Имена показывает kabinet attention.")
    notebook.dismiss(wanted, titles[wanted], why, who)
