"""The desk of give-aways: what is entered, closed, drawn, proved and undone."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from app.base import clock, resources
from app.base.errors import DiskError, NotFoundError, UserError
from app.giveaways import NewEntry, Plan, code_of, drawing, few, line_of
from app.giveaways.when import boundary
from app.members import Member
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

SEED = "4 8 15 16 23 42"


def contest(bench: Workbench, prizes: int = 2, people: Iterable[str] = "abcde", **more: Any) -> int:
    number = bench.giveaways.add(Plan("Shirts", prizes)._replace(**more))
    bench.giveaways.enter_rows(number, [NewEntry(f"Person {who}", f"{who}@x.org", "E-mail") for who in people])
    return number


def refused(call: object, *given: object) -> str:
    with pytest.raises(UserError) as caught:
        call(*given)  # type: ignore[operator]
    return str(caught.value)


def struck(bench: Workbench, number: int) -> list[str]:
    return [one.struck for one in bench.giveaways.entries(number)]


def table(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_file_is_entered_once(bench: Workbench, tmp_path: Path) -> None:
    number, now = contest(bench, people=""), bench.dates.now(back=True)
    path = table(
        tmp_path / "in.csv", "Name;E-mail;Handle;Channel\nAna;a@x.org;;Blog\n;;@bo;Forum\n;;;Forum\nAna;a@x.org;;Blog\n"
    )
    assert bench.giveaways.enter(number, path, now)[:3] == (3, 0, (4,))
    assert [(one.name, one.contact, one.channel, one.struck) for one in bench.giveaways.entries(number)] == [
        ("Ana", "a@x.org", "Blog", ""), ("@bo", "@bo", "Forum", ""), ("Ana", "a@x.org", "Blog", "double"),
    ]  # fmt: skip
    table(path, "name,handle,channel,at\nCy,cy,Forum,2026-11-30 18:05\n,@bo,Forum,\n")
    assert bench.giveaways.enter(number, path, now)[:3] == (1, 1, ())
    bench.actions.undo()
    assert bench.giveaways.counts(number) == (2, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour,size\nred,L\n", "names nobody"),
        ("name,at\nAna,2026-11-30\nBo,soonish\n", "line 3: “soonish” isn't a time"),
    ],
)
def test_file_that_cannot_be_read_enters_nobody(bench: Workbench, tmp_path: Path, text: str, words: str) -> None:
    number = contest(bench, people="")
    assert words in refused(bench.giveaways.enter, number, table(tmp_path / "in.csv", text), bench.dates.now())
    assert bench.giveaways.entries(number) == []
    with pytest.raises(DiskError):
        bench.giveaways.enter(number, tmp_path / "none.csv", bench.dates.now())


def test_members_are_known_by_address_and_their_marks_strike(bench: Workbench) -> None:
    number = contest(bench, people="")
    for name, marks in (("a", {"kind": "staff"}), ("b", {"minor": True}), ("c", {"do_not_gift": True}), ("d", {})):
        bench.members.add(name, email=f"{name}@x.org", **marks)
    bench.teammates.add("Eve", email="E@x.org")
    bench.giveaways.enter_rows(number, [NewEntry(who, f"{who}@X.org") for who in "abcde"])
    assert struck(bench, number) == ["staff", "minor", "do_not_gift", "", "staff"]


def test_merged_members_enter_once_but_a_closed_list_stays(bench: Workbench) -> None:
    number = contest(bench, people="")
    one, other = bench.members.add("Ana", email="ana@x.org"), bench.members.add("Anna P", email="anna@x.org")
    third = bench.members.add("A. P.", email="ap@x.org")
    bench.giveaways.enter_rows(number, [NewEntry("x", mail) for mail in ("ana@x.org", "anna@x.org", "ap@x.org")])
    assert bench.giveaways.counts(number) == (3, 0)
    bench.members.merge(one, other)
    assert struck(bench, number) == ["", "double", ""]
    closed = bench.giveaways.close(number)
    before = bench.giveaways.document(number)
    bench.members.merge(one, third)
    assert [entry.member_id for entry in bench.giveaways.entries(number)] == [one, one, one]
    assert (bench.giveaways.document(number), bench.giveaways.counts(number)) == (before, (2, 1))
    assert bench.giveaways.get(number).list_sha256 == closed.hash
    bench.members.edit(one, {"kind": "staff"})
    assert len(bench.giveaways.draw(number, SEED)) == 2


def test_struck_and_kept_by_hand_with_a_reason(bench: Workbench) -> None:
    number = contest(bench)
    first, second, *_ = [entry.id for entry in bench.giveaways.entries(number)]
    bench.giveaways.strike(number, [first, second], "No comment, only a link ")
    assert [(one.struck, one.note) for one in bench.giveaways.entries(number)][:2] == [
        ("hand", "No comment, only a link")
    ] * 2
    bench.giveaways.keep(number, [second], "It was a joke")
    assert struck(bench, number) == ["hand", "", "", "", ""]
    bench.actions.undo()
    assert struck(bench, number)[:2] == ["hand", "hand"]
    with pytest.raises(NotFoundError, match="has no entry 999"):
        bench.giveaways.strike(number, [999])


def test_closed_list_takes_no_more_until_reopened(bench: Workbench) -> None:
    number = contest(bench)
    entries, out, digest = bench.giveaways.close(number, "Lottery of 4 December")
    assert (entries, out, len(digest)) == (5, 0, 64)
    one = bench.giveaways.get(number)
    assert (one.state(clock.now()), one.seed_promise, one.list_sha256) == ("closed", "Lottery of 4 December", digest)
    closed = "its list stays as its hash says"
    assert closed in refused(bench.giveaways.enter_rows, number, [NewEntry("Late", "late@x.org")])
    assert closed in refused(bench.giveaways.strike, number, [1])
    assert closed in refused(bench.giveaways.close, number)
    assert "promised: Lottery of 4 December" in refused(bench.giveaways.draw, number, " \n")
    bench.giveaways.reopen(number)
    assert "isn't closed" in refused(bench.giveaways.reopen, number)
    assert bench.giveaways.close(number).hash != digest
    bench.actions.undo()
    assert bench.giveaways.get(number).closed_at is None
    assert all(not entry.listed for entry in bench.giveaways.entries(number))


def test_draw_needs_entrants_and_a_published_list(bench: Workbench) -> None:
    number = contest(bench, people="")
    assert "Nobody takes part" in refused(bench.giveaways.close, number)
    assert bench.giveaways.get(number).closed_at is None
    assert "isn't closed yet" in refused(bench.giveaways.draw, number, SEED)
    assert "isn't drawn yet" in refused(bench.giveaways.to_gifts, number)


def test_same_seed_gives_same_winners_and_no_other_is_taken(bench: Workbench) -> None:
    number = contest(bench, prizes=3)
    bench.giveaways.close(number)
    won = bench.giveaways.draw(number, SEED)
    assert [entry.place for entry in won] == [1, 2, 3]
    assert bench.giveaways.draw(number, f" {SEED}  ") == won
    assert f"drawn with the seed “{SEED}”" in refused(bench.giveaways.draw, number, "1 2 3")
    assert "its winners stay" in refused(bench.giveaways.reopen, number)
    assert bench.giveaways.winners(number) == won
    assert "knows the winners" in bench.actions.last()[0].title
    bench.actions.undo()
    assert (bench.giveaways.winners(number), bench.giveaways.get(number).seed) == ([], "")
    assert bench.giveaways.draw(number, SEED) == won


def test_fewer_entrants_than_prizes_all_win(bench: Workbench) -> None:
    number = contest(bench, prizes=9, people="ab")
    bench.giveaways.close(number)
    assert len(bench.giveaways.draw(number, SEED)) == 2
    assert few(bench.giveaways.get(number), 2) == "There are 9 prizes and 2 taking part: everybody wins."
    assert few(bench.giveaways.get(number), 9) == ""


def test_proof_is_repeated_by_what_is_in_it(bench: Workbench, tmp_path: Path) -> None:
    number = contest(bench, prizes=2, people="abcdefgh")
    assert "isn't closed yet" in refused(bench.giveaways.prove, number, tmp_path)
    bench.giveaways.close(number)
    folder = tmp_path / "new" / "proof"
    bench.giveaways.prove(number, folder)
    assert "Nothing is drawn yet" in (folder / "how-to-repeat.txt").read_text("utf-8")
    won = bench.giveaways.draw(number, SEED)
    bench.giveaways.prove(number, folder)
    content = (folder / "list.txt").read_bytes()
    digest, repeated = runpy.run_path(str(folder / "draw.py"))["draw"](content, SEED)
    assert repeated == [line_of(entry) for entry in won]
    assert digest == bench.giveaways.get(number).list_sha256
    told = (folder / "how-to-repeat.txt").read_text("utf-8")
    assert digest in told
    assert f'python draw.py list.txt "{SEED}"' in told
    whole = content.decode() + told
    assert not any(secret in whole for entry in won for secret in (entry.contact, code_of(entry)))
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(DiskError, match="can't be written"):
        bench.giveaways.prove(number, tmp_path / "file")


def test_list_that_was_changed_is_not_drawn_from(bench: Workbench) -> None:
    number = contest(bench)
    bench.giveaways.close(number)
    with bench.store.write() as conn:
        conn.execute("UPDATE giveaway_entry SET listed = replace(listed, 'Person', 'Friend') WHERE id = 1")
    assert "no longer has the hash" in refused(bench.giveaways.draw, number, SEED)


def test_winners_become_gifts_once(bench: Workbench) -> None:
    item = bench.gifts.items.add("T-shirt", worth=900, currency="EUR")
    number = contest(bench, prizes=3, prize="T-shirt", item_id=item)
    known = bench.members.add("Ana", email="a@x.org")
    bench.giveaways.close(number)
    bench.giveaways.draw(number, SEED)
    assert bench.giveaways.to_gifts(number, "approved") == 3
    assert bench.giveaways.to_gifts(number) == 0
    gifts = [bench.gifts.get(one.gift_id or 0) for one in bench.giveaways.winners(number)]
    assert {(gift.item_id, gift.occasion, gift.state, gift.worth, gift.giveaway_id, gift.why) for gift in gifts} == {
        (item, "winner", "approved", 900, number, "Won: Shirts")
    }
    assert len({gift.member_id for gift in gifts}) == 3
    people: list[Member] = [bench.members.get(gift.member_id) for gift in gifts]
    assert sorted(one.email for one in people) == sorted(one.contact for one in bench.giveaways.winners(number))
    bench.actions.undo()
    assert bench.gifts.listed("all") == []
    assert (bench.members.count(), bench.members.get(known).name) == (1, "Ana")


@pytest.mark.parametrize(
    ("plan", "words"),
    [(Plan("  ", 1), "Enter a name"), (Plan("X", 0), "how many prizes"), (Plan("SHIRTS", 1), "already"),
     (Plan("X", 1, opens_at=5, closes_at=5), "can't close before it opens")],
)  # fmt: skip
def test_what_cannot_be_is_said(bench: Workbench, plan: Plan, words: str) -> None:
    contest(bench)
    assert words in refused(bench.giveaways.add, plan)
    with pytest.raises(NotFoundError, match="There are: Shirts"):
        bench.giveaways.named("Mugs")


def test_a_day_is_meant_whole(bench: Workbench) -> None:
    now = bench.dates.now()
    opens, closes = (boundary("2026-11-30", now, ends=ends) for ends in (False, True))
    assert closes is not None
    assert opens is not None
    assert closes - opens == 86_399
    assert boundary("2026-11-30 18:05", now, ends=True) == opens + 18 * 3600 + 300
    assert boundary("", now, ends=True) is None


def test_who_wrote_is_collected_and_only_what_is_new(bench: Workbench) -> None:
    blog = account(bench.store)
    bench.intake.take(
        blog, [said("1", NOW, "Me, please", "kata", thread="t"), said("2", NOW + 60, who="us", thread="t", out=True)]
    )
    (talk,) = (row[0] for row in bench.store.read.execute("SELECT id FROM conversation"))
    number = contest(bench, people="")
    assert bench.giveaways.collect(number, conversation=talk).new == 1
    assert bench.giveaways.collect(number, conversation=talk).new == 0
    (entry,) = bench.giveaways.entries(number)
    assert (entry.name, entry.member_id is None, entry.message_id is None) == ("Kata", False, False)
    label = bench.labels.add("contest")
    member = bench.members.add("Leo", email="leo@x.org")
    bench.members.own.label(member, ["contest"], [])
    assert bench.giveaways.collect(number, label=(label, "contest")).new == 1
    assert bench.giveaways.collect(number, post="https://blog.example/none").new == 0


def test_contest_of_5000_entries_counts_each_person_once_and_is_repeated_by_the_thirty_lines(
    bench: Workbench, tmp_path: Path
) -> None:
    number = contest(bench, prizes=100, people="")
    marks: dict[int, dict[str, object]] = {0: {"kind": "staff"}, 1: {"minor": True}, 2: {"do_not_gift": True}}
    with bench.store.write():
        known = [bench.members.add(f"M{at}", email=f"m{at}@x.org", **marks.get(at, {})) for at in range(40)]
    bench.members.merge(known[10], known[11])
    rows = [NewEntry(f"M{at}", f"m{at}@x.org", "E-mail") for at in range(40)]
    rows += [
        NewEntry(f"P{at % 4_000}", f"p{at % 4_000}", ("Instagram", "Facebook")[at // 4_000]) for at in range(4_960)
    ]
    bench.giveaways.enter_rows(number, rows)
    found = Counter(entry.struck for entry in bench.giveaways.entries(number))
    assert found == {"": 4_036, "double": 961, "staff": 1, "minor": 1, "do_not_gift": 1}
    closed = bench.giveaways.close(number)
    assert closed[:2] == (4_036, 964)
    won = bench.giveaways.draw(number, SEED)
    assert len({entry.contact for entry in won}) == 100
    assert drawing.winners(
        closed.hash, SEED, [line_of(one) for one in bench.giveaways.entries(number) if one.listed], 100
    ) == [line_of(entry) for entry in won]
    bench.giveaways.prove(number, tmp_path)
    (script,) = re.findall(r"```python\n(.*?)```", (resources.DOCS / "draw.md").read_text("utf-8"), re.DOTALL)
    told = subprocess.run(
        [sys.executable, "-I", "-c", script, "list.txt", SEED], cwd=tmp_path, capture_output=True, check=True, env={}
    ).stdout.decode()
    assert told.splitlines()[0].endswith(closed.hash)
    assert [line.split()[1] for line in told.splitlines()[1:]] == [one.listed.split("\t")[0] for one in won]
    assert len(bench.notices.telling(number, "others").notices) == 3_936


def test_a_post_on_two_accounts_is_one_and_spam_enters_nobody(bench: Workbench) -> None:
    url = "https://blog.example/contest"
    for name, whos in (("Blog", ("anna", "bo")), ("Page", ("cy", "junk"))):
        at = account(bench.store, "wordpress", name)
        items = [
            said(f"{name}-{who}", NOW + place, f"I'd like one, {who}", who, thread=who)._replace(
                post_url=url, post_title="Contest"
            )
            for place, who in enumerate(whos)
        ]
        bench.intake.take(at, items)
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET quiet = 'spam' WHERE remote_id = 'Page-junk'")
    (post,) = bench.giveaways.posts()
    assert (post.title, post.accounts) == ("Contest", ("Blog", "Page"))
    number = bench.giveaways.add(Plan("Shirts", 1))
    assert bench.giveaways.collect(number, post=post.url).new == 3
    assert {entry.name for entry in bench.giveaways.entries(number)} == {"Anna", "Bo", "Cy"}
