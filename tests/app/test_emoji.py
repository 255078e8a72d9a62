"""Emoji by their names, and how many of them a text has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import resources
from app.base.emoji import emoji_in
from app.base.errors import UserError
from app.emoji import LANGUAGES, table
from app.voice import Guide, read
from app.workbench import Workbench


def test_the_table_names_each_emoji_once_in_every_language() -> None:
    rows = table()
    assert 400 <= len(rows) <= 600
    assert len({row.sign for row in rows}) == len(rows)
    for row in rows:
        assert set(row.names) == set(LANGUAGES)
        assert all(name.strip() for names in row.names.values() for name in names)
    greek = [name for row in rows for name in row.names["el"]]
    assert sum(any("α" <= letter <= "ω" for letter in name.lower()) for name in greek) > 0.9 * len(greek)
    assert "UNICODE LICENSE V3" in (resources.ROOT / "emoji" / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize(
    ("letters", "language", "first"),
    [
        ("lemon", "en", "🍋"),
        ("LEM", "", "🍋"),
        ("sitr", "is", "🍋"),
        ("λεμο", "el", "🍋"),
        ("ΛΕΜΌΝΙ", "el", "🍋"),
        ("lemo", "el", "🍋"),  # English is understood beside the draft's language
        ("citrom", "hu", "🍋"),
        ("darek", "cs", "🎁"),  # without its accent
        ("dárek", "cs", "🎁"),
        ("heart", "en", "❤️"),
        ("καρδ", "el", "❤️"),
        ("+1", "cs", "👍"),
        ("red_he", "en", "❤️"),
        ("heart", "de", "❤️"),  # a language without names
    ],
)
def test_found_by_its_name(bench: Workbench, letters: str, language: str, first: str) -> None:
    assert bench.emoji.find(letters, language)[0].sign == first


@pytest.mark.parametrize("letters", ["", "l", " l ", "qqzz", "κκκκ", "%_", "\0\0"])
def test_not_found(bench: Workbench, letters: str) -> None:
    assert bench.emoji.find(letters, "el") == []


def test_the_name_is_that_of_the_drafts_language(bench: Workbench) -> None:
    assert bench.emoji.find("lemon", "is")[0].name == "sítróna"
    assert bench.emoji.find("lemon", "xx")[0].name == "lemon"


def test_those_used_last_come_first(bench: Workbench) -> None:
    assert bench.emoji.find("heart", "en")[0].sign == "❤️"
    bench.emoji.take("💛")
    bench.emoji.take("💚")
    bench.emoji.take("💛")
    assert [one.sign for one in bench.emoji.find("heart", "en", 3)] == ["💛", "💚", "❤️"]
    for row in table()[:30]:
        bench.emoji.take(row.sign)
    assert len(bench.emoji.recent()) == 24


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("plain text", []),
        ("a 🍋 and ❤️ or ❤", ["🍋", "❤️", "❤"]),
        ("👩‍👩‍👧‍👦👍🏽🇬🇷🇮🇸1️⃣", ["👩‍👩‍👧‍👦", "👍🏽", "🇬🇷", "🇮🇸", "1️⃣"]),
        ("© ™ → ✓ 1 # Γεια", []),
    ],
)
def test_emoji_of_a_text(text: str, signs: list[str]) -> None:
    assert [one.sign for one in emoji_in(text)] == signs


@given(st.text(max_size=40))
def test_each_stands_where_it_says(text: str) -> None:
    assert all(text[one.start : one.end] == one.sign for one in emoji_in(text))


def test_every_emoji_of_the_table_counts_as_one() -> None:
    outside = {"©️", "™️"}
    assert {row.sign for row in table() if len(emoji_in(row.sign)) != 1} <= outside


def test_the_voice_guide_notes_one_too_many(bench: Workbench) -> None:
    text = "Thanks 🍋 so ❤️ much 🎉"
    assert bench.voice.check(text, "en") == ()
    bench.voice.allow_emoji(1)
    (finding,) = bench.voice.check(text, "en")
    assert (finding.level, finding.risk, finding.words) == ("note", "emoji", "❤️")
    assert "allows 1 emoji" in finding.why
    bench.actions.undo()
    assert bench.voice.emoji_most() is None
    bench.voice.allow_emoji(0)
    assert bench.voice.guide().emoji_most == 0
    assert len(bench.voice.check("🍋", "en")) == 1
    bench.voice.bring_in(Guide("We are six."))
    assert bench.voice.emoji_most() == 0  # a guide that says nothing of it changes nothing
    for most in (-1, 100):
        with pytest.raises(UserError):
            bench.voice.allow_emoji(most)


def test_a_guide_in_toml_may_say_it() -> None:
    assert read('[guide]\nwho_we_are = "x"\nemoji_most = 2').emoji_most == 2
    assert read('[guide]\nwho_we_are = "x"').emoji_most is None
