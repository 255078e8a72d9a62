"""WordPress, against Debian's own on MariaDB."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

import pytest

from app.base import clock
from app.base.message import Change, Incoming, Reply, Target
from app.channels import wordpress as channel
from app.channels.base import AuthNeeded, Moderating, Refused, TryLater, UnknownOutcome
from app.channels.wordpress import comments
from app.channels.wordpress import session as wordpress_session
from app.channels.wordpress.limits import LIMIT
from app.channels.wordpress.session import WordPressSession
from tests.app.channels import contract
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, Moderated
from tests.servers import played, wordpress
from tests.servers.wordpress import WordPress

pytestmark = pytest.mark.servers(*wordpress.PROGRAMS)


class Peer:
    """Members write what they mean as HTML, as WordPress has it; `bela` has an account there, others have none."""

    kind = "wordpress"

    def __init__(self, blog: WordPress, who: str = "manager") -> None:
        self.blog, self.desk, self.who = blog, blog.desk, who
        self.fields = {"site": blog.url, "name": who}
        self.secrets, self.wrong = {"password": blog.passwords[who]}, {"password": "abcd efgh ijkl mnop qrst uvwx"}
        self.desk("clear")
        self.post, self.url = self.desk("post", "Ný bók – új könyv", "<p>Segið hvað ykkur finnst!</p>")

    def say(self, who: str, text: str, answering: str = "") -> str:
        return str(self.desk("say", self.post, who, escape(text, quote=False), int(answering or 0)))

    def heard(self) -> list[tuple[str, str]]:
        return [(unescape(text), str(parent or "")) for text, parent in self.desk("heard", self.who)]

    def gone(self) -> dict[str, str]:
        return {**self.fields, "site": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        told = {"approved": "", "unapproved": "held", "spam": "spam", "trash": "gone", "": "gone"}
        return told[self.desk("stands", int(number))]

    def change(self, number: str, text: str) -> None:
        self.desk("change", int(number), {"comment_content": escape(text, quote=False)})

    def reads(self, number: str) -> str | None:
        text = self.desk("reads", int(number))
        return None if text is None else unescape(text)

    def take_away(self, number: str) -> None:
        self.desk("remove", int(number), 0)


@pytest.fixture
def peer(blog: WordPress) -> Peer:
    return Peer(blog)


class TestWordPress(Contract, Moderated, Changing, Changed):
    pass


DAY = 86_400


def opened(peer: Peer, **more: str) -> Moderating:
    with closing(channel.open(peer.fields, dict(peer.secrets))) as first:
        facts = first.check().facts
    made = channel.open({**peer.fields, **facts, **more}, dict(peer.secrets))
    assert isinstance(made, WordPressSession)
    return made


def pulled(peer: Peer, cursor: dict[str, str]) -> list[Incoming]:
    """What a pull brings; the cursor goes on."""
    with closing(opened(peer)) as session:
        return contract.pulled(session, cursor)


def answer(peer: Peer, number: str, text: str, **more: Any) -> Reply:
    return Reply("key", text, f"{peer.post}/{number}", number, at=clock.now(), **more)


def aged(peer: Peer, number: str, days: int) -> None:
    at = clock.now() - days * DAY
    told = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")
    peer.desk("change", int(number), {"comment_date": told, "comment_date_gmt": told})


# --- logging in


@pytest.mark.slow
def test_an_editor_and_somebody_less_are_told_what_they_may(blog: WordPress) -> None:
    for who, may in (("editor", "reply and moderate"), ("author", "needs the editor role")):
        with closing(opened(Peer(blog, who))) as session:
            found = session.check()
        assert found.sentence.startswith(f"“Lemonade blog” is connected as {who.capitalize()}:")
        assert may in found.sentence


def test_what_is_copied_from_the_address_bar_will_do(peer: Peer) -> None:
    for site in (
        f"{peer.blog.url}/wp-admin/profile.php",
        f" {peer.blog.url}",
        peer.url,
        f"{peer.url}?replytocom=7#top",
    ):
        with closing(channel.open({**peer.fields, "site": site}, dict(peer.secrets))) as session:
            assert session.check().facts["api"] == f"{peer.blog.url}/wp-json/"


def test_a_blog_without_pretty_links_works_as_well(peer: Peer) -> None:
    peer.desk("links", "")
    try:
        number = peer.say("anna", WORDS["is"])
        with closing(opened(peer)) as session:
            (found, *_) = [one for page in session.pull({}) for one in page.items]
            assert (found.remote_id, found.text) == (number, WORDS["is"])
            session.send(answer(peer, number, "Takk!"))
            session.moderate("hide", Target(number))
        assert peer.heard() == [("Takk!", number)]
        assert peer.stands(number) == "held"
    finally:
        peer.desk("links", "/%postname%/")


class Elsewhere(played.Played):
    """A server that is no WordPress, or one that takes no application passwords."""

    def __init__(self, index: object = None) -> None:
        super().__init__()
        self.index = index

    def serve(self, call: played.Call) -> played.Reply:
        if self.index is not None and call.path == "/wp-json/":
            return played.Reply(self.index)
        page = b"<!doctype html><title>Lemonade</title><p>Welcome!"
        return played.Reply(page, 200 if call.path == "/" else 404, {"Content-Type": "text/html"})


def test_what_is_no_wordpress_is_said() -> None:
    server = Elsewhere()
    fields = {"site": server.url, "name": "manager"}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(Refused) as caught:
        session.check()
    assert str(caught.value) == "127.0.0.1 isn't a WordPress site. Enter the address of the blog's home page."
    server.stop()


def test_a_blog_that_asks_for_patience_is_not_called_another_kind_of_site(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Elsewhere()
    plain, slow = server.serve, played.Reply(b"Slow down", 429, {"Content-Type": "text/plain", "Retry-After": "40"})
    monkeypatch.setattr(server, "serve", lambda call: slow if call.path == "/wp-json/" else plain(call))
    fields = {"site": server.url, "name": "manager"}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(TryLater) as caught:
        session.check()
    assert caught.value.after == 40
    server.stop()


def test_a_password_is_not_sent_where_none_is_taken() -> None:
    server = Elsewhere({"name": "Open", "namespaces": ["wp/v2"], "authentication": []})
    fields = {"site": server.url, "name": "manager"}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(AuthNeeded) as caught:
        session.check()
    assert "https://" in str(caught.value)
    assert not [call for call in server.calls if "authorization" in call.headers]
    server.stop()


@pytest.mark.slow
@pytest.mark.parametrize("who", ["author", "manager"])
def test_a_password_that_was_taken_back_is_noticed_at_the_next_pull(blog: WordPress, who: str) -> None:
    peer = Peer(blog, who)
    with closing(opened(peer)) as session:
        facts = session.check().facts
    with (
        closing(channel.open({**peer.fields, **facts}, dict(peer.wrong))) as session,
        pytest.raises(AuthNeeded, match="Application Passwords"),
    ):
        next(session.pull({}))


# --- in


@pytest.mark.slow
def test_a_comment_comes_with_its_post_its_thread_and_its_author(peer: Peer) -> None:
    root = peer.say("anna", WORDS["hu"])
    middle = peer.say("bela", WORDS["cs"], root)
    cursor: dict[str, str] = {}
    first, second = pulled(peer, cursor)
    assert (first.post_title, first.post_url) == ("Ný bók – új könyv", peer.url)
    assert first.post_text == "Segið hvað ykkur finnst!"
    assert first.url == f"{peer.url}#comment-{root}"
    assert (first.thread, first.parent, second.parent) == (f"{peer.post}/{root}", "", root)
    assert first.author.key == "anna@lemonade.test"
    assert second.author.key.startswith("127.0.0.1:")
    assert abs(first.at - clock.now()) < 60
    for number in (root, middle):
        aged(peer, number, 30)
    peer.say("anna", WORDS["el"], middle)
    (third, *_) = [one for one in pulled(peer, cursor) if one.text == WORDS["el"]]
    assert (third.thread, third.parent) == (first.thread, middle)


def test_an_author_who_sees_no_addresses_reads_what_is_public(blog: WordPress) -> None:
    peer = Peer(blog, "author")
    seen, held = peer.say("anna", WORDS["hu"]), peer.say("dora", "Not yet")
    peer.desk("set", int(held), "hold")
    (found,) = pulled(peer, {})
    assert (found.remote_id, found.text) == (seen, WORDS["hu"])
    assert "@" not in found.author.key + found.author.handle


def test_our_own_word_from_elsewhere_is_ours(peer: Peer) -> None:
    peer.say("manager", "Takk fyrir!")
    (found,) = pulled(peer, {})
    assert found.out


def test_pingbacks_are_not_brought_in(peer: Peer) -> None:
    for kind in ("pingback", "trackback"):
        peer.desk("change", int(peer.say("dora", f"[...] {kind} [...]")), {"comment_type": kind})
    assert pulled(peer, {}) == []


@pytest.mark.slow
def test_a_change_of_the_sites_clock_loses_nothing(peer: Peer) -> None:
    cursor: dict[str, str] = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Atlantic/Reykjavik", "Europe/Athens"):
        peer.desk("option", "timezone_string", zone)
        number = peer.say("anna", f"It is late in {zone}")
        (found, *_) = [one for one in pulled(peer, cursor) if one.remote_id == number]
        assert abs(found.at - clock.now()) < 60


def test_a_comment_from_the_future_hides_nothing(peer: Peer) -> None:
    cursor: dict[str, str] = {}
    aged(peer, peer.say("anna", "I am from 2036"), -3650)
    assert len(pulled(peer, cursor)) == 1
    number = peer.say("bela", WORDS["cs"])
    assert number in [one.remote_id for one in pulled(peer, cursor)]


@pytest.mark.slow
def test_many_of_one_second_all_come(peer: Peer) -> None:
    numbers = [peer.say("anna", f"Imported, number {number}") for number in range(215)]
    for number in numbers:
        aged(peer, number, 100)
    found = pulled(peer, {})
    assert {one.remote_id for one in found} == set(numbers)


@pytest.mark.slow
def test_what_is_taken_away_while_we_read_skips_nothing(peer: Peer) -> None:
    numbers = [peer.say("anna", f"Number {number}") for number in range(150)]
    for at, number in enumerate(numbers):
        aged(peer, number, 400 - at)
    found: list[Incoming] = []
    with closing(opened(peer)) as session:
        pages = session.pull({})
        found += next(pages).items
        for number in numbers[:20]:
            peer.desk("remove", int(number), 1)
        for page in pages:
            found += page.items
    assert {one.remote_id for one in found} == set(numbers)


@pytest.mark.slow
def test_what_becomes_of_comments_later_is_seen(peer: Peer) -> None:
    spam, lost, late = (peer.say("anna", f"Number {number}") for number in range(3))
    peer.desk("set", int(late), "hold")
    aged(peer, late, 10)
    cursor: dict[str, str] = {}
    assert {one.remote_id: one.upstream for one in pulled(peer, cursor)} == {spam: "", lost: "", late: "held"}
    peer.desk("set", int(spam), "spam")
    peer.desk("remove", int(lost), 1)
    peer.desk("set", int(late), "approve")
    found = {one.remote_id: (one.upstream, one.gone) for one in pulled(peer, cursor)}
    assert found == {spam: ("spam", False), lost: ("", True), late: ("", False)}
    peer.desk("set", int(spam), "approve")
    found = {one.remote_id: (one.upstream, one.gone) for one in pulled(peer, cursor)}
    assert found == {spam: ("", False), lost: ("", True), late: ("", False)}


class Odd(Elsewhere):
    """A WordPress whose plugins have ideas of their own."""

    rows: tuple[object, ...] = (
        None, 7, "comment", {}, {"id": "x"}, {"id": 1}, {"id": 2, "status": "approved", "post": None},
        {"id": 3, "status": "approved", "post": 1, "content": "no object"},
        {"id": 4, "status": "approved", "post": 1, "date": "0000-00-00T00:00:00", "parent": "up", "_embedded": []},
        {"id": 5, "status": "approved", "post": 1, "date": "yesterday", "date_gmt": None, "content": {"raw": "Odd"},
         "author_url": "javascript:alert(1)", "_embedded": {"up": [{"code": "rest_forbidden"}]}},
        {"id": 6, "status": "approved", "post": 1, "date": "9999-99-99T00:00:00", "content": {"raw": "<p>Whole"}},
    )  # fmt: skip

    def serve(self, call: played.Call) -> played.Reply:
        if call.path.endswith("/comments"):
            return played.Reply(
                list(self.rows) if "include" not in call.query else [], 200, {"X-WP-TotalPages": "999999"}
            )
        if call.path.endswith("/users/me"):
            return played.Reply({"id": 1, "capabilities": {"moderate_comments": True}})
        return super().serve(call)


def test_rows_that_are_no_comments_do_not_stop_the_others() -> None:
    server = Odd({"name": ["?"], "namespaces": ["wp/v2"], "authentication": {}})
    with closing(channel.open({"site": server.url, "name": "manager"}, {"password": "secret"})) as session:
        assert session.check().sentence == "“127.0.0.1” is connected as manager: you can reply and moderate."
        pages = list(session.pull({"after": "soon", "watched": ""}))
    found = {one.remote_id: one for page in pages for one in page.items}
    assert {"5", "6"} <= set(found)
    assert (found["5"].text, found["5"].author.url, found["6"].text) == ("Odd", "", "Whole")
    assert len(server.calls) < 20
    server.stop()


# --- out


@pytest.mark.slow
def test_what_we_write_is_text(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    text = "<script>alert(1)</script> & <b>two</b>\n\n\n  lines,   &amp; no more :)"
    with closing(opened(peer)) as session:
        sent = session.send(answer(peer, number, text))
        assert sent.url == f"{peer.url}#comment-{sent.remote_id}"
    assert peer.heard() == [(text, number)]
    (ours,) = [one for one in pulled(peer, {}) if one.out]
    assert ours.text == text


def test_the_same_words_twice_are_refused_and_on_a_second_try_mean_that_they_were_sent(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        first = session.send(answer(peer, number, WORDS["el"]))
        with pytest.raises(Refused):
            session.send(answer(peer, number, WORDS["el"]))
        assert session.send(answer(peer, number, WORDS["el"], tried=1)) == first
        assert session.find_sent(answer(peer, number, "👍")) is None
        thumb = session.send(answer(peer, number, "👍"))
        assert session.find_sent(answer(peer, number, "👍")) == thumb
        assert session.find_sent(answer(peer, number, "👎")) is None
    assert len(peer.heard()) == 2


def test_other_signs_of_before_are_not_the_words_of_now(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        before = session.send(answer(peer, number, "Takk?"))
        assert session.find_sent(answer(peer, number, "Takk!")) == before  # a filter of the blog's may change signs
        aged(peer, before.remote_id, 2)
        assert session.find_sent(answer(peer, number, "Takk!")) is None
        assert session.find_sent(answer(peer, number, "Takk?")) is not None


def test_a_reply_is_found_on_a_later_page_although_nobody_says_how_many_there_are(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where something in between takes WordPress's headers away."""
    for module in (comments, wordpress_session):
        monkeypatch.setattr(module, "PAGE_ROWS", 2)
    listed = comments.Comments.rows

    def rows(self: comments.Comments, **asked: object) -> Any:
        found, told = listed(self, **asked)
        return found, replace(told, headers={"date": told.headers["date"]})

    monkeypatch.setattr(comments.Comments, "rows", rows)
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        first = session.send(answer(peer, number, WORDS["el"]))
        for more in ("Een", "Twee", "Drie"):
            session.send(answer(peer, number, more))
        assert session.find_sent(answer(peer, number, WORDS["el"])) == first
        assert session.find_sent(answer(peer, number, "Vier")) is None


