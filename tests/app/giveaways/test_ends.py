"""What else may become of a give-away: promises changed, prizes passed on, thousands entered, input that is broken."""

from __future__ import annotations

import runpy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import NotFoundError, UserError
from app.giveaways import NewEntry, Plan, drawing, early, line_of, parted, pieces, twice
from app.workbench import Workbench
from tests.app.giveaways.refusing import refused

SEED = "4 8 15 16 23 42"


def contest(bench: Workbench, prizes: int = 2, people: Iterable[str] = "abcde", **more: Any) -> int:
    number = bench.giveaways.add(Plan("Shirts", prizes)._replace(**more))
    bench.giveaways.enter_rows(number, [NewEntry(f"Person {who}", f"{who}@x.org", "E-mail") for who in people])
    return number


def drawn(bench: Workbench, **more: Any) -> int:
    number = contest(bench, **more)
    bench.giveaways.close(number)
    bench.giveaways.draw(number, SEED)
    return number


def whole(bench: Workbench, number: int) -> list[str]:
    """The order of the draw."""
    one = bench.giveaways.get(number)
    lines = [line_of(entry) for entry in bench.giveaways.entries(number) if entry.listed]
    return drawing.winners(one.list_sha256, one.seed, lines, len(lines))


def test_promise_is_changed_until_it_is_closed_and_stands_in_the_list(bench: Workbench) -> None:
    number = contest(bench, seed_promise="Lottery", fallback="the week after")
    assert bench.giveaways.get(number).seed_promise == "Lottery; if that never comes: the week after"
    bench.giveaways.promise(number, " Share  price ", "of the day after")
    assert bench.giveaways.get(number).seed_promise == "Share price; if that never comes: of the day after"
    assert parted(bench.giveaways.get(number).seed_promise) == ("Share price", "of the day after")
    assert (parted("Lottery"), parted("")) == (("Lottery", ""), ("", ""))
    bench.actions.undo()
    assert bench.giveaways.get(number).seed_promise.startswith("Lottery")
    assert "which public value" in refused(bench.giveaways.promise, number, " ")
    bench.giveaways.close(number)
    assert b"Seed: Lottery; if that never comes: the week after\n" in bench.giveaways.document(number)
    assert "its list stays as its hash says" in refused(bench.giveaways.promise, number, "Another")
    assert "promised: Lottery; if that never comes" in refused(bench.giveaways.draw, number, "")


def test_prize_goes_to_the_next_in_the_order_of_the_same_draw(bench: Workbench, tmp_path: Path) -> None:
    number = drawn(bench)
    order = whole(bench, number)
    first, second = bench.giveaways.winners(number)
    third = bench.giveaways.pass_on(number, first.id, "Said no")
    assert third is not None
    assert (third.place, line_of(third)) == (3, order[2])
    assert [(one.place, one.struck, one.note) for one in bench.giveaways.winners(number)] == [
        (1, "passed", "Said no"), (2, "", ""), (3, "", ""),
    ]  # fmt: skip
    assert "has passed the prize on already" in refused(bench.giveaways.pass_on, number, first.id)
    assert "no winner with that number" in refused(bench.giveaways.pass_on, number, 999)
    assert bench.giveaways.pass_on(number, third.id) is not None
    assert [line_of(one) for one in bench.giveaways.winners(number)] == order[:4]
    assert bench.giveaways.counts(number) == (5, 0)
    assert {one.id for one in bench.giveaways.others(number)}.isdisjoint(
        one.id for one in bench.giveaways.winners(number)
    )
    bench.giveaways.prove(number, tmp_path)
    told = (tmp_path / "how-to-repeat.txt").read_text("utf-8")
    assert f'python draw.py list.txt "{SEED}" 4' in told
    assert "place 1 passed it on" in told
    repeated = runpy.run_path(str(tmp_path / "draw.py"))["draw"]
    assert repeated((tmp_path / "list.txt").read_bytes(), SEED, 4)[1] == order[:4]
    bench.actions.undo()
    assert len(bench.giveaways.winners(number)) == 3
    assert bench.giveaways.to_gifts(number) == 2
    assert {one.gift_id is None for one in bench.giveaways.winners(number) if one.struck} == {True}
    assert second.id in {one.id for one in bench.giveaways.winners(number) if one.gift_id is not None}


def test_gift_of_a_winner_who_passes_it_on_is_declined_unless_it_was_sent(bench: Workbench) -> None:
    number = drawn(bench, people="ab")
    bench.giveaways.to_gifts(number, "approved")
    first, second = bench.giveaways.winners(number)
    assert bench.giveaways.pass_on(number, first.id) is None  # everybody has won
    assert bench.gifts.get(first.gift_id or 0).state == "declined"
    bench.gifts.set_state(second.gift_id or 0, "shipped")
    assert "has been sent" in refused(bench.giveaways.pass_on, number, second.id)
    assert [one.struck for one in bench.giveaways.winners(number)] == ["passed", ""]
    bench.actions.undo()
    bench.actions.undo()
    assert bench.gifts.get(first.gift_id or 0).state == "approved"


