"""Rules are kept, shown before they are saved, applied once to what comes in, and what they did is taken back."""

from __future__ import annotations

import json

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.rules import Conditions, Deeds
from app.store.sqlite import scalar
from app.templates import Text
from app.workbench import Workbench
from tests.app.saying import account, is_consistent, said

DAY = 86_400
NOW = clock.now() // 60 * 60
PARCEL = Conditions(words=("parcel",))


@pytest.fixture
def place(bench: Workbench) -> int:
    return account(bench.store)


def come(bench: Workbench, place: int, remote_id: str, text: str, who: str = "anna", at: int = NOW, **more: str) -> int:
    """A message comes in; its conversation's id."""
    bench.intake.take(place, [said(remote_id, at, text, who, thread=more.get("thread", remote_id))])
    return int(scalar(bench.store.read, "SELECT conversation_id FROM message WHERE remote_id = ?", (remote_id,)))


def labels(bench: Workbench, number: int) -> list[str]:
    return list(bench.inbox.labels(number))


def test_what_comes_in_is_labelled_once(bench: Workbench, place: int) -> None:
    number = bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))
    hit = come(bench, place, "1", "Where are my parcels?")
    other = come(bench, place, "2", "Hello")
    come(bench, place, "1", "Where are my parcels?")
    assert (labels(bench, hit), labels(bench, other)) == (["Parcel"], [])
    assert [(one.who, one.words, one.rule) for one in bench.rules.hits(number)] == [
        ("Anna", "Where are my parcels?", "Parcels")
    ]
    assert bench.rules.get(number).hits == 1
    is_consistent(bench.store)


def test_a_hit_fails_with_its_message_and_comes_with_it(bench: Workbench, place: int) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))

    def broken(*_: object) -> None:
        raise OSError

    bench.intake._met = broken  # the program ends in the middle of a page
    with pytest.raises(OSError):  # noqa: PT011  any
        come(bench, place, "1", "parcel")
    bench.intake._met = None
    assert scalar(bench.store.read, "SELECT count(*) FROM rule_hit") == 0
    come(bench, place, "1", "parcel")
    assert scalar(bench.store.read, "SELECT count(*) FROM rule_hit") == 1


def test_ours_and_history_and_imports_are_not_touched(bench: Workbench, place: int) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))
    come(bench, place, "1", "parcel", at=NOW - 60 * DAY)
    come(bench, place, "2", "parcel", "us")
    with bench.store.write() as conn:
        conn.execute("INSERT INTO import_batch (id, file, kind, at) VALUES (1, 'a.mbox', 'mbox', 1)")
    bench.intake.take(place, [said("3", NOW, "parcel", thread="3")], batch_id=1)
    assert scalar(bench.store.read, "SELECT count(*) FROM rule_hit") == 0


def test_the_first_message_of_somebody(bench: Workbench, place: int) -> None:
    number = bench.rules.add("New", Conditions(first_time=True), Deeds("New here"))
    come(bench, place, "1", "Hello", at=NOW - 100)
    come(bench, place, "2", "Hello again", at=NOW)
    assert [hit.words for hit in bench.rules.hits(number)] == ["Hello"]


def test_preview_changes_nothing_and_counts_the_last_days(bench: Workbench, place: int) -> None:
    come(bench, place, "1", "parcel one", at=NOW - 2 * DAY)
    come(bench, place, "2", "hello", "béla", at=NOW - DAY)
    come(bench, place, "3", "parcel two", at=NOW)
    come(bench, place, "4", "parcel old", at=NOW - 31 * DAY)
    found = bench.rules.preview(PARCEL, NOW)
    assert found.sentence == "It would have hit 2 of 3 messages of the last 30 days."
    assert [one.words for one in found.shown] == ["parcel two", "parcel one"]
    assert scalar(bench.store.read, "SELECT count(*) FROM rule") == 0
    with pytest.raises(UserError, match="at least one"):
        bench.rules.preview(Conditions())


def test_what_is_there_is_touched_only_if_asked_for(bench: Workbench, place: int) -> None:
    first = come(bench, place, "1", "parcel one", at=NOW - 2 * DAY)
    number = bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))
    assert labels(bench, first) == []
    bench.rules.change(number, "Parcels", PARCEL, Deeds("Parcel"), to_lately=True)
    bench.rules.change(number, "Parcels", PARCEL, Deeds("Parcel"), to_lately=True)
    assert labels(bench, first) == ["Parcel"]
    assert len(bench.rules.hits(number)) == 1


def test_applying_to_the_last_days_is_one_action(bench: Workbench, place: int) -> None:
    numbers = [come(bench, place, str(n), "parcel", at=NOW - n * 60) for n in range(3)]
    bench.rules.add("Parcels", PARCEL, Deeds("Parcel", quiet=True), to_lately=True)
    assert [bench.inbox.row(number).state for number in numbers] == ["quiet"] * 3
    bench.actions.undo(bench.store.last_action)
    assert bench.rules.every() == []
    assert [bench.inbox.row(number).state for number in numbers] == ["needs_me"] * 3
    is_consistent(bench.store)


