"""What fields hold comes back from JSON as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDateTime

from ui.widgets.plain import from_plain, plain

_ONE = st.none() | st.booleans() | st.integers() | st.text()
_VALUES = st.recursive(
    _ONE,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text() | st.tuples(st.text(), st.text()), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_VALUES)
def test_it_comes_back_as_it_was(value: object) -> None:
    assert from_plain(json.loads(json.dumps(plain(value)))) == value


def test_a_date_too() -> None:
    date = QDateTime.fromString("2026-12-04T10:30:00", "yyyy-MM-ddTHH:mm:ss")
    assert from_plain(json.loads(json.dumps(plain((date, "Fri"))))) == (date, "Fri")


def test_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(object())
    with pytest.raises(ValueError, match="nothing known"):
        from_plain({"nothing known": 1})
