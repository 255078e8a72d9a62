"""What a moderator sees and does on a forum: the review queue, reports, topics and members."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Target
from app.base.message import Reply as Answer
from app.base.paths import Profile
from app.channels.base import Refused
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.app.channels.forum import checked, everything, raised, session
from tests.app.channels.garbled import Garbler
from tests.app.channels.test_discourse import Peer
from tests.examples import quick
from tests.servers.discourse import Forum
from tests.servers.played import Reply

ANNA = "127.0.0.1/101"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    bench = Workbench(Profile(tmp_path / "profile"))
    yield bench
    bench.close()


def by_id(rows: list[Any]) -> dict[str, Any]:
    return {row.remote_id: row for row in rows}


def moderate(server: Forum, verb: str, message: str, **more: Any) -> None:
    with closing(session(server)) as there:
        for _ in range(2):  # twice is as once
            there.moderate(verb, Target(message, **more))


# --- hiding and deleting


def test_what_was_shown_again_can_be_hidden_again(server: Forum) -> None:
    post = server.say("anna", "You fools")
    for _ in range(2):
        moderate(server, "hide", post)
        assert server.posts[int(post)]["hidden"]
        moderate(server, "show", post)
        assert not server.posts[int(post)]["hidden"]


def test_what_we_have_reported_and_cannot_take_back_is_said_truly(server: Forum) -> None:
    post = server.say("anna", "You fools")
    moderate(server, "hide", post)
    moderate(server, "show", post)
    server.flaggable_again = False
    with closing(session(server)) as there, pytest.raises(Refused, match="one report of each moderator"):
        there.moderate("hide", Target(post))


def test_spam_that_the_community_has_hidden_is_deleted_and_comes_back(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    server.posts[int(post)]["hidden"] = True
    moderate(server, "spam", post)
    assert server.posts[int(post)]["deleted_at"]
    moderate(server, "show", post)
    assert not server.posts[int(post)]["deleted_at"]


def test_an_opening_post_goes_with_its_topic_and_comes_back_with_it(server: Forum) -> None:
    topic = server.begin("Cheap oranges", "anna", "Buy oranges")
    post = str(server.opening(topic)["id"])
    moderate(server, "delete", post)
    assert server.topics[topic]["deleted_at"]
    moderate(server, "show", post)
    assert not server.topics[topic]["deleted_at"]
    assert not server.opening(topic)["deleted_at"]


# --- reports


def test_a_reported_post_comes_in_as_such_with_the_reason_from_whoever_reported(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    queued = server.report("bela", post, 8)
    rows, _ = everything(server)
    found = by_id(rows)
    assert (found[post].upstream, found[post].public) == ("reported", True)
    (why,) = [row for row in rows if row.remote_id.startswith("flag ")]
    assert why.text == f"Reported a post by @anna: Spam\n\n> Buy oranges\n\n{found[post].url}"
    assert (why.author.handle, why.public, why.thread, why.out) == ("@bela", False, f"review {queued}", False)
    assert why.title == "Report: Lemonade that fizzes"
    assert why.url == f"{server.url}/review/{queued}"


def test_a_report_is_told_once_and_one_of_ours_not_at_all(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    server.report("lemonade", post, 8)
    rows, cursor = everything(server)
    assert not [row for row in rows if row.remote_id.startswith("flag ")]
    server.report("bela", post, 4)
    rows, cursor = everything(server, cursor)
    assert [row.author.handle for row in rows if row.remote_id.startswith("flag ")] == ["@bela"]
    rows, cursor = everything(server, cursor)
    assert not [row for row in rows if row.remote_id.startswith("flag ")]


def test_words_to_the_moderators_come_with_the_report_where_they_do_not_come_to_us_anyway(server: Forum) -> None:
    server.report("bela", server.say("anna", "Buy oranges"), 7, "She does that every week.")
    assert not [row for row in everything(server)[0] if row.remote_id.startswith("flag ")]
    server.staff, server.admin = False, True
    (why,) = [row for row in everything(server)[0] if row.remote_id.startswith("flag ")]
    first, words, quoted, _ = why.text.split("\n\n")
    assert first == "Reported a post by @anna: Something Else"
    assert (words, quoted) == ("She does that every week.", "> Buy oranges")


def test_an_old_post_that_is_reported_comes_in_and_what_was_decided_is_seen(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    other = server.begin("Another", "cyril", "Elsewhere")
    for number in range(60):
        server.post("dora", f"Chatter {number}", other)
    _, cursor = everything(server)
    queued = server.report("bela", post, 8)
    rows, cursor = everything(server, cursor)
    assert by_id(rows)[post].upstream == "reported"
    assert by_id(rows)[post].thread == str(server.topic)
    server.queued[queued]["status"] = 3  # another moderator has ignored it
    rows, cursor = everything(server, cursor)
    assert by_id(rows)[post].upstream == ""


@pytest.mark.parametrize(
    ("verb", "hidden", "after"),
    [("show", False, ""), ("show", True, ""), ("hide", False, "hidden"), ("hide", True, "hidden"),
     ("delete", False, "gone"), ("spam", False, "spam")],
)  # fmt: skip
def test_one_key_decides_about_a_report(server: Forum, verb: str, after: str, *, hidden: bool) -> None:
    post = server.say("anna", "Buy oranges")
    queued = server.report("bela", post, 8)
    server.posts[int(post)]["hidden"] = hidden
    moderate(server, verb, post)
    assert server.queued[queued]["status"] != 0
    assert Peer(server).stands(post) in ((after, "spam") if after == "hidden" else (after,))


def test_a_decision_survives_that_somebody_else_has_looked_at_it(server: Forum, monkeypatch: Any) -> None:
    post = server.say("anna", "Buy oranges")
    queued = server.report("bela", post, 8)
    plain, left = server.perform, [1]

    def meanwhile(*told: Any) -> Any:
        if left:
            left.pop()
            server.queued[queued]["version"] += 1
        return plain(*told)

    monkeypatch.setattr(server, "perform", meanwhile)
    moderate(server, "delete", post)
    assert server.posts[int(post)]["deleted_at"]


def test_a_report_itself_is_not_decided_about(server: Forum) -> None:
    server.report("bela", server.say("anna", "Buy oranges"), 8)
    why = next(row for row in everything(server)[0] if row.remote_id.startswith("flag "))
    with closing(session(server)) as there, pytest.raises(Refused, match="Decide on the post itself"):
        there.moderate("delete", Target(why.remote_id))


def test_an_answer_to_a_report_goes_to_the_reporter_alone(server: Forum) -> None:
    server.report("bela", server.say("anna", "Buy oranges"), 8)
    why = next(row for row in everything(server)[0] if row.remote_id.startswith("flag "))
    bela = Author("127.0.0.1/105", "@bela", "Bela")
    wanted = Answer(
        key="k", text="Thank you!", thread=why.thread, parent=why.remote_id, title=why.title, to=bela,
        at=clock.now(), public=False,
    )  # fmt: skip
    with closing(session(server)) as there:
        made = there.send(wanted)
        assert there.find_sent(wanted).remote_id == made.remote_id
    topic = server.topics[server.posts[int(made.remote_id)]["topic_id"]]
    assert (topic["archetype"], topic["allowed"]) == ("private_message", ["lemonade", "bela"])


# --- what waits for approval


def test_what_waits_for_approval_comes_in_as_held_and_its_post_is_no_second_message(
    server: Forum, bench: Workbench
) -> None:
    peer = Peer(server)
    account = Contract.connect(bench, peer)
    server.hold("anna", "My first post!", server.topic)
    assert bench.sync.pull("There").error == ""
    rows = "SELECT remote_id, text, upstream, gone_at IS NOT NULL FROM message WHERE NOT out"
    ((there, text, upstream, gone),) = bench.store.read.execute(rows).fetchall()
    assert (text, upstream, gone) == ("My first post!", "held", 0)
    moderate(server, "show", there)
    for _ in range(2):
        assert bench.sync.pull("There").error == ""
    assert [tuple(row) for row in bench.store.read.execute(rows)] == [(there, "My first post!", "", 0)]
    conversation = Contract.conversation(bench, "My first post!")
    number = Contract.answer(bench, conversation, "Welcome!")
    assert bench.sync.send(account).sent == 1
    assert bench.outbox.get(number).state == "sent"
    assert peer.heard()[-1][0] == "Welcome!"
    made = max(server.posts)
    assert server.posts[made]["reply_to_post_number"] == server.posts[made - 1]["post_number"]


def test_what_another_moderator_rejects_is_gone(server: Forum) -> None:
    queued = server.hold("anna", "Buy oranges", server.topic)
    _, cursor = everything(server)
    server.queued[queued]["status"] = 2
    rows, cursor = everything(server, cursor)
    assert [row.gone for row in rows if row.remote_id == f"review {queued}"] == [True]


def test_a_long_queue_costs_few_requests(server: Forum) -> None:
    for number in range(75):
        server.hold("anna", f"Post {number}", server.topic)
    rows, cursor = everything(server)
    assert len([row for row in rows if row.upstream == "held"]) == 50
    for one in list(server.queued.values())[-30:]:
        one["status"] = 2
    rows, cursor = everything(server, cursor)
    seen = {row.remote_id for row in rows if row.upstream == "held"}
    server.calls.clear()
    everything(server, cursor)
    assert len(seen) == 45
    assert len([call for call in server.calls if call.path.startswith("/review/")]) <= 20


def test_what_is_no_longer_shown_to_us_is_not_called_gone(server: Forum) -> None:
    queued = server.hold("anna", "Hello", server.topic)
    _, cursor = everything(server)
    del server.queued[queued]
    rows, cursor = everything(server, cursor)
    assert not [row for row in rows if row.gone]


def test_a_topic_that_waits_goes_on_in_its_conversation_once_it_is_approved(server: Forum) -> None:
    queued = server.hold("anna", "Is it vegan, all of it?", title="Vegan?")
    rows, cursor = everything(server)
    held = by_id(rows)[f"review {queued}"]
    assert (held.post_title, held.thread, held.parent, held.public) == ("Vegan?", f"review {queued}", "", True)
    assert held.author.handle == "@anna"
    with closing(session(server)) as there:
        wanted = Answer(key="k", text="It is!", thread=held.thread, parent=held.remote_id, at=clock.now())
        assert there.find_sent(wanted) is None
    moderate(server, "show", held.remote_id)
    topic = max(server.topics)
    server.post("bela", "I wonder, too", topic)
    rows, cursor = everything(server, cursor)
    assert by_id(rows)[f"review {queued}"].upstream == ""
    assert [(row.thread, row.text) for row in rows if row.author.handle == "@bela"] == [
        (f"review {queued}", "I wonder, too")
    ]
    wanted = Answer(key="k", text="It is!", thread=held.thread, parent=held.remote_id, at=clock.now())
    with closing(checked(server)) as there:
        made = there.send(wanted)
        assert there.find_sent(wanted).remote_id == made.remote_id
    assert server.posts[int(made.remote_id)]["topic_id"] == topic


@pytest.mark.parametrize("verb", ["delete", "spam"])
def test_what_waits_is_rejected_and_can_be_approved_after_all(server: Forum, verb: str) -> None:
    queued = server.hold("anna", "Buy oranges", server.topic)
    moderate(server, verb, f"review {queued}")
    assert server.queued[queued]["status"] == 2
    moderate(server, "show", f"review {queued}")
    assert server.queued[queued]["status"] == 1


def test_what_waits_in_a_closed_topic_is_approved_too(server: Forum) -> None:
    server.topics[server.topic]["closed"] = True
    queued = server.hold("anna", "Just in time?", server.topic)
    moderate(server, "show", f"review {queued}")
    assert server.queued[queued]["status"] == 1


@pytest.mark.parametrize("title", ["", "Vegan?"])
def test_an_answer_to_what_waits_approves_it_first(server: Forum, bench: Workbench, title: str) -> None:
    account = Contract.connect(bench, Peer(server))
    queued = server.hold("anna", "Is it vegan, all of it?", None if title else server.topic, title)
    assert bench.sync.pull("There").error == ""
    number = Contract.answer(bench, Contract.conversation(bench, "Is it vegan, all of it?"), "It is!")
    for _ in range(2):
        assert bench.sync.send(account).error == ""
    assert bench.outbox.get(number).state == "sent"
    asked, answer = sorted(server.posts)[-2:]
    assert (server.queued[queued]["status"], server.queued[queued]["post_id"]) == (1, asked)
    assert server.posts[answer]["raw"] == "It is!"
    assert server.posts[answer]["topic_id"] == server.posts[asked]["topic_id"]
    assert bench.sync.pull("There").error == ""
    texts = [
        row[0]
        for row in bench.store.read.execute(
            "SELECT text FROM message WHERE text IN (?, ?) ORDER BY id", ("Is it vegan, all of it?", "It is!")
        )
    ]
    assert texts == ["Is it vegan, all of it?", "It is!"]
    assert (
        bench.store.read.execute(
            "SELECT count(DISTINCT conversation_id) FROM message WHERE text IN (?, ?)",
            ("Is it vegan, all of it?", "It is!"),
        ).fetchone()[0]
        == 1
    )


def test_what_nobody_sees_yet_cannot_be_hidden(server: Forum) -> None:
    queued = server.hold("anna", "Hello", server.topic)
    with closing(session(server)) as there, pytest.raises(Refused, match="waits for approval"):
        there.moderate("hide", Target(f"review {queued}"))


def test_a_queue_that_cannot_be_read_now_keeps_nothing_back(server: Forum, monkeypatch: Any) -> None:
    queued = server.hold("anna", "Hello", server.topic)
    _, cursor = everything(server)
    server.say("bela", "New")
    monkeypatch.setattr(server, "review", lambda _call: Reply({"errors": ["Busy"]}, 502))
    rows, cursor = everything(server, cursor)
    assert [row.text for row in rows if not row.out] == ["New"]
    monkeypatch.undo()
    rows, _ = everything(server, cursor)
    assert by_id(rows)[f"review {queued}"].upstream == "held"


@pytest.mark.slow
def test_whatever_is_in_the_queue_it_is_no_mistake_of_ours(server: Forum, monkeypatch: Any) -> None:
    server.admin = True
    post = server.say("anna", "Buy oranges")
    queued = server.hold("anna", "Hello", server.topic)
    server.hold("bela", "A topic", title="Vegan?")
    server.report("bela", post, 7, "Every week.")
    server.report("cyril", post, 8)
    server.write("dora", "To you")
    _, cursor = everything(server)
    server.queued[queued].update(status=1, post_id=int(post))
    facts = {"me": "1", "staff": "yes", "admin": "yes", "moderator": "", "reviews": "yes"}
    plain = server.serve
    for seed in range(150 if not quick() else 40):
        monkeypatch.setattr(server, "serve", Garbler(plain, seed))
        with closing(session(server, **facts)) as there, suppress(UserError):
            if seed % 3 == 2:
                there.moderate(("show", "delete", "spam", "hide")[seed % 4], Target(f"review {queued}"))
            else:
                for page in there.pull(dict(cursor) if seed % 3 else {}):
                    assert all(isinstance(row.at, int) and isinstance(row.text, str) for row in page.items)
                    assert all(isinstance(row.title, str) and isinstance(row.thread, str) for row in page.items)
                    assert all(isinstance(told, str) for told in page.cursor.values())


# --- topics and members


def test_the_solution_is_marked_and_the_mark_taken_away(server: Forum) -> None:
    post = server.say("bela", "Shake it twice.")
    moderate(server, "solve", post)
    assert server.topics[server.topic]["solved"] == int(post)
    assert by_id(everything(server)[0])[post].solution
    asked = [call.path for call in server.calls].count("/solution/accept.json")
    assert asked == 1
    moderate(server, "unsolve", post)
    assert not by_id(everything(server)[0])[post].solution


def test_why_there_is_no_solution_is_said(server: Forum) -> None:
    post = server.say("bela", "Shake it twice.")
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="can't be one"):
            there.moderate("solve", Target(str(server.opening(server.topic)["id"])))
        server.solving = False
        with pytest.raises(Refused, match="Discourse Solved is off"):
            there.moderate("solve", Target(post))
        assert "Discourse Solved is off" in there.check().sentence


def test_a_topic_is_closed_and_opened(server: Forum) -> None:
    post = server.say("anna", "Enough said")
    moderate(server, "lock", post, thread=str(server.topic))
    assert server.topics[server.topic]["closed"]
    assert by_id(everything(server)[0])[post].locked is True
    moderate(server, "unlock", post, thread=str(server.topic))
    assert not server.topics[server.topic]["closed"]
    assert by_id(everything(server)[0])[post].locked is False


def test_an_archived_topic_is_opened_for_writing_too(server: Forum) -> None:
    post = server.say("anna", "Enough said")
    server.topics[server.topic]["archived"] = True
    assert by_id(everything(server)[0])[post].locked is True
    moderate(server, "unlock", post, thread=str(server.topic))
    assert by_id(everything(server)[0])[post].locked is False


def test_members_are_silenced_and_suspended_and_may_again(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    moderate(server, "mute", post, author=ANNA, seconds=3_600)
    until = server.silenced[server.people["anna"]]
    assert until.startswith(("20", "21"))
    moderate(server, "unmute", post, author=ANNA)
    assert not server.silenced
    moderate(server, "ban", post, author=ANNA)
    assert server.banned[server.people["anna"]] > "3000"
    moderate(server, "unban", post, author=ANNA)
    assert not server.banned


def test_what_a_login_may_is_said_before_anybody_tries(server: Forum) -> None:
    with closing(session(server)) as there:
        assert set(there.check().facts["may"].split()) >= {"hide", "lock", "mute", "ban", "solve"}
        server.staff = False
        found = there.check()
    assert "review queue" not in found.sentence


def test_a_member_is_told_that_only_moderators_may(server: Forum) -> None:
    post = server.say("anna", "Buy oranges")
    server.staff = False
    with closing(session(server)) as there:
        assert set(there.check().facts["may"].split()) == {"solve", "unsolve"}
        for verb in ("hide", "spam", "delete", "lock", "mute", "ban"):
            with pytest.raises(Refused, match="Only a moderator"):
                there.moderate(verb, Target(post, str(server.topic), ANNA))


# --- from the window to the forum and back

STATES = {"hide": "hidden", "delete": "deleted", "spam": "spam", "show": ""}


@pytest.mark.parametrize("verb", sorted(STATES))
def test_a_decision_made_here_stays_as_it_was_made_and_can_be_undone(
    server: Forum, bench: Workbench, verb: str
) -> None:
    account = Contract.connect(bench, Peer(server))
    post = server.say("anna", "Buy oranges")
    server.report("bela", post, 4)
    assert bench.sync.pull("There").error == ""

    def state() -> str:
        (found,) = bench.store.read.execute("SELECT upstream FROM message WHERE remote_id = ?", (post,)).fetchone()
        return str(found)

    (number,) = bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (post,)).fetchone()
    assert state() == "reported"
    assert {"show", "hide", "spam", "delete", "lock", "mute", "ban", "solve"} <= set(bench.moderation.verbs(number))
    done = bench.moderation.do(number, verb, "No advertising", hold_seconds=0)
    assert bench.sync.send(account).error == ""
    assert bench.moderation.get(done).state == "done"
    for _ in range(2):
        assert bench.sync.pull("There").error == ""
        assert state() == STATES[verb]
    if verb != "show":
        bench.moderation.undo(done)
        assert bench.sync.send(account).error == ""
        for _ in range(2):
            assert bench.sync.pull("There").error == ""
            assert state() == ""
        assert not server.posts[int(post)]["hidden"]


def test_somebody_is_muted_for_an_hour_from_here(server: Forum, bench: Workbench) -> None:
    account = Contract.connect(bench, Peer(server))
    post = server.say("anna", "Buy oranges")
    bench.sync.pull("There")
    (number,) = bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (post,)).fetchone()
    done = bench.moderation.do(number, "mute", "No advertising", hold_seconds=0, seconds=3_600)
    assert bench.sync.send(account).error == ""
    assert list(server.silenced) == [server.people["anna"]]
    bench.moderation.undo(done)
    assert bench.sync.send(account).error == ""
    assert not server.silenced


def test_nobody_is_silenced_or_suspended_by_their_own_report(server: Forum) -> None:
    post = server.say("anna", "Buy lemons!")
    server.report("bela", post, 8)
    (report,) = [row for row in everything(server)[0] if row.about]
    assert report.about == post
    for verb in ("mute", "ban"):
        with pytest.raises(Refused, match="whoever made the report"):
            moderate(server, verb, report.remote_id, thread=report.thread, author=report.author.key)