def test_who_turns_out_to_have_won_twice_gets_one_prize(bench: Workbench) -> None:
    number = contest(bench, prizes=3, people="")
    members = [bench.members.add(f"M{who}", email=f"{who}@x.org") for who in "abcd"]
    bench.giveaways.enter_rows(number, [NewEntry(f"M{who}", f"{who}@x.org") for who in "abcd"])
    bench.giveaways.close(number)
    first, second, _third = (one.member_id or 0 for one in bench.giveaways.draw(number, SEED))
    assert twice(bench.giveaways.winners(number)) == ""
    bench.members.merge(first, second)
    assert twice(bench.giveaways.winners(number)).startswith("Won twice under two names: M")
    assert bench.giveaways.to_gifts(number) == 2
    double = next(one for one in bench.giveaways.winners(number) if one.gift_id is None)
    assert bench.giveaways.pass_on(number, double.id) is not None
    assert (twice(bench.giveaways.winners(number)), bench.giveaways.to_gifts(number)) == ("", 1)
    assert len(members) == 4


def test_one_that_is_closed_before_its_time_says_so(bench: Workbench) -> None:
    number = contest(bench, closes_at=2_000_000_000)
    one = bench.giveaways.get(number)
    assert early(one, 1_999_999_999).startswith("That's before 2033-05-18, the end that you set")
    assert early(one, 2_000_000_000) == ""
    assert early(one._replace(closes_at=None), 0) == ""


def test_what_was_decided_by_hand_is_taken_back(bench: Workbench) -> None:
    number = contest(bench, people="aab")
    first, double, other = [entry.id for entry in bench.giveaways.entries(number)]
    bench.giveaways.keep(number, [double])
    bench.giveaways.strike(number, [other], "A shop")
    bench.giveaways.restore(number, [double, other])
    assert [(one.struck, one.note, one.kept_by_hand) for one in bench.giveaways.entries(number)] == [
        ("", "", False), ("double", "", False), ("", "", False),
    ]  # fmt: skip
    bench.actions.undo()
    assert [one.struck for one in bench.giveaways.entries(number)] == ["", "", "hand"]
    bench.giveaways.keep(number, [first])
    assert bench.giveaways.counts(number) == (2, 1)


def test_thousands_are_one_action_and_nobody_waits_for_all_of_them(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 10)
    monkeypatch.setattr("app.giveaways.desk.PIECE", 10)
    monkeypatch.setattr("app.giveaways.settling.PIECE", 10)
    number, seen, between = bench.giveaways.add(Plan("Shirts", 25)), list[tuple[int, int]](), list[str]()

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 2:
            between.append("another write")
            bench.members.add("Meanwhile")

    rows = [NewEntry(f"P{at % 40}", f"p{at % 40}@x.org") for at in range(55)]
    assert bench.giveaways.enter_rows(number, rows, progress).new == 55
    assert (seen[-1], between) == ((45, 45), ["another write"])
    assert bench.giveaways.counts(number) == (40, 15)
    assert len([one for one in bench.actions.last(9) if "entries for" in one.title]) == 1
    bench.actions.undo()
    bench.actions.undo()
    assert bench.giveaways.size(number) == 0
    bench.giveaways.enter_rows(number, rows)
    closed = bench.giveaways.close(number, "Lottery")
    assert closed[:2] == (40, 15)
    assert len(bench.giveaways.draw(number, SEED)) == 25
    bench.actions.undo()
    assert bench.giveaways.winners(number) == []
    bench.giveaways.reopen(number)
    assert all(not entry.listed for entry in bench.giveaways.entries(number))
    bench.actions.undo()
    assert bench.giveaways.document(number).startswith(b"Give-away: Shirts\n")
    bench.actions.undo()
    assert bench.giveaways.get(number).closed_at is None


def test_one_that_changes_while_it_is_closed_stays_open(bench: Workbench) -> None:
    number = contest(bench)
    entry = bench.giveaways.entries(number)[0].id

    def meddle(_done: int, _total: int) -> None:
        with bench.store.write() as conn:
            conn.execute("UPDATE giveaway_entry SET kept_by_hand = 1 - kept_by_hand WHERE id = ?", (entry,))

    with pytest.raises(UserError, match="changed while it was being closed"):
        bench.giveaways.close(number, "Lottery", progress=meddle)
    one = bench.giveaways.get(number)
    assert (one.closed_at, one.list_sha256, one.seed_promise) == (None, "", "")
    assert {entry.listed for entry in bench.giveaways.entries(number)} == {""}
    assert len(bench.giveaways.close(number).hash) == 64


def test_file_is_shown_before_and_broken_ones_enter_nobody(bench: Workbench, tmp_path: Path) -> None:
    number, now = contest(bench, people=""), bench.dates.now(back=True)
    path = tmp_path / "in.csv"
    path.write_bytes(
        "name;handle;channel\nŽofie;@zofie;Instagram\nŽ.;@ZOFIE;Instagram\n;;Instagram\nBéla;@bela\n".encode("cp1250")
    )
    shown = bench.giveaways.enter(number, path, now, dry_run=True)
    assert (shown.new, shown.blank_lines, shown.first) == (3, (4,), ("Žofie", "Ž.", "Béla"))
    assert bench.giveaways.size(number) == 0
    bench.giveaways.enter(number, path, now)
    assert [(one.name, one.struck) for one in bench.giveaways.entries(number)] == [
        ("Žofie", ""), ("Ž.", "double"), ("Béla", ""),
    ]  # fmt: skip
    path.write_bytes(b"PK\x03\x04\x00\x00 no table at all")
    assert str(path.name) in refused(bench.giveaways.enter, number, path, now)
    assert bench.giveaways.size(number) == 3


def test_conversation_that_is_gone_is_said(bench: Workbench) -> None:
    number = contest(bench, people="")
    with pytest.raises(NotFoundError, match="That conversation is no longer there"):
        bench.giveaways.collect(number, conversation=4711)
