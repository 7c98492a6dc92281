"""Who publishes the report: what its cover and its signature say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publisher:
    """The words of the settings that paper needs."""

    district: str
    department: str
    office: str
    signer: str
    signer_title: str
