"""A contest for T-shirts on three channels, through the window: from the comments to the proof that anybody repeats.

The channels are played by servers on this machine; what repeats the draw is the script as docs/draw.md prints it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.giveaways.notices import OTHERS, WINNERS
from app.workbench import Workbench
from tests.servers.clientapi import ClientApi
from tests.servers.discourse import Forum
from tests.servers.youtube import CLIENT, SECRET, YouTube
from tests.stories.hand import Hand
from ui.frame.files import READY
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

DRAW = Path(__file__).parents[2] / "docs" / "draw.md"
NAME, PRIZES, SEED = "A hundred T-shirts", 60, "7 12 19 23 38 41"
EACH = 40
"""People who comment on each channel, every fifth of them twice."""


class Servers(NamedTuple):
    """The three."""

    fediverse: ClientApi
    forum: Forum
    films: YouTube


@pytest.fixture
def servers() -> Iterator[Servers]:
    made = Servers(ClientApi(), Forum(), YouTube())
    yield made
    for one in made:
        one.stop()


@pytest.fixture
def application(profile: Profile, servers: Servers) -> Iterator[Application]:
    qt_application(["rapport"])
    made = Application(profile)
    made.start()
    assert made.bench is not None
    for kind, name, fields, secrets in (
        ("mastodon", "Fediverse", {"server": servers.fediverse.url}, {"token": servers.fediverse.token}),
        ("discourse", "Forum", {"server": servers.forum.url, "login": "lemonade"}, {"key": servers.forum.key}),
        ("youtube", "Films", {"server": servers.films.url, "client_id": CLIENT},
         {"client_secret": SECRET, "refresh": "1//refresh"}),
    ):  # fmt: skip
        found = made.bench.accounts.try_out(kind, fields, secrets)
        made.bench.accounts.add(kind, name, fields, secrets, found)
    yield made
    made.close()
    QApplication.processEvents()


def comment(servers: Servers) -> None:
    """Everybody comments, and every fifth twice."""
    for at in range(EACH):
        servers.fediverse.say(f"fe{'o' * (at + 1)}", f"Mine goes with mint, number {at}")  # it numbers by letters
        servers.forum.say(f"forum{at}", f"To my {at} neighbours")
        servers.films.say(f"film{at}", f"To summer number {at}!")
        if at % 5 == 0:
            servers.forum.say(f"forum{at}", "And once more")
            servers.films.say(f"film{at}", "Me, me, me")


def typed_in(hand: Hand, field: Any, words: str) -> None:
    """Words typed into a field."""
    field.setFocus()
    field.clear()
    hand.types(words)


def collected(window: Window, hand: Hand, source: str, value: str = "") -> None:
    """Collect from a source by the form, which says before who that is; it leads back to the give-away."""
    page: Any = window.page("delight")
    window.run("giveaway_collect")
    form = page.strip
    form.source.set_key(source)
    form._show()
    if source == "conversation":
        typed_in(hand, form.conversation, value)
        form._look()
    elif source == "post":
        form.post.set_key(next(str(at) for at, post in enumerate(form._posts) if value in (*post.accounts, post.url)))
        form._look()
    elif source == "file":
        form.choose.click()
    assert "entr" in form.preview.text(), form.preview.text()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: page.strip is not form)


@pytest.mark.slow
def test_contest_on_three_channels_ends_in_a_proof_that_anybody_repeats(
    application: Application, servers: Servers, tmp_path: Path
) -> None:
    window, bench = application.window, application.bench
    assert window is not None
    assert bench is not None
    hand = Hand(window)
    window.overlays.end_first_run()
    window.activateWindow()
    hand.until(window.isActiveWindow)
    comment(servers)
    hand.keys("F5")
    hand.rest(6)
    hand.until(lambda: bench.members.count() >= 3 * EACH)
    people_as_they_are(bench)
    number = begun(window, hand)
    entered(window, hand, tmp_path)
    page: Any = window.page("delight")
    strike(window, hand)
    counts = bench.giveaways.counts(number)
    listed = {one.member_id or one.contact for one in bench.giveaways.entries(number) if not one.struck}
    assert len(listed) == counts.entries  # one entry a person
    reasons = {one.struck for one in bench.giveaways.entries(number)} - {""}
    assert reasons == {"double", "staff", "minor", "do_not_gift", "hand"}
    hand.keys("Ctrl+Enter")  # closes it
    hand.until(lambda: bench.giveaways.get(number).closed_at is not None)
    published(window, hand, servers)
    window.go("delight")
    typed_in(hand, page.strip.words, SEED)
    hand.keys("Ctrl+Enter")
    hand.until(lambda: bench.giveaways.get(number).drawn_at is not None)
    repeated(window, tmp_path / "proof", number)
    given(window, hand, number)
    told(window, hand, servers, number)


def people_as_they_are(bench: Workbench) -> None:
    """Two are one, and there are a minor, somebody of the staff, and one who wants no gifts; a label for some."""
    ids = {row["handle"].lstrip("@"): row["member_id"] for row in bench.store.read.execute("SELECT * FROM identity")}
    bench.members.merge(ids["forum1"], ids["film1"])
    bench.members.edit(ids["forum2"], {"minor": True})
    bench.members.edit(ids["film2"], {"kind": "staff"})
    bench.members.edit(ids["forum3"], {"do_not_gift": True})
    bench.labels.add("at the stall")
    known = bench.members.add("Stall guest", email="stall@guests.example")
    for member in (known, ids["forum4"]):
        bench.members.own.label(member, ["at the stall"], [])


def begun(window: Window, hand: Hand) -> int:
    """The give-away is added by its form."""
    window.go("delight")
    page: Any = window.page("delight")
    hand.rest(0.1)
    hand.keys("Ctrl+G")
    form = page.strip
    typed_in(hand, form.name, NAME)
    typed_in(hand, form.prize, "T-shirt")
    form.prizes.setValue(PRIZES)
    typed_in(hand, form.promise, "the numbers of the lottery draw of 5 December")
    typed_in(hand, form.fallback, "those of 12 December")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: page.strip is not None and page.strip is not form)
    made = window.bench.giveaways.named(NAME)
    assert made.seed_promise.endswith("5 December; if that never comes: those of 12 December")
    return made.id


def entered(window: Window, hand: Hand, folder: Path) -> None:
    """From three channels, a label and a table."""
    bench = window.bench
    talks = bench.store.read.execute(
        "SELECT c.id, a.name FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.messages > 0"
        " AND c.public ORDER BY c.id"
    ).fetchall()
    collected(window, hand, "post", "Films")
    forum = [row["id"] for row in talks if row["name"] == "Forum"]
    for talk in forum:
        collected(window, hand, "conversation", f"C-{talk}")
    number = bench.giveaways.named(NAME).id
    for row in talks:
        if row["name"] == "Fediverse":
            bench.giveaways.collect(number, conversation=row["id"])
    collected(window, hand, "label")
    table = folder / "stall.csv"
    rows = [f"Guest {at},guest{at}@guests.example,Stall" for at in range(20)]
    rows += ["Guest 3,GUEST3@guests.example,Stall", ",,"]
    table.write_text("\n".join(["name,email,channel", *rows, ""]), "utf-8")
    app = QApplication.instance()
    assert app is not None
    app.setProperty(READY, str(table))
    try:
        collected(window, hand, "file")
    finally:
        app.setProperty(READY, None)


def strike(window: Window, hand: Hand) -> None:
    """One is struck with a reason, another one too and taken back."""
    page: Any = window.page("delight")
    desk, number = window.bench.giveaways, window.bench.giveaways.named(NAME).id
    for place, why in enumerate(("Only a link", "By mistake")):
        page.strip.rows.choose(place)
        window.run("giveaway_strike")
        hand.types(why)
        hand.keys("Ctrl+Enter")
        hand.until(lambda: hasattr(page.strip, "buttons"))
    wrong = next(one for one in desk.entries(number) if one.note == "By mistake")
    page.strip.rows.choose(next(at for at in range(page.strip.model.rowCount())
                                if page.strip.model.row_at(at).id == wrong.id))  # fmt: skip
    page.strip.buttons["restore"].click()
    assert [one.note for one in desk.entries(number) if one.note] == ["Only a link"]


def published(window: Window, hand: Hand, servers: Servers) -> None:
    """The hash goes out in a post before the seed is known."""
    bench = window.bench
    hand.until(lambda: "giveaway_post_hash" in window.page("delight").handlers())  # type: ignore[union-attr]
    window.run("giveaway_post_hash")
    page: Any = window.page("letter")
    digest = bench.giveaways.named(NAME).list_sha256
    assert digest in page.field.toPlainText()
    page.whom.account.set_key(next(str(one.id) for one in bench.letters.posting_accounts() if one.kind == "mastodon"))
    page.whom.account.picked.emit(page.whom.account.key())
    page.whom.venue.field.setFocus()
    hand.types("public")
    hand.keys("Enter")
    page.field.setFocus()
    hand.keys("Ctrl+Enter")
    hand.until(bench.outbox.entries)
    bench.outbox.send_now(bench.outbox.entries()[0].id)
    hand.keys("F5")
    hand.until(lambda: not bench.outbox.entries())
    assert any(digest in str(one) for one in servers.fediverse.statuses.values())


def repeated(window: Window, folder: Path, number: int) -> None:
    """The proof is written; the script of docs/draw.md alone, in a bare process, gives the same winners."""
    page: Any = window.page("delight")
    app = QApplication.instance()
    assert app is not None
    folder.mkdir()
    app.setProperty(READY, str(folder))
    try:
        page.strip.buttons["proof"].click()
    finally:
        app.setProperty(READY, None)
    (script,) = re.findall(r"```python\n(.*?)```", DRAW.read_text("utf-8"), re.DOTALL)
    bare = folder.parent / "elsewhere"
    bare.mkdir()
    bare.joinpath("list.txt").write_bytes(folder.joinpath("list.txt").read_bytes())
    said = subprocess.run(
        [sys.executable, "-I", "-c", script, "list.txt", SEED], cwd=bare, capture_output=True, check=True, env={}
    ).stdout.decode()
    assert said.splitlines()[0].endswith(window.bench.giveaways.get(number).list_sha256)
    won = [one.listed.split("\t")[0] for one in window.bench.giveaways.winners(number)]
    assert [line.split()[1] for line in said.splitlines()[1:]] == won
    assert len(won) == PRIZES


def given(window: Window, hand: Hand, number: int) -> None:
    """The winners' gifts are made and approved, each by the key of the button."""
    page: Any = window.page("delight")
    bench = window.bench
    page.strip.rows.setFocus()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: bench.giveaways.ideas(number) == PRIZES)
    hand.keys("Ctrl+Enter")
    hand.until(lambda: bench.giveaways.ideas(number) == 0)
    assert bench.gifts.counts()["approved"] == PRIZES


