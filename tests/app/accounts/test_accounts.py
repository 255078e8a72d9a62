"""Accounts: the form's answers, secrets, states; over a real file, without a network."""

from __future__ import annotations

import pytest

from app.accounts import Account, Accounts, channel, connectable
from app.base.credentials import Credentials
from app.base.errors import NotFoundError, UserError
from app.base.message import Reply
from app.channels import registry
from app.channels.base import AuthNeeded, Channel, Found
from app.store.store import Store

FIELDS = {"address": "Jana@Lemonade.test", "imap_host": "localhost", "imap_port": "1993"}


@pytest.fixture
def desk(store: Store) -> Accounts:
    return Accounts(store)


def add(desk: Accounts, name: str = "Post", **fields: str) -> Account:
    return desk.add("email", name, {**FIELDS, **fields}, {"password": "se-cret-1"})[0]


@pytest.mark.slow
def test_an_account_is_added_and_its_secret_is_not_in_the_file(desk: Accounts, store: Store) -> None:
    made, told = desk.add("email", " Post ", {**FIELDS, "aliases": "a@x.is, B@x.is"}, {"password": "se-cret-1"})
    assert "no keyring" in told
    assert (made.name, made.kind, made.mode, made.state) == ("Post", "email", "live", "on")
    assert made.own == ("jana@lemonade.test", "a@x.is", "b@x.is")
    assert made.fields["folders"] == "INBOX"
    assert desk.named("post") == made
    assert desk.all() == [made]
    assert b"se-cret-1" not in b"".join(path.read_bytes() for path in store.path.parent.iterdir())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Fill in “E-mail address”"),
        ({"address": "a@b.is", "imap_port": "many"}, "“many” isn't a port"),
        ({"address": "a@b.is", "imap_security": "maybe"}, "“Incoming encryption” can't be “maybe”.*tls, starttls"),
        ({"address": "a@b.is", "colour": "red"}, "E-mail has no field “colour”"),
        ({"address": "a@b.is", "password": "x"}, "E-mail has no field “password”"),
    ],
)
def test_answers_are_checked(desk: Accounts, fields: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        desk.add("email", "Post", fields, {})
    assert desk.all() == []


def test_what_cannot_be_connected_is_said(desk: Accounts) -> None:
    for kind in ("demo", "base", "carrier_pigeon", "../x", ""):
        with pytest.raises(NotFoundError, match="isn't a channel you can connect"):
            desk.add(kind, "X", {}, {})
    assert "email" in [one.kind for one in connectable()]
    assert channel("linkedin_pages").title == "Linkedin pages"
    assert not channel("carrier_pigeon").can.reply
    assert not channel("http").live


def test_names_are_taken_once_and_a_removed_one_comes_back_with_its_history(desk: Accounts, store: Store) -> None:
    first = add(desk)
    with pytest.raises(UserError, match="already an account named “POST”"):
        add(desk, "POST")
    with store.write() as conn:
        conn.execute("INSERT INTO cursor VALUES (?, 'folder:INBOX', '1:5')", (first.id,))
    desk.remove(first.id)
    assert desk.all() == []
    assert desk.cursor(first.id) == {}
    with pytest.raises(UserError):
        desk.session(first.id)
    assert add(desk).id == first.id
    assert desk.named("Post").state == "on"


def test_a_secret_that_is_not_known_asks_for_it(store: Store, desk: Accounts) -> None:
    made = add(desk)
    desk.session(made.id).close()
    later = Accounts(store, Credentials())
    with pytest.raises(AuthNeeded, match="“Password” for “Post” isn't available"):
        later.session(made.id)
    later.note_failure(made.id, "It was not let in.", 10, needs_login=True)
    assert later.get(made.id).state == "needs_login"
    assert later.due(100) == []
    later.give(made.id, {"password": "another"})
    assert later.get(made.id).state == "on"
    later.session(made.id).close()


def test_health_remembers_the_first_failure_in_a_row(desk: Accounts) -> None:
    made = add(desk)
    assert [one.id for one in desk.due(0)] == [made.id]
    desk.note_failure(made.id, "Nobody answers.", 50)
    first = desk.get(made.id).error_at
    desk.note_failure(made.id, "Nobody answers.", 60)
    assert (desk.get(made.id).error_at, desk.get(made.id).next_at, desk.next_at()) == (first, 60, 60)
    desk.note_success(made.id, 70)
    found = desk.get(made.id)
    assert (found.error, found.error_at, found.next_at) == ("", None, 70)
    desk.pause(made.id)
    assert desk.due(1000) == []
    assert desk.next_at() is None
    desk.resume(made.id)
    assert [one.id for one in desk.due(0)] == [made.id]


def test_changing_keeps_the_secret(desk: Accounts) -> None:
    made = add(desk)
    assert desk.change(made.id, {**FIELDS, "folders": "INBOX, Πελάτες"}) == ""
    changed = desk.get(made.id)
    assert changed.fields["folders"] == "INBOX, Πελάτες"
    assert changed.token == made.token
    desk.session(made.id).close()


def test_the_demo_takes_every_reply(desk: Accounts, store: Store) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, mode, created_at) VALUES ('wordpress', 'Blog', 'demo', 0)")
        conn.execute("INSERT INTO account (kind, name, mode, created_at) VALUES ('wordpress', 'Old', 'file', 0)")
    session, reply = desk.session(desk.named("Blog").id), Reply("k1", "Hi", "", "")
    assert session.send(reply).remote_id == "demo-k1"
    assert session.find_sent(reply) is not None
    assert list(session.pull({})) == []
    assert "nothing leaves" in session.check().sentence
    session.close()
    with pytest.raises(UserError, match="came from a file"):
        desk.session(desk.named("Old").id)


