"""An address is found in what a member wrote, whatever their country; what is quoted, or none, is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gifts.reading_addresses import find

SHAPES = [
    ("Hi!\n\nMy address is:\nMaria Papadopoulou\nErmou 12\n105 63 Athens\nGreece\n\nThanks!",
     ("Maria Papadopoulou", "Ermou 12", "105 63", "Athens", "Greece"), (3, 4, 5, 6)),
    ("Η διεύθυνσή μου είναι Κερκύρας 14, 113 62 Αθήνα. Ευχαριστώ!", ("", "Κερκύρας 14", "113 62", "Αθήνα", ""), (0,)),
    ("Ευχαριστώ!\nΜαρία Παπαδοπούλου\nΛεωφόρος Κηφισίας 120\nΤ.Κ. 115 26 Αθήνα\nΕλλάδα",
     ("Μαρία Παπαδοπούλου", "Λεωφόρος Κηφισίας 120", "115 26", "Αθήνα", "Ελλάδα"), (1, 2, 3, 4)),
    ("Szia! A címem: 1052 Budapest, Váci utca 12. Köszönöm", ("", "Váci utca 12", "1052", "Budapest", ""), (0,)),
    ("Köszönöm!\nKovács Anna\nPécs\nKirály utca 7.\n7621",
     ("Kovács Anna", "Király utca 7", "7621", "Pécs", ""), (1, 2, 3, 4)),
    ("Moje adresa je Jana Nováková, Dlouhá 727/39, 110 00 Praha 1, Česko",
     ("Jana Nováková", "Dlouhá 727/39", "110 00", "Praha 1", "Česko"), (0,)),
    ("Heimilisfangið mitt er:\nGuðrún Ásta Þórðardóttir\nLaugavegur 22a\n101 Reykjavík",
     ("Guðrún Ásta Þórðardóttir", "Laugavegur 22a", "101", "Reykjavík", ""), (1, 2, 3)),
    ("John Smith\n221B Baker Street\nFlat 2\nLondon\nNW1 6XE\nUK",
     ("John Smith", "221B Baker Street", "NW1 6XE", "London", "UK"), (0, 1, 2, 3, 4, 5)),
    ("Sure. John Smith, 221B Baker Street, London NW1 6XE, United Kingdom. Best, John",
     ("John Smith", "221B Baker Street", "NW1 6XE", "London", "United Kingdom"), (0,)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "lines"), SHAPES)
def test_the_shapes_of_five_countries(text: str, wanted: tuple[str, ...], lines: tuple[int, ...]) -> None:
    found = find(text)
    assert found is not None
    assert (found.recipient, found.address_1, found.postal_code, found.city, found.country) == wanted
    assert found.lines == lines


@pytest.mark.parametrize(
    "text",
    [
        "", "I ordered 3 bottles on 12 May 2026 and got 2.", "My order 1234 Vases arrived", "Call me at 210 1234567.",
        "In 2019 Athens was warm.\nWe had 12 people at 20 tables.",
        "Thank you!\n\nOn Mon, 1 Dec 2026, Us wrote:\n> Ermou 12\n> 105 63 Athens",
        "Yes\n> Ermou 12\n> 105 63 Athens",
    ],
)  # fmt: skip
def test_where_there_is_none(text: str) -> None:
    assert find(text) is None


def test_the_last_one_corrects_the_others() -> None:
    found = find("Ermou 12\n105 63 Athens\n\nNo, sorry, this one:\nKerkyras 5\n113 62 Athens")
    assert found is not None
    assert (found.address_1, found.postal_code) == ("Kerkyras 5", "113 62")


NAMES = st.sampled_from(["Maria Papadopoulou", "Nagy Eszter", "Jana Nováková", "Guðrún Þórðardóttir", "John Smith"])
STREETS = st.sampled_from(["Ermou", "Váci utca", "Dlouhá", "Laugavegur", "Λεωφόρος Συγγρού", "Baker Street"])
TOWNS = st.sampled_from(["Athens", "Budapest", "Praha", "Reykjavík", "Θεσσαλονίκη", "Hafnarfjörður"])
CODES = st.from_regex(r"[1-9][0-9]{2}( [0-9]{2}|[0-9]{2}|[0-9])?", fullmatch=True)
BEFORE = st.sampled_from(["", "Thank you so much!\n\n", "Hello,\nhere it is:\n", "Γεια σας!\n"])
AFTER = st.sampled_from(["", "\n\nBest wishes", "\n\n> Where should it go?\n> Other street 9\n> 999 99 Nowhere"])


@given(
    name=NAMES, street=STREETS, number=st.integers(1, 999), code=CODES, town=TOWNS, before=BEFORE, after=AFTER,
    inline=st.booleans(),
)  # fmt: skip
def test_what_is_written_is_found_and_nothing_else(
    name: str, street: str, number: int, code: str, town: str, before: str, after: str, *, inline: bool
) -> None:
    parts = (name, f"{street} {number}", f"{code} {town}")
    text = f"{before}{(', ' if inline else chr(10)).join(parts)}{after}"
    found = find(text)
    assert found is not None
    assert (found.recipient, found.address_1, found.postal_code, found.city) == (name, parts[1], code, town)
    written = [text.splitlines()[line] for line in found.lines]
    assert written == ([", ".join(parts)] if inline else list(parts))


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = find(text)
    assert found is None or all(0 <= line < len(text.splitlines()) for line in found.lines)
