"""Where a blog's REST API is: closed to visitors, elsewhere after a change of permalinks, or on another host."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base.message import Target
from app.channels import wordpress as channel
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.wordpress.site import _is_same_site
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Contract
from tests.app.channels.test_wordpress import Elsewhere, Peer, answer, opened
from tests.servers import played, wordpress
from tests.servers.wordpress import WordPress

pytestmark = pytest.mark.servers(*wordpress.PROGRAMS)


@pytest.fixture
def peer(blog: WordPress) -> Peer:
    return Peer(blog)


class Redirecting(played.Played):
    """An address that a blog has left: everything is redirected to `target`, with the path kept."""

    def __init__(self, target: str, status: int = 301) -> None:
        super().__init__()
        self.target, self.status = target, status

    def serve(self, call: played.Call) -> played.Reply:
        return played.Reply(b"", self.status, {"Location": self.target + call.path, "Content-Type": "text/html"})


@pytest.fixture
def stopped() -> Iterator[list[played.Played]]:
    servers: list[played.Played] = []
    yield servers
    for server in servers:
        server.stop()


# --- closed to visitors


def test_a_blog_that_answers_only_members_is_connected_and_read(blog: WordPress, peer: Peer) -> None:
    number = peer.say("anna", WORDS["el"])
    with blog.closed("members"), closing(opened(peer)) as session:
        assert session.check().sentence.startswith("“Lemonade blog” is connected as Manager")
        assert [one.text for page in session.pull({}) for one in page.items] == [WORDS["el"]]
        session.send(answer(peer, number, WORDS["hu"]))
    assert peer.heard() == [(WORDS["hu"], number)]


def test_a_blog_that_answers_only_members_and_not_us_says_so(blog: WordPress, peer: Peer) -> None:
    with (
        blog.closed("members"),
        closing(channel.open(peer.fields, dict(peer.wrong))) as session,
        pytest.raises(AuthNeeded) as caught,
    ):
        session.check()
    assert "Application Passwords" in str(caught.value)
    assert peer.wrong["password"] not in str(caught.value)


def test_a_blog_whose_api_is_closed_to_everybody_says_so_in_its_own_words(blog: WordPress, peer: Peer) -> None:
    with (
        blog.closed("everybody"),
        closing(channel.open(peer.fields, dict(peer.secrets))) as session,
        pytest.raises(Refused) as caught,
    ):
        session.check()
    assert str(caught.value) == (
        "127.0.0.1 is a WordPress site, but its REST API is closed: “The REST API on this site has been disabled”. "
        "Allow it for logged-in users in the blog's security settings."
    )


def test_a_firewall_before_the_api_is_not_taken_for_another_kind_of_site(stopped: list[played.Played]) -> None:
    class Walled(Elsewhere):
        def serve(self, call: played.Call) -> played.Reply:
            page = played.Reply(b"<html><title>403</title>Forbidden", 403, {"Content-Type": "text/html"})
            return page if call.path == "/wp-json/" else super().serve(call)

    stopped.append(server := Walled())
    fields = {"site": server.url, "name": "manager"}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(Refused) as caught:
        session.check()
    assert "its REST API is closed (HTTP 403)" in str(caught.value)
    assert not [call for call in server.calls if "authorization" in call.headers]


def test_a_blog_behind_a_password_of_its_server_is_not_taken_for_another_kind_of_site(
    stopped: list[played.Played],
) -> None:
    class Fenced(Elsewhere):
        def serve(self, call: played.Call) -> played.Reply:
            del call
            return played.Reply(b"<h1>401", 401, {"Content-Type": "text/html", "WWW-Authenticate": "Basic"})

    stopped.append(server := Fenced())
    fields = {"site": server.url, "name": "manager"}
    with (
        closing(channel.open(fields, {"password": "secret"})) as session,
        pytest.raises(Refused, match="every visitor"),
    ):
        session.check()
    assert not [call for call in server.calls if "authorization" in call.headers]


# --- the API is elsewhere on the blog


@pytest.mark.parametrize(("before", "after"), [("/%postname%/", ""), ("", "/%postname%/")])
def test_permalinks_that_change_after_connecting_are_followed(peer: Peer, before: str, after: str) -> None:
    peer.desk("links", before)
    try:
        with closing(opened(peer)) as session:
            facts = session.check().facts
        peer.desk("links", after)
        number = peer.say("anna", WORDS["cs"])
        for _ in range(2):  # nothing is kept between two sessions
            with closing(channel.open({**peer.fields, **facts}, dict(peer.secrets))) as session:
                assert number in [one.remote_id for page in session.pull({}) for one in page.items]
        with closing(channel.open({**peer.fields, **facts}, dict(peer.secrets))) as session:
            sent = session.send(answer(peer, number, "Takk!"))
        with closing(channel.open({**peer.fields, **facts}, dict(peer.secrets))) as session:
            found = session.find_sent(answer(peer, number, "Takk!"))
        assert found is not None
        assert found.remote_id == sent.remote_id
        assert peer.heard() == [("Takk!", number)]
    finally:
        peer.desk("links", "/%postname%/")


def test_a_page_where_the_api_was_is_tried_later(stopped: list[played.Played]) -> None:
    stopped.append(server := Elsewhere())
    facts = {"api": f"{server.url}/wp-json/", "me": "1", "moderates": "yes"}
    fields = {"site": server.url, "name": "manager", **facts}
    with closing(channel.open(fields, {"password": "secret"})) as session, pytest.raises(TryLater) as caught:
        list(session.pull({}))
    assert str(caught.value) == "127.0.0.1 no longer answers as a WordPress site. Check the address in the account."


def test_a_page_that_answers_a_reply_leaves_it_open_whether_it_arrived(
    peer: Peer, stopped: list[played.Played]
) -> None:
    class Front(Elsewhere):
        def serve(self, call: played.Call) -> played.Reply:
            del call
            return played.Reply(b"<!doctype html><p>Thank you!", 200, {"Content-Type": "text/html"})

    stopped.append(server := Front())
    facts = {"api": f"{server.url}/wp-json/", "me": "1", "moderates": "yes"}
    with (
        closing(channel.open({"site": server.url, "name": "manager", **facts}, {"password": "x"})) as session,
        pytest.raises(UnknownOutcome),
    ):
        session.send(answer(peer, "7", "Takk!"))


# --- another host


def _moved(peer: Peer, server: played.Played) -> dict[str, str]:
    facts = {"api": f"{server.url}/wp-json/", "me": "1", "moderates": "yes"}
    return {**peer.fields, **facts, "site": server.url}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_blog_that_has_moved_is_reported_and_gets_no_password(
    peer: Peer, stopped: list[played.Played], status: int
) -> None:
    stopped.append(target := Elsewhere({"name": "Trap", "namespaces": ["wp/v2"], "authentication": {}}))
    stopped.append(server := Redirecting(target.url, status))
    fields = _moved(peer, server)
    acts: list[Any] = [
        lambda session: session.check(),
        lambda session: list(session.pull({})),
        lambda session: session.send(answer(peer, "7", "Takk!")),
        lambda session: session.moderate("spam", Target("7")),
    ]
    for act in acts:
        with closing(channel.open(fields, dict(peer.secrets))) as session, pytest.raises(Refused) as caught:
            act(session)
        assert f"127.0.0.1 has moved to {target.url}. If that is your blog, enter this address" in str(caught.value)
    assert not [call for call in target.calls if "authorization" in call.headers]


def test_an_account_whose_blog_has_moved_says_so_and_the_new_address_mends_it(
    blog: WordPress, peer: Peer, stopped: list[played.Played], bench: Workbench
) -> None:
    account = Contract.connect(bench, peer)
    peer.say("anna", WORDS["is"])
    stopped.append(server := Redirecting(blog.url))
    facts = bench.store.read.execute("SELECT facts FROM account").fetchone()[0].replace(blog.url, server.url)
    fields = bench.store.read.execute("SELECT fields FROM account").fetchone()[0].replace(blog.url, server.url)
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = ?, fields = ?", (facts, fields))
    line = bench.sync.pull("There")
    assert line.error.startswith(f"127.0.0.1 has moved to {blog.url}.")
    bench.accounts.change(account, peer.fields)
    bench.accounts.check(account)
    assert bench.sync.pull("There").new == 1


def test_whoever_has_an_account_on_a_blog_that_moved_stays_the_same_person(blog: WordPress, peer: Peer) -> None:
    peer.say("bela", WORDS["is"])
    with closing(opened(peer)) as session:
        (item, *_) = [one for page in session.pull({"host": "old.example"}) for one in page.items]
    here = blog.url.partition("://")[2]
    assert item.author.key.startswith(f"{here}/")
    assert item.author.former == item.author.key.replace(here, "old.example")
    with closing(opened(peer)) as session:
        pages = list(session.pull({}))
    assert {page.cursor["host"] for page in pages if "host" in page.cursor} == {here}
    assert all(one.author.former == "" for page in pages for one in page.items)


@pytest.mark.parametrize(
    ("entered", "reached", "same"),
    [
        ("http://blog.example/", "https://blog.example/en/", True),
        ("https://blog.example/", "https://www.blog.example/", True),
        ("https://www.blog.example/x/", "https://BLOG.example/x/", True),
        ("http://blog.example", "https://www.blog.example", True),
        ("https://blog.example/", "http://blog.example/", False),
        ("https://blog.example/", "https://blog.example.evil/", False),
        ("https://blog.example/", "https://login.blog.example/", False),
        ("https://blog.example/", "https://blog.example:8443/", False),
        ("http://127.0.0.1:8080/", "https://127.0.0.1/", False),
        ("https://wwwblog.example", "https://blog.example", False),
    ],
)  # fmt: skip
def test_where_the_password_may_go(entered: str, reached: str, *, same: bool) -> None:
    assert _is_same_site(entered, reached) == same


@pytest.fixture
def bench(tmp_path: Any) -> Iterator[Workbench]:
    from app.base.paths import Profile  # noqa: PLC0415

    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()
