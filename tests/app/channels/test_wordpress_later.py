"""What becomes of a blog's comments long after they were read, and what its filter took for spam."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.channels.wordpress import reading
from app.channels.wordpress.reading import packed, unpacked
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Contract
from tests.app.channels.test_wordpress import Peer, aged, pulled
from tests.servers import wordpress
from tests.servers.wordpress import WordPress

pytestmark = pytest.mark.servers(*wordpress.PROGRAMS)


@pytest.fixture
def peer(blog: WordPress) -> Peer:
    return Peer(blog)


@given(st.sets(st.integers(1, 10**12), max_size=50), st.integers(1, 60))
def test_ids_are_kept_in_few_characters_and_read_again(numbers: set[int], most: int) -> None:
    assert unpacked(packed(numbers, most)) == set(sorted(numbers)[-most:])


@pytest.mark.parametrize("text", ["", "½ a", "a b !", "{}"])
def test_ids_that_cannot_be_read_are_none(text: str) -> None:
    assert unpacked(text) == set()


def fates(peer: Peer, cursor: dict[str, str]) -> dict[str, tuple[str, str, bool]]:
    return {one.remote_id: (one.text, one.upstream, one.gone) for one in pulled(peer, cursor)}


@pytest.fixture
def old(peer: Peer) -> list[str]:
    """Six comments of a year ago, and one of now that sets the cursor."""
    numbers = [peer.say("anna", f"Number {number}") for number in range(6)]
    for number in numbers:
        aged(peer, number, 365)
    peer.say("bela", WORDS["cs"])
    return numbers


@pytest.mark.slow
def test_what_becomes_of_old_comments_is_seen(peer: Peer, old: list[str]) -> None:
    cursor: dict[str, str] = {}
    assert len(fates(peer, cursor)) == 7
    edited, deleted, binned, spam, held, _ = old
    peer.change(edited, "Other words")
    peer.desk("remove", int(deleted), 1)
    peer.desk("remove", int(binned), 0)
    peer.desk("set", int(spam), "spam")
    peer.desk("set", int(held), "hold")
    seen = fates(peer, cursor)
    assert seen[edited][0] == "Other words"
    assert seen[deleted][2]
    assert seen[binned][2]
    assert seen[spam][1] == "spam"
    assert seen[held][1] == "held"
    for number in (spam, held):
        peer.desk("set", int(number), "approve")
    peer.desk("set", int(binned), "approve")
    back = fates(peer, cursor)
    assert [back[number][1:] for number in (binned, spam, held)] == [("", False)] * 3


def test_an_account_of_an_older_rapport_learns_which_comments_there_are(peer: Peer, old: list[str]) -> None:
    cursor: dict[str, str] = {}
    pulled(peer, cursor)
    for name in set(cursor) - {"after", "watched"}:
        del cursor[name]
    peer.change(old[0], "Other words")
    assert fates(peer, cursor)[old[0]][0] == "Other words"


@pytest.mark.slow
def test_each_pull_looks_at_the_next_ones_and_at_all_when_the_number_is_wrong(
    peer: Peer, old: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor: dict[str, str] = {}
    pulled(peer, cursor)
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    rounds = [sorted(fates(peer, cursor).keys() & set(old)) for _ in range(4)]
    assert rounds == [old[0:2], old[2:4], old[4:6], old[0:2]]
    peer.desk("remove", int(old[1]), 1)
    assert fates(peer, cursor).keys() >= set(old)
    assert cursor["hurry"] == "0"
    assert len(fates(peer, cursor).keys() & set(old)) == 2


@pytest.mark.slow
def test_where_there_is_too_much_for_one_pull_the_next_ones_hurry_too(
    peer: Peer, old: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor: dict[str, str] = {}
    pulled(peer, cursor)
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    monkeypatch.setattr(reading, "_HURRY_PAGES", 2)
    peer.desk("remove", int(old[5]), 1)
    assert len(fates(peer, cursor).keys() & set(old)) == 4
    assert int(cursor["hurry"]) > 0
    assert len(fates(peer, cursor).keys() & set(old)) == 4
    assert cursor["hurry"] == "0"


@pytest.mark.slow
def test_somebody_who_may_not_moderate_sees_old_edits_and_deletions(blog: WordPress, old: list[str]) -> None:
    # `old` was said under the manager's peer; the same blog as its author sees it
    who = Peer.__new__(Peer)
    who.__dict__ = {
        "blog": blog, "desk": blog.desk, "who": "author", "fields": {"site": blog.url, "name": "author"},
        "secrets": {"password": blog.passwords["author"]},
    }  # fmt: skip
    cursor: dict[str, str] = {}
    pulled(who, cursor)
    who.change(old[0], "Other words")
    who.desk("set", int(old[1]), "spam")
    who.desk("set", int(old[2]), "hold")
    who.desk("remove", int(old[3]), 1)
    seen = fates(who, cursor)
    assert seen[old[0]][0] == "Other words"
    # what is held is only not shown to them: WordPress says "rest_cannot_read" of it, and of spam
    assert [number for number, (_, _, gone) in seen.items() if gone] == [old[3]]
    who.desk("remove", int(old[1]), 1)
    assert fates(who, cursor)[old[1]][2]


# --- what it means here


def _state(bench: Workbench, text: str) -> str:
    row = bench.store.read.execute(
        "SELECT state FROM conversation WHERE id = (SELECT conversation_id FROM message WHERE text = ?)", (text,)
    ).fetchone()
    return str(row[0])


def _members(bench: Workbench) -> list[str]:
    return [row[0] for row in bench.store.read.execute("SELECT name FROM member ORDER BY id")]


def _message(bench: Workbench, text: str) -> int:
    return int(bench.store.read.execute("SELECT id FROM message WHERE text = ?", (text,)).fetchone()[0])


def _moderate(bench: Workbench, text: str, verb: str) -> int:
    made = bench.moderation.do(_message(bench, text), verb, "No guideline broken", hold_seconds=0)
    line = bench.sync.send(bench.moderation.get(made).account_id)
    assert (line.sent, line.error) == (1, "")
    return made


@pytest.mark.slow
def test_spam_is_quiet_and_its_author_no_member_until_it_is_rescued(bench: Workbench, peer: Peer) -> None:
    Contract.connect(bench, peer)
    number = peer.say("dora", WORDS["hu"])
    peer.desk("set", int(number), "spam")
    for new in (1, 0):
        assert bench.sync.pull("There").new == new
    assert (_state(bench, WORDS["hu"]), _members(bench)) == ("quiet", [])
    with pytest.raises(UserError, match="nobody would see a reply"):
        Contract.answer(bench, Contract.conversation(bench, WORDS["hu"]), WORDS["is"])
    (line,) = bench.inbox.open(Contract.conversation(bench, WORDS["hu"]), 9).lines
    assert (line.author, line.upstream, line.member_id) == ("Dora", "spam", None)
    _moderate(bench, WORDS["hu"], "show")
    assert peer.stands(number) == ""
    assert (_state(bench, WORDS["hu"]), _members(bench)) == ("needs_me", ["Dora"])
    assert bench.sync.pull("There").new == 0
    Contract.answer(bench, Contract.conversation(bench, WORDS["hu"]), WORDS["is"])
    assert bench.sync.send(1).sent == 1
    assert peer.heard() == [(WORDS["is"], number)]
    rows = bench.store.read.execute("SELECT name, handle, key FROM identity").fetchall()
    assert [tuple(row) for row in rows] == [("Dora", "dora@lemonade.test", "dora@lemonade.test")]


def test_spam_that_the_blog_lets_through_later_is_heard(bench: Workbench, peer: Peer) -> None:
    Contract.connect(bench, peer)
    number = peer.say("dora", WORDS["hu"])
    peer.desk("set", int(number), "spam")
    bench.sync.pull("There")
    peer.desk("set", int(number), "approve")
    assert bench.sync.pull("There").changed == 1
    assert (_state(bench, WORDS["hu"]), _members(bench)) == ("needs_me", ["Dora"])


@pytest.mark.slow
@pytest.mark.parametrize("done", [False, True])
def test_what_the_blog_takes_for_spam_or_bins_needs_nobody_until_it_is_back(
    bench: Workbench, peer: Peer, *, done: bool
) -> None:
    Contract.connect(bench, peer)
    numbers = {text: peer.say("anna", text) for text in (WORDS["hu"], WORDS["cs"])}
    bench.sync.pull("There")
    if done:
        bench.inbox.done([Contract.conversation(bench, text) for text in numbers])
    before = "done" if done else "needs_me"
    assert {_state(bench, text) for text in numbers} == {before}
    peer.desk("set", int(numbers[WORDS["hu"]]), "spam")
    peer.take_away(numbers[WORDS["cs"]])
    bench.sync.pull("There")
    assert _state(bench, WORDS["hu"]) == ("done" if done else "quiet")
    assert _state(bench, WORDS["cs"]) == "done"
    for number in numbers.values():
        peer.desk("set", int(number), "approve")
    bench.sync.pull("There")
    assert {_state(bench, text) for text in numbers} == {before}
    assert _members(bench) == ["Anna"]


def test_spam_among_other_comments_leaves_these_as_they_are(bench: Workbench, peer: Peer) -> None:
    Contract.connect(bench, peer)
    first = peer.say("anna", WORDS["hu"])
    spam = peer.say("dora", WORDS["cs"], first)
    peer.desk("set", int(spam), "spam")
    bench.sync.pull("There")
    assert _state(bench, WORDS["hu"]) == "needs_me"
    (speaker,) = bench.inbox.open(Contract.conversation(bench, WORDS["hu"]), 9).speakers
    assert speaker.name == "Anna"
    Contract.answer(bench, Contract.conversation(bench, WORDS["hu"]), WORDS["is"])
    bench.sync.send(1)
    assert peer.heard() == [(WORDS["is"], first)]
    assert _state(bench, WORDS["hu"]) == "waiting"
    _moderate(bench, WORDS["cs"], "show")
    speakers = bench.inbox.open(Contract.conversation(bench, WORDS["hu"]), 9).speakers
    assert {speaker.name for speaker in speakers} == {"Anna", "Dora"}


def test_what_we_mark_as_spam_ourselves_leaves_and_comes_back_with_its_undo(bench: Workbench, peer: Peer) -> None:
    Contract.connect(bench, peer)
    number = peer.say("anna", WORDS["hu"])
    bench.sync.pull("There")
    made = _moderate(bench, WORDS["hu"], "spam")
    assert (peer.stands(number), _state(bench, WORDS["hu"])) == ("spam", "quiet")
    bench.sync.pull("There")
    assert _state(bench, WORDS["hu"]) == "quiet"
    bench.moderation.undo(made)
    bench.sync.send(1)
    assert (peer.stands(number), _state(bench, WORDS["hu"])) == ("", "needs_me")


def test_a_person_wrote_this_is_said_of_spam_at_its_channel(bench: Workbench, peer: Peer) -> None:
    Contract.connect(bench, peer)
    peer.desk("set", int(peer.say("dora", WORDS["hu"])), "spam")
    bench.sync.pull("There")
    with pytest.raises(UserError, match="is spam on its channel"):
        bench.intake.by_person([Contract.conversation(bench, WORDS["hu"])])


def test_no_more_spam_comes_than_somebody_looks_through(
    bench: Workbench, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MAX_SPAM", 3)
    Contract.connect(bench, peer)
    for number in range(5):
        peer.desk("set", int(peer.say("dora", f"Cheap watches, {number}")), "spam")
    assert [bench.sync.pull("There").new for _ in range(3)] == [3, 0, 0]


@pytest.fixture
def bench(tmp_path: Any) -> Any:
    from app.base.paths import Profile  # noqa: PLC0415

    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()
