"""A rule of keeping: what is due and what is held back, a trial that changes nothing, a run that leaves no word."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import NotFoundError, UserError
from app.base.message import Attached, Incoming
from app.retention import Rule, telling
from app.retention.rule import before
from app.safety import backup
from app.store import verify
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.saying import NOW, account, is_consistent, said

DAY = 86_400
OLD = NOW - 400 * DAY
WORD = "elderflower"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.base.clock.now", lambda: NOW)


@pytest.fixture
def blog(bench: Workbench) -> int:
    """An account with an old conversation with Anna, one in which Bela spoke too, and one of last week."""
    made = account(bench.store)
    bench.intake.take(made, _items())
    bench.inbox.done(_talks(bench))
    with bench.store.write() as conn:
        conn.execute("UPDATE conversation SET done_at = last_at")
    return made


def _items() -> list[Incoming]:
    return [
        said("1", OLD, f"My {WORD} parcel is lost, and nobody tells me where", thread="a", title=f"Lost {WORD}"),
        said("2", OLD + 60, f"We look for the {WORD} and write again", who="us", thread="a", out=True),
        said("3", OLD + 90, f"Is there {WORD} in the shop by the station?", who="bela", thread="b"),
        said("4", OLD + 99, "There is, behind the counter on the left", who="anna", thread="b"),
        said("5", NOW - 7 * DAY, "Good morning from the harbour to everybody", who="cili", thread="c"),
    ]


def _talks(bench: Workbench) -> list[int]:
    return [row["id"] for row in bench.store.read.execute("SELECT id FROM conversation ORDER BY id")]


def _texts(bench: Workbench) -> list[str]:
    return [row["text"] for row in bench.store.read.execute("SELECT text FROM message ORDER BY at")]


def _holding(folder: Path, word: str = WORD) -> list[str]:
    forms = (word.encode(), word.encode("utf-16-le"))
    return [
        file.name for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


def _kept(bench: Workbench, rule: Rule) -> Rule:
    return bench.retention.get(bench.retention.add(rule))


@pytest.mark.usefixtures("blog")
def test_a_trial_lists_what_is_due_and_changes_nothing(bench: Workbench) -> None:
    seen = bench.retention.trial(Rule(months=12))
    assert [(one.id, one.who, one.place, one.last_at) for one in seen.due] == [
        (1, "Anna", "Blog", OLD + 60),
        (2, "Bela", "Blog", OLD + 99),
    ]
    assert (seen.messages, seen.members, seen.held) == (4, 2, {})
    assert seen.octets == sum(len(text.encode()) for text in _texts(bench)[:4])
    assert WORD in _texts(bench)[0]
    assert bench.retention.trial(Rule(months=14)).due == ()
    assert len(bench.retention.trial(Rule(months=13)).due) == 2


@pytest.mark.usefixtures("blog")
def test_a_run_leaves_counts_and_members_and_no_word_in_any_file(bench: Workbench) -> None:
    bench.inbox.label([1], ["parcels"])
    made = bench.handoffs.add(1, bench.teammates.add("Ari"), f"Where is the {WORD}?")
    bench.handoffs.close(made, f"No {WORD} is left")
    backup.make(bench.store, bench.profile, bench.profile.backups / "old.rapport")
    listed = bench.profile.folder / "for-ari.csv"
    listed.write_text(f"context\nMy {WORD} parcel is lost, and nobody tells me where\n", encoding="utf-8")
    rule = _kept(bench, Rule(months=12))
    run = bench.retention.run(bench.retention.trial(rule))
    assert (run.done.conversations, run.done.said, run.done.told, run.members) == (2, 3, 1, 2)
    assert run.done.rewritten == ("old.rapport",)
    assert run.done.deleted == ("for-ari.csv",)
    told = telling.after(run)
    assert told[0].startswith("On 2026-11-18 a rule erased 3 messages of theirs and 1 of yours in 2 conversations. The")
    assert "Rewritten without it: old.rapport." in told
    assert _texts(bench) == [*["[erased by rule]"] * 4, "Good morning from the harbour to everybody"]
    assert bench.search.messages(WORD) == []
    assert [bench.members.get(number).name for number in (1, 2, 3)] == ["Anna", "Bela", "Cili"]
    assert bench.inbox.labels(1) == ("parcels",)
    assert bench.retention.trial(rule).due == ()
    assert bench.retention.runs() == [run]
    is_consistent(bench.store)
    for action in bench.actions.last(1_000):
        with suppress(UserError):
            bench.actions.undo(action.id)
    assert WORD not in "".join(_texts(bench))
    bench.close()
    assert _holding(bench.profile.folder) == []


def test_what_came_in_since_the_trial_stays_in_the_copies_and_is_not_counted(bench: Workbench, blog: int) -> None:
    rule = _kept(bench, Rule(months=12))
    seen = bench.retention.trial(rule)
    bench.intake.take(blog, [said("9", NOW - 5, "Is it there now?", thread="a")])
    made = backup.make(bench.store, bench.profile).file
    run = bench.retention.run(seen)
    assert (run.done.conversations, run.members) == (1, 2)
    assert run.octets == sum(len(one.text.encode()) for one in _items()[2:4])
    assert run.octets < seen.octets
    assert [WORD in text for text in _texts(bench)[:4]] == [True, True, False, False]
    with closing(verify.reading(made)) as conn:
        kept = [text for (text,) in conn.execute("SELECT text FROM message ORDER BY at")]
    assert [WORD in text for text in kept[:3]] == [True, True, False]
    assert bench.retention.runs() == [run]


def test_what_was_erased_does_not_come_back_and_what_comes_later_is_new(bench: Workbench, blog: int) -> None:
    bench.retention.run(bench.retention.trial(_kept(bench, Rule(months=12))))
    assert bench.intake.take(blog, _items()).new == 0
    assert bench.intake.take(blog, [said("9", NOW + 5, "It has come!", thread="a")]).new == 1
    assert _texts(bench)[-1] == "It has come!"
    assert bench.members.get(1).last_at == NOW + 5


def test_a_restored_backup_from_elsewhere_does_not_bring_it_back(bench: Workbench, blog: int, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "old.rapport"
    elsewhere.parent.mkdir()
    with bench.store.write() as conn:  # a message that has no id at its channel, as one that was written down
        conn.execute("UPDATE message SET remote_id = NULL WHERE remote_id = '2'")
    backup.make(bench.store, bench.profile, elsewhere)
    profile = bench.profile
    run = bench.retention.run(bench.retention.trial(_kept(bench, Rule(months=12))))
    bench.close()
    backup.bring_back(profile, elsewhere)
    again = Workbench(profile)
    assert again.retention.runs() == [run]
    assert WORD not in "".join(_texts(again))
    assert _texts(again)[-1] == "Good morning from the harbour to everybody"
    assert again.intake.take(blog, [item for item in _items() if item.remote_id != "2"]).new == 0
    again.do_what_is_due()
    again.close()
    assert WORD.encode() not in profile.file.read_bytes()


def _sql(words: str) -> Callable[[Workbench], None]:
    def do(bench: Workbench) -> None:
        with bench.store.write() as conn:
            conn.execute(words)

    return do


_OUTBOX = (
    "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until, later)"
    " VALUES ('k', 1, 1, 'Soon', 'held', 1, 99, 1)"
)
_GIFT = (
    "INSERT INTO gift (member_id, {link}item, why, worth, currency, state, state_at, created_at)"
    " VALUES (1, {value}'Mug', 'kind', 900, 'EUR', 'shipped', 1, 1)"
)
_MODERATED = (
    "INSERT INTO moderation (at, message_id, conversation_id, account_id, guideline, text, state)"
    " SELECT 1, id, 1, 1, 'Be kind', text, 'done' FROM message WHERE remote_id = '1'"
)
_ENTERED = (
    "INSERT INTO giveaway_entry (giveaway_id, name, message_id) SELECT 7, 'Anna', id FROM message WHERE remote_id = '1'"
)


def _in_giveaway(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO giveaway (id, name, prizes, created_at) VALUES (7, 'A mug', 1, 1)")
        conn.execute(_ENTERED)


@pytest.mark.usefixtures("blog")
@pytest.mark.parametrize(
    ("why", "deed"),
    [
        ("not_done", lambda bench: bench.inbox.reopen([1])),
        ("snoozed", lambda bench: bench.inbox.snooze([1], NOW + DAY)),
        ("draft", lambda bench: bench.inbox.keep_draft(1, "I am", "en")),
        ("draft", lambda bench: bench.kept_forms.keep("handoff", "C-1", "{}")),
        ("draft", _sql("INSERT INTO letter_draft (linked_id, at) VALUES (1, 1)")),
        ("sending", _sql(_OUTBOX)),
        ("handoff", lambda bench: bench.handoffs.add(1, bench.teammates.add("Ari"), "Where is it?")),
        ("promise", lambda bench: bench.promises.add(1, "a new one", conversation_id=1)),
        ("promise", lambda bench: bench.promises.add(1, "a new one")),
        ("gift", _sql(_GIFT.format(link="conversation_id, ", value="1, "))),
        ("gift", _sql(_GIFT.format(link="", value=""))),
        ("giveaway", _in_giveaway),
        ("moderation", _sql(_MODERATED)),
        ("quarrel", _sql("INSERT INTO quarrel (conversation_id, found_at, heat) VALUES (1, 1, 3)")),
        ("work", _sql("INSERT INTO work (member_id, message_id, kind, title, created_at)"
                      " SELECT 1, id, 'photo', 'Cake', 1 FROM message WHERE remote_id = '1'")),
        ("kept", _sql("INSERT INTO kind_word (message_id, at) SELECT id, 1 FROM message WHERE remote_id = '1'")),
        ("kept", _sql("UPDATE message SET mailbox = 'flagged' WHERE remote_id = '1'")),
    ],
)  # fmt: skip
def test_what_is_not_over_is_held_back_and_said(
    bench: Workbench, why: str, deed: Callable[[Workbench], object]
) -> None:
    deed(bench)
    seen = bench.retention.trial(Rule(months=12))
    of_both = why in ("promise", "gift") and 2 not in seen.conversations  # Anna speaks in both
    assert seen.held == {why: 2 if of_both else 1}
    assert 1 not in seen.conversations
    (sentence,) = telling.held(seen)
    assert sentence.startswith(f"Held back: {sum(seen.held.values())} conversation")
    bench.retention.run(bench.retention.trial(_kept(bench, Rule(months=12))))
    assert WORD in _texts(bench)[0]


@pytest.mark.usefixtures("blog")
def test_over_is_over(bench: Workbench) -> None:
    bench.promises.keep(bench.promises.add(1, "a new one", conversation_id=1))
    bench.promises.drop(bench.promises.add(1, "a letter", conversation_id=1), "They moved")
    _sql(_GIFT.format(link="conversation_id, ", value="1, ").replace("shipped", "thanked"))(bench)
    _in_giveaway(bench)
    _sql("UPDATE giveaway SET drawn_at = 1")(bench)
    _sql(_MODERATED.replace("'done'", "'undone'"))(bench)
    seen = bench.retention.trial(_kept(bench, Rule(months=12)))
    assert (seen.conversations, seen.held) == ((1, 2), {})
    bench.retention.run(seen)
    read = bench.store.read
    assert read.execute("SELECT name FROM giveaway_entry").fetchone()[0] == "Anna"
    assert read.execute("SELECT item, worth, state, why FROM gift").fetchone()[:] == ("Mug", 900, "thanked", "")
    assert read.execute("SELECT count(*) FROM promise").fetchone()[0] == 0


@pytest.mark.usefixtures("blog")
def test_what_came_in_since_the_trial_stays(bench: Workbench) -> None:
    seen = bench.retention.trial(_kept(bench, Rule(months=12)))
    bench.inbox.keep_draft(2, "I am about to", "en")
    run = bench.retention.run(seen)
    assert run.done.conversations == 1
    assert WORD in _texts(bench)[2]
    assert _texts(bench)[0] == "[erased by rule]"


@pytest.mark.usefixtures("blog")
def test_places_and_members_narrow_it(bench: Workbench) -> None:
    other = account(bench.store, "email", "Post")
    bench.intake.take(other, [said("m", OLD, "A letter from the other side of town", who="dana", thread="m")])
    bench.inbox.done([4])
    _sql("UPDATE conversation SET done_at = last_at")(bench)

    def due(**asked: object) -> tuple[int, ...]:
        return bench.retention.trial(Rule(months=12)._replace(**asked)).conversations  # type: ignore[arg-type]

    assert due() == (4, 1, 2)  # the longest silent first
    assert due(channel="email") == due(account_id=other) == (4,)
    bench.members.edit(2, {"note": "Works at the station"})  # Bela
    assert due(members="no_note") == (4, 1)
    bench.members.own.label([1], ["regular"])  # Anna, who speaks in both
    label = bench.store.read.execute("SELECT id FROM label WHERE name = 'regular'").fetchone()[0]
    assert due(members="no_label") == (4,)
    assert due(members="label", label_id=label) == (1,)  # Bela has none
    _sql(_GIFT.format(link="", value="").replace("VALUES (1", "VALUES (4").replace("shipped", "thanked"))(bench)
    assert due(members="no_gift") == (1, 2)
    assert due(members="nothing") == ()


def test_months_are_those_of_the_calendar() -> None:
    assert before(1, date(2026, 3, 31)) == date(2026, 2, 28)
    assert before(12, date(2024, 2, 29)) == date(2023, 2, 28)
    assert before(1, date(2026, 1, 15)) == date(2025, 12, 15)


@pytest.mark.usefixtures("blog")
def test_done_later_counts_from_then(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE conversation SET done_at = ? WHERE id = 1", (NOW - 30 * DAY,))
    assert bench.retention.trial(Rule(months=12)).conversations == (2,)


def test_large_files_go_and_their_names_stay(bench: Workbench) -> None:
    made = account(bench.store)
    large = Attached("cake.jpg", "image/jpeg", WORD.encode() * 120_000)
    small = Attached("note.txt", "text/plain", b"two eggs")
    letter = said("1", OLD, "Here is the picture", thread="a")._replace(attached=(large, small), raw=large.content)
    bench.intake.take(made, [letter, said("2", NOW, "And the same here", thread="b")._replace(attached=(large,))])
    bench.inbox.done([1, 2])
    _sql("UPDATE conversation SET done_at = last_at")(bench)
    backup.make(bench.store, bench.profile, bench.profile.backups / "old.rapport")
    rule = _kept(bench, Rule(what="files", months=12, bigger=1))
    seen = bench.retention.trial(rule)
    assert (len(seen.files), seen.octets) == (1, len(large.content))
    run = bench.retention.run(seen)
    assert (run.done.files, run.done.said) == (1, 0)
    assert telling.after(run)[0] == (
        "On 2026-11-18 a rule removed 1 file. The rule: Remove files above 1 MB in conversations done at least "
        "12 months ago: all places, everybody."
    )
    files = bench.attachments.of_message(_message(bench, "1"))
    assert [(file.name, file.size, file.is_here) for file in files] == [
        ("cake.jpg", len(large.content), False),
        ("note.txt", 8, True),
    ]
    assert "Here is the picture" in _texts(bench)
    (other,) = bench.attachments.of_message(_message(bench, "2"))
    assert bench.attachments.here(other.id) == large.content  # the same file, in a conversation that isn't due
    with pytest.raises(UserError, match=r"“cake.jpg” was removed on 2026-11-18, by a rule of yours"):
        bench.attachments.content(files[0].id)
    assert bench.retention.trial(rule).due == ()
    _sql("UPDATE conversation SET last_at = first_at, done_at = NULL WHERE id = 2")(bench)
    _sql("UPDATE conversation SET last_at = last_at - 86400 * 500 WHERE id = 2")(bench)
    bench.retention.run(bench.retention.trial(rule))
    bench.close()
    assert _holding(bench.profile.folder) == []


def _message(bench: Workbench, remote: str) -> int:
    return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote,)).fetchone()[0])


@pytest.mark.usefixtures("blog")
def test_rules_are_kept_and_removed_and_that_can_be_undone(bench: Workbench) -> None:
    number = bench.retention.add(Rule(months=12, channel="wordpress"))
    assert bench.retention.due() == {number: 2}
    bench.retention.add(Rule(months=12, members="no_note"))
    assert bench.retention.due_by_any() == 2  # each conversation once
    bench.retention.remove(2)
    assert bench.retention.sentence(bench.retention.get(number)) == (
        "Erase what was said in conversations done at least 12 months ago: WordPress, everybody."
    )
    bench.retention.remove(number)
    assert bench.retention.every() == []
    bench.actions.undo()
    assert bench.retention.due() == {number: 2}
    with pytest.raises(NotFoundError, match="There's no keeping rule 99"):
        bench.retention.remove(99)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Rule(months=0), "0 months can't be kept to: choose from 1 to 240 months."),
        (Rule(months=5_000), "5000 months can't be kept to: choose from 1 to 240 months."),
        (Rule(what="files", bigger=0), "0 MB can't be a limit for files: choose from 1 to 10000 MB."),
        (Rule(months=9), "There's already a rule for the same conversations, with 12 months. Remove that one first."),
    ],
)
def test_what_cannot_be_kept_to_is_refused_in_one_sentence(bench: Workbench, rule: Rule, sentence: str) -> None:
    bench.retention.add(Rule(months=12))
    with pytest.raises(UserError) as why:
        bench.retention.add(rule)
    assert str(why.value) == sentence
    assert len(bench.retention.every()) == 1


@pytest.mark.usefixtures("blog")
def test_the_shell_lists_asks_once_and_does_it(bench: Workbench) -> None:
    profile = bench.profile
    bench.close()
    shell = Shell(profile.folder)
    tried = shell.told("keep", "trial", "--months", "12")
    assert (tried["conversations"], tried["messages"], tried["members"]) == (2, 4, 2)
    assert [one["who"] for one in tried["due"]] == ["Anna", "Bela"]
    kept = shell.told("keep", "add", "--months", "12", "--account", "Blog")
    assert (kept["id"], kept["due"], kept["account"]) == (1, 2, "Blog")
    (listed,) = shell.told("keep", "list")
    assert listed == kept
    asked = shell.told("keep", "run", "1", status=1)
    assert not asked["erased"]
    assert shell.told("search", WORD) != []
    done = shell.told("keep", "run", "1", "--yes")
    assert (done["erased"], done["conversations"], done["messages_of_theirs"]) == (True, 2, 3)
    assert shell.told("search", WORD) == []
    assert _holding(profile.folder) == []
    assert shell.told("keep", "runs")[0]["conversations"] == 2
    assert shell.told("keep", "run", "1")["conversations"] == 0
    assert shell.told("keep", "remove", "1") == {"id": 1, "removed": True}
    assert shell.told("keep", "list") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add",), "Say for how long: --months 12."),
        (
            ("add", "--months", "12", "--channel", "telex"),
            "There's no kind of channel “telex”. Choose from: wordpress.",
        ),
        (("add", "--months", "12", "--label", "x"), "There's no label “x”. There are none yet."),
        (("run", "7"), "There's no keeping rule 7."),
        (("run", "soon"), "“soon” isn't the number of a rule. `keep list` has them."),
        (("trial", "1", "--months", "2"), "Name a rule by its number, or say what it asks for, but not both."),
    ],
)
@pytest.mark.usefixtures("blog")
def test_the_shell_refuses_in_one_sentence(bench: Workbench, words: tuple[str, ...], sentence: str) -> None:
    folder = bench.profile.folder
    bench.close()
    assert Shell(folder).run("keep", *words).err.strip() == sentence
