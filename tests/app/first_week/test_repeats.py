"""What was written again and again becomes a template, with blanks for what was one person's own."""

from __future__ import annotations

import pytest

from app.first_week.anatomy import take_apart
from app.first_week.repeats import LEAST, MOST, Repeat, repeats
from app.first_week.replies import Reply
from app.templates import fill

NAMES = ("Tom", "Priya", "Mary", "Siân")
PARCEL = "your parcel SIT-{number} left our depot this morning and should be with you within two working days."


def reply(
    at: int, text: str, *, language: str = "en", name: str = "Tom", talk: int | None = None, templated: bool = False
) -> Reply:
    """A reply with that id, to somebody of that name."""
    return Reply(at, at if talk is None else talk, language, tuple(name.split()), text, take_apart(text), templated)


def parcels(many: int = 4) -> list[Reply]:
    """The same news to different people."""
    return [
        reply(at, f"Hi {name},\n\n{PARCEL.format(number=4000 + at)}\n\nTake care,\nMarta", name=name)
        for at, name in zip(range(many, 0, -1), NAMES * many, strict=False)
    ]


def only(found: list[Repeat]) -> Repeat:
    (one,) = found
    return one


def test_one_template_with_its_blanks() -> None:
    found = only(repeats(parcels()))
    assert found.body == (
        "Hi {{first_name|}},\n\nyour parcel {{details}} left our depot this morning and should be with you within two "
        "working days.\n\nTake care,\nMarta"
    )
    assert (found.language, found.times, found.whole, found.key) == ("en", 4, True, "your-parcel-left")
    assert [sample.partition(",")[0] for sample in found.samples] == ["Hi Tom", "Hi Priya", "Hi Mary"]
    assert fill(found.body, {"first_name": "Ivo"}).text.startswith("Hi Ivo,")
    assert fill(found.body, {}).text.startswith("Hi,")


def test_nobodys_name_or_number_is_in_it() -> None:
    found = only(repeats(parcels()))
    assert not any(name in found.body or name in found.name for name in NAMES)
    assert not any(letter.isdigit() for letter in found.body)


def test_twice_is_not_often_and_one_conversation_is_not_three() -> None:
    assert repeats(parcels(LEAST - 1)) == []
    assert repeats([one._replace(conversation_id=7) for one in parcels()]) == []


def test_what_is_only_about_the_same_is_no_template() -> None:
    texts = (
        "Your parcel left this morning, and the caps are in it.", "We looked for your parcel and it is still in Brno.",
        "A parcel like yours takes two days, but the weather is bad.",
    )  # fmt: skip
    assert repeats([reply(at, text) for at, text in enumerate(texts, 1)]) == []


def test_what_came_from_a_template_or_is_one_is_not_proposed_again() -> None:
    assert repeats([one._replace(templated=True) for one in parcels()]) == []
    body = only(repeats(parcels())).body
    assert repeats(parcels(), [body]) == []


def test_a_shortcut_that_is_taken_gets_a_number() -> None:
    assert only(repeats(parcels(), (), {"your-parcel-left"})).key == "your-parcel-left-2"


@pytest.mark.parametrize(
    ("language", "names", "hello", "body", "head"),
    [
        ("cs", ("Jana", "Petr", "Žofie"), ("Ahoj Jano", "Ahoj Petře", "Ahoj Žofie"),
         "tvůj balík dnes ráno odjel ze skladu a zítra bude u tebe", "{{greeting|Ahoj}},"),
        ("cs", ("Jana", "Eva", "Žofie"), ("Milá Jano", "Milá Evo", "Milá Žofie"),
         "tvůj balík dnes ráno odjel ze skladu a zítra bude u tebe", "{{greeting|Dobrý den}},"),
        ("el", ("Ελένη", "Νίκος", "Άννα"), ("Γεια σου Ελένη", "Γεια σου Νίκο", "Γεια σου Άννα"),
         "το δέμα σου έφυγε σήμερα το πρωί από την αποθήκη μας", "{{greeting|Γεια σου}},"),
        ("is", ("Jón", "Guðrún", "Þóra"), ("Hæ Jón", "Hæ Guðrún", "Hæ Þóra"),
         "pakkinn þinn fór frá okkur í morgun og kemur á morgun", "Hæ {{first_name|}},"),
        ("is", ("Jón", "Guðrún", "Þóra"), ("Sæll Jón", "Sæl Guðrún", "Sæl Þóra"),
         "pakkinn þinn fór frá okkur í morgun og kemur á morgun", "{{greeting|Góðan dag}},"),
        ("hu", ("Kovács Anna", "Nagy Péter", "Tóth Eszter"), ("Kedves Anna", "Kedves Péter", "Kedves Eszter"),
         "a csomagod ma reggel elindult a raktárból, holnapra nálad lesz", "Kedves {{first_name|}},"),
        ("en", ("Tom Barker", "Mary Osei", "Siân Rees"), ("Dear Mr Barker", "Dear Ms Osei", "Dear Ms Rees"),
         "your parcel left our depot this morning and comes tomorrow", "{{greeting|Hello}},"),
    ],
)  # fmt: skip
def test_greetings_are_kept_where_a_name_can_stand_as_it_is(
    language: str, names: tuple[str, ...], hello: tuple[str, ...], body: str, head: str
) -> None:
    told = [
        reply(at, f"{greeting},\n\n{body}.", language=language, name=name)
        for at, (name, greeting) in enumerate(zip(names, hello, strict=True), 1)
    ]
    found = only(repeats(told))
    assert found.body == f"{head}\n\n{body}."


def test_a_name_within_an_inflecting_sentence_has_to_be_filled_in() -> None:
    told = [
        reply(at, f"Ahoj,\n\nozvi se prosím přímo naší kolegyni, {form}, ona ten balík určitě najde.", language="cs",
              name=name)
        for at, (name, form) in enumerate((("Jana", "Jano"), ("Eva", "Evo"), ("Petr", "Petře")), 1)
    ]  # fmt: skip
    assert "kolegyni, {{first_name}}, ona" in only(repeats(told)).body


def test_a_paragraph_that_comes_back_in_other_replies_is_one_too() -> None:
    same = "If it isn't there by Friday, write to me again and I'll send you another box at once."
    first = ("The caps are in the second box.", "Ginger is back in spring, they say.", "What a lovely photo of a tree!")
    told = [reply(at, f"Hi Tom,\n\n{other}\n\n{same}\n\nTake care,\nMarta") for at, other in enumerate(first, 1)]
    found = only(repeats(told))
    assert (found.body, found.whole) == (same, False)


def test_languages_are_kept_apart() -> None:
    german = [one._replace(language="de") for one in parcels(2)]
    english = [
        one._replace(message_id=one.message_id + 9, conversation_id=one.conversation_id + 9) for one in parcels(2)
    ]
    assert repeats([*english, *german]) == []


def test_at_most_so_many_the_most_often_written_first() -> None:
    told = list[Reply]()
    for kind in range(MOST + 3):
        word = "".join(chr(ord("a") + (kind * 7 + step * 5) % 26) for step in range(8))
        for _ in range(LEAST + kind):
            at = len(told) + 1
            told.append(
                reply(at, f"{word} {word[::-1]} {word[::2] * 3} {word[1::2] * 3} {word[:3] * 4} and that is all.")
            )
    found = repeats(told)
    assert len(found) == MOST
    assert [one.times for one in found] == sorted((one.times for one in found), reverse=True)


def test_braces_of_their_own_make_no_template() -> None:
    told = [reply(at, "Write {{first_name} into the field, and the other one below it as well.") for at in (1, 2, 3)]
    assert repeats(told) == []
