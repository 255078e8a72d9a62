"""Posts of our own, from the draft to the answers below: once, where the person said, and never a private message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee, Attached, Author, Incoming
from app.base.paths import Profile
from app.inbox.addressing import VENUE
from app.outbox import LetterDraft, is_post, of_letter, why_not_a_post
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.test_mastodon_posting import Posting
from tests.app.saying import is_consistent
from tests.servers.clientapi import ClientApi
from tests.servers.played import CLOSE_AFTER

WORDS = "Ný bók! Új könyv! Νέο βιβλίο 🍋"
VENUES = [["1", "#news"], ["2", "#questions"], ["3", "#questions-and-answers"], ["4", "Ερωτήσεις"]]


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


@pytest.fixture
def peer(server: ClientApi) -> Posting:
    return Posting(server)


@pytest.fixture
def account(bench: Workbench, peer: Posting) -> int:
    secrets = dict(peer.secrets)
    found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
    return bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)[0].id


def demo(bench: Workbench, name: str = "Demo", facts: dict[str, str] | None = None) -> int:
    known = {"venues": json.dumps(VENUES)} if facts is None else facts
    return bench.accounts.add_demo("demo", name, "us", at=0, ok_at=0, facts=known)


def assisted(bench: Workbench, kind: str = "other", page: str = "https://place.example/us") -> int:
    return bench.accounts.add_demo(kind, f"By hand {kind}", "us", at=0, ok_at=0, page=page)


def to(bench: Workbench, account: int, venue: str) -> LetterDraft:
    return bench.letters.new_post(account)._replace(receivers=(bench.letters.venue(account, venue).box,))


def submit(bench: Workbench, draft: LetterDraft, text: str = WORDS, hold: int = 0, **more: bool) -> list[int]:
    cleared = bench.voice.clear(Draft(text, "is"), reason="it is a test")
    return bench.letters.submit(cleared, draft, hold_seconds=hold, **more)


def send(bench: Workbench, number: int) -> str:
    entry = bench.outbox.get(number)
    bench.sync.send(entry.account_id)
    return bench.outbox.get(number).state


def talk(bench: Workbench, number: int) -> int:
    return bench.outbox.get(number).conversation_id


# --- once, and where it was meant to go


def test_a_post_is_sent_and_answers_to_it_join_it(bench: Workbench, peer: Posting, account: int) -> None:
    (number,) = submit(bench, to(bench, account, "followers only"))
    assert send(bench, number) == "sent"
    assert peer.posts()[-1] == (WORDS, "private")
    entry = bench.outbox.get(number)
    row = bench.inbox.row(entry.conversation_id)
    assert (row.title, row.public, row.state, row.messages) == (WORDS, True, "done", 1)
    peer.say("anna", "Til hamingju!", str(entry.remote_id))
    peer.server.say("bela", "Gratulálok!", str(entry.remote_id), visibility="private")
    bench.sync.pull("There")
    opened = bench.inbox.open(entry.conversation_id)
    assert [line.text for line in opened.lines] == [WORDS, "Til hamingju!", "Gratulálok!"]
    assert opened.row.state == "needs_me"
    cleared = bench.voice.clear(Draft("Takk!", "is"), reason="it is a test")
    answer = bench.outbox.submit(cleared, entry.conversation_id, hold_seconds=0)
    assert send(bench, answer) == "sent"
    status = peer.server.statuses[str(bench.outbox.get(answer).remote_id)]
    assert status["visibility"] in ("public", "private")
    bench.sync.pull("There")
    assert len(bench.inbox.open(entry.conversation_id).lines) == 4
    is_consistent(bench.store)


def test_a_post_whose_answer_was_lost_is_looked_up_and_there_once(
    bench: Workbench, peer: Posting, account: int
) -> None:
    before = len(peer.posts())
    (number,) = submit(bench, to(bench, account, "public"))
    peer.server.moods = [CLOSE_AFTER]
    assert send(bench, number) == "undecided"
    peer.server.moods = []
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET next_at = 0, sending_at = 0")
    assert send(bench, number) == "sent"
    assert len(peer.posts()) == before + 1
    peer.say("anna", "Til hamingju!", str(bench.outbox.get(number).remote_id))
    bench.sync.pull("There")
    assert [line.text for line in bench.inbox.open(talk(bench, number)).lines] == [WORDS, "Til hamingju!"]
    is_consistent(bench.store)


def test_an_answer_that_comes_before_we_know_of_the_post_is_joined_by_it(
    bench: Workbench, peer: Posting, account: int
) -> None:
    (number,) = submit(bench, to(bench, account, "public"))
    peer.server.moods = [CLOSE_AFTER]
    assert send(bench, number) == "undecided"
    peer.server.moods = []
    peer.say("anna", "Til hamingju!", list(peer.server.statuses)[-1])
    bench.sync.pull("There")
    first = bench.store.read.execute("SELECT conversation_id FROM message WHERE text = 'Til hamingju!'").fetchone()[0]
    assert first != talk(bench, number)
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET next_at = 0, sending_at = 0")
    assert send(bench, number) == "sent"
    assert talk(bench, number) == first
    assert {line.text for line in bench.inbox.open(first).lines} == {WORDS, "Til hamingju!"}
    is_consistent(bench.store)


def test_the_channels_own_copy_meets_the_post(bench: Workbench) -> None:
    account = demo(bench)
    (number,) = submit(bench, to(bench, account, "news"))
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'undecided', unsure = 1, tried = 1, next_at = NULL")
    us = Author("us", "us", "Us")
    private = Incoming("dm", clock.now(), WORDS, us, out=True, thread="dm", public=False)
    below = Incoming("r1", clock.now(), WORDS, us, out=True, thread="t0", parent="t0")
    bench.intake.take(account, [private, below])
    assert bench.outbox.get(number).state == "undecided"  # the same words to somebody, or below another post
    bench.intake.take(account, [Incoming("p1", clock.now(), WORDS, us, out=True, thread="p1")])
    entry = bench.outbox.get(number)
    assert (entry.state, entry.remote_id) == ("sent", "p1")
    anna = Author("anna", "anna", "Anna")
    bench.intake.take(account, [Incoming("a1", clock.now(), "Hæ!", anna, thread="p1", parent="p1")])
    assert [line.text for line in bench.inbox.open(entry.conversation_id).lines] == [WORDS, "Hæ!"]
    is_consistent(bench.store)


def test_a_second_press_is_refused_and_another_place_is_another_post(bench: Workbench) -> None:
    account = demo(bench)
    submit(bench, to(bench, account, "news"), hold=60)
    with pytest.raises(UserError, match="already on its way to #news"):
        submit(bench, to(bench, account, "news"), hold=60)
    submit(bench, to(bench, account, "Ερωτησεις"), hold=60)
    assert len(bench.outbox.entries()) == 2


def test_a_member_whose_handle_is_a_venues_key_has_nothing_to_do_with_it(bench: Workbench) -> None:
    account = demo(bench)
    bench.intake.take(account, [Incoming("m", clock.now(), "Hi", Author("1", "1", "One"), thread="m")])
    (number,) = submit(bench, to(bench, account, "1"))
    entry = bench.outbox.get(number)
    assert (entry.member_id, entry.identity_id, entry.to_whom) == (None, None, "#news, as a post")
    assert entry.public


def test_a_long_post_goes_on_in_answers_to_itself(bench: Workbench, peer: Posting, account: int) -> None:
    text = " ".join(f"orð{n}" for n in range(150))
    draft = to(bench, account, "unlisted")
    with pytest.raises(UserError, match="or send it as a thread"):
        submit(bench, draft, text)
    numbers = submit(bench, draft, text, thread=True)
    assert len(numbers) > 1
    assert [send(bench, number) for number in numbers] == ["sent"] * len(numbers)
    statuses = [peer.server.statuses[str(bench.outbox.get(number).remote_id)] for number in numbers]
    assert [one["in_reply_to_id"] for one in statuses] == [None, *(one["id"] for one in statuses[:-1])]
    assert {one["visibility"] for one in statuses} == {"unlisted"}
    assert len({talk(bench, number) for number in numbers}) == 1
    is_consistent(bench.store)


def test_undo_brings_the_post_back_as_a_post(bench: Workbench) -> None:
    account = demo(bench)
    draft = bench.letters.save(to(bench, account, "news")._replace(text="x", subject="Title"))
    submit(bench, draft, "Words", hold=60)
    assert bench.letters.drafts() == []
    bench.store.undo_action(bench.store.last_action or 0)
    (back,) = bench.letters.drafts()
    assert (back.text, back.subject, back.receivers) == ("Words", "Title", draft.receivers)
    assert bench.outbox.entries() == []
    (number,) = submit(bench, back, "Words", hold=60)
    bench.outbox.discard(number)
    (back,) = bench.letters.drafts()
    assert (back.text, back.subject, back.receivers) == ("Words", "Title", draft.receivers)


def test_it_waits_for_its_time(bench: Workbench) -> None:
    account, at = demo(bench), clock.now() + 3600
    cleared = bench.voice.clear(Draft(WORDS, "is"), reason="it is a test")
    (number,) = bench.letters.submit(cleared, to(bench, account, "news"), at=at)
    assert bench.outbox.due() == []
    assert bench.outbox.get(number).held_until == at
    bench.outbox.send_now(number)
    assert bench.outbox.due() == [number]


def test_the_title_is_the_conversations_and_else_its_first_words(bench: Workbench) -> None:
    account = demo(bench)
    (titled,) = submit(bench, to(bench, account, "news")._replace(subject="  A  title "), "Words")
    (bare,) = submit(bench, to(bench, account, "news"), "First words of it\nand more")
    assert [bench.outbox.get(number).subject for number in (titled, bare)] == ["A title", "First words of it and more"]
    assert [bench.inbox.row(talk(bench, number)).title for number in (titled, bare)] == [
        "A title", "First words of it and more",
    ]  # fmt: skip


def test_where_there_are_no_titles_none_is_sent(bench: Workbench, account: int) -> None:
    draft = to(bench, account, "public")._replace(subject="left over from another place")
    assert not bench.letters.destination(draft).titles
    (number,) = submit(bench, draft)
    assert bench.outbox.get(number).subject == ""


def test_files_that_cannot_go_along_are_refused(bench: Workbench, account: int) -> None:
    draft = bench.letters.keep(to(bench, account, "public"))
    with pytest.raises(UserError):
        bench.files.add_content(of_letter(draft.id), Attached("a.exe", "application/x", b"x"), "mastodon")
    elsewhere = demo(bench)
    draft = bench.letters.keep(to(bench, elsewhere, "news"))
    bench.files.add_content(of_letter(draft.id), Attached("a.png", "image/png", b"x"), "mastodon")
    with pytest.raises(UserError):
        submit(bench, draft)


def test_it_is_corrected_and_withdrawn_and_never_called_a_message_to_who_answered_it(
    bench: Workbench, peer: Posting, account: int
) -> None:
    (number,) = submit(bench, to(bench, account, "public"))
    assert send(bench, number) == "sent"
    entry = bench.outbox.get(number)
    peer.say("anna", "Til hamingju!", str(entry.remote_id))
    bench.sync.pull("There")
    message = int(entry.message_id or 0)
    assert bench.outbox.can_change(message) == ("", "")
    cleared = bench.voice.clear(Draft("Ný bók, og hún er góð", "is"), reason="it is a test")
    assert send(bench, bench.outbox.correct(message, cleared, hold_seconds=0)) == "sent"
    assert peer.posts()[-1] == ("Ný bók, og hún er góð", "public")
    title = bench.store.read.execute("SELECT title FROM action ORDER BY id DESC LIMIT 1").fetchone()["title"]
    assert title == "Correct the message to Everyone (public), as a post"
    assert send(bench, bench.outbox.withdraw(message, hold_seconds=0)) == "sent"
    assert str(entry.remote_id) not in peer.server.statuses
    is_consistent(bench.store)


# --- what is said before it is sent


def test_where_it_goes_who_sees_it_and_what_can_be_taken_back_is_said(bench: Workbench, account: int) -> None:
    goes = bench.letters.destination(to(bench, account, "followers"))
    assert (goes.post, goes.by_mail, goes.letters, goes.problem) == (True, False, 1, "")
    assert goes.sentence == (
        "A post on There. On your profile, and to your followers. Who can see it: Followers only. "
        "You can correct it or withdraw it afterwards."
    )
    there = bench.letters.destination(to(bench, demo(bench), "news"))
    assert there.titles
    assert "everyone in #news" in there.sentence
    assert there.sentence.endswith("You can't correct or withdraw it afterwards.")


def test_by_hand_it_is_posted_on_the_page(bench: Workbench) -> None:
    account = assisted(bench)
    draft = bench.letters.new_post(account)
    assert bench.letters.destination(draft).sentence.startswith("A post on By hand other. You post it yourself:")
    (number,) = submit(bench, draft)
    assert [entry.id for entry in bench.outbox.by_hand()] == [number]
    assert bench.outbox.start_posting_by_hand(number) == (WORDS, "https://place.example/us")
    bench.outbox.confirm(number)
    assert bench.outbox.get(number).state == "sent"
    assert [line.text for line in bench.inbox.open(talk(bench, number)).lines] == [WORDS]


def test_reviews_chats_files_and_mail_have_no_posts(bench: Workbench) -> None:
    assisted(bench, "whatsapp")
    assisted(bench, "google_reviews")
    bench.accounts.add_demo("email", "Mail", "us", at=0, ok_at=0)
    assert bench.letters.posting_accounts() == []
    with pytest.raises(UserError, match="No account here can publish a post"):
        bench.letters.new_post()


# --- never a private message, and never one by mistake


def test_a_message_never_becomes_a_post_by_its_account(bench: Workbench, account: int) -> None:
    anna = Addressee("to", "Anna", "@anna@citrus.example")
    private = LetterDraft(account_id=account, receivers=(anna,), text="Only for you")
    for number in (account, demo(bench), assisted(bench)):
        assert not is_post(private._replace(account_id=number))
        assert not bench.letters.destination(private._replace(account_id=number)).post


def test_what_goes_on_in_private_stays_private(bench: Workbench, account: int) -> None:
    anna = Addressee("to", "Anna", "@anna@citrus.example")
    for private in (
        LetterDraft(account_id=account, receivers=(anna,), linked_id=1),
        LetterDraft(account_id=account, receivers=(anna,), forwards_id=1),
    ):
        assert why_not_a_post(private)
        with pytest.raises(UserError, match="Write a new post"):
            bench.letters.as_post(private, account)
        venue = private._replace(receivers=(Addressee(VENUE, "Everyone", "public"),))
        goes = bench.letters.destination(venue)
        assert (goes.letters, goes.problem) == (0, why_not_a_post(private))
        with pytest.raises(UserError, match="Write a new post"):
            submit(bench, venue)


def test_a_post_goes_to_nobody_besides(bench: Workbench, account: int) -> None:
    draft = to(bench, account, "public")
    mixed = draft._replace(receivers=(*draft.receivers, Addressee("to", "Anna", "@anna@citrus.example")))
    assert "to nobody besides" in bench.letters.destination(mixed).problem
    with pytest.raises(UserError, match="to nobody besides"):
        submit(bench, mixed)


def test_by_the_persons_word_it_is_one_or_the_other(bench: Workbench, account: int) -> None:
    anna = Addressee("to", "Anna", "@anna@citrus.example")
    message = LetterDraft(account_id=account, receivers=(anna,), text="Words", subject="S", member_id=7, together=True)
    post = bench.letters.as_post(message)
    assert is_post(post)
    assert (post.text, post.subject, post.member_id, post.together) == ("Words", "S", None, False)
    assert bench.letters.destination(post).problem == "Choose where it's posted first."
    back = bench.letters.as_message(post)
    assert (back.text, back.receivers) == ("Words", ())
    assert bench.letters.destination(back).problem == "Choose who it goes to."


def test_an_account_that_cannot_post_is_named(bench: Workbench) -> None:
    demo(bench)
    mail = bench.accounts.add_demo("email", "Mail", "us", at=0, ok_at=0)
    with pytest.raises(UserError, match="“Mail” can't publish a post"):
        bench.letters.new_post(mail)
    draft = bench.letters.new_post()._replace(account_id=mail)
    assert bench.letters.destination(draft).problem.startswith("“Mail” can't publish a post.")


# --- venues


@pytest.mark.parametrize(
    ("typed", "key"),
    [("2", "2"), ("questions", "2"), ("#Questions", "2"), ("and answers", ""), ("ANSWERS", "3"), ("ερωτη", "4")],
)
def test_a_venue_is_found_by_its_key_its_name_or_a_part_of_that(bench: Workbench, typed: str, key: str) -> None:
    account = demo(bench)
    if not key:
        with pytest.raises(NotFoundError, match="can't post to “and answers”"):
            bench.letters.venue(account, typed)
        return
    assert bench.letters.venue(account, typed).key == key


def test_several_venues_are_never_one_of_them(bench: Workbench) -> None:
    account = demo(bench)
    with pytest.raises(UserError, match=r"could be any of #questions \(2\), #questions-and-answers \(3\)"):
        bench.letters.venue(account, "quest")


def test_the_last_venue_is_offered_again(bench: Workbench, account: int) -> None:
    first = demo(bench)
    assert bench.letters.new_post(first).receivers == (Addressee(VENUE, "", ""),)
    (number,) = submit(bench, to(bench, first, "ANSWERS"))
    assert bench.letters.new_post().receivers == (Addressee(VENUE, "#questions-and-answers", "3"),)
    submit(bench, to(bench, account, "unlisted"))
    assert bench.letters.new_post().account_id == account
    assert bench.letters.new_post(first).receivers[0].address == "3"
    bench.outbox.discard(number)
    assert bench.letters.new_post(first).receivers == (Addressee(VENUE, "", ""),)


def test_a_venue_that_is_gone_is_said_once(bench: Workbench) -> None:
    account = demo(bench)
    draft = to(bench, account, "news")
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = ?", (json.dumps({"venues": json.dumps(VENUES[1:])}),))
    goes = bench.letters.destination(draft)
    assert goes.problem == "“#news” is no longer there on “Demo”, or you can't post to it. Choose another place."
    with pytest.raises(UserError, match="no longer there"):
        submit(bench, draft)
    typed = draft._replace(receivers=(Addressee(VENUE, "news", ""),))
    assert bench.letters.destination(typed).problem.startswith("“Demo” can't post to “news”. It can post to: #q")
    written = draft._replace(receivers=(Addressee(VENUE, "answers", ""),))
    (number,) = submit(bench, written)  # a name that is one is as good as its key
    assert bench.outbox.get(number).venue == Addressee(VENUE, "#questions-and-answers", "3")


@pytest.mark.parametrize("facts", [{}, {"venues": ""}, {"venues": "no JSON"}, {"venues": "[1, 2]"}, {"venues": "7"}])
def test_a_list_that_is_not_known_yet_is_asked_for(bench: Workbench, facts: dict[str, str]) -> None:
    account = demo(bench, facts=facts)
    draft = bench.letters.new_post(account)
    assert bench.letters.venues(account) == []
    assert bench.letters.destination(draft).problem == (
        "Rapport doesn't know yet where “Demo” can post. Check the account, and try again."
    )


# --- how long it may be


def test_by_hand_there_is_no_limit_and_a_message_is_no_thread(bench: Workbench, account: int) -> None:
    there = bench.letters.room(bench.letters.new_post(assisted(bench, "x")))
    here = bench.letters.room(bench.letters.new_post(account))
    private = bench.letters.room(LetterDraft(account_id=account))
    assert there is not None
    assert here is not None
    assert private is not None
    assert (there.limit, there.threads) == (None, False)
    assert (here.limit, here.threads) == (private.limit, True)
    assert not private.threads
    assert bench.letters.room(LetterDraft()) is None


# --- as a draft


def test_a_blank_post_is_not_kept_wherever_it_would_go(bench: Workbench) -> None:
    account = demo(bench)
    assert bench.letters.save(to(bench, account, "news")).id == 0
    kept = bench.letters.save(to(bench, account, "news")._replace(subject="Title"))
    assert bench.letters.get(kept.id).receivers == (Addressee(VENUE, "#news", "1"),)
    assert bench.letters.save(kept._replace(subject="")).id == 0


def test_where_only_posts_are_possible_a_new_message_is_one(bench: Workbench) -> None:
    assisted(bench)
    assert is_post(bench.letters.new())
