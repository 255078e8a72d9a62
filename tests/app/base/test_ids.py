"""Ids as people see and type them: what is shown is read back, and a slip is caught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import ids
from app.base.errors import NotFoundError

CHECKED = st.sampled_from([ids.HANDOFF, ids.GIFT])
PLAIN = st.sampled_from([ids.CONVERSATION, ids.MESSAGE, ids.MEMBER, ids.OUTBOX])
NUMBERS = st.integers(1, 999_999_999)


@given(PLAIN | CHECKED, NUMBERS)
def test_what_is_shown_is_read_back(kind: str, number: int) -> None:
    shown = ids.display(kind, number)
    assert ids.parse(shown) == (kind, number)
    assert ids.parse(f"  {shown.lower()}\n") == (kind, number)
    assert ids.parse(shown.replace("-", "")) == (kind, number)
    assert ids.number(kind, shown) == number


def test_what_they_look_like() -> None:
    assert ids.display(ids.CONVERSATION, 12) == "C-12"
    assert ids.display(ids.HANDOFF, 42).startswith("H-0042-")


@given(CHECKED, NUMBERS)
def test_every_single_wrong_digit_is_caught(kind: str, number: int) -> None:
    _, digits, check = ids.display(kind, number).split("-")
    for place in range(len(digits)):
        for wrong in set("0123456789") - {digits[place]}:
            with pytest.raises(NotFoundError):
                ids.parse(f"{kind}-{digits[:place]}{wrong}{digits[place + 1 :]}-{check}")


@given(CHECKED, NUMBERS)
def test_every_swap_of_two_digits_is_caught(kind: str, number: int) -> None:
    _, digits, check = ids.display(kind, number).split("-")
    for left in range(len(digits)):
        for right in range(left + 1, len(digits)):
            if digits[left] != digits[right]:
                swapped = list(digits)
                swapped[left], swapped[right] = digits[right], digits[left]
                with pytest.raises(NotFoundError):
                    ids.parse(f"{kind}-{''.join(swapped)}-{check}")


@given(CHECKED, NUMBERS, st.integers(0, 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_wrong_check_character_is_caught(kind: str, number: int, place: int, wrong: str) -> None:
    start, digits, check = ids.display(kind, number).split("-")
    typed = check[:place] + wrong + check[place + 1 :]
    if typed == check:
        assert ids.parse(f"{start}-{digits}-{typed}") == (kind, number)
    else:
        with pytest.raises(NotFoundError):
            ids.parse(f"{start}-{digits}-{typed}")


@given(NUMBERS)
def test_a_gift_is_no_hand_off(number: int) -> None:
    with pytest.raises(NotFoundError):
        ids.parse(ids.display(ids.GIFT, number).replace("G", "H", 1))


@pytest.mark.parametrize("typed", ["", "C", "C-", "X-12", "C--12", "12", "H-0042", "C-12-7K", "C-1234567890123456789"])
def test_what_is_no_id_says_so_in_its_own_words(typed: str) -> None:
    with pytest.raises(NotFoundError, match="isn't a Rapport id"):
        ids.parse(typed)


def test_an_id_of_another_kind_is_refused() -> None:
    with pytest.raises(NotFoundError, match="start with P-"):
        ids.number(ids.MEMBER, "C-12")
