"""What teammates write: status words, dates and ids, read right or asked about."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import ids
from app.returns import cells, days, numbers, status_words
from app.returns.cells import Column
from app.returns.rows import Question

TODAY = date(2026, 12, 6)
_STATUSES = """
seen: Seen, NOTED, viděl jsem, přečteno, láttam, láttam, köszi, megkaptam, séð, móttekið, το είδα, ΤΟ ΕΙΔΑ
in_work: in work, In progress, on it, WIP, řeší se, folyamatban, utánanézek, í vinnslu, σε εξέλιξη, γίνεται
solved: done, Done!, fixed., hotovo, HOTOVO, kész, kesz, lokið, lokid, búið, έγινε, ΕΓΙΝΕ, λύθηκε, vyřešeno
declined: declined, no, won't do, won’t do, zamítnuto, nem vállalom, ekki hægt, όχι, δεν γίνεται, δεν μπορώ
"""


def pairs() -> list[tuple[str, str]]:
    """Each word with the status that it means."""
    found = []
    for line in _STATUSES.strip().splitlines():
        key, _, words = line.partition(": ")
        found += [(word.strip(), key) for word in words.replace("láttam, köszi", "láttam").split(",")]
    return found


@pytest.mark.parametrize(("typed", "meant"), pairs())
def test_a_status_word_of_five_languages_is_read(typed: str, meant: str) -> None:
    assert status_words.read(typed, "handoffs") == (meant, ())


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("done, sent it today", ("solved",)), ("not done", ("in_work",)), ("not fixed yet", ("in_work",)),
        ("can't get it done today", ()), ("hotovo, ale bez víčka", ()), ("még nincs kész", ("in_work",)),
        ("Sovled", ("solved",)), ("ok", ()), ("megvan", ()), ("😀", ()), ("done 3 of 5", ("solved",)),
    ],
)  # fmt: skip
def test_free_words_are_asked_about_and_a_denial_is_never_offered_as_solved(
    typed: str, likely: tuple[str, ...]
) -> None:
    key, offered = status_words.read(typed, "handoffs")
    assert key == ""
    assert offered[:1] == likely


@pytest.mark.parametrize(
    "typed", ["shipped", "Sent", "odesláno", "feladva", "elküldve", "póstlagt", "στάλθηκε", "done"]
)
def test_a_gift_that_was_shipped_is_known_in_five_languages(typed: str) -> None:
    assert status_words.read(typed, "gifts") == ("shipped", ())


@given(st.text(max_size=80))
def test_any_words_are_read_or_asked_about(typed: str) -> None:
    key, likely = status_words.read(typed, "handoffs")
    assert {key, *likely} <= {"", *status_words.STATUS_NAMES["handoffs"]}


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-04", "4.12.2026", "4. 12. 2026", "4. 12.", "2026. 12. 04.", "2026.12.04", "4.12.26", "20261204",
        "4. prosince 2026", "2026. december 4.", "dec. 4.", "4. desember 2026", "4 Δεκεμβρίου 2026", "4 Δεκ 2026",
        "Dec 4, 2026", "4th of December 2026", "46360", "46360.42", "2026-12-04 10:22:00", "4.12.2026 9:15",
    ],
)  # fmt: skip
def test_a_date_that_is_certain_is_read(typed: str) -> None:
    assert days.read(typed, TODAY) == [date(2026, 12, 4)]


@pytest.mark.parametrize("typed", ["04/12/2026", "12/4/2026", "4/12/26", "4-12-2026"])
def test_a_date_of_two_meanings_has_both(typed: str) -> None:
    assert set(days.read(typed, TODAY)) == {date(2026, 12, 4), date(2026, 4, 12)}
    column = Column("handoffs", "answered_on", TODAY)
    asked = cells.value(typed, column)
    assert isinstance(asked, Question)
    assert asked.readings == ("2026-12-04", "2026-04-12")  # the one that is over and nearer comes first


@pytest.mark.parametrize(
    "typed", ["today", "yesterday", "31.2.2026", "soon", "4", "2026", "99/99/2026", "4 May 5 June"]
)
def test_what_is_no_certain_day_is_no_date(typed: str) -> None:
    assert days.read(typed, TODAY) == []


def test_one_date_settles_how_its_column_is_written_unless_another_contradicts() -> None:
    assert days.order_of(["04/12/2026", "25/12/2026"]) == days.DAY_FIRST
    assert days.order_of(["04/12/2026", "12/25/2026"]) == days.MONTH_FIRST
    assert days.order_of(["25/12/2026", "12/25/2026"]) == ""
    assert days.order_of(["4.12.2026", ""]) == ""


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_day_is_read_back_from_its_forms(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for typed in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%Y. %m. %d.}", str(serial)):
        assert days.read(typed, TODAY) == [day]


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(typed: str) -> None:
    assert len(days.read(typed, TODAY)) <= 2


@given(st.integers(1, 10**9), st.sampled_from(["handoffs", "gifts"]))
def test_an_id_is_read_however_it_is_retyped(number: int, kind: str) -> None:
    shown = ids.display(numbers.KINDS[kind], number)
    greek = shown.translate(str.maketrans("HAEKMNPTXYZB", "ΗΑΕΚΜΝΡΤΧΥΖΒ"))
    forms = (shown, shown.lower(), shown.replace("-", ""), shown.replace("-", " "), shown.replace("0", "O"), greek)
    assert {numbers.read(f" {form} ", kind) for form in forms} == {number}
    assert numbers.read(shown, "gifts" if kind == "handoffs" else "handoffs") is None


@given(st.integers(1, 99_999), st.integers(0, 3), st.sampled_from("0123456789"))
def test_a_wrong_digit_is_refused_and_the_right_id_offered(number: int, place: int, digit: str) -> None:
    shown = ids.display("H", number)
    wrong = shown[: 2 + place] + digit + shown[3 + place :]
    if wrong != shown:
        assert numbers.read(wrong, "handoffs") is None
        assert number in numbers.likely(wrong, "handoffs", {number})


def test_ids_are_found_within_a_letter() -> None:
    first, second = ids.display("H", 42), ids.display("H", 7)
    text = f"Re: {first.lower()} and {second.replace('-', ' ')}, not H-0042-ZZ nor XH-0042-5G"
    assert numbers.within(text, "handoffs") == [42, 7]


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [
        ("1.234,50 €", "EUR", "1234.50"),
        ("1 234 Kč", "CZK", "1234"),
        ("2 990 Ft", "HUF", "2990"),
        ("1.290", "ISK", "1290"),
    ],
)
def test_a_cost_is_read_as_it_is_written_at_home(cell: str, currency: str, value: str) -> None:
    assert cells.value(cell, Column("gifts", "actual_cost", TODAY, currency=currency)) == value


@given(st.text(max_size=60))
def test_a_cell_is_the_same_as_itself_with_or_without_its_guard(text: str) -> None:
    assert cells.same(text, text)
    assert cells.same(text, f"'{text}") or text.strip() != text
    assert cells.same(text.replace("\n", "\r\n") + "  ", text)
