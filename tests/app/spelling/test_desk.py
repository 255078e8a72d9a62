"""Slips by small dictionaries; names, own words and languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import NotFoundError, UserError
from app.spelling import OwnWord, Spelling
from app.voice import Rule
from app.workbench import Workbench
from tests.app.saying import NOW, account, said
from tests.app.spelling.small import write


def _conversation(bench: Workbench) -> int:
    """The id of a new conversation, in which somebody has written."""
    taken = bench.intake.take(account(bench.store), [said("1", NOW, thread="t")])
    return int(next(iter(taken.conversation_ids)))


def slips(spelling: Spelling, text: str, language: str) -> list[str]:
    """The words that are slips, each found where it says."""
    found = spelling.check(text, language)
    assert all(text[one.start : one.end] == one.word for one in found)
    return [one.word for one in found]


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "Hello, thier lemonade is well-knwon.\n> thier\nDon’t", "thier knwon"),
        ("is", "Takk fyrirr bréf, sítrónulímonaði er gott", "fyrirr"),
        ("hu", "Köszönjük az üzenetett, ajándékcsomag", "üzenetett"),
        ("cs", "Děkujeme za spravu", "spravu"),
        ("el", "Καλημέρα, το όνομά μου ειναι λόγοσ ΕΥΧΑΡΙΣΤΩ", "ειναι λόγοσ"),
        ("el", "η αὐτό", "αὐτό"),  # its encoding has no such letter
        ("xx", "qwertz", ""),
        ("", "qwertz", ""),
    ],
)
def test_slips_of_each_language(spelling: Spelling, language: str, text: str, wrong: str) -> None:
    assert " ".join(slips(spelling, text, language)) == wrong


def test_english_is_that_of_the_setting(spelling: Spelling, bench: Workbench) -> None:
    assert slips(spelling, "the colour, the color", "en") == ["color"]
    bench.settings.put("english", "en-US")
    assert slips(spelling, "the colour, the color", "en") == ["colour"]


def test_english_of_another_country_is_not_used(made: Callable[..., Spelling], tmp_path: Path) -> None:
    write(tmp_path / "us", ("en_US",))
    spelling = made(tmp_path / "us")
    assert slips(spelling, "thier colour", "en") == []
    assert "English (UK)" in spelling.problem("en")


def test_a_language_may_name_its_country(spelling: Spelling) -> None:
    assert slips(spelling, "the colour, the color", "en-US") == ["colour"]
    assert slips(spelling, "the colour, the color", "en-gb") == ["color"]
    assert slips(spelling, "ειναι λόγος", "el-GR") == ["ειναι"]


def test_a_dictionary_that_is_installed_meanwhile_is_used(
    made: Callable[..., Spelling], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spelling = made(tmp_path / "later")
    assert slips(spelling, "thier lemonade", "en") == []
    write(tmp_path / "later", ("en_GB",))
    assert slips(spelling, "thier lemonade wierd", "en") == []  # not looked for at every word
    monkeypatch.setattr("app.spelling.shelf._LOOK_AGAIN_SECONDS", -1)
    assert slips(spelling, "thier lemonade wierd nwe", "en") == ["thier", "wierd", "nwe"]


def test_nothing_is_known_before_it_was_asked_and_then_at_once(spelling: Spelling) -> None:
    assert spelling.look("thier lemonade", "en") == ((), ("thier", "lemonade"))
    spelling.fetch(("thier", "lemonade"), "en")
    (slip,), lacking = spelling.look("thier lemonade", "en")
    assert (slip, lacking) == ((0, 5, "thier"), ())


def test_names_of_the_house_are_no_slips(spelling: Spelling, bench: Workbench) -> None:
    assert slips(spelling, "Xzibor, Zorblax, Quuxo and Blorb", "en") == ["Xzibor", "Zorblax", "Quuxo", "Blorb"]
    bench.members.add("Xzibor Pimpa")
    bench.teammates.add("Zorblax")
    bench.settings.put("community", "Quuxo")
    bench.voice.add_rule(Rule(0, ("glorb",), "note", "We say Blorb.", instead="Blorb"))
    assert slips(spelling, "Xzibor's, Zorblax, Quuxo and Blorb", "en") == []


def test_own_words_are_kept_undone_and_of_a_language(spelling: Spelling, bench: Workbench) -> None:
    assert slips(spelling, "blorbing", "en") == ["blorbing"]
    assert spelling.add(" blorbing ", "en")
    assert not spelling.add("blorbing", "en")
    assert slips(spelling, "blorbing Blorbing", "en") == []
    assert slips(spelling, "blorbing", "cs") == ["blorbing"]
    ((word, language, _at),) = spelling.words()
    assert (word, language) == ("blorbing", "en")
    assert isinstance(spelling.words()[0], OwnWord)
    bench.actions.undo()
    assert slips(spelling, "blorbing", "en") == ["blorbing"]
    with pytest.raises(NotFoundError, match="blorbing"):
        spelling.remove("blorbing")
    spelling.add("blorbing")
    assert not spelling.add("blorbing", "cs")  # it is there for all
    spelling.remove("blorbing")
    assert spelling.words() == []


@pytest.mark.parametrize("word", ["", "two words", "123", "x" * 61, "a\u0000b", "tab\there"])
def test_what_is_no_word_is_refused(spelling: Spelling, word: str) -> None:
    with pytest.raises(UserError):
        spelling.add(word)


def test_suggestions(spelling: Spelling) -> None:
    assert spelling.suggest("thier", "en")[0] == "their"
    assert "λόγος" in spelling.suggest("λόγοσ", "el")
    assert spelling.suggest("привет", "el") == ()
    assert spelling.suggest("thier", "xx") == ()


def test_how_to_get_one_is_said_once(made: Callable[..., Spelling], tmp_path: Path) -> None:
    spelling = made(tmp_path)
    assert "Greek" in spelling.problem("el")
    assert not spelling.has_told("el")
    spelling.tell_no_more("el")
    spelling.tell_no_more("en")
    assert [spelling.has_told(language) for language in ("el", "en", "cs")] == [True, True, False]


def test_a_text_of_forty_thousand_words_ends(spelling: Spelling) -> None:
    text = " ".join(
        f"the-{'abcdefghij'[n % 10]}{chr(97 + n // 10 % 26)}{chr(97 + n // 260 % 26)}qx" for n in range(6000)
    )
    assert len(spelling.check(text, "en")) == 6000


def test_what_is_ignored_in_a_draft_lives_as_long_as_that_and_is_no_word_of_ours(
    bench: Workbench, made: Callable[..., Spelling], shelf: Path
) -> None:
    first = _conversation(bench)
    bench.inbox.keep_draft(first, "thier lemonade", "en")
    desk = made(shelf)
    desk.ignore("Thier", first)
    desk.ignore("thier", first)
    assert (desk.ignored(first), desk.ignored(first + 1)) == (frozenset({"thier"}), frozenset())
    assert desk.words() == []
    assert slips(desk, "thier", "en") == ["thier"]  # everywhere else it is one
    with pytest.raises(NotFoundError):
        desk.remove("thier")
    again = made(shelf)  # another run
    again.prepare()
    assert again.ignored(first) == {"thier"}
    bench.inbox.keep_draft(first, "", "en")
    assert again.ignored(first) == frozenset()
    bench.inbox.keep_draft(first, "knwon", "en")
    again.ignore("knwon", first)  # another draft, in the same conversation
    bench.inbox.keep_draft(first, "", "en")
    made(shelf).prepare()
    assert bench.store.read.execute("SELECT count(*) FROM known_word").fetchone()[0] == 0


def test_words_of_a_draft_that_is_gone_do_not_come_back_with_the_next(
    bench: Workbench, made: Callable[..., Spelling], shelf: Path
) -> None:
    number = _conversation(bench)
    desk = made(shelf)
    bench.inbox.keep_draft(number, "thier", "en")
    desk.ignore("thier", number)
    bench.inbox.keep_draft(number, "", "en")
    desk.ignore("knwon", number)  # before the new draft is saved
    bench.inbox.keep_draft(number, "knwon thier", "en")
    assert desk.ignored(number) == {"knwon"}
