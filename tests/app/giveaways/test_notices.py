"""What entrants are told: one draft a person, where they entered, and who was told is remembered."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.base import clock
from app.gifts import NotYetError
from app.giveaways import Entry, NewEntry, Plan
from app.giveaways.notices import EVERYBODY, MOST, OTHERS, WINNERS
from app.inbox import drafts
from app.voice import Draft as Words
from app.workbench import Workbench
from tests.app.giveaways.refusing import refused
from tests.app.saying import NOW, account, said

SEED = "4 8 15"


def comments(bench: Workbench, people: Iterable[str], kind: str = "wordpress", name: str = "Blog") -> list[int]:
    """A comment each, in a conversation of its own; returns these."""
    number = account(bench.store, kind, name)
    talks = []
    for at, who in enumerate(people):
        taken = bench.intake.take(
            number, [said(f"{name}{who}", NOW + at, f"Lemonade to {who}", who, thread=f"{name}-{who}")]
        )
        talks += list(taken.conversation_ids)
    return talks


def contest(bench: Workbench, talks: Iterable[int], prizes: int = 1) -> int:
    number = bench.giveaways.add(Plan("Shirts", prizes, "T-shirt", seed_promise="Lottery"))
    for talk in talks:
        bench.giveaways.collect(number, conversation=talk)
    return number


def drawn(bench: Workbench, number: int) -> int:
    bench.giveaways.close(number)
    bench.giveaways.draw(number, SEED)
    return number


def send(bench: Workbench, talk: int) -> int:
    """Send the draft of a conversation as it is."""
    row = bench.store.read.execute("SELECT * FROM draft WHERE conversation_id = ?", (talk,)).fetchone()
    words = Words(row["text"], row["language"], template_id=row["template_id"], variant="A")
    return bench.outbox.submit(bench.voice.clear(words, reason="test"), talk, answers=row["answers_id"])


def stands(bench: Workbench, state: str) -> None:
    """What was handed to the outbox stands there so."""
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = ?", (state,))


def name_of(bench: Workbench, entry: Entry) -> str:
    return bench.members.get(entry.member_id or 0).name


def test_each_gets_one_draft_where_they_entered(bench: Workbench) -> None:
    talks = comments(bench, ["ana", "bo", "cy"])
    number = contest(bench, talks)
    assert "isn't drawn yet" in refused(bench.notices.begin, number, OTHERS)
    drawn(bench, number)
    assert [one.standing for one in bench.notices.telling(number, OTHERS).notices] == ["to_tell"] * 2
    begun = bench.notices.begin(number, OTHERS)
    assert (len(begun.drafts), begun.missing) == (2, ())
    others = bench.giveaways.others(number)
    drafts = {draft.number: draft for draft in bench.unsent.every()}
    assert set(begun.drafts) == set(drafts) < set(talks)
    assert {draft.to for draft in drafts.values()} == {name_of(bench, entry) for entry in others}
    assert all("Shirts" in draft.text and "{{" not in draft.text and draft.public for draft in drafts.values())
    assert "Drafts to all who are left are ready" in refused(bench.notices.begin, number, OTHERS)
    bench.actions.undo()
    assert bench.unsent.count() == 0
    assert bench.notices.telling(number, OTHERS).count("to_tell") == 2


def test_who_was_told_is_remembered_and_sending_can_be_undone(bench: Workbench) -> None:
    number = drawn(bench, contest(bench, comments(bench, ["ana", "bo", "cy", "di"])))
    first, *_ = bench.notices.begin(number, OTHERS, 2).drafts
    send(bench, first)
    telling = bench.notices.telling(number, OTHERS)
    assert (telling.count("waiting"), telling.count("drafted"), telling.count("to_tell")) == (1, 1, 1)
    bench.actions.undo()
    telling = bench.notices.telling(number, OTHERS)
    assert (telling.count("waiting"), telling.count("drafted"), telling.count("to_tell")) == (0, 2, 1)
    for talk in (first, *bench.notices.begin(number, OTHERS).drafts):
        send(bench, talk)
    assert bench.notices.telling(number, OTHERS).count("waiting") == 2
    stands(bench, "sent")
    assert bench.notices.telling(number, OTHERS).count("told") == 2


@pytest.mark.parametrize(("state", "standing"), [
    ("sent", "told"), ("held", "waiting"), ("failed", "waiting"), ("undecided", "waiting"), ("discarded", "to_tell"),
])  # fmt: skip
def test_told_is_who_was_sent_to_and_nobody_else(bench: Workbench, state: str, standing: str) -> None:
    number = drawn(bench, contest(bench, comments(bench, ["ana", "bo"])))
    (talk,) = bench.notices.begin(number, OTHERS).drafts
    send(bench, talk)
    stands(bench, state)
    assert [one.standing for one in bench.notices.telling(number, OTHERS).notices] == [standing]


def test_another_giveaway_tells_the_same_people_again(bench: Workbench) -> None:
    talks = comments(bench, ["ana", "bo"])
    number = drawn(bench, contest(bench, talks))
    (draft,) = bench.notices.begin(number, OTHERS).drafts
    send(bench, draft)
    other = bench.giveaways.add(Plan("Mugs", 1))
    for talk in talks:
        bench.giveaways.collect(other, conversation=talk)
    drawn(bench, other)
    assert bench.notices.telling(other, OTHERS).count("to_tell") == 1
    assert bench.notices.template(other, OTHERS).id != bench.notices.template(number, OTHERS).id


def test_one_person_on_two_channels_hears_once_and_a_merged_one_too(bench: Workbench) -> None:
    talks = [*comments(bench, ["ana", "bo"]), *comments(bench, ["ana2", "cy"], "youtube", "Film")]
    number = contest(bench, talks)
    ids = {row["handle"]: row["member_id"] for row in bench.store.read.execute("SELECT * FROM identity")}
    bench.members.merge(ids["ana"], ids["ana2"])
    drawn(bench, number)
    winner = bench.giveaways.winners(number)[0].member_id
    people = [one.entry.member_id for one in bench.notices.telling(number, OTHERS).notices]
    assert {*people, winner} == {ids["ana"], ids["bo"], ids["cy"]}
    assert len(people) == 2
    begun = bench.notices.begin(number, OTHERS)
    assert len(begun.drafts) == 2
    two = people[:2]
    bench.members.merge(two[0] or 0, two[1] or 0)
    assert len({one.entry.member_id for one in bench.notices.telling(number, OTHERS).notices}) == 1


def test_private_where_the_channel_has_it_and_mail_for_a_table(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (kind, name, mode, own, created_at) VALUES ('email', 'Post', 'demo', 'us@x.org', 0)"
        )
    number = bench.giveaways.add(Plan("Shirts", 1))
    known = bench.members.add("Zoë", email="zoe@x.org", language="cs")
    bench.members.edit(bench.members.add("Away", email="away@x.org"), {"do_not_contact": True})
    mails = ("zoe", "new", "ana", "away")
    bench.giveaways.enter_rows(number, [NewEntry(who.capitalize(), f"{who}@x.org", "E-mail") for who in mails])
    bench.giveaways.enter_rows(number, [NewEntry("Only a name", "", "Instagram")])
    one = bench.giveaways.get(number)
    with bench.store.write("Drawn so that nobody of these wins") as conn:
        bench.giveaways.close(number)
        conn.execute("UPDATE giveaway SET drawn_at = 1, seed = 'x' WHERE id = ?", (one.id,))
    begun = bench.notices.begin(number, OTHERS)
    assert {one.name: one.why for one in begun.missing} == {
        "Away": "They asked not to be contacted.", "Only a name": "Nothing is known of them but a name.",
    }  # fmt: skip
    letters = {draft.receivers[0].address: draft for draft in bench.letters.drafts()}
    assert set(letters) == {"zoe@x.org", "new@x.org", "ana@x.org"}
    assert letters["zoe@x.org"].member_id == known
    assert "Děkujeme" in letters["zoe@x.org"].text or "děkujeme" in letters["zoe@x.org"].text
    assert letters["new@x.org"].text.startswith("Hello, ")
    assert letters["new@x.org"].subject == "Shirts"
    sent = bench.letters.get(letters["new@x.org"].id)
    words = Words(sent.text, sent.language, template_id=sent.template_id, variant="A")
    bench.letters.submit(bench.voice.clear(words, reason="test"), sent)
    told = {one.entry.name: one.standing for one in bench.notices.telling(number, OTHERS).notices}
    assert told == {"Zoe": "drafted", "New": "waiting", "Ana": "drafted", "Away": "to_tell", "Only a name": "to_tell"}


def test_at_most_so_many_at_once_and_none_over_another_draft(bench: Workbench) -> None:
    talks = comments(bench, [f"p{at}" for at in range(MOST + 5)])
    number = drawn(bench, contest(bench, talks))
    open_ = [one.entry.message_id for one in bench.notices.telling(number, OTHERS).notices]
    row = bench.store.read.execute("SELECT conversation_id FROM message WHERE id = ?", (open_[0],)).fetchone()
    with bench.store.write() as conn:
        drafts.save(conn, drafts.Draft(row[0], "My own words"))
    begun = bench.notices.begin(number, OTHERS)
    assert (len(begun.drafts), len(begun.missing)) == (MOST, 1)
    assert bench.unsent.numbered([row[0]])[0].text == "My own words"
    assert bench.notices.telling(number, OTHERS).count("to_tell") == len(open_) - MOST


def test_winners_are_asked_for_their_address_and_gifts_follow(bench: Workbench) -> None:
    number = drawn(bench, contest(bench, comments(bench, ["ana", "bo"])))
    assert "Make the winners' gifts first" in refused(bench.notices.begin, number, WINNERS)
    assert bench.giveaways.to_gifts(number) == 1
    assert (bench.giveaways.ideas(number), bench.giveaways.to_gifts(number, "approved")) == (1, 1)
    assert bench.giveaways.ideas(number) == 0
    (talk,) = bench.notices.begin(number, WINNERS).drafts
    text = bench.unsent.numbered([talk])[0].text
    assert "T-shirt" in text
    assert "postal code" in text
    send(bench, talk)
    (winner,) = bench.giveaways.winners(number)
    assert bench.gifts.get(winner.gift_id or 0).state == "asked"
    assert bench.notices.telling(number, WINNERS).count("waiting") == 1
    bench.actions.undo()
    assert bench.gifts.get(winner.gift_id or 0).state == "approved"


def test_approving_all_asks_before_it_goes_over_the_budget(bench: Workbench) -> None:
    item = bench.gifts.items.add("T-shirt", worth=900, currency="EUR")
    number = bench.giveaways.add(Plan("Shirts", 3, "T-shirt", item))
    bench.giveaways.enter_rows(number, [NewEntry(who, f"{who}@x.org") for who in "abc"])
    drawn(bench, number)
    bench.gifts.budgets.set(clock.local(clock.now()).year, "EUR", 2_000)
    assert bench.giveaways.to_gifts(number) == 3
    with pytest.raises(NotYetError, match="over the"):
        bench.giveaways.to_gifts(number, "approved")
    assert bench.giveaways.ideas(number) == 3
    assert bench.giveaways.to_gifts(number, "approved", over=True) == 3


def test_one_post_tells_everybody_in_place_of_drafts(bench: Workbench) -> None:
    account(bench.store, "mastodon", "Fediverse", "us@m.example")
    number = drawn(bench, contest(bench, comments(bench, ["ana", "bo", "cy"])))
    draft = bench.notices.post(number)
    assert draft.text.startswith("Shirts has been drawn.")
    assert bench.notices.post(number).id == draft.id
    assert "one by one" in refused(bench.notices.post, number, WINNERS)
    assert not bench.notices.telling(number, OTHERS).by_post
    words = Words(draft.text, "en", template_id=draft.template_id, variant="A")
    venue = bench.letters.venues(draft.account_id or 0)[0]
    bench.letters.submit(bench.voice.clear(words, reason="test"), draft._replace(receivers=(venue.box,)))
    assert bench.notices.telling(number, OTHERS).by_post == "waiting"
    assert refused(bench.notices.begin, number, OTHERS) == "The post that tells everybody is in the outbox."
    stands(bench, "sent")
    assert refused(bench.notices.begin, number, OTHERS) == "One post has told everybody."
    stands(bench, "discarded")
    assert not bench.notices.telling(number, OTHERS).by_post


def test_called_off_one_takes_nobody_and_everybody_can_be_told(bench: Workbench) -> None:
    number = contest(bench, comments(bench, ["ana", "bo"]))
    assert bench.notices.whom(number) == ()
    bench.giveaways.call_off(number)
    off = "was called off. Reopen it first"
    for call in (
        lambda: bench.giveaways.call_off(number),
        lambda: bench.giveaways.close(number),
        lambda: bench.giveaways.draw(number, SEED),
        lambda: bench.giveaways.enter_rows(number, []),
        lambda: bench.giveaways.promise(number, "Another"),
    ):
        assert off in refused(call)
    assert bench.notices.whom(number) == (EVERYBODY,)
    assert "everybody who took part is told" in refused(bench.notices.begin, number, OTHERS)
    drafts = bench.notices.begin(number, EVERYBODY).drafts
    assert len(drafts) == 2
    assert "call off Shirts" in bench.unsent.numbered(drafts)[0].text
    bench.actions.undo()
    bench.giveaways.reopen(number)
    assert bench.giveaways.get(number).state(NOW) == "open"
    bench.actions.undo()
    assert bench.giveaways.get(number).state(NOW) == "called_off"
    bench.actions.undo()
    drawn(bench, number)
    assert "was drawn" in refused(bench.giveaways.call_off, number)