def test_a_hit_is_undone_by_itself(bench: Workbench, place: int) -> None:
    number = bench.rules.add("Parcels", PARCEL, Deeds("Parcel", unhappy=True))
    one, two = come(bench, place, "1", "parcel"), come(bench, place, "2", "parcel", "béla")
    hit = bench.rules.hits_in(one)[0]
    assert bench.rules.undo([hit.id]) == 1
    assert (labels(bench, one), bench.inbox.row(one).unhappy) == ([], False)
    assert (labels(bench, two), bench.inbox.row(two).unhappy) == (["Parcel"], True)
    with pytest.raises(UserError, match="undone already"):
        bench.rules.undo([hit.id])
    bench.actions.undo(bench.store.last_action)
    assert labels(bench, one) == ["Parcel"]
    assert bench.rules.undo_all(number) == 2
    assert (labels(bench, one), labels(bench, two)) == ([], [])
    come(bench, place, "1", "parcel")  # known: an undone hit is not made again
    assert labels(bench, one) == []
    is_consistent(bench.store)


def test_what_was_so_before_stays_after_undo(bench: Workbench, place: int) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds("Parcel", unhappy=True))
    number = come(bench, place, "0", "hello", thread="t", at=NOW - 100)
    bench.inbox.label(number, ["Parcel"])
    bench.inbox.mark(number, "unhappy", on=True)
    come(bench, place, "1", "parcel", thread="t")
    bench.rules.undo([bench.rules.hits_in(number)[0].id])
    assert (labels(bench, number), bench.inbox.row(number).unhappy) == (["Parcel"], True)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_two_hits_wanted_goes_with_the_last(bench: Workbench, place: int, order: tuple[int, int]) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds("Parcel", unhappy=True))
    bench.rules.add("Lost", Conditions(words=("lost",)), Deeds("Parcel", unhappy=True))
    number = come(bench, place, "1", "lost parcel")
    hits = bench.rules.hits_in(number)
    bench.rules.undo([hits[order[0]].id])
    assert (labels(bench, number), bench.inbox.row(number).unhappy) == (["Parcel"], True)
    bench.rules.undo([hits[order[1]].id])
    assert (labels(bench, number), bench.inbox.row(number).unhappy) == ([], False)


def test_snoozed_and_back(bench: Workbench, place: int) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds(snooze="week"))
    number = come(bench, place, "1", "parcel")
    assert bench.inbox.row(number).state == "snoozed"
    bench.rules.undo([bench.rules.hits_in(number)[0].id])
    assert bench.inbox.row(number).state == "needs_me"


def test_what_the_person_snoozed_since_stays(bench: Workbench, place: int) -> None:
    bench.rules.add("Parcels", PARCEL, Deeds(snooze="week"))
    number = come(bench, place, "1", "parcel")
    bench.inbox.snooze([number], NOW + 99 * DAY)
    bench.rules.undo([bench.rules.hits_in(number)[0].id])
    assert bench.inbox.row(number).snoozed_until == NOW + 99 * DAY


def test_quiet_and_back(bench: Workbench, place: int) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), Deeds(quiet=True))
    number = come(bench, place, "1", "I enter the raffle")
    assert bench.inbox.row(number).state == "quiet"
    is_consistent(bench.store)
    bench.rules.undo([bench.rules.hits_in(number)[0].id])
    assert (bench.inbox.row(number).state, bench.inbox.row(number).waiting_since) == ("needs_me", NOW)
    is_consistent(bench.store)


@pytest.mark.parametrize("before", ["done", "snoozed", "closed by itself", "done, unanswered"])
def test_what_is_quieted_leaves_its_conversation_as_it_was(bench: Workbench, place: int, before: str) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), Deeds(quiet=True))
    number = come(bench, place, "1", "When does it come?", thread="t", at=NOW - 300)
    if before != "done, unanswered":
        bench.intake.take(place, [said("ours", NOW - 200, "On Friday.", "us", thread="t")])
    if before == "snoozed":
        bench.inbox.snooze([number], NOW + 9 * DAY)
    elif before == "closed by itself":
        come(bench, place, "2", "Thank you!", thread="t", at=NOW - 100)
    else:
        bench.inbox.done([number])
    then = bench.inbox.row(number)
    assert then.state == ("snoozed" if before == "snoozed" else "done")
    come(bench, place, "3", "I enter the raffle", thread="t")
    now = bench.inbox.row(number)
    assert (now.state, now.snoozed_until, now.unread) == (then.state, then.snoozed_until, 0)
    is_consistent(bench.store)
    bench.rules.undo([bench.rules.hits_in(number)[0].id])
    assert bench.inbox.row(number).state == "needs_me"
    bench.actions.undo()
    assert bench.inbox.row(number).state == then.state
    is_consistent(bench.store)


def test_what_asks_besides_keeps_it_open(bench: Workbench, place: int) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), Deeds(quiet=True))
    number = come(bench, place, "1", "When does it come?", thread="t", at=NOW - 300)
    bench.intake.take(place, [said("ours", NOW - 200, "On Friday.", "us", thread="t")])
    bench.inbox.done([number])
    entry, question = (
        said("2", NOW - 9, "I enter the raffle", thread="t"),
        said("3", NOW - 8, "At what time?", thread="t"),
    )
    bench.intake.take(place, [entry, question])
    assert bench.inbox.row(number).state == "needs_me"
    is_consistent(bench.store)