def told(window: Window, hand: Hand, servers: Servers, number: int) -> None:
    """Drafts are begun for winners and the others; one is looked through and sent, and who was told is remembered."""
    bench = window.bench
    window.run("giveaway_tell")
    page: Any = window.page("delight")
    assert page.strip.whom.key() == WINNERS
    hand.keys("Ctrl+Enter")
    hand.until(lambda: bench.notices.telling(number, WINNERS).count("drafted") > 0)
    page.strip.whom.set_key(OTHERS)
    page.strip.whom.picked.emit(OTHERS)
    hand.keys("Ctrl+Enter")
    hand.until(lambda: bench.notices.telling(number, OTHERS).count("drafted") > 0)
    drafts = bench.unsent.every()
    assert len({draft.to for draft in drafts}) == len(drafts)  # never two to one person
    assert not any("{{" in draft.text for draft in drafts)
    page.strip.buttons["look"].click()
    listed: Any = window.page("drafts")
    public = next(at for at, row in enumerate(listed.model.rows) if row.draft.public and row.draft.channel == "youtube")
    row = listed.model.row_at(public).draft
    listed.rows.choose(public)
    hand.keys("Enter")
    inbox: Any = window.page("inbox")
    hand.until(lambda: inbox.talk.opened is not None and inbox.talk.opened.row.id == row.id)
    hand.until(lambda: inbox.talk.composer.field.toPlainText() == row.text)
    hand.keys("Ctrl+Enter")
    hand.until(bench.outbox.entries)
    bench.outbox.send_now(bench.outbox.entries()[0].id)
    hand.keys("F5")
    hand.until(lambda: not bench.outbox.entries())
    assert any(one["snippet"]["textOriginal"] == row.text for one in servers.films.comments.values())
    telling = [bench.notices.telling(number, whom) for whom in (WINNERS, OTHERS)]
    assert sum(one.count("told") for one in telling) == 1
    assert len(bench.unsent.every()) == len(drafts) - 1