def test_names_that_are_not_there(desk: Accounts) -> None:
    add(desk)
    with pytest.raises(NotFoundError, match=r"no account “Blog”. Accounts: Post\."):
        desk.named("Blog")
    with pytest.raises(NotFoundError):
        desk.get(99)


def test_a_change_may_rename_and_takes_no_name_that_is_taken(desk: Accounts) -> None:
    made = add(desk)
    add(desk, "Other", address="b@lemonade.test")
    desk.change(made.id, FIELDS, name=" Members’  post ")
    assert desk.get(made.id).name == "Members’ post"
    desk.change(made.id, FIELDS, name="MEMBERS’ POST")
    with pytest.raises(UserError, match="already an account named “other”"):
        desk.change(made.id, FIELDS, name="other")
    assert desk.get(made.id).name == "MEMBERS’ POST"


def test_what_a_login_found_is_learnt_with_the_change(desk: Accounts) -> None:
    made = add(desk)
    desk.note_failure(made.id, "No", 0, needs_login=True)
    found = Found("Well.", own=("Jana2@Lemonade.test",), facts={"limit": "77"})
    desk.change(made.id, FIELDS, {"password": "new"}, found)
    now = desk.get(made.id)
    assert (now.facts, now.state, now.error) == ({"limit": "77"}, "on", "")
    assert "jana2@lemonade.test" in now.own
    assert now.checked_at is not None
    desk.change(made.id, FIELDS)
    assert desk.get(made.id).checked_at is None  # nobody has looked since: the next pull does


def test_two_accounts_of_a_channel_are_told_apart_without_a_name(desk: Accounts) -> None:
    site = {"site": "https://b.example/blog", "name": "jana"}
    assert desk.add("wordpress", "", site, {"password": "x"})[0].name == "WordPress"
    second = desk.add("wordpress", "", {**site, "site": "https://other.example/"}, {"password": "x"})[0]
    assert second.name == "WordPress, other.example"


def test_secrets_left_empty_are_the_known_ones_unless_one_is_given_anew(desk: Accounts) -> None:
    made = desk.add("mastodon", "M", {"server": "s.example"}, {"token": "old", "refresh": "r", "client_id": "c"})[0]
    assert desk.with_known(made.id, {"token": ""}) | {"token": "old"} == desk.with_known(made.id, {})
    assert desk.with_known(made.id, {})["refresh"] == "r"
    assert desk.with_known(made.id, {"token": "new"}) == {"token": "new"}
    assert desk.known(made.id, {}) == {"token": "old"}


@pytest.mark.expects_errors
def test_a_channel_whose_file_is_broken_does_not_close_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = registry.channel

    def broken(kind: str) -> Channel:
        if kind == "telegram":
            raise SyntaxError
        return whole(kind)

    monkeypatch.setattr(registry, "channel", broken)
    kinds = [one.kind for one in registry.connectable()]
    assert "email" in kinds
    assert "telegram" not in kinds


def test_a_worker_that_looks_at_once_finds_the_secret_that_was_given(desk: Accounts, store: Store) -> None:
    made = add(desk)
    desk.note_failure(made.id, "No", 0, needs_login=True)
    later = Accounts(store, Credentials())  # the next run, without a keyring: the secret is not known to it
    seen: list[str] = []
    store.listen(lambda _changes: seen.append(later.with_known(made.id, {})["password"]))
    later.change(made.id, FIELDS, {"password": "given anew"}, Found("Well."))
    assert seen
    assert set(seen) == {"given anew"}
    assert later.get(made.id).state == "on"
