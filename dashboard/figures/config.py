"""What every drawn chart is told: no menu, nothing sent anywhere, Russian numbers."""

from __future__ import annotations

from typing import Any

PLOTLY: dict[str, Any] = {
    "displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "", "scrollZoom": False,
    "locale": "ru", "locales": {"ru": {"format": {"decimal": ",", "thousands": "\u00a0"}}},
}  # fmt: skip
