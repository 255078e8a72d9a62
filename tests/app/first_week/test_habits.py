"""How we write, told from replies: proposed where most keep it, silent where they are few or divided."""

from __future__ import annotations

import pytest

from app.base.text import words
from app.first_week.habits import LEAST_REPLIES, Habit, habits
from app.first_week.phrases import YOU
from app.first_week.replies import Reply
from tests.app.first_week.test_repeats import reply

MANY = LEAST_REPLIES + 8
CZECH = "Ahoj Jano,\n\ndíky, tvůj balík {at} odjel.\n\nHezký den,\nMarta"


def _told(text: str, many: int = MANY, language: str = "cs", name: str = "Jana") -> list[Reply]:
    return [reply(at, text.format(at=at), language=language, name=name) for at in range(many, 0, -1)]


def _by_key(replies: list[Reply], **more: object) -> dict[str, Habit]:
    return {habit.key: habit for habit in habits(replies, **more)}  # type: ignore[arg-type]


def test_habits_have_their_numbers_and_examples_without_a_name() -> None:
    found = _by_key(_told(CZECH))
    greeting = found["greeting"]
    assert (greeting.times, greeting.of) == (MANY, MANY)
    assert greeting.trait.why == f"In {MANY} of {MANY} replies."
    assert [(one.language, one.do) for one in greeting.trait.examples] == [("cs", "Ahoj …,")]
    assert found["address"].trait.name == "Use first names"
    assert [one.do for one in found["farewell"].trait.examples] == ["Hezký den"]
    assert found["signed"].trait.name == "Sign as Marta"
    assert found["you-cs"].trait.name == "Say “ty” in Czech"
    assert found["exclamations"].trait.name == "No exclamation marks"
    assert found["length"].trait.name == "Short: at most 60 words"
    assert all("Jan" not in one.do for habit in found.values() for one in habit.trait.examples)
    assert greeting.shown[0].startswith("Ahoj Jano,")


def test_too_few_replies_tell_nothing() -> None:
    assert habits(_told(CZECH, LEAST_REPLIES - 1)) == []


def test_what_is_divided_is_not_proposed() -> None:
    half = [*_told(CZECH, 10), *_told("balík {at} odjel, zase se ozvu", 10)]
    assert not {"greeting", "farewell", "signed"} & set(_by_key(half))


def test_what_the_guide_says_already_is_not_proposed_again() -> None:
    known = ["begin with a GREETING", "Sign as Marta"]
    assert not {"greeting", "signed"} & set(_by_key(_told(CZECH), known=known))


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Vážená paní Nováková,\n\nVáš balík {at} dnes odjel.", "cs", "Say “Vy” in Czech"),
        ("Szia Anna!\n\nMa küldtem neked a csomagot: {at}.", "hu", "Say “te” in Hungarian"),
        ("Tisztelt Kovács Úr!\n\nMa küldtem Önnek a csomagot: {at}.", "hu", "Say “Ön” in Hungarian"),
        ("Γεια σου Ελένη,\n\nτο δέμα σου {at} έφυγε.", "el", "Say “εσύ” in Greek"),
        ("Καλημέρα σας,\n\nτο δέμα σας {at} έφυγε.", "el", "Say “εσείς” in Greek"),
    ],
)
def test_which_you_is_told_by_the_words(text: str, language: str, said: str) -> None:
    found = _by_key(_told(text, language=language, name="Anna Kovács Ελένη Nováková"))
    assert found[f"you-{language}"].trait.name == said
    examples = found[f"you-{language}"].trait.examples
    assert all((YOU[language][0] | YOU[language][1]) & set(words(example.do)) for example in examples)
    assert examples


def test_the_example_of_a_you_is_the_sentence_that_has_it() -> None:
    told = _told("Szia Anna!\n\nGratulálunk! Ma küldtem neked a csomagot.", language="hu", name="Anna")
    assert [one.do for one in _by_key(told)["you-hu"].trait.examples] == ["Ma küldtem neked a csomagot."]


def test_titles_and_family_names_are_told_from_first_names() -> None:
    told = _told("Dear Mr Barker,\n\nyour parcel {at} left today.", language="en", name="Tom Barker")
    assert _by_key(told)["address"].trait.name == "Use titles and family names"


def test_english_has_one_you() -> None:
    assert not [
        key for key in _by_key(_told("Hi Tom,\n\nyour parcel {at} left.", language="en")) if key.startswith("you")
    ]


def test_without_greetings_the_habit_is_to_have_none() -> None:
    assert (
        _by_key(_told("balík {at} odjel, zase se ozvu"))["greeting"].trait.name == "No greeting: straight to the point"
    )


@pytest.mark.parametrize(("sign", "most", "name"), [("", 0, "No emoji"), (" 🍋", 1, "At most 1 emoji a message"),
                                                    (" 🍋🍋", 2, "At most 2 emoji a message")])  # fmt: skip
def test_the_limit_of_emoji_is_what_nine_of_ten_keep(sign: str, most: int, name: str) -> None:
    told = [*_told("balík {at} odjel" + sign, 19), reply(99, "jupí 🍋🍋🍋🍋🍋", language="cs")]
    found = _by_key(told)["emoji"]
    assert (found.emoji_most, found.trait.name, found.times) == (most, name, 19)


def test_a_limit_of_emoji_that_is_settled_is_left_alone() -> None:
    assert "emoji" not in _by_key(_told(CZECH), has_emoji_limit=True)


def test_an_exclamation_mark_of_a_greeting_is_none() -> None:
    told = _told("Kedves Anna!\n\nMa küldtem a csomagot: {at}.", language="hu", name="Anna")
    assert _by_key(told)["exclamations"].trait.name == "No exclamation marks"
    loud = _told("Kedves Anna!\n\nMa küldtem a csomagot: {at}!", language="hu", name="Anna")
    assert _by_key(loud)["exclamations"].trait.name == "Exclamation marks are welcome"
