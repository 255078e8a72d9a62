"""A guide that cannot be read is refused in one sentence, however it is broken."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.templates.desk import read as read_templates
from app.voice import read

BROKEN = ["", "x", "guide = 1", "a = " + "[" * 100_000, "a = " + "9" * 5_000, "[guide]\nwho_we_are = 3"]


@pytest.mark.parametrize("source", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_guide_is_refused_in_one_sentence(source: str) -> None:
    with pytest.raises(UserError, match="Rapport can't read this voice guide"):
        read(source)


@pytest.mark.parametrize("source", BROKEN, ids=range(len(BROKEN)))
def test_what_holds_no_templates_is_refused_in_one_sentence(source: str) -> None:
    with pytest.raises(UserError, match="Rapport can't read these templates"):
        read_templates(source)
