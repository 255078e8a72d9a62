"""A file whose titles nobody knows: somebody says which column is which, likely ones are offered, none is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import UserError
from app.returns import Preview, headers, places
from app.returns.sheets import Sheet
from app.workbench import Workbench
from tests.app.returns.returning import Copy, community, sent

TODAY = clock.local(clock.now()).date().isoformat()
SAID = {"Umsögn": "answer", "Hvernig gengur": "status", "Utg.": "rev", "Hvenær": "answered_on", "Miði nr": "ticket"}
TITLES = {
    "handoff_id": "Nr. hjá ykkur", "rev": "Utg.", "status": "Hvernig gengur", "answer": "Umsögn",
    "answered_on": "Hvenær", "ticket": "Miði nr", "owner": "Sá sem sér um þetta", "member": "Frá hverjum",
    "ask": "Hvað þarf", "message": "Orðin", "context": "Meira", "channel": "Staðurinn", "language": "Mál",
    "kind": "Sort", "priority": "Hve brýnt", "opened": "Hófst", "needed_by": "Fyrir", "link": "Slóðin",
}  # fmt: skip


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return community(bench)


def strange(bench: Workbench, folder: Path) -> Copy:
    """A file with titles of Jón's own, its columns the other way round, and an answer in its first row."""
    copy = sent(bench, folder).edit(
        0, status="leyst", answer="Nýr kassi fór í dag með hraðsendingu", answered_on=TODAY, ticket="T-7"
    )
    copy.retitle(TITLES)
    copy.header.reverse()
    copy.rows = [row[::-1] for row in copy.rows]
    return copy


def written(found: Preview) -> dict[str, str]:
    (row,) = found.applied
    return {change.column: change.now for change in row.changes}


def test_unknown_titles_in_another_order_are_asked_about_and_nothing_can_be_applied(
    bench: Workbench, tmp_path: Path
) -> None:
    found = bench.returns.read(strange(bench, tmp_path).save(tmp_path))
    assert (found.settled, found.rows) == (False, ())
    with pytest.raises(UserError, match=r"which columns of jon\.csv"):
        bench.returns.apply(found)


def test_likely_columns_are_offered_by_what_stands_in_them(bench: Workbench, tmp_path: Path) -> None:
    found = bench.returns.read(strange(bench, tmp_path).save(tmp_path))
    offered = {name: field for field, name in found.proposed.items()}
    assert offered.items() >= {
        "Nr. hjá ykkur": "handoff_id", "Utg.": "rev", "Hvernig gengur": "status", "Umsögn": "answer",
        "Hvenær": "answered_on", "Frá hverjum": "member", "Hvað þarf": "ask",
    }.items()  # fmt: skip
    assert "Sá sem sér um þetta" not in offered  # nothing stands there
    (status,) = [place for place in places(found.sheet) if place.name == "Hvernig gengur"]
    assert "leyst" in status.samples


def test_what_was_said_is_read_kept_and_remembered_for_the_next_file_with_these_titles(
    bench: Workbench, tmp_path: Path
) -> None:
    copy = strange(bench, tmp_path)
    path = copy.save(tmp_path)
    found = bench.returns.columns(bench.returns.read(path), SAID)
    assert written(found) == {
        "status": "solved", "answer": "Nýr kassi fór í dag með hraðsendingu", "answered_on": TODAY, "ticket": "T-7",
    }  # fmt: skip
    assert bench.returns.read(path).settled  # kept until it is applied
    bench.returns.apply(found)
    assert bench.handoffs.get(1).status == "solved"
    assert bench.kept_forms.every() == []

    copy.rows[1][copy.header.index("Hvernig gengur")] = "hafnað"
    copy.header.reverse()
    copy.rows = [row[::-1] for row in copy.rows]
    copy.name = "second.csv"
    again = bench.returns.read(copy.save(tmp_path))
    assert written(again) == {"status": "declined"}
    assert any("“Hvernig gengur” as Status" in note for note in again.notes)


def test_what_is_said_goes_before_what_a_title_says(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, ticket="A new box left")
    path = copy.save(tmp_path)
    found = bench.returns.read(path, said={"ticket": "answer", "answer": ""})
    assert written(found) == {"answer": "A new box left"}
    assert "answer" in found.layout.extra


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"Staða": "status"}, "no column “Staða”"),
        ({"Umsögn": "aswer"}, "“aswer” isn't a column of ours"),
        ({"Umsögn": "tracking"}, "isn't a column of ours"),
        ({"Umsögn": "answer", "Orðin": "answer"}, "can't both be answer"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    bench: Workbench, tmp_path: Path, said: dict[str, str], sentence: str
) -> None:
    path = strange(bench, tmp_path).save(tmp_path)
    with pytest.raises(UserError, match=sentence):
        bench.returns.read(path, said=said)


def test_a_file_without_titles_is_named_by_its_letters(bench: Workbench, tmp_path: Path) -> None:
    copy = strange(bench, tmp_path)
    copy.header = ["" for _title in copy.header]
    copy.header[-1] = "Nr. hjá ykkur"
    found = bench.returns.read(copy.save(tmp_path))
    assert found.titles[0] == "Column A"
    said = {found.proposed[field]: field for field in ("rev", "status", "answer")}
    assert written(bench.returns.columns(found, said))["status"] == "solved"


def test_gifts_are_told_the_same_way(bench: Workbench, tmp_path: Path) -> None:
    member = bench.handoffs.get(1).member_id or 0
    bench.gifts.log(member, "Box", "She waited", "12.50 EUR", state="to_ship", address_1="Street 1", city="Athens")
    copy = sent(bench, tmp_path, "gifts").edit(0, status="posláno", tracking="RR123456789CZ", shipped_on=TODAY)
    copy.header = [f"Sloupec {place}" for place in range(len(copy.header))]
    copy.header.reverse()
    copy.rows = [row[::-1] for row in copy.rows]
    found = bench.returns.read(copy.save(tmp_path))
    assert not found.settled
    assert found.proposed.keys() >= {"gift_id", "rev", "status", "shipped_on"}
    said = {found.proposed[field]: field for field in ("rev", "status", "shipped_on")}
    assert written(bench.returns.columns(found, said)) == {"status": "shipped", "shipped_on": TODAY}


def test_a_file_in_an_old_code_page_is_settled_after_its_encoding(bench: Workbench, tmp_path: Path) -> None:
    copy = strange(bench, tmp_path)
    path = tmp_path / "old.csv"
    path.write_bytes(copy.content().decode("utf-8-sig").encode("cp1252", "replace"))
    found = bench.returns.read(path)
    assert not found.certain
    found = bench.returns.encode(found, "cp1252")
    assert found.certain
    assert "Umsögn" in found.titles
    assert written(bench.returns.columns(found, SAID))["status"] == "solved"
    again = bench.returns.read(path)  # both were kept
    assert (again.certain, again.settled) == (True, True)
    named = bench.returns.read(path, said=SAID, afresh=True)  # its names tell the encoding too
    assert "Umsögn" in named.titles


@given(st.lists(st.text(max_size=8), min_size=1, max_size=12))
def test_each_column_has_a_name_of_its_own(titles: list[str]) -> None:
    named = headers.names(Sheet("jon.csv", "", tuple(titles), ()))
    assert len(set(named)) == len(named) == len(titles)
    assert all(named)
