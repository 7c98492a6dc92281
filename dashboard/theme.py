"""Colours and type of the product, in one place: screens, charts, sparklines and print.

The palette is Okabe and Ito's: told apart by colour-blind readers, and every meaning has a second code
(glyph, marker shape or dash), so that a black-and-white page keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.blocks import Tone

FONT = "PT Sans, Arial, sans-serif"


@dataclass(frozen=True)
class Look:
    """The colours of one appearance."""

    name: str
    ground: str
    panel: str
    """Sidebar, selected buttons, table heads."""
    line: str
    ink: str
    muted: str
    accent: str
    blue: str
    sky: str
    orange: str
    green: str
    red: str
    grey: str
    """Marks that carry no verdict."""
    faint: str
    """Bands and zero states."""
    chosen: str
    chosen_line: str
    tint: str
    """Ground of a cell that needs a look."""
    print_filter: str
    """How charts of this appearance are turned into black on white."""
    ramp: tuple[tuple[str, str], ...]
    """Four steps from low to high: the fill and the text upon it."""
    edge: str
    """The outline of light fills."""

    def tone(self, tone: Tone) -> str:
        """The colour of a tone."""
        return {
            "plain": self.blue, "good": self.green, "bad": self.red, "watch": self.orange, "muted": self.grey,
        }[tone]  # fmt: skip

    @property
    def sequence(self) -> tuple[str, ...]:
        """Colours of series that are told apart only by name."""
        return (self.blue, self.orange, self.green, self.red, self.grey)


LIGHT = Look(
    name="light", ground="#ffffff", panel="#f6f5f2", line="#e2e1dc", ink="#17202c", muted="#5b6470",
    accent="#00568a", blue="#0072b2", sky="#7cc0ea", orange="#b27500", green="#007a5a", red="#c24e00", grey="#838b96",
    faint="#eceae5", chosen="#e1ebf5", chosen_line="#9fc0dc", tint="#fdeee4", print_filter="grayscale(1)",
    ramp=(("#ffffff", "#17202c"), ("#d3e5f3", "#17202c"), ("#7cb9e2", "#17202c"), ("#00568a", "#ffffff")),
    edge="#8fa9bd",
)  # fmt: skip
DARK = Look(
    name="dark", ground="#12161c", panel="#1a2028", line="#303843", ink="#e9ecef", muted="#a3adb9",
    accent="#7cc4f2", blue="#56b4e9", sky="#2f6f9e", orange="#f0b429", green="#2fc39a", red="#ff8a4c", grey="#8b95a1",
    faint="#242b35", chosen="#24405a", chosen_line="#4c7fa8", tint="#3a2418",
    print_filter="grayscale(1) invert(1)",
    ramp=(("#12161c", "#e9ecef"), ("#24405a", "#e9ecef"), ("#2f78ab", "#ffffff"), ("#8ccdf5", "#12161c")),
    edge="#4c6478",
)  # fmt: skip


def look(name: str | None) -> Look:
    """The appearance of a name; light when unknown."""
    return DARK if name == "dark" else LIGHT
