"""What nobody wrote is shown in the language in use, and recognised in whatever language it is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base import words
from app.mail import protection
from app.mail.parse import parse
from app.mail.put_in import as_shown, is_wordless
from tests.app.mail.packing import letter


class Loud:
    """A catalogue in which every sentence is in capitals, but for its blanks."""

    def gettext(self, message: str, /) -> str:
        return message.upper().replace("{HOW}", "{how}")

    def ngettext(self, one: str, several: str, many: int, /) -> str:
        return self.gettext(one if many == 1 else several)


@pytest.fixture
def _loud() -> Iterator[None]:
    words.use(Loud())
    yield
    words.use(None)


@pytest.mark.usefixtures("_loud")
@pytest.mark.parametrize("how", [protection.OPENPGP, protection.SMIME])
def test_a_locked_letter_is_shown_in_the_language_in_use_and_known_in_any(how: str) -> None:
    stored = protection.locked(how)
    assert is_wordless(stored)
    shown = as_shown(f"Hello\n{stored}\n{stored} too", f"encrypted {how}", ())
    loud = stored.replace(protection.TITLES[how], "@").upper().replace("@", protection.TITLES[how])
    assert shown == f"Hello\n{loud}\n{stored} too"
    assert as_shown(stored, "", ()) == stored  # somebody's own words


@pytest.mark.usefixtures("_loud")
def test_a_letter_without_words_is_stored_the_same_in_every_language() -> None:
    item = parse(letter("   "))
    assert item.text == "[No text.]"
    assert as_shown(item.text, "", ()) == "[NO TEXT.]"
    assert is_wordless(item.text)
