"""Who is offered first, who stands in, and that each change can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions import Actions
from app.base.errors import NotFoundError, UserError
from app.store.store import Store
from app.teammates import FILE_COLUMNS, Teammate, Teammates, absence, is_away, likeliest, serving

DAY = date(2026, 11, 23)


def mate(number: int, name: str, **values: object) -> Teammate:
    known: dict[str, object] = {
        "team": "",
        "email": "",
        "languages": (),
        "subjects": (),
        "away_from": "",
        "away_until": "",
        "stand_in_id": None,
        "archived": False,
    } | values
    return Teammate(number, name, **known)  # type: ignore[arg-type]


def names(found: object) -> list[str]:
    return [one.teammate.name for one in found]  # type: ignore[attr-defined]


def test_a_subject_weighs_more_than_a_language() -> None:
    everyone = [mate(1, "Anna", languages=("hu",)), mate(2, "Jón", languages=("is",), subjects=("csomag", "stock"))]
    found = likeliest(everyone, "Hol van a csomagom?", "hu", DAY)
    assert names(found) == ["Jón", "Anna"]
    assert (found[0].subjects, found[0].speaks) == (("csomag",), False)


def test_among_equals_the_language_decides() -> None:
    everyone = [mate(1, "Anna", subjects=("doboz",)), mate(2, "Zoe", subjects=("doboz",), languages=("hu",))]
    assert names(likeliest(everyone, "törött dobozok", "hu", DAY)) == ["Zoe", "Anna"]


def test_short_subjects_have_to_stand_alone() -> None:
    everyone = [mate(1, "Anna", subjects=("cap",)), mate(2, "Zoe", subjects=("capital town",))]
    assert names(likeliest(everyone, "capital towns", "", DAY)) == ["Zoe", "Anna"]


def test_somebody_away_is_shown_by_the_stand_in() -> None:
    dora = mate(1, "Dóra", subjects=("refund",), away_from="2026-11-22", away_until="2026-11-29", stand_in_id=2)
    found = likeliest([dora, mate(2, "Alžběta")], "a refund please", "", DAY)
    assert names(found) == ["Alžběta"]
    assert found[0].instead_of == dora


def test_somebody_away_without_a_stand_in_comes_last_and_is_marked() -> None:
    dora = mate(1, "Dóra", subjects=("refund",), away_from="2026-11-22")
    found = likeliest([dora, mate(2, "Zoe")], "refund", "", DAY)
    assert names(found) == ["Zoe", "Dóra"]
    assert found[1].away


def test_stand_ins_in_a_ring_do_not_hang() -> None:
    ring = [mate(n, str(n), away_from="2026-01-01", stand_in_id=n % 3 + 1) for n in (1, 2, 3)]
    assert serving(ring[0], {one.id: one for one in ring}, DAY) == ring[0]


@pytest.mark.parametrize(
    ("start", "end", "away"),
    [
        ("2026-11-23", "2026-11-23", True),
        ("2026-11-24", "", False),
        ("", "2026-11-22", False),
        ("", "", False),
        ("", "2026-11-23", True),
    ],
)
def test_both_days_of_an_absence_count(start: str, end: str, *, away: bool) -> None:
    assert is_away(mate(1, "x", away_from=start, away_until=end), DAY) is away


def test_add_edit_archive_and_back(store: Store) -> None:
    desk, actions = Teammates(store), Actions(store)
    number = desk.add("Jón Einarsson", team="Support", languages=["is", "en"], subjects=["parcel", "lost post"])
    assert desk.get(number).languages == ("is", "en")
    assert desk.get(number).subjects == ("parcel", "lost post")
    desk.edit(number, {"away_from": "2026-11-23", "away_until": ""})
    assert desk.get(number).away_from == "2026-11-23"
    actions.undo()
    assert desk.get(number).away_from == ""
    desk.archive(number)
    assert desk.all() == []
    assert len(desk.all(archived=True)) == 1
    actions.undo()
    assert actions.undo().title == "New teammate: Jón Einarsson"
    assert desk.all(archived=True) == []


def test_a_name_typed_short_and_without_accents_is_found(store: Store) -> None:
    desk = Teammates(store)
    desk.add("Jón Einarsson", email="jon@sitrona.example")
    desk.add("Κατερίνα Ιωάννου")
    desk.add("Jónas Ólafsson")
    assert desk.named("einars").name == "Jón Einarsson"
    assert desk.named("κατερινα").name == "Κατερίνα Ιωάννου"
    assert desk.named("JON@sitrona.example").name == "Jón Einarsson"
    with pytest.raises(NotFoundError, match="several"):
        desk.named("jon")
    with pytest.raises(NotFoundError, match="no teammate"):
        desk.named("Petra")


def test_mistakes_are_one_sentence(store: Store) -> None:
    desk = Teammates(store)
    number = desk.add("Jón")
    with pytest.raises(UserError, match="already"):
        desk.add("Jón")
    with pytest.raises(UserError, match="needs a name"):
        desk.add("  ")
    with pytest.raises(UserError, match="isn't a date"):
        desk.edit(number, {"away_from": "tomorrow"})
    with pytest.raises(UserError, match="stand in"):
        desk.edit(number, {"stand_in_id": number})


def test_nobody_is_back_before_they_are_away(store: Store) -> None:
    desk = Teammates(store)
    with pytest.raises(UserError, match="The last day away, 2026-12-01, is before the first, 2026-12-09"):
        desk.add("Jón", away_from="2026-12-09", away_until="2026-12-01")
    number = desk.add("Jón", away_from="2026-12-09")
    with pytest.raises(UserError, match="before the first"):
        desk.edit(number, {"away_until": "2026-12-01"})
    desk.edit(number, {"away_until": "2026-12-09"})
    with pytest.raises(UserError, match="before the first"):
        desk.edit(number, {"away_from": "2026-12-10"})
    desk.edit(number, {"away_from": "2026-12-10", "away_until": ""})
    assert (desk.get(number).away_from, desk.get(number).away_until) == ("2026-12-10", "")


def test_languages_are_known_by_name_and_code_and_nothing_else(store: Store) -> None:
    desk = Teammates(store)
    number = desk.add("Jón", languages=["Icelandic", "cs", "ελληνικά"])
    assert desk.get(number).languages == ("is", "cs", "el")
    for wrong in ("klingon", "xx", "cs en tlh"):
        with pytest.raises(UserError, match="isn't a language that Rapport knows"):
            desk.edit(number, {"languages": wrong})
    assert desk.get(number).languages == ("is", "cs", "el")


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({"file_columns": "ask"}, None),
        ({"file_columns": "context,message"}, ("message", "context")),
        ({"file_columns": ""}, ()),
        ({"file_columns": FILE_COLUMNS}, ()),
        ({"file_separator": "tab"}, "\t"),
        ({"file_separator": "|"}, None),
        ({"file_format": ".XLSX"}, "xlsx"),
        ({"file_format": "ods"}, None),
    ],
)
def test_how_their_file_looks_is_kept_as_they_like_it(store: Store, given: dict[str, object], held: object) -> None:
    desk = Teammates(store)
    number = desk.add("Jón")
    (field,) = given
    if held is None:
        with pytest.raises(UserError, match="isn't a"):
            desk.edit(number, given)
    else:
        desk.edit(number, given)
        assert getattr(desk.get(number), field) == held


def test_who_has_left_comes_back_with_all_that_is_known(store: Store) -> None:
    desk = Teammates(store)
    number = desk.add("Jón", role="Support lead", note="Mornings only")
    desk.archive(number)
    assert desk.all() == []
    assert desk.named("jón", archived=True).id == number
    desk.bring_back(number)
    (back,) = desk.all()
    assert (back.role, back.note) == ("Support lead", "Mornings only")
    assert Actions(store).undo().title == "Teammate is back: Jón"
    assert desk.all() == []


def test_thanks_are_kept_with_their_hand_off_and_can_be_taken_back(store: Store) -> None:
    desk = Teammates(store)
    number = desk.add("Jón")
    with pytest.raises(UserError, match="what you thank Jón for"):
        desk.thank(number, "  ")
    desk.thank(number, "The parcel was there in a day", at=100)
    desk.thank(number, "Again!", at=200)
    assert [one.words for one in desk.thanks(number)] == ["Again!", "The parcel was there in a day"]
    Actions(store).undo()
    assert [one.at for one in desk.thanks(number)] == [100]


def test_who_is_away_is_told_with_the_stand_in() -> None:
    jon, petra = mate(1, "Jón", away_until="2026-12-07", stand_in_id=2), mate(2, "Petra")
    today = date(2026, 12, 1)
    assert absence(jon, {1: jon, 2: petra}, today) == "away until 2026-12-07, Petra stands in"
    assert absence(mate(1, "Jón", away_from="2026-12-01"), {}, today) == "away from 2026-12-01"
    assert absence(petra, {}, today) == absence(jon, {1: jon, 2: petra}, date(2026, 12, 8)) == ""


def test_an_absence_to_come_is_told_with_both_days_and_who_is_there_then() -> None:
    jon = mate(1, "Jón", away_from="2026-12-09", away_until="2026-12-14", stand_in_id=2)
    petra = mate(2, "Petra", away_until="2026-12-04", stand_in_id=1)
    told = absence(jon, {1: jon, 2: petra}, date(2026, 12, 1))
    assert told == "away 2026-12-09 to 2026-12-14, Petra stands in"
    assert absence(jon, {1: jon, 2: petra}, date(2026, 12, 9)) == "away until 2026-12-14, Petra stands in"


def test_of_two_who_stand_in_for_each_other_the_one_who_is_there_is_named_and_nobody_if_none_is() -> None:
    jon = mate(1, "Jón", away_until="2026-12-07", stand_in_id=2)
    petra = mate(2, "Petra", away_from="2026-12-03", away_until="2026-12-09", stand_in_id=1)
    everyone = {1: jon, 2: petra}
    assert absence(jon, everyone, date(2026, 12, 1)) == "away until 2026-12-07, Petra stands in"
    assert absence(jon, everyone, date(2026, 12, 4)) == "away until 2026-12-07, with no stand-in today"
    assert absence(petra, everyone, date(2026, 12, 2)) == ("away 2026-12-03 to 2026-12-09, with no stand-in at first")
    assert absence(petra, everyone, date(2026, 12, 8)) == "away until 2026-12-09, Jón stands in"


def test_who_stands_in_for_an_absent_stand_in_is_named() -> None:
    jon, petra = mate(1, "Jón", away_until="2026-12-07", stand_in_id=2), mate(2, "Petra", away_until="2026-12-07")
    kata = mate(3, "Kata")
    chain = {1: jon, 2: replace(petra, stand_in_id=3), 3: kata}
    assert absence(jon, chain, date(2026, 12, 1)) == "away until 2026-12-07, Kata stands in"
