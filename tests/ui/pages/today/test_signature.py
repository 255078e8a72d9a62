"""Who said a kind word, and when."""

from __future__ import annotations

import pytest

from tests.ui.settling import settle
from ui.pages.today.signature import Signature

LONG = "Παπαχριστοδουλοπούλου-Κωνσταντινίδη Ελισάβετ"


@pytest.mark.usefixtures("qt")
@pytest.mark.parametrize("who", ["Ada", "Þórunn Elísabet Guðjónsdóttir", LONG])
@pytest.mark.parametrize("width", [160, 200, 520])
def test_the_day_is_whole_however_long_the_name_is(who: str, width: int) -> None:
    signature = Signature(who, "21 Oct")
    signature.resize(width, signature.sizeHint().height())
    signature.show()
    settle()
    assert signature.day.contentsRect().width() >= signature.day.fontMetrics().horizontalAdvance("21 Oct")
    for part in (signature.link, signature.day):
        assert signature.rect().contains(part.geometry())
    assert signature.link.accessibleName().endswith(", 21 Oct")
    signature.close()
