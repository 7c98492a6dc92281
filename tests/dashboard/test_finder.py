"""The box that finds anything leads where it says."""

from __future__ import annotations

import pytest

from dashboard import finder
from dashboard.blocks import Empty
from dashboard.queries import Queries
from dashboard.view import views


def test_everything_with_a_name_is_there(demo: Queries) -> None:
    labels = [place.label for place in finder.places(demo)]
    assert len(labels) == len(set(labels))
    for school in demo.schools().values():
        assert any(school.label in label for label in labels)
    for indicator in demo.indicators.values():
        assert f"Показатель: {indicator.title}" in labels
    assert "ВПР: Математика, 4 класс" in labels


def test_every_place_is_a_page_that_says_something(demo: Queries) -> None:
    pages = {view.path: view for view in views()}
    for place in finder.places(demo):
        said = pages[place.page].build(demo, place.selection)
        assert not any(isinstance(block, Empty) for block in said.blocks), place.label


def test_without_data_there_are_the_pages() -> None:
    assert {place.page for place in finder.pages()} == {view.path for view in views()}


def test_a_country_of_schools_does_not_fill_the_box(demo: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "MOST_SCHOOLS", 3)
    assert not [place for place in finder.places(demo) if place.page == "school" and place.selection.school]
