"""What a person may add to any page: pin it to a board, leave a remark. Asked for by the address's ``panel``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard import tour
from dashboard.blocks import Block, Entry, Field, Form, Link
from dashboard.notebook import SUMMARY, Notebook, Remark
from dashboard.selection import Selection
from dashboard.words import written_at

PIN, REMARK, OWN = "pin", "remark", "own"
WHOLE_PAGE = "page"
OWN_BOARD = "Моя доска"


@dataclass(frozen=True)
class Here:
    """Where a person stands: a page, what is chosen there, and what others have said about it."""

    page: str = ""
    chosen: Selection = field(default_factory=Selection)
    notebook: Notebook | None = None
    leave_demo: Callable[[], None] | None = None
    """Takes the demonstration district away; only where these are its pages."""

    @property
    def view(self) -> Selection:
        """The choice without what only unfolds something."""
        return self.chosen.but(panel=None, part=None)

    def place(self, key: str) -> str:
        """A figure of this page, or the page as a whole, as remarks know it."""
        return f"{self.page}?{self.view.query()}#{key}"

    def remarks_link(self, key: str) -> Link | None:
        """The way to the remarks about a figure, with their number; none where there is no notebook."""
        if self.notebook is None:
            return None
        count = self.notebook.counted().get(self.place(key), 0)
        label = f"Заметки: {count}" if count else "Добавить заметку"
        return Link(label, self.page, self.chosen.but(panel=f"{REMARK}:{key}"))


def at_top(here: Here, title: str) -> tuple[Block, ...]:
    """The panel of the whole page that the address asks for."""
    if here.chosen.panel == PIN:
        return (_pin(here, title),) if here.notebook else ()
    if here.chosen.panel == OWN:
        return (_own(here),) if here.leave_demo else ()
    return tour.at_top(here.chosen, here.page) or beside(here, WHOLE_PAGE)


def beside(here: Here, key: str) -> tuple[Block, ...]:
    """The remarks about one figure, when the address asks for them."""
    if here.notebook is None or here.chosen.panel != f"{REMARK}:{key}":
        return ()
    return (_remarks(here, here.notebook, key),)


def _pin(here: Here, title: str) -> Form:
    notebook = here.notebook
    assert notebook is not None  # asked for only where there is one
    boards = tuple(dict.fromkeys([OWN_BOARD, SUMMARY, *notebook.boards()]))

    def submit(given: dict[str, str]) -> None:
        notebook.pin(
            given["new"] or given["board"],
            given["title"] or title,
            here.page,
            here.view.query(),
            given["author"],
        )

    return Form(
        key="panel-pin",
        title="Закрепить на доске",
        fields=(
            Field("title", "Как назвать", title),
            Field("board", "Доска", options=boards),
            Field("new", "или новая доска", hint="Например: Планёрка"),
            Field("author", "Кто закрепляет", is_author=True, is_required=True),
        ),
        button="Закрепить",
        submit=submit,
        close=Link("Отмена", here.page, here.chosen.but(panel=None)),
    )


def _own(here: Here) -> Form:
    return Form(
        key="panel-own",
        title="Подключить свои файлы",
        text="Выдуманный район уйдёт в отдельную папку рядом с данными, страницы опустеют и будут ждать ваших файлов. "
        "Доски и заметки останутся. Ваши собственные файлы, если вы их уже клали, не тронем и прочитаем заново.",
        button="Убрать выдуманный район",
        submit=lambda _: here.leave_demo and here.leave_demo(),
        close=Link("Отмена", here.page, here.chosen.but(panel=None)),
    )


def _remarks(here: Here, notebook: Notebook, key: str) -> Form:
    place = here.place(key)
    about = "страница" if key == WHOLE_PAGE else "рисунок"
    return Form(
        key=f"panel-remark-{key}",
        title=f"Заметки: {about}",
        fields=(
            Field("text", "Текст заметки", is_long=True, is_required=True),
            Field("author", "Кто пишет", is_author=True, is_required=True),
        ),
        button="Записать",
        submit=lambda given: notebook.remark(place, given["text"], given["author"]),
        close=Link("Закрыть", here.page, here.chosen.but(panel=None)),
        entries=tuple(_entry(notebook, remark) for remark in notebook.remarks(place)),
        stays_open=True,
    )


def _entry(notebook: Notebook, remark: Remark) -> Entry:
    said = f"{remark.author}, {written_at(remark.at)}"
    return Entry(remark.id, remark.text, said, lambda: notebook.remove(remark.id))
