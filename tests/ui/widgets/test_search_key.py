"""A search field shows its key where there is room beside what it says."""

from __future__ import annotations

import pytest

from ui.widgets.search import SearchField


def _picture(command: str, width: int) -> bytes:
    field = SearchField("Filter", command)
    field.resize(width, 32)
    picture = field.grab().toImage()
    return bytes(picture.constBits())


@pytest.mark.usefixtures("qt")
@pytest.mark.parametrize(("width", "shown"), [(300, True), (110, False)])
def test_a_key_stands_beside_the_placeholder_or_not_at_all(width: int, *, shown: bool) -> None:
    assert (_picture("filter", width) != _picture("", width)) == shown
