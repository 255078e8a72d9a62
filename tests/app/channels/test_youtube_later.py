"""YouTube: answers under old comments, what it holds back, comments of our own begun, changed and withdrawn, bans."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Change, Target
from app.base.message import Reply as Answer
from app.channels import youtube
from app.channels.base import Refused, TryLater, UnknownOutcome
from tests.app.channels.contract import pulled
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Call, Reply
from tests.servers.youtube import CLIENT, SECRET, YouTube, refused


@pytest.fixture
def server() -> Iterator[YouTube]:
    server = YouTube()
    yield server
    server.stop()


def session(server: YouTube, **more: str) -> Any:
    fields = {"server": server.url, "client_id": CLIENT, "me": server.me, **more}
    return youtube.open(fields, {"client_secret": SECRET, "refresh": "1//refresh"})


def everything(server: YouTube, cursor: dict[str, str], **more: str) -> list[Any]:
    with closing(session(server, **more)) as there:
        return pulled(there, cursor)


def reply(asked: str, text: str, **more: Any) -> Answer:
    return Answer(key="k", text=text, thread=asked, parent=asked, at=clock.now(), **more)


def news(text: str = "Watch to the end!", **more: Any) -> Answer:
    return Answer(key="k", text=text, thread="", parent="", at=clock.now(), venue="vid-lemon-1", **more)


def _old(server: YouTube, who: str, number: int) -> str:
    """A comment of years ago."""
    made = server.put(who, f"Of old, {number}")
    made["snippet"]["publishedAt"] = f"2024-01-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
    return str(made["id"])


# --- answers under old threads


def test_an_answer_where_we_spoke_is_in_with_the_next_pull_however_old_the_thread(server: YouTube) -> None:
    olds = [_old(server, "anna", number) for number in range(400)]
    for old in olds[:150]:
        server.say("lemonade", "Thank you!", old)
    cursor: dict[str, str] = {}
    everything(server, cursor)
    late = {server.say("anna", "And on Sundays?", old) for old in olds[:150:10]}
    before = server.units
    assert late <= {row.remote_id for row in everything(server, cursor)}
    assert server.units - before < 40


@pytest.mark.slow
def test_two_thousand_threads_are_kept_and_looked_at_in_turn(server: YouTube) -> None:
    cursor: dict[str, str] = {}
    for part in range(4):
        for number in range(500):
            _old(server, "anna", part * 500 + number)
        everything(server, cursor)
    known = json.loads(cursor["recent"])
    assert len(known) == 2_000
    assert len(cursor["recent"]) < 200_000
    first = min(known, key=lambda number: known[number][0])
    late = server.say("bela", "Found this only now", first)
    seen: set[str] = set()
    for _ in range(21):
        seen |= {row.remote_id for row in everything(server, cursor)}
        if late in seen:
            break
    assert late in seen


def test_looking_again_leaves_units_for_answers(server: YouTube) -> None:
    for number in range(300):
        _old(server, "anna", number)
    cursor: dict[str, str] = {}
    everything(server, cursor)
    cursor["units"] = "6100"
    before = server.units
    everything(server, cursor)
    assert server.units - before <= 3


def test_what_is_new_is_in_even_if_looking_again_fails(server: YouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(120):
        _old(server, "anna", number)
    cursor: dict[str, str] = {}
    everything(server, cursor)
    new = server.say("bela", "Just now")
    plain = server.threads

    def broken(call: Call) -> Reply:
        return refused(503, "backendError") if "id" in call.query else plain(call)

    monkeypatch.setattr(server, "threads", broken)
    seen = []
    with closing(session(server)) as there, pytest.raises(TryLater):
        seen += [row.remote_id for page in there.pull(dict(cursor)) for row in page.items]
    with closing(session(server)) as there:
        seen = [row.remote_id for row in next(there.pull(dict(cursor))).items]
    assert new in seen


def test_a_cursor_of_an_older_rapport_is_read_on(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    lost = server.say("bela", "No!", asked)
    cursor = {"last": "1", "turn": "3", "recent": json.dumps({asked: [1, 1, "", [lost]]})}
    server.remove(lost)
    assert {row.remote_id: row.gone for row in everything(server, cursor)} == {asked: False, lost: True}


# --- what is held back


def test_a_held_answer_is_not_called_gone(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    answer = server.put("bela", "I think so", asked)
    cursor: dict[str, str] = {}
    everything(server, cursor)
    answer["snippet"]["moderationStatus"] = "heldForReview"
    assert {row.remote_id: (row.gone, row.upstream) for row in everything(server, cursor)}[answer["id"]] == (
        False,
        "held",
    )
    for number in range(120):
        held = server.put("cyril", f"Held {number}")
        held["snippet"]["moderationStatus"] = "heldForReview"
    assert not [row for row in everything(server, cursor) if row.gone]


def test_held_answers_beside_some_of_the_others_are_not_taken_for_all(server: YouTube) -> None:
    asked = server.say("anna", "What do you like best?")
    for number in range(7):
        server.say("bela", f"Answer {number}", asked)
    for number in range(2):
        server.put("cyril", f"Held {number}", asked)["snippet"]["moderationStatus"] = "heldForReview"
    cursor: dict[str, str] = {}
    assert len({row.remote_id for row in everything(server, cursor)}) == 10
    lost = server.say("dora", "Said too soon", asked)
    everything(server, cursor)
    server.remove(lost)
    assert [row.remote_id for row in everything(server, cursor) if row.gone] == [lost]


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER])
def test_an_answer_of_ours_that_is_held_is_found(server: YouTube, mood: str) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.holding = True
    server.moods.append(mood)
    wanted = reply(asked, "It is: https://lemonade.example")
    with closing(session(server)) as there:
        with pytest.raises(UnknownOutcome):
            there.send(wanted)
        assert (there.find_sent(wanted) is not None) == (mood != CLOSE_BEFORE)


def test_a_login_that_may_not_review_reads_all_else_and_says_so(
    server: YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = server.say("anna", "Is it vegan?")
    plain = server.threads

    def closed(call: Call) -> Reply:
        return plain(call) if call.query.get("moderationStatus") == "published" else refused(403, "forbidden")

    monkeypatch.setattr(server, "threads", closed)
    with closing(session(server)) as there:
        found = list(there.pull({}))
    assert [row.remote_id for page in found for row in page.items] == [asked]
    assert any("waits for review" in page.trouble for page in found)
    with closing(session(server)) as there, pytest.raises(UnknownOutcome):
        there.find_sent(reply(asked, "It is!"))


# --- comments of our own under a video


def test_the_venues_are_the_latest_videos(server: YouTube) -> None:
    server.videos["vid-lemon-2"] = {"title": "Mint", "description": ""}
    with closing(session(server)) as there:
        assert json.loads(there.check().facts["venues"]) == [
            ["vid-lemon-1", "How we press lemons"],
            ["vid-lemon-2", "Mint"],
        ]
        server.videos.clear()
        assert "venues" not in there.check().facts


@pytest.mark.parametrize("held", [False, True])
def test_a_comment_of_ours_is_begun_once(server: YouTube, *, held: bool) -> None:
    server.holding = held
    with closing(session(server)) as there:
        assert there.find_sent(news()) is None
        made = there.send(news())
        assert there.send(news(tried=1)).remote_id == made.remote_id
        assert there.find_sent(news("Other words")) is None
        assert there.find_sent(news()._replace(at=clock.now() + 600)) is None
        with pytest.raises(Refused, match="video is no longer"):
            there.send(news()._replace(venue="vid-gone"))
    assert (made.thread, len(server.comments)) == (made.remote_id, 1)
    late = server.say("anna", "I will!", made.remote_id)
    server.comments[made.remote_id]["snippet"]["moderationStatus"] = "published"
    assert {row.thread for row in everything(server, {}) if row.remote_id == late} == {made.thread}


def _elsewhere(server: YouTube, count: int, **more: Any) -> None:
    """That many comments of others under the same video, newer than all before."""
    for number in range(count):
        server.put("anna", f"Chatter {number}")["snippet"].update(more)


def _ours(server: YouTube) -> list[str]:
    rows = [one["snippet"] for one in server.comments.values()]
    return [one["textOriginal"] for one in rows if one["authorDisplayName"] == "@lemonade"]


@pytest.mark.parametrize("held", [False, True])
def test_a_comment_of_ours_is_found_among_more_than_a_page_of_newer_ones(server: YouTube, *, held: bool) -> None:
    server.holding = held
    with closing(session(server)) as there:
        made = there.send(news())
        _elsewhere(server, 250, **({"moderationStatus": "heldForReview"} if held else {}))
        assert there.find_sent(news()).remote_id == made.remote_id
        assert there.send(news(tried=1)).remote_id == made.remote_id
    assert _ours(server) == [news().text]


def test_the_look_up_ends_with_the_first_comment_from_before(server: YouTube) -> None:
    for number in range(250):
        _old(server, "anna", number)
    with closing(session(server)) as there:
        server.calls.clear()
        assert there.find_sent(news()) is None
    assert sum(call.path.endswith("commentThreads") for call in server.calls) == 3, "one page of each list"


def test_among_too_many_newer_comments_nobody_can_tell(server: YouTube) -> None:
    with closing(session(server)) as there:
        there.send(news())
        _elsewhere(server, 1_001)
        with pytest.raises(UnknownOutcome, match="can't tell"):
            there.find_sent(news())
        with pytest.raises(UnknownOutcome, match="can't tell"):
            there.send(news(tried=1))
    assert len(_ours(server)) == 1


def test_a_held_answer_of_ours_is_found_below_more_than_a_page_of_held_threads(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.holding = True
    with closing(session(server)) as there:
        made = there.send(reply(asked, "It is!"))
        _elsewhere(server, 150, moderationStatus="heldForReview")
        assert there.find_sent(reply(asked, "It is!")).remote_id == made.remote_id


def test_among_more_held_answers_than_a_thread_shows_nobody_can_tell(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    for number in range(server.inline):
        server.put("bela", f"Look: {number}", asked)["snippet"]["moderationStatus"] = "heldForReview"
    server.holding = True
    with closing(session(server)) as there:
        there.send(reply(asked, "It is!"))
        with pytest.raises(UnknownOutcome, match="can't tell"):
            there.find_sent(reply(asked, "It is!"))


# --- our own words


def test_our_comment_is_corrected_and_withdrawn(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        made = there.send(reply(asked, "It ist!")).remote_id
        change = Change("k", made, "It is!", "It ist!")
        for _ in range(2):
            there.correct(change)
            assert there.reads(change) == "It is!"
        for _ in range(2):
            there.withdraw(change)
            assert there.reads(change) is None
        with pytest.raises(Refused, match="no longer on YouTube"):
            there.correct(change)
    assert list(server.comments) == [asked]


# --- moderation


def test_a_ban_rejects_the_comment_and_bans_its_author(server: YouTube) -> None:
    asked = server.say("anna", "Buy oranges")
    with closing(session(server)) as there:
        for _ in range(2):
            there.moderate("ban", Target(asked, asked, "UCanna"))
    assert server.banned == {"UCanna"}
    assert server.comments[asked]["snippet"]["moderationStatus"] == "rejected"
    assert "ban" not in youtube.CHANNEL.can.undo


# --- words


def test_a_picture_is_said_and_a_post_has_its_channel_for_a_link(server: YouTube) -> None:
    drawn = server.put("anna", "", video="")
    drawn["snippet"]["imageUrl"] = "https://yt3.ggpht.example/1"
    both = server.put("bela", "Look")
    both["snippet"]["imageUrl"] = "https://yt3.ggpht.example/2"
    rows = {row.remote_id: row for row in everything(server, {})}
    assert (rows[drawn["id"]].text, rows[both["id"]].text) == ("[Picture]", "Look\n[Picture]")
    assert rows[drawn["id"]].url == f"https://www.youtube.com/channel/{server.me}/posts"


# --- units


def test_a_larger_quota_is_used(server: YouTube) -> None:
    server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        today = next(there.pull({})).cursor["units_day"]
    cursor = {"units": "9999", "units_day": today}
    with closing(session(server)) as there, pytest.raises(TryLater):
        list(there.pull(dict(cursor)))
    assert len(everything(server, dict(cursor), quota="1000000")) == 1
    with closing(session(server, quota="a lot")) as there, pytest.raises(Refused, match="takes a number"):
        there.check()
