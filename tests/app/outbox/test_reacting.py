"""Reactions to what others wrote: what they close, each way in which a channel can fail, and taking them back."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.outbox import FAILED, QUEUED, REACT, SENT, UNDECIDED, UNREACT
from app.store.store import Store
from tests.app.outbox.conftest import Place
from tests.channels.fake import reads, taken

BELA = Author("bela", "bela", "Béla Kiss")


@pytest.fixture(autouse=True)
def on_a_chat(store: Store, place: Place) -> None:
    """An account of a channel that takes any emoji; what is given goes to the fake one all the same."""
    assert place.store is store
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'matrix'")
        conn.execute("UPDATE conversation SET public = 1")
        conn.execute("UPDATE message SET text = 'Thank you!'")


def number(place: Place, remote_id: str = "m1") -> int:
    return int(place.one("SELECT id FROM message WHERE remote_id = ?", remote_id))


def react(place: Place, remote_id: str = "m1", what: str = "", *, hold: int = 0) -> int:
    return place.outbox.reactions.react(number(place, remote_id), what, hold)


def there(place: Place, remote_id: str = "m1") -> str | None:
    return reads(taken(place.log), f"reaction-{remote_id}")


def given(place: Place, remote_id: str = "m1") -> list[tuple[str, str, str]]:
    found = place.outbox.reactions.given(number(place, remote_id))
    return [(one.what, one.purpose, one.state) for one in found]


def test_a_thank_you_is_done_by_a_reaction_and_open_again_when_that_is_taken_back(place: Place) -> None:
    assert place.state() == "needs_me"
    made = react(place, hold=60)
    assert place.state() == "done"
    assert place.outbox.due() == []
    assert there(place) is None
    place.outbox.send_now(made)
    done = place.outbox.deliver(made, place.session)
    assert (done.state, done.purpose, done.reaction, done.text, done.to_whom) == (SENT, REACT, "❤️", "", "Anna Bell")
    assert there(place) == "m1 ❤️"
    assert (place.state(), given(place)) == ("done", [("❤️", REACT, SENT)])
    assert place.one("SELECT count(*) FROM message") == 1, "it is no message"
    back = place.outbox.deliver(place.outbox.reactions.unreact(number(place)), place.session)
    assert back.state == "held", "it can be undone as well"
    place.outbox.send_now(back.id)
    assert place.outbox.deliver(back.id, place.session).state == SENT
    assert (there(place), given(place), place.state()) == (None, [], "needs_me")


def test_undo_takes_it_back_before_it_is_given_and_says_so_when_it_is_too_late(place: Place) -> None:
    react(place, hold=60)
    place.undo()
    assert (place.state(), given(place)) == ("needs_me", [])
    made = react(place)
    place.outbox.deliver(made, place.session)
    with pytest.raises(UserError, match="take it back there"):
        place.undo()
    assert there(place) == "m1 ❤️"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Where is my parcel?", "It asks for something"),
        ("Πού είναι το δέμα;", "It asks for something"),
        ("The bottle was broken.", "It asks for something"),
    ],
)
def test_what_asks_for_something_keeps_needing_us(store: Store, place: Place, text: str, why: str) -> None:
    with store.write() as conn:
        conn.execute("UPDATE message SET text = ?", (text,))
    assert why in place.outbox.reactions.consequence(number(place))
    place.outbox.deliver(react(place), place.session)
    assert there(place) == "m1 ❤️"
    assert place.state() == "needs_me"


def test_a_question_before_the_thanks_still_waits(place: Place) -> None:
    place.said("When does the shop open?", "m2", clock.now() - 50)
    place.said("And thank you for last time!", "m3", clock.now() - 40)
    assert "Another message here asks" in place.outbox.reactions.consequence(number(place, "m3"))
    react(place, "m3")
    assert place.state() == "needs_me"


def test_an_earlier_message_that_is_reacted_to_leaves_the_last_one_waiting(place: Place) -> None:
    place.said("So good!", "m2", clock.now() - 50)
    assert "newer message" in place.outbox.reactions.consequence(number(place))
    react(place)
    assert place.state() == "needs_me"
    react(place, "m2")
    assert place.state() == "done"


@pytest.mark.parametrize("mark", ["unhappy", "hard"])
def test_a_marked_conversation_is_not_closed(store: Store, place: Place, mark: str) -> None:
    with store.write() as conn:
        conn.execute(f"UPDATE conversation SET {mark} = 1")
    assert "marked as" in place.outbox.reactions.effect(number(place)).sentence
    react(place)
    assert place.state() == "needs_me"


def test_what_is_done_or_snoozed_stays_so(store: Store, place: Place) -> None:
    with store.write() as conn:
        conn.execute("UPDATE conversation SET closed = 1, done_at = 5")
    made = react(place)
    assert not place.outbox.get(made).then_done
    place.outbox.deliver(made, place.session)
    place.outbox.reactions.unreact(number(place), hold_seconds=0)
    assert (place.state(), place.one("SELECT done_at FROM conversation")) == ("done", 5)


def test_whoever_writes_after_it_needs_us(place: Place) -> None:
    made = react(place, hold=60)
    place.intake.take(1, [Incoming("m2", clock.now(), "And the price?", BELA, thread="t1")])
    assert place.state() == "needs_me"
    place.outbox.send_now(made)
    place.outbox.deliver(made, place.session)
    assert place.state() == "needs_me"


def test_what_a_reply_has_closed_since_stays_closed_when_the_reaction_is_taken_back(place: Place) -> None:
    place.outbox.deliver(react(place), place.session)
    place.outbox.deliver(place.submit("You're welcome.", then_done=True), place.session)
    assert place.state() == "done"
    place.outbox.deliver(place.outbox.reactions.unreact(number(place), hold_seconds=0), place.session)
    assert (place.state(), there(place)) == ("done", None)


@pytest.mark.parametrize(
    ("mode", "state", "arrived"),
    [
        ("close_before", UNDECIDED, False), ("close_after", UNDECIDED, True), ("error_after", UNDECIDED, True),
        ("broken", UNDECIDED, True), ("refused", FAILED, False), ("busy", QUEUED, False),
    ],
)  # fmt: skip
def test_each_way_to_fail_and_what_the_look_up_finds(
    store: Store, place: Place, mode: str, state: str, *, arrived: bool
) -> None:
    remote = f"[{mode}]m1"
    with store.write() as conn:
        conn.execute("UPDATE message SET remote_id = ?", (remote,))
    made = react(place, remote)
    assert place.outbox.deliver(made, place.session).state == state
    assert bool(there(place, remote)) is arrived
    waits = state in (UNDECIDED, FAILED)
    assert place.state() == ("needs_me" if waits else "done"), "what may not be acknowledged is not done"
    if state == UNDECIDED:
        looked = place.outbox.look_up(made, place.session)
        assert looked.state == (SENT if arrived else QUEUED)
        assert place.state() == "done"
        assert len(taken(place.log)) == arrived


def test_the_person_decides_about_a_failed_and_an_undecided_one(store: Store, place: Place) -> None:
    with store.write() as conn:
        conn.execute("UPDATE message SET remote_id = '[refused]m1'")
    made = react(place, "[refused]m1")
    place.outbox.deliver(made, place.session)
    with pytest.raises(UserError, match="couldn't be given before"):
        react(place, "[refused]m1")
    place.outbox.retry(made)
    assert (place.state(), place.outbox.get(made).state) == ("done", QUEUED)
    place.undo()
    assert (place.state(), place.outbox.get(made).state) == ("needs_me", FAILED)
    place.outbox.discard(made)
    assert (place.state(), given(place, "[refused]m1")) == ("needs_me", [])
    with store.write() as conn:
        conn.execute("UPDATE message SET remote_id = '[close_after]m1'")
    made = react(place, "[close_after]m1")
    place.outbox.deliver(made, place.session)
    with pytest.raises(UserError, match="still finding out"):
        react(place, "[close_after]m1")
    place.outbox.confirm(made)
    assert (place.state(), given(place, "[close_after]m1")) == ("done", [("❤️", REACT, SENT)])


def test_one_that_cannot_be_taken_back_stays_and_is_said(store: Store, place: Place) -> None:
    place.outbox.deliver(react(place), place.session)
    with store.write() as conn:
        conn.execute("UPDATE message SET remote_id = '[refused]m1'")
    back = place.outbox.reactions.unreact(number(place, "[refused]m1"), hold_seconds=0)
    assert place.outbox.deliver(back, place.session).state == FAILED
    assert given(place, "[refused]m1") == [("❤️", UNREACT, FAILED)]
    (one,) = place.outbox.reactions.given(number(place, "[refused]m1"))
    assert one.is_there
    place.outbox.discard(back)
    assert given(place, "[refused]m1") == [("❤️", REACT, SENT)]


def test_each_reaction_is_given_once_and_several_side_by_side(place: Place) -> None:
    react(place, hold=60)
    with pytest.raises(UserError, match="already on its way"):
        react(place, what="heart")
    with pytest.raises(UserError, match="isn't there yet"):
        place.outbox.reactions.unreact(number(place))
    react(place, what="thumbs-up")
    react(place, what="🍋")
    assert [what for what, _, _ in given(place)] == ["❤️", "👍", "🍋"]
    with pytest.raises(UserError, match="“lemon” isn't an emoji"):
        react(place, what="lemon")
    with pytest.raises(UserError, match="“👍👍” isn't an emoji"):
        react(place, what="👍👍")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE account SET kind = 'wordpress'", "WordPress has no likes"),
        ("UPDATE account SET kind = 'email'", "E-mail has no reactions"),
        ("UPDATE account SET mode = 'file'", "isn't connected"),
        ("UPDATE account SET state = 'removed'", "isn't connected"),
        ("UPDATE message SET out = 1", "your own message"),
        ("UPDATE message SET gone_at = 1", "no longer on the channel"),
        ("UPDATE message SET remote_id = NULL", "didn't come from the channel"),
    ],
)
def test_why_one_cannot_be_given_is_said(store: Store, place: Place, change: str, why: str) -> None:
    message = number(place)
    with store.write() as conn:
        conn.execute(change)
    assert why in place.outbox.reactions.why_not(message)
    with pytest.raises(UserError, match=why):
        place.outbox.reactions.react(message)
    assert place.one("SELECT count(*) FROM outbox") == 0


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("mastodon", "", "favourite"), ("mastodon", "Favorite", "favourite"), ("mastodon", "like", "favourite"),
        ("bluesky", "", "like"), ("bluesky", "heart", "like"), ("bluesky", "❤", "like"), ("github", "", "👍"),
        ("github", "heart", "❤️"), ("github", "❤", "❤️"), ("github", "party", "🎉"), ("matrix", "👩🏽‍🌾", "👩🏽‍🌾"),
        ("discourse", "like", "like"),
    ],
)  # fmt: skip
def test_what_is_typed_means_a_reaction_of_the_channel(
    store: Store, place: Place, kind: str, typed: str, meant: str
) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = ?", (kind,))
    assert place.outbox.get(react(place, what=typed, hold=60)).reaction == meant


def test_a_reaction_that_the_channel_does_not_have_is_refused_with_those_that_it_has(
    store: Store, place: Place
) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'mastodon'")
    with pytest.raises(UserError, match="no reaction “🍋”"):
        react(place, what="🍋")


def test_a_reaction_tells_nobody_how_a_hand_off_ended(store: Store, place: Place) -> None:
    with store.write() as conn:
        conn.execute(
            "INSERT INTO handoff (conversation_id, ask, status, opened_at, updated_at) VALUES (?, '?', 'solved', 1, 1)",
            (place.talk,),
        )
    place.outbox.deliver(react(place), place.session)
    assert place.one("SELECT told_at FROM handoff") is None


def test_it_cannot_be_scheduled(place: Place) -> None:
    with pytest.raises(UserError, match="reactions can't be scheduled"):
        place.outbox.postpone(react(place, hold=60), clock.now() + 3600)
