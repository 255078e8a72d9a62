"""A line that says something pleasant is shown whole or not at all; one that says how much is elided."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from ui.widgets.labels import ElidedLabel


def inked(label: ElidedLabel) -> bool:
    """Whether anything is drawn on it."""
    picture: QImage = label.grab().toImage()
    return any(
        picture.pixel(across, down) != picture.pixel(0, 0)
        for across in range(picture.width())
        for down in range(picture.height())
    )


@pytest.mark.usefixtures("qt")
@pytest.mark.parametrize(("whole", "narrow"), [(True, False), (False, True)])
def test_where_there_is_no_room_for_all_of_it(*, whole: bool, narrow: bool) -> None:
    label = ElidedLabel("Tracked until the member has been told", whole=whole)
    label.resize(label.sizeHint())
    assert inked(label)
    label.resize(label.width() // 2, label.height())
    assert inked(label) is narrow