def test_what_was_open_stays_open(bench: Workbench, place: int) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), Deeds(quiet=True))
    number = come(bench, place, "1", "When does it come?", thread="t", at=NOW - 300)
    bench.intake.take(place, [said("ours", NOW - 200, "On Friday.", "us", thread="t")])
    come(bench, place, "3", "I enter the raffle", thread="t")
    assert bench.inbox.row(number).state == "waiting"


def test_what_is_unhappy_never_sinks(bench: Workbench, place: int) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), Deeds("Raffle", quiet=True))
    number = come(bench, place, "0", "I am angry", thread="t", at=NOW - 100)
    bench.inbox.mark(number, "unhappy", on=True)
    come(bench, place, "1", "and the raffle?", thread="t")
    assert bench.inbox.row(number).state == "needs_me"
    assert bench.rules.hits_in(number)[0].did == {"label": {"what": "Raffle", "changed": True}, "left": True}


@pytest.mark.parametrize("deeds", [Deeds(quiet=True), Deeds(snooze="tomorrow")])
def test_an_answer_that_is_owed_never_sinks(bench: Workbench, place: int, deeds: Deeds) -> None:
    bench.rules.add("Raffle", Conditions(words=("raffle",)), deeds)
    number = come(bench, place, "0", "Where is my mug?", thread="t", at=NOW - 100)
    handed = bench.handoffs.add(number, bench.teammates.add("Jana"), "Send a mug", at=NOW - 90)
    bench.handoffs.answer(handed, "solved", "It left today", at=NOW - 80)
    come(bench, place, "1", "and the raffle?", thread="t")
    assert bench.inbox.row(number).state == "needs_me"
    assert bench.rules.hits_in(number)[0].did == {"left": True}


def test_templates_and_hand_offs_are_only_offered(bench: Workbench, place: int) -> None:
    mate = bench.teammates.add("Jana")
    bench.templates.add("late", "Late parcel", texts=[Text("en", "A", "It is on its way.")])
    bench.rules.add("Parcels", PARCEL, Deeds(template="late", teammate_id=mate))
    number = come(bench, place, "1", "parcel")
    come(bench, place, "2", "parcel again", thread="1")
    assert [(one.rule, one.template, one.teammate_id) for one in bench.rules.offers(number)] == [
        ("Parcels", "late", None), ("Parcels", "", mate),
    ]  # fmt: skip
    for table in ("outbox", "draft", "handoff"):
        assert scalar(bench.store.read, f"SELECT count(*) FROM {table}") == 0


def test_a_join_keeps_the_hits(bench: Workbench) -> None:
    place = account(bench.store, mode="assisted")
    number = bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))
    one, two = come(bench, place, "1", "hello"), come(bench, place, "2", "parcel")
    kept = bench.intake.join([one, two]).conversation_id
    assert [hit.conversation_id for hit in bench.rules.hits(number)] == [kept]
    bench.actions.undo(bench.store.last_action)
    assert [hit.conversation_id for hit in bench.rules.hits(number)] == [two]
    is_consistent(bench.store)


def test_a_rule_that_is_off_hits_nothing(bench: Workbench, place: int) -> None:
    number = bench.rules.add("Parcels", PARCEL, Deeds("Parcel"))
    bench.rules.activate(number, on=False)
    assert labels(bench, come(bench, place, "1", "parcel")) == []
    bench.actions.undo(bench.store.last_action)
    assert labels(bench, come(bench, place, "2", "parcel")) == ["Parcel"]


def test_order_names_and_removal(bench: Workbench, place: int) -> None:
    first, second, third = (bench.rules.add(name, PARCEL, Deeds(name)) for name in ("One", "Two", "Three"))
    bench.rules.move(third, -2)
    bench.rules.move(first, 9)
    assert [rule.name for rule in bench.rules.every()] == ["Three", "Two", "One"]
    with pytest.raises(UserError, match="already a rule"):
        bench.rules.add("öne", PARCEL, Deeds("x"))
    bench.rules.change(first, "ONE", PARCEL, Deeds("x"))
    assert bench.rules.named("one") is not None
    number = come(bench, place, "1", "parcel")
    bench.rules.remove(second)
    assert labels(bench, number) == ["Three", "Two", "x"]  # what it did stays
    with pytest.raises(NotFoundError):
        bench.rules.get(second)
    bench.actions.undo(bench.store.last_action)
    assert [hit.conversation_id for hit in bench.rules.hits(second)] == [number]


def test_what_is_kept_is_json(bench: Workbench) -> None:
    bench.rules.add("Emoji", Conditions(only="emoji"), Deeds(quiet=True))
    kept = bench.store.read.execute("SELECT conditions, deeds FROM rule").fetchone()
    assert [json.loads(value) for value in kept] == [{"only": "emoji"}, {"quiet": True}]
