"""Mastodon as it really is: what it filters, hides, counts, limits and lets moderators do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from app.base import clock
from app.base.message import Change, Incoming, Target
from app.base.message import Reply as Answer
from app.channels import mastodon
from app.channels.base import BAN, MUTE, SHOW, UNBAN, UNMUTE, AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import pace
from app.channels.mastodon.limits import counted
from app.channels.mastodon.reading import same_letters, same_words, text_of
from tests.app.channels.contract import pulled
from tests.app.channels.test_mastodon import answer
from tests.servers.clientapi import DOMAIN, ClientApi
from tests.servers.played import CLOSE_AFTER, Reply

ALL = "read:accounts read:notifications read:statuses read:follows write:statuses write:favourites write:media"


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    pace.forget()
    yield made
    made.stop()
    pace.forget()


def opened(server: ClientApi, **fields: str) -> Any:
    """A session, checked first."""
    form, secrets = {"server": server.url, **fields}, {"token": server.token}
    with closing(mastodon.open(form, dict(secrets))) as first:
        facts = first.check().facts
    return mastodon.open({**facts, **form}, dict(secrets))


def sentence(server: ClientApi) -> str:
    with closing(mastodon.open({"server": server.url}, {"token": server.token})) as session:
        return session.check().sentence


def whisper(server: ClientApi, who: str, text: str) -> str:
    status = server.publish(server.account(f"{who}@citrus.example"), f"@jana {text}", None, "direct")
    server.notify(status)
    return str(status["id"])


# --- what the person's own policy filters, or drops


def test_the_first_private_word_of_a_stranger_comes_in(server: ClientApi) -> None:
    whisper(server, "anna", "Ertu við?")
    assert server.notifications[-1].get("filtered")
    with closing(opened(server)) as session:
        (item,) = pulled(session)
    assert (item.text, item.public, item.author.key) == ("@jana Ertu við?", False, "anna@citrus.example")


def test_what_the_policy_drops_is_said_before_anybody_waits_for_it(server: ClientApi) -> None:
    assert sentence(server) == f"@jana@{DOMAIN} is connected."
    server.policy["for_private_mentions"] = "drop"
    whisper(server, "anna", "Ertu við?")
    assert server.notifications == []
    assert "ignores private mentions from people you don't follow" in sentence(server)
    server.version = {}
    assert sentence(server) == f"@jana@{DOMAIN} is connected.", "an older server has no policy"


# --- what is only not shown


def test_what_we_mute_or_block_or_who_blocks_us_is_not_taken_away(server: ClientApi) -> None:
    muted, blocked, blocking, gone = (server.say(who, f"Frá {who}") for who in ("anna", "bela", "cyril", "dora"))
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        assert len(pulled(session, cursor)) == 4
        number = {who: server.statuses[there]["account"]["id"] for who, there in (("a", muted), ("b", blocked))}
        server.muted[number["a"]] = 0
        server.blocked.add(number["b"])
        server.blocked_by.add(server.statuses[blocking]["account"]["id"])
        del server.statuses[gone]
        assert [item.remote_id for item in pulled(session, cursor) if item.gone] == [gone]
        server.statuses[muted] |= {"content": "<p>Breytt</p>", "edited_at": clock.iso(clock.now() + 1)}
        assert [item.text for item in pulled(session, cursor)] == ["Breytt"]


@pytest.mark.parametrize(
    ("told", "gone"), [(Reply({}, 503), False), (Reply({"error": "outside"}, 403), False), (Reply({}, 404), True)]
)
def test_where_nobody_says_who_blocks_us_what_is_not_shown_is_not_called_gone(
    server: ClientApi, monkeypatch: pytest.MonkeyPatch, told: Reply, *, gone: bool
) -> None:
    blocking, cursor, route = server.say("cyril", "Frá cyril"), dict[str, str](), server.route
    with closing(opened(server)) as session:
        assert len(pulled(session, cursor)) == 1
        server.blocked_by.add(server.statuses[blocking]["account"]["id"])
        silent = {"/api/v1/accounts/relationships": told}
        monkeypatch.setattr(server, "route", lambda call: silent.get(call.path) or route(call))
        assert [item.remote_id for item in pulled(session, cursor) if item.gone] == ([blocking] if gone else [])
        silent.clear()
        if not gone:  # it is asked again
            server.blocked_by.clear()
            del server.statuses[blocking]
            assert [item.remote_id for item in pulled(session, cursor) if item.gone] == [blocking]


def test_a_list_of_ours_that_breaks_off_leaves_it_open(server: ClientApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where something in between takes the Link header away."""
    number, route = server.say("anna", "Hæ!"), server.route
    with closing(opened(server)) as session:
        made = session.send(answer(number, "Jú"))
        for more in range(45):
            session.send(answer(number, f"Og {more}")._replace(key=f"k{more}"))
        assert session.find_sent(answer(number, "Jú")).remote_id == made.remote_id

        def without_link(call: Any) -> Reply:
            told = route(call)
            return Reply(told.body, told.status)

        monkeypatch.setattr(server, "route", without_link)
        with pytest.raises(UnknownOutcome):
            session.find_sent(answer(number, "Jú"))


