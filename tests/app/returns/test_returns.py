"""A file that comes back: merged three ways, shown before it is written, written as one action."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.base import clock, ids
from app.base.errors import UserError
from app.returns import MINE, Preview
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.returns.returning import community, sent

TODAY = clock.local(clock.now()).date()


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return community(bench)


def counts(found: Preview) -> tuple[int, int, int, int]:
    """How many rows are applied, changed by both, unchanged and rejected."""
    return len(found.applied), len(found.both_changed), len(found.unchanged), len(found.rejected)


def actions(bench: Workbench) -> int:
    return int(scalar(bench.store.read, "SELECT count(*) FROM action WHERE undone_at IS NULL"))


def test_an_edited_file_is_applied_and_taken_back_as_one_action(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, status="hotovo", answer="Nová krabice jde", ticket="T-7")
    copy.edit(1, status="in progress")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (2, 0, 3, 0)
    before = actions(bench)
    done = bench.returns.apply(found)
    one = bench.handoffs.get(1)
    assert (done.rows, done.teammates) == (2, ("Jón Einarsson",))
    assert (one.status, one.answer, one.ticket, one.answered_on) == (
        "solved", "Nová krabice jde", "T-7", TODAY.isoformat(),
    )  # fmt: skip
    assert bench.handoffs.get(2).status == "in_work"
    assert actions(bench) == before + 1
    undone = bench.actions.undo()
    assert undone is not None
    assert "jon.csv" in undone.title
    assert "Jón Einarsson" in undone.title
    assert (bench.handoffs.get(1).status, bench.handoffs.get(1).answer) == ("sent", "")


def test_the_same_file_twice_changes_nothing_and_says_so(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, status="done", answer="Yes").save(tmp_path)
    bench.returns.apply(bench.returns.read(path))
    bench.handoffs.edit(1, {"answer": "Yes, on Friday"})  # what we write since is not overwritten by a second reading
    before = actions(bench)
    again = bench.returns.read(path)
    assert counts(again) == (0, 0, 5, 0)
    assert again.read_before
    assert any("read on" in note for note in again.notes)
    assert bench.returns.apply(again).rows == 0
    assert actions(bench) == before
    assert bench.handoffs.get(1).answer == "Yes, on Friday"


def test_a_reading_that_was_undone_can_be_done_again(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, status="done").save(tmp_path)
    bench.returns.apply(bench.returns.read(path))
    bench.actions.undo()
    found = bench.returns.read(path)
    assert counts(found) == (1, 0, 4, 0)
    assert not found.read_before


def test_what_both_changed_is_a_choice_and_stays_until_it_is_made(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, answer="Theirs", ticket="T-1").edit(1, answer="Also").save(tmp_path)
    bench.handoffs.edit(1, {"answer": "Mine"})
    found = bench.returns.read(path)
    assert counts(found) == (2, 1, 3, 0)
    (conflict,) = found.both_changed[0].conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("", "Mine", ((2, "Theirs"),))
    assert bench.returns.apply(found).rows == 2
    assert (bench.handoffs.get(1).answer, bench.handoffs.get(1).ticket) == ("Mine", "T-1")
    again = bench.returns.read(path)
    assert counts(again) == (0, 1, 4, 0)
    bench.returns.apply(again, {(1, "answer"): "Theirs"})
    assert bench.handoffs.get(1).answer == "Theirs"
    assert counts(bench.returns.read(path)) == (0, 0, 5, 0)


def test_what_was_decided_for_ours_is_not_asked_again(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, answer="Theirs").save(tmp_path)
    bench.handoffs.edit(1, {"answer": "Mine"})
    before = actions(bench)
    assert bench.returns.apply(bench.returns.read(path), {(1, "answer"): MINE}).rows == 0
    assert actions(bench) == before
    assert counts(bench.returns.read(path)) == (0, 0, 5, 0)
    assert bench.handoffs.get(1).answer == "Mine"


def test_what_we_changed_alone_stays(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, ticket="T-1").save(tmp_path)
    bench.handoffs.edit(1, {"answer": "Mine"})
    bench.returns.apply(bench.returns.read(path))
    assert (bench.handoffs.get(1).answer, bench.handoffs.get(1).ticket) == ("Mine", "T-1")


def test_a_blank_never_erases_and_a_lone_hyphen_does(bench: Workbench, tmp_path: Path) -> None:
    bench.handoffs.edit(1, {"answer": "Old", "ticket": "T-1", "owner": "Jón"})
    copy = sent(bench, tmp_path).edit(0, answer="", ticket=" - ", owner="–")
    found = bench.returns.read(copy.save(tmp_path))
    assert [edit.column for edit in found.rows[0].ignored] == ["answer"]
    bench.returns.apply(found)
    one = bench.handoffs.get(1)
    assert (one.answer, one.ticket, one.owner) == ("Old", "", "")


def test_a_status_is_never_made_blank(bench: Workbench, tmp_path: Path) -> None:
    found = bench.returns.read(sent(bench, tmp_path).edit(0, status="-").save(tmp_path))
    assert counts(found) == (0, 0, 4, 1)


def test_columns_that_are_not_theirs_are_told_and_never_applied(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, needed_by="2027-01-01", priority="high", answer="Yes")
    found = bench.returns.read(copy.save(tmp_path))
    assert {(edit.column, edit.theirs) for edit in found.ignored[0].ignored} == {
        ("needed_by", "2027-01-01"),
        ("priority", "high"),
    }
    bench.returns.apply(found)
    assert (bench.handoffs.get(1).priority, bench.handoffs.get(1).needed_by) == ("normal", "")


def test_a_row_with_an_unclear_word_waits_whole_until_it_is_answered(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, status="Sovled", answer="Sent").edit(1, status="done, sent it today")
    copy.edit(2, status="not done")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (0, 0, 2, 3)
    readings = [row.questions[0].readings[:1] for row in found.rejected]
    assert readings == [("solved",), ("solved",), ("in_work",)]
    assert bench.returns.apply(found).rows == 0
    assert bench.handoffs.get(1).answer == ""
    answered = bench.returns.answer(found, 2, "status", "solved")
    assert counts(answered) == (1, 0, 2, 2)
    bench.returns.apply(answered)
    assert (bench.handoffs.get(1).status, bench.handoffs.get(1).answer) == ("solved", "Sent")
    with pytest.raises(UserError, match="Choose from"):
        bench.returns.answer(found, 2, "status", "perhaps")


def test_dates_in_six_national_forms_are_read_and_doubtful_ones_asked(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    for row, typed in enumerate(("4.12.2026", "2026. 12. 04.", "2026-12-04", "4 Δεκεμβρίου 2026", "04/12/2026")):
        copy.edit(row, answered_on=typed)
    found = bench.returns.read(copy.save(tmp_path))
    assert [change.now for row in found.applied for change in row.changes] == ["2026-12-04"] * 4
    (asked,) = found.rejected
    assert set(asked.questions[0].readings) == {"2026-12-04", "2026-04-12"}
    copy.edit(0, answered_on="25/12/2026")  # settles how the column is written
    settled = bench.returns.read(copy.save(tmp_path))
    assert [change.now for change in settled.rows[4].changes] == ["2026-12-04"]


@pytest.mark.parametrize("typed", ["1.23E+19", "####", "1,5E+10"])
def test_what_a_spreadsheet_damaged_is_never_taken(bench: Workbench, tmp_path: Path, typed: str) -> None:
    found = bench.returns.read(sent(bench, tmp_path).edit(0, ticket=typed).save(tmp_path))
    assert counts(found) == (0, 0, 4, 1)
    assert typed in found.rejected[0].questions[0].reason


def test_a_retyped_id_is_taken_where_its_check_code_agrees(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    digits = copy.cell(0, "handoff_id")
    retyped = digits.replace("-", " ").replace("0", "Ο").lower().replace("h", "Η")
    copy.edit(0, handoff_id=retyped, status="done")
    assert retyped != digits
    assert counts(bench.returns.read(copy.save(tmp_path))) == (1, 0, 4, 0)


def test_a_misspelled_id_is_refused_with_its_likely_reading(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    right = copy.cell(0, "handoff_id")
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    found = bench.returns.read(copy.edit(0, handoff_id=wrong, status="done").save(tmp_path))
    (row,) = found.rejected
    assert row.questions[0].readings == ("1",)
    answered = bench.returns.answer(found, row.line, "handoff_id", "1")
    assert counts(answered) == (1, 0, 4, 0)
    copy.edit(0, handoff_id="", ask="")
    (nobody,) = bench.returns.read(copy.save(tmp_path)).rejected
    assert nobody.reason == "The row has no id."


def test_rows_of_another_community_are_refused(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    for row in range(5):
        copy.edit(row, ask=f"Something else {row}", member=f"Nobody {row}", status="done")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (0, 0, 0, 5)
    assert "another one" in " ".join(found.notes)
    assert bench.returns.apply(found).rows == 0


def test_a_file_of_which_one_column_was_sorted_is_refused_row_by_row(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    shown = sorted((copy.cell(row, "handoff_id") for row in range(5)), reverse=True)
    for row, number in enumerate(shown):
        copy.edit(row, handoff_id=number, status="done")
    found = bench.returns.read(copy.save(tmp_path))
    assert [row.number for row in found.applied] == [3]  # the one in the middle is still its own


def test_two_answers_to_one_row_are_a_choice_never_taken_in_silence(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    copy.rows.append(list(copy.rows[0]))
    copy.edit(0, answer="Yes", ticket="T-1").edit(5, answer="No", ticket="T-1")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (1, 1, 5, 0)
    (conflict,) = found.both_changed[0].conflicts
    assert conflict.theirs == ((2, "Yes"), (7, "No"))
    bench.returns.apply(found, take="theirs")
    assert (bench.handoffs.get(1).answer, bench.handoffs.get(1).ticket) == ("", "T-1")
    bench.returns.apply(bench.returns.read(tmp_path / "jon.csv"), {(1, "answer"): "No"})
    assert bench.handoffs.get(1).answer == "No"


def test_two_teammates_who_answer_the_same_row_differently_are_a_choice(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path)
    first = copy.edit(0, status="done", answer="New box").save(tmp_path)
    bench.returns.apply(bench.returns.read(first))
    copy.edit(0, status="declined", answer="Not ours")
    copy.name = "dora.csv"
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (0, 1, 4, 0)
    assert {(one.mine, one.theirs[0][1]) for one in found.both_changed[0].conflicts} == {
        ("solved", "declined"),
        ("New box", "Not ours"),
    }


def test_an_older_file_after_a_newer_one_is_noticed(bench: Workbench, tmp_path: Path) -> None:
    old = sent(bench, tmp_path)
    bench.handoffs.edit(1, {"priority": "high"})
    new = sent(bench, tmp_path).edit(0, answer="Newer")
    bench.returns.apply(bench.returns.read(new.save(tmp_path)))
    old.edit(0, answer="Older")
    found = bench.returns.read(old.save(tmp_path))
    assert any("a newer one was read" in note for note in found.notes)
    assert counts(found) == (0, 1, 4, 0)


def test_a_file_that_comes_back_after_the_hand_off_was_closed_asks(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, status="done", answer="At last").save(tmp_path)
    bench.handoffs.close(1, "They found it themselves")
    found = bench.returns.read(path)
    assert counts(found) == (0, 1, 4, 0)
    assert "closed" in found.rows[0].reason
    bench.returns.apply(found, take="theirs")
    one = bench.handoffs.get(1)
    assert (one.closed_at, one.told_at, one.status, one.answer) == (None, None, "solved", "At last")


def test_a_row_of_an_unknown_revision_is_a_choice_where_ours_differs(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, rev="", status="done", answer="Yes").edit(1, rev="99", status="done")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (1, 2, 3, 0)
    assert ["missing" in row.reason or "99" in row.reason for row in found.both_changed] == [True, True]


def test_nothing_is_written_if_something_changed_here_since_the_preview(bench: Workbench, tmp_path: Path) -> None:
    found = bench.returns.read(sent(bench, tmp_path).edit(0, status="done").edit(1, status="done").save(tmp_path))
    bench.handoffs.edit(2, {"answer": "Mine"})
    with pytest.raises(UserError, match="changed here"):
        bench.returns.apply(found)
    assert bench.handoffs.get(1).status == "sent"
    assert bench.returns.apply(bench.returns.refreshed(found)).rows == 2


def test_rejected_rows_are_saved_as_the_same_file_with_reasons(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, status="Sovled", answer="=1+1").edit(1, status="done")
    found = bench.returns.read(copy.save(tmp_path))
    path = tmp_path / "rejected.csv"
    assert bench.returns.save_rejected(found, path) == 1
    again = bench.returns.read(path)
    assert again.sheet.header[-1] == "errors"
    assert "Sovled" in again.sheet.lines[0].cell(len(again.sheet.header) - 1)
    assert [row.id for row in again.rejected] == [ids.display("H", 1)]
    copy_of_it = bench.returns.answer(again, 2, "status", "solved")
    assert {change.now for change in copy_of_it.rows[0].changes} == {"solved", "=1+1"}


def test_gifts_that_were_shipped_come_back_the_same_way(bench: Workbench, tmp_path: Path) -> None:
    member = bench.handoffs.get(1).member_id or 0
    bench.gifts.log(member, "Box", "She waited", "12.50 EUR", state="to_ship", address_1="Street 1", city="Athens")
    bench.gifts.count_stock("Box", 3)
    copy = sent(bench, tmp_path, "gifts")
    shipped = TODAY - timedelta(days=1)
    copy.edit(
        0, status="στάλθηκε", shipped_on=f"{shipped.day}. {shipped.month}. {shipped.year}", carrier="ELTA",
        tracking="00340434161094042557", actual_cost="9,80 €",
    )  # fmt: skip
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (1, 0, 0, 0)
    bench.returns.apply(found)
    gift = bench.gifts.get(1)
    assert (gift.state, gift.shipped_on, gift.carrier, gift.tracking, gift.actual_cost) == (
        "shipped", shipped.isoformat(), "ELTA", "00340434161094042557", 980,
    )  # fmt: skip
    assert bench.gifts.stock()[0].on_hand == 2
    bench.actions.undo()
    assert (bench.gifts.get(1).state, bench.gifts.stock()[0].on_hand) == ("to_ship", 3)


def test_a_cost_in_another_currency_is_asked_about(bench: Workbench, tmp_path: Path) -> None:
    member = bench.handoffs.get(1).member_id or 0
    bench.gifts.log(member, "Box", "She waited", "12.50 EUR", state="to_ship")
    copy = sent(bench, tmp_path, "gifts").edit(0, actual_cost="250", currency="CZK")
    found = bench.returns.read(copy.save(tmp_path))
    assert counts(found) == (0, 0, 0, 1)
    assert "CZK" in found.rejected[0].questions[0].reason


@pytest.mark.parametrize("header", ["conversation_id,url,channel", "First Name,Last Name,Email", "a,b,c"])
def test_a_wrong_file_is_refused_in_one_sentence(bench: Workbench, tmp_path: Path, header: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"{header}\nC-1,2,3\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"other\.csv"):
        bench.returns.read(path)