def test_a_reply_that_somebody_holds_is_still_found(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        first = session.send(answer(peer, number, WORDS["el"]))
        for status in ("hold", "spam"):
            peer.desk("set", int(first.remote_id), status)
            assert session.find_sent(answer(peer, number, WORDS["el"])) is not None


def test_who_cannot_see_held_comments_cannot_be_sure(blog: WordPress) -> None:
    peer = Peer(blog, "author")
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        with pytest.raises(UnknownOutcome):
            session.find_sent(answer(peer, number, WORDS["el"]))
        sent = session.send(answer(peer, number, WORDS["el"]))
        assert session.find_sent(answer(peer, number, WORDS["el"])) == sent
        with pytest.raises(TryLater) as caught:
            session.send(answer(peer, number, WORDS["hu"]))
        assert (caught.value.after, caught.value.limited) == (15, True)
        with pytest.raises(Refused, match="editor role"):
            session.moderate("spam", Target(number))
    assert len(peer.heard()) == 1


def test_what_is_closed_gone_or_too_long_is_refused(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        with pytest.raises(Refused, match="too long"):
            session.send(answer(peer, number, "&" * 20_000))
        session.send(answer(peer, number, "x" * LIMIT))
        with pytest.raises(Refused, match="no longer"):
            session.moderate("hide", Target("999999"))
        session.moderate("delete", Target("999999"))
        with pytest.raises(Refused):
            session.send(Reply("key", "Into the void", "999999/1", "1"))


@pytest.mark.slow
def test_without_its_thread_a_reply_finds_its_post(peer: Peer) -> None:
    number = peer.say("anna", WORDS["is"])
    with closing(opened(peer)) as session:
        session.send(Reply("key", "Takk!", "", number))
        with pytest.raises(Refused):
            session.send(Reply("key", "Takk!", "", "999999"))
    assert peer.heard() == [("Takk!", number)]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_blog_that_is_being_put_in_order_is_tried_later(status: int) -> None:
    class Closed(Elsewhere):
        def serve(self, call: played.Call) -> played.Reply:
            del call
            return played.Reply(b"Briefly unavailable for scheduled maintenance.", status, {"Retry-After": "600"})

    server = Closed()
    fields = {"site": server.url, "name": "manager"}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(TryLater):
        session.check()
    server.stop()


def test_only_who_may_edit_comments_corrects_and_withdraws_them(blog: WordPress) -> None:
    peer = Peer(blog, "bela")
    number = peer.say("bela", "Mine")
    with closing(opened(peer)) as session:
        assert isinstance(session, WordPressSession)
        for act in (session.correct, session.withdraw):
            with pytest.raises(Refused, match="needs the editor role"):
                act(Change("k", number, "Ours", "Mine"))
    assert peer.reads(number) == "Mine"


def test_a_correction_says_what_it_says_and_no_more(peer: Peer) -> None:
    number = peer.say("manager", "Before")
    with closing(opened(peer)) as session:
        assert isinstance(session, WordPressSession)
        for text in ("1 < 2 & <b>bold</b>\n\nnew line", "“Quotes” 🍋"):
            session.correct(Change("k", number, text, "Before"))
            assert session.reads(Change("k", number, text, "Before")) == text
        with pytest.raises(Refused, match="too long"):
            session.correct(Change("k", number, "&" * LIMIT, "Before"))
        session.withdraw(Change("k", number))
        with pytest.raises(Refused, match="no longer on the blog"):
            session.correct(Change("k", number, "Late", "Before"))
        peer.desk("remove", int(number), 1)
        session.withdraw(Change("k", number))