@pytest.mark.parametrize("lost", [0, 7, 44])
def test_all_that_are_hidden_have_their_turn_of_being_asked_alone(server: ClientApi, lost: int) -> None:
    numbers = [server.say("anna", f"Númer {one}") for one in range(45)]
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        pulled(session, cursor)
        server.muted[server.statuses[numbers[0]]["account"]["id"]] = 0
        del server.statuses[numbers[lost]]
        before = server.asked
        found = [item.remote_id for _ in range(3) for item in pulled(session, cursor) if item.gone]
    assert found == [numbers[lost]]
    assert server.asked - before < 3 * 30


@pytest.mark.parametrize("fails", ["/context", ""])
def test_a_thread_at_which_the_server_fails_keeps_nothing_back(
    server: ClientApi, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    server.version = {}
    emil = str(server.publish(server.account("emil@zest.example"), "Sítrónur?", None)["id"])
    number, route = server.say("anna", "Við þráð sem ekki sést", emil), server.route
    broken = f"/api/v1/statuses/{number}/context" if fails else f"/api/v1/statuses/{emil}"
    monkeypatch.setattr(server, "route", lambda call: Reply({}, 500) if call.path == broken else route(call))
    server.say("bela", "Annað")
    with closing(opened(server)) as session:
        found = pulled(session)
        assert [item.text.removeprefix("@emil ") for item in found] == ["Við þráð sem ekki sést", "Annað"]
        assert found[0].thread == emil
        monkeypatch.setattr(server, "route", lambda _: Reply({}, 503))
        with pytest.raises(TryLater):
            pulled(session)


# --- a reply that may be there


@pytest.mark.parametrize("text", ["Ask @tom@other.social", "ask @Tom, or @ann@x.example!", "Takk"])
def test_a_reply_with_names_in_its_midst_is_found(server: ClientApi, text: str) -> None:
    number = server.say("anna", "Hæ!")
    with closing(opened(server)) as session:
        server.moods = [CLOSE_AFTER]
        with pytest.raises(UnknownOutcome):
            session.send(answer(number, text))
        server.posted.clear()  # an hour later
        found = session.find_sent(answer(number, text))
    assert found is not None
    assert found.remote_id == list(server.statuses)[-1]


def test_where_no_key_is_known_words_that_look_alike_are_left_to_the_person(server: ClientApi) -> None:
    server.keyed, server.version, server.software = False, {}, "0.19.1+git-f4b5aa4"
    number = server.say("anna", "Hæ!")
    with closing(opened(server)) as session:
        wanted = answer(number, "This is a long-winded answer")
        assert session.find_sent(wanted) is None
        server.publish(server.jana, "@anna@citrus.example This is a longwinded answer", number)
        with pytest.raises(UnknownOutcome, match="almost these words"):
            session.find_sent(wanted)
    server.software = "4.2.10"
    with closing(opened(server)) as session:
        assert session.find_sent(wanted) is None, "Mastodon changes no words, and knows the key"


def test_same_words() -> None:
    assert same_words("@anna hi, ask @tom", "Hi! Ask @tom@other.social")
    assert not same_words("@anna hi, ask @tim", "Hi! Ask @tom@other.social")
    assert same_letters("@anna a longwinded one", "A long-winded one")
    assert not same_letters("@anna another", "A long-winded one")


# --- words: warnings, polls, quotes, files


def test_a_warning_that_is_taken_over_counts_and_is_said(server: ClientApi) -> None:
    number = server.say("anna", "Ég er veik")
    server.statuses[number]["spoiler_text"] = "w" * 300
    with closing(opened(server)) as session:
        with pytest.raises(Refused, match=r"counts too: 300 characters.*takes 200 characters of yours"):
            session.send(answer(number, "a" * 250))
        assert not any(call.method == "POST" for call in server.calls)
        session.send(answer(number, "https://lemonade.example/" + "a" * 400))  # an address is 23
        session.send(answer(number, "a" * 194))  # and the name is five, and a space


def test_characters_are_counted_as_the_server_does() -> None:
    assert counted("@tom@other.social hi") == len("@tom hi")
    assert counted("see https://lemonade.example/a?b=1 now") == len("see  now") + 23


def test_a_poll_is_told_with_its_options(server: ClientApi) -> None:
    number = server.say("anna", "Which one?")
    server.statuses[number]["poll"] = {"id": "9", "options": [{"title": "Lemon"}, {"title": "Lime", "votes_count": 2}]}
    with closing(opened(server)) as session:
        assert pulled(session)[0].text == "Which one?\n\n[Poll]\n- Lemon\n- Lime"


def test_who_quotes_a_post_of_ours_comes_in_with_what_is_quoted(server: ClientApi) -> None:
    status = server.publish(server.account("anna@citrus.example"), "Sjáið þetta", None)
    status["content"] = (
        '<p class="quote-inline">RE: <a href="https://x.example/1">https://x.example/1</a></p><p>Sjáið</p>'
    )
    status["quote"] = {"state": "accepted", "quoted_status": server.post}
    server.notify(status, "quote")
    with closing(opened(server)) as session:
        (item,) = pulled(session)
    assert (item.text, item.thread) == ("Sjáið", item.remote_id)
    assert item.post_text == "Ný bók! Új könyv! #books"
    server.version = {"mastodon": 6}  # 4.4 tells nobody of a quote
    with closing(opened(server)) as session:
        assert pulled(session) == []


def test_a_quote_that_cannot_be_seen_is_a_message_without_it() -> None:
    status = {"content": "<p>Sjáið</p>", "quote": {"state": "pending", "quoted_status": None}}
    assert text_of(status, set()) == "Sjáið"


# --- limits


def test_a_first_import_of_many_threads_stays_within_five_minutes_of_requests(server: ClientApi) -> None:
    posts = [server.publish(server.jana, f"Færsla {one}", None)["id"] for one in range(300)]
    others = [server.publish(server.account("emil@zest.example"), f"Spjall {one}", None)["id"] for one in range(300)]
    for number, above in enumerate(itertools.chain(posts, others)):
        server.say("anna", f"Svar {number}", above)
    with closing(opened(server)) as session:
        cursor: dict[str, str] = {}
        found = pulled(session, cursor)
    assert len(found) == 600
    assert len({item.thread for item in found}) == 600
    assert server.asked <= 130, "300 are allowed in five minutes"
    assert all(item.post_text for item in found)


@pytest.mark.slow
def test_an_old_server_is_asked_for_no_more_than_it_takes(server: ClientApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread costs a request there: what is over the limit comes with the next rounds, and nothing twice."""
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    server.version = {}
    for number in range(400):
        above = server.publish(server.account("emil@zest.example"), f"Spjall {number}", None)["id"]
        server.say("anna", f"Svar {number}", above)
    found: list[Incoming] = []
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        for _ in range(3):
            with suppress(TryLater):
                for page in session.pull(dict(cursor)):
                    found += [item for item in page.items if not item.aside]
                    cursor.update(page.cursor)
            assert server.asked <= server.allowed
            pace.forget()  # five minutes later
            server.asked = 0
    assert len(found) == len({item.remote_id for item in found}) == 400


def test_two_accounts_do_not_share_a_limit_and_two_sessions_of_one_do(server: ClientApi) -> None:
    with closing(opened(server)) as one, closing(opened(server)) as other:
        before = one._server.left()
        other.check()
        assert one._server.left() < before
        with closing(mastodon.open({"server": server.url}, {"token": "another"})) as third:
            assert third._server.left() == 300  # type: ignore[attr-defined]


@pytest.mark.slow
def test_new_words_come_in_although_there_is_no_room_for_re_checking(server: ClientApi) -> None:
    for number in range(30):
        server.say("anna", f"Svar {number}")
    cursor: dict[str, str] = {}
    with closing(opened(server, several="")) as session:
        pulled(session, cursor)
        while session._server.left() > 8:
            session._server.left() and session._server.raw("GET", "/api/v2/instance")
        server.say("bela", "Nýtt")
        assert [item.text for item in pulled(session, cursor)] == ["Nýtt"]


# --- rights


def test_a_token_without_what_is_needed_is_said_at_once(server: ClientApi) -> None:
    server.scopes = "read:accounts read:statuses write"
    with pytest.raises(AuthNeeded, match="lacks read:notifications"):
        sentence(server)
    server.scopes = "read write follow"
    assert sentence(server) == f"@jana@{DOMAIN} is connected."
    server.scopes = "read:accounts read:notifications read:statuses write:statuses"
    assert "lacks read:follows, write:favourites, write:mutes, write:blocks, write:media" in sentence(server)


def facts(server: ClientApi) -> dict[str, str]:
    with closing(mastodon.open({"server": server.url}, {"token": server.token})) as session:
        return dict(session.check().facts)


def test_which_verbs_an_account_has_is_known_from_its_scopes(server: ClientApi) -> None:
    server.moderator = True
    assert facts(server)["may"].split() == [MUTE, UNMUTE, BAN, UNBAN]
    server.scopes += " admin:read:reports admin:write:reports"
    assert facts(server)["may"].split() == [MUTE, UNMUTE, BAN, UNBAN, SHOW]
    server.moderator = False
    assert (facts(server)["may"].split(), facts(server)["reports"]) == ([MUTE, UNMUTE, BAN, UNBAN], "")
    server.scopes = ALL
    assert facts(server)["may"] == ""
    server.version = {}
    assert "may" not in facts(server), "an older server does not tell"


def test_only_a_moderator_is_asked_for_the_right_to_reports(server: ClientApi) -> None:
    for tick, asked in (("", False), ("yes", True)):
        begun = mastodon.sign_in({"server": server.url, "moderator": tick}, "http://127.0.0.1:45678/back")
        assert ("admin%3Aread%3Areports" in begun.url) == asked
        begun.finish(server.authorize(begun.url))
        assert ("admin:read:reports" in server.apps["id-1"]["scopes"]) == asked


# --- whom we mute or block


def test_an_author_is_muted_and_blocked_for_us_and_it_is_undone(server: ClientApi) -> None:
    number = server.say("anna", "Kaupið sítrónur!")
    who = server.statuses[number]["account"]["id"]
    on = Target(number, "", "anna@citrus.example")
    with closing(opened(server)) as session:
        for _ in range(2):
            session.moderate(MUTE, on._replace(seconds=86_400))
        assert server.muted == {who: 86_400}
        for _ in range(2):
            session.moderate(UNMUTE, on)
        assert server.muted == {}
        session.moderate(BAN, on)
        assert server.blocked == {who}
        session.moderate(UNBAN, on)
        assert server.blocked == set()
        session.moderate(BAN, on._replace(author=""))
        assert server.blocked == {who}, "by the message, where no name is known"
        with pytest.raises(Refused, match="doesn't know who wrote this"):
            session.moderate(BAN, Target("1", "", "nobody@citrus.example"))
        server.scopes = ALL
        with pytest.raises(Refused, match="Sign in again under Accounts"):
            session.moderate(MUTE, on)


# --- reports


def reported(server: ClientApi) -> str:
    """The number of a report of a status."""
    server.moderator = True
    server.scopes += " admin:read:reports admin:write:reports"
    bad = server.publish(server.account("bela@zest.example"), "Kaupið sítrónur!", None)
    return server.report(server.account("anna@citrus.example"), bad["account"], "Þetta er auglýsing", bad)


def test_a_report_is_a_private_word_of_who_made_it_until_it_is_closed(server: ClientApi) -> None:
    number = reported(server)
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        (item,) = pulled(session, cursor)
        assert (item.upstream, item.public, item.author.key) == ("reported", False, "anna@citrus.example")
        assert item.title == "Report about @bela@zest.example"
        assert item.text == ("[spam]\n\nÞetta er auglýsing\n\n- No selling\n\n> @bela@zest.example: Kaupið sítrónur!")
        assert pulled(session, cursor) == []
        for _ in range(2):
            session.moderate(SHOW, Target(item.remote_id, item.thread, item.author.key))
        assert server.reports[number]["action_taken"]
        for verb in (MUTE, BAN):
            with pytest.raises(Refused, match="whoever made the report"):
                session.moderate(verb, Target(item.remote_id, item.thread, item.author.key))
        (item,) = pulled(session, cursor)
        assert (item.upstream, item.remote_id) == ("", f"report-{number}")
        assert pulled(session, cursor) == []
        server.reports[number]["action_taken"] = False  # another moderator opens it again
        (item,) = pulled(session, cursor)
        assert item.upstream == "reported"


def test_a_report_is_answered_in_private_to_who_made_it(server: ClientApi) -> None:
    reported(server)
    with closing(opened(server)) as session:
        (item,) = pulled(session)
        made = session.send(
            Answer("k", "Takk fyrir", item.thread, item.remote_id, to=item.author, at=clock.now(), public=False)
        )
    status = server.statuses[made.remote_id]
    assert (status["visibility"], server.sources[made.remote_id]) == ("direct", "@anna@citrus.example Takk fyrir")


def test_who_moderates_no_more_still_reads_the_rest(server: ClientApi) -> None:
    reported(server)
    server.say("anna", "Hæ!")
    with closing(opened(server)) as session:
        server.moderator = False
        pages = list(session.pull({}))
        assert [item.text for page in pages for item in page.items if not item.aside] == ["Hæ!"]
        assert [page.trouble for page in pages if page.trouble] == [
            "127.0.0.1 no longer lets this account read the reports. Check it under Accounts."
        ]
        with pytest.raises(Refused, match="close reports"):
            session.moderate(SHOW, Target("report-1"))


def test_reports_that_fail_keep_nothing_else_back(server: ClientApi, monkeypatch: pytest.MonkeyPatch) -> None:
    reported(server)
    lost = server.say("anna", "Hæ!")
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        pulled(session, cursor)
        plain = server.people
        broken = Reply({"error": "Something went wrong"}, 500)
        monkeypatch.setattr(
            server, "people", lambda call, *more: broken if "admin" in call.path else plain(call, *more)
        )
        del server.statuses[lost]
        pages = list(session.pull(cursor))
    assert [item.remote_id for page in pages for item in page.items if item.gone] == [lost]
    assert [page.trouble for page in pages if page.trouble] == [
        "127.0.0.1 isn't working right now: Something went wrong."
    ]


def test_a_web_page_instead_of_what_a_server_lacks_is_none_of_it(
    server: ClientApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, page = server.serve, Reply(b"<!doctype html><p>Pleroma</p>", headers={"Content-Type": "text/html"})
    lacking = ("/api/v1/admin", "/api/v1/apps", "/api/v2/notifications")
    monkeypatch.setattr(server, "serve", lambda call: page if call.path.startswith(lacking) else plain(call))
    server.version = {}
    assert sentence(server) == f"@jana@{DOMAIN} is connected."
    assert facts(server)["reports"] == ""


def test_many_reports_come_in_once(server: ClientApi) -> None:
    reported(server)
    of = server.account("bela@zest.example")
    for number in range(449):
        server.report(server.account("anna@citrus.example"), of, f"Aftur {number}")
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        found = pulled(session, cursor)
        assert len(found) == len({item.remote_id for item in found}) == 450
        assert [item.at for item in found] == sorted(item.at for item in found)
        assert pulled(session, cursor) == []


# --- what is withdrawn


def test_a_server_that_deletes_nothing_is_not_believed(server: ClientApi, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = server.publish(server.jana, "Takk", server.say("anna", "Hæ!"))
    plain = server.let_in
    refuse = Reply({"error": "Not found"}, 404)
    monkeypatch.setattr(server, "let_in", lambda call: refuse if call.method == "DELETE" else plain(call))
    with closing(opened(server)) as session, pytest.raises(Refused, match="doesn't let programs delete"):
        session.withdraw(Change("k", ours["id"]))
