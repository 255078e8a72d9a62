"""Accounts, later sending, the standstill and moderation from the shell: JSON, exit codes, no secret in sight."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import requests

from app.base import ids
from app.safety import standstill
from app.store.store import Store
from tests.app.cli.shell import HOUSE, Said, Shell, within
from tests.servers.domains import Domains, configuration
from tests.servers.door import Door
from tests.servers.identity import CLIENT, Identity
from tests.servers.mail import MailServer

SECRET = "abcd efgh ijkl"
PAGE = ("--set", "page=https://page.example/us")
SITE = ("--set", "site=https://blog.example", "--set", "name=jana")


def _talk(demo: Shell, channel: str) -> str:
    return str(demo.told("list", "--channel", channel, "--state", "all", "--limit", "1")[0]["id"])


@pytest.mark.slow
def test_an_account_is_added_paused_noted_and_removed(empty: Shell, tmp_path: Path) -> None:
    made = empty.told("account", "add", "wordpress", "Blog", *SITE, "--secret-from-stdin", given=SECRET)
    assert (made["state"], made["fields"]["name"], made["register"]["owner"]) == ("on", "jana", None)
    assert "keyring" in made["note"]
    assert empty.told("account", "pause", "blog")["state"] == "paused"
    assert "is paused" in empty.told("sync", status=1)[0]["error"]
    assert empty.told("account", "resume", "Blog")["state"] == "on"
    noted = empty.told("account", "register", "Blog", "--owner", "=Sítróna ehf.", "--ends-on", "2027-03-31")
    assert (noted["owner"], noted["ends_on"], noted["others"]) == ("=Sítróna ehf.", "2027-03-31", None)
    assert empty.told("account", "register", "Blog", "--others", "Birna")["owner"] == "=Sítróna ehf."
    assert "isn't a date" in empty.told("account", "register", "Blog", "--ends-on", "soon", status=1)["error"]
    file = tmp_path / "register.csv"
    assert empty.told("account", "export", file)["rows"] == 1
    with file.open(encoding="utf-8-sig", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert row["owner"] == "'=Sítróna ehf."
    assert "already exists" in empty.told("account", "export", file, status=1)["error"]
    assert empty.told("account", "remove", "Blog")["state"] == "removed"
    assert SECRET not in b"".join(path.read_bytes() for path in empty.folder.rglob("*") if path.is_file()).decode(
        "latin-1"
    )


def test_a_check_that_fails_keeps_nothing(empty: Shell) -> None:
    site = ("--set", "site=http://127.0.0.1:9", "--set", "name=jana")
    words = ("account", "add", "wordpress", "Blog", *site, "--secret-from-stdin", "--check")
    assert "127.0.0.1" in empty.told(*words, given=SECRET, status=1)["error"]
    assert empty.told("account", "list") == []


def test_several_secrets_come_as_lines(empty: Shell) -> None:
    words = ("account", "add", "matrix", "Rooms", "--set", "user=@jana:m.example", "--secret-from-stdin")
    assert "key=value" in empty.told(*words, given="just one", status=1)["error"]
    assert empty.told(*words, given=f"password={SECRET}\n")["kind"] == "matrix"


def test_a_required_secret_is_asked_for_and_another_is_not(empty: Shell) -> None:
    assert "missing" in empty.told("account", "add", "wordpress", "Blog", *SITE, status=1)["error"]
    assert empty.told("account", "add", "facebook", "Page", *PAGE)["mode"] == "assisted"


@pytest.mark.slow
def test_signing_in_by_the_browser_from_the_shell(empty: Shell, door: Door) -> None:
    command = [
        sys.executable, str(HOUSE / "main.py"), "--profile", str(empty.folder), "account", "add", "mastodon", "M",
        "--set", f"server={door.url}", "--browser", "--check", "--json",
    ]  # fmt: skip
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    assert run.stderr is not None
    address = next(line.strip() for line in run.stderr if line.startswith("http"))
    assert "You can close this tab" in requests.get(address, timeout=20).text
    out, _ = run.communicate(timeout=60)
    assert run.returncode == 0
    assert "connected" in out
    assert "t-0-ken" not in out
    assert empty.told("account", "list")[0]["own"][0].startswith("jana@")


@pytest.mark.slow
def test_a_reply_goes_out_later_and_the_time_is_changed(demo: Shell) -> None:
    talk = _talk(demo, "Blog")
    made = demo.told("reply", talk, "--text-file", "-", "--at", "2099-12-24 09:00", given="Gleðileg jól!")
    assert (made["state"], made["later"], made["parts"]) == ("held", True, [made["id"]])
    assert made["held_until"].startswith("2099-12-24")
    assert demo.told("sync", "Blog")[0]["sent"] == 0
    moved = demo.told("outbox", "postpone", made["id"], "2099-12-31", "10:00")
    assert moved["held_until"].startswith("2099-12-31")
    assert "already passed" in demo.told("outbox", "postpone", made["id"], "2001-01-01", status=1)["error"]
    assert "can't wait for a reply" in demo.told("outbox", "postpone", made["id"], "reply", status=1)["error"]
    assert demo.told("outbox", "send-now", made["id"])["state"] == "sent"
    assert demo.run("reply", talk, "--text-file", "-", "--now", "--at", "tomorrow", given="x").status == 2


def test_what_is_too_long_is_refused_and_goes_out_as_a_thread(demo: Shell) -> None:
    talk = _talk(demo, "Mastodon")
    long = " ".join(f"Setning númer {number} um sítrónur." for number in range(60))
    assert "send it as a thread" in demo.told("reply", talk, "--text-file", "-", given=long, status=1)["error"]
    made = demo.told("reply", talk, "--text-file", "-", "--thread", given=long)
    assert len(made["parts"]) > 1
    listed = {one["id"]: one["after"] for one in demo.told("outbox", "list")}
    assert listed[made["parts"][1]] == made["id"]


def test_a_backup_that_was_brought_back_goes_on_by_a_word(demo: Shell) -> None:
    store = Store(demo.folder / "community.rapport")
    with store.write() as conn:
        standstill.mark(conn)
        # after the reply, however slow the machine is
        conn.execute("UPDATE setting SET value = value + 60 WHERE key = 'brought_back'")
    store.close()
    talk = _talk(demo, "Blog")
    demo.told("reply", talk, "--text-file", "-", given="Halló")
    waiting = len(demo.told("outbox", "list"))
    went = demo.told("go")
    assert went == {"stood_still": True, "waiting": waiting}
    assert demo.told("go")["stood_still"] is False


@pytest.mark.slow
def test_a_message_is_moderated_with_its_guideline_and_the_log_is_written(demo: Shell, tmp_path: Path) -> None:
    talk = _talk(demo, "Blog")
    message = next(line["id"] for line in demo.told("show", talk)["lines"] if str(line["id"]).startswith("M-"))
    assert demo.run("moderate", message, "hide").status == 1
    rule = ("--guideline", "4: no insults", "--why", "=calls names")
    made = demo.told("moderate", message, "hide", *rule, "--now")
    assert (made["state"], made["guideline"], made["message"], made["why"]) == (
        "done", "4: no insults", message, "=calls names",
    )  # fmt: skip
    assert demo.told("moderation", "list", "--conversation", talk)[0]["id"] == made["id"]
    assert demo.told("moderation", "list", "--state", "failed") == []
    assert demo.told("moderation", "undo", str(made["id"]))["verb"] == "show"
    file = tmp_path / "log.csv"
    assert demo.told("moderation", "export", file)["rows"] == len(demo.told("moderation", "list"))
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))[-2:]
    assert rows[0]["why"] == "'=calls names"
    assert (rows[0]["message"], rows[1]["takes_back"]) == (message, str(made["id"]))
    assert "wrong kind of id" in demo.told("moderate", talk, "hide", *rule, status=1)["error"]
    assert ids.number("M", message)


def test_only_the_person_posts_where_no_program_may(demo: Shell) -> None:
    assert demo.told("account", "add", "reddit", "r/limonaði", *PAGE)["mode"] == "assisted"
    assert "you post there yourself" in demo.told("account", "check", "r/limonaði", status=1)["error"]
    assert demo.told("sync", "r/limonaði")[0]["error"] is None


# --- mail servers found by the address


def _within(shell: Shell, *words: str, given: str = "") -> Said:
    """A command in this process, where nobody but the played servers is asked."""
    return within(["--profile", str(shell.folder), *words], given, shell.folder.parent)


def test_what_is_found_for_an_address_is_printed(empty: Shell, domains: Domains) -> None:
    domains.web.page = configuration("imap.lemonade.example", "smtp.lemonade.example", 10993)
    said = _within(empty, "account", "find", "email", "--address", "jana@lemonade.example")
    assert said.out.splitlines()[0] == (
        "lemonade.example publishes its mail servers: imap.lemonade.example and smtp.lemonade.example."
    )
    assert ["imap_port", "10993"] in [line.split() for line in said.out.splitlines()]
    shape = json.loads(_within(empty, "account", "find", "email", "--address", "jana@outlook.cz", "--json").out)
    assert (shape["fields"]["sign_in"], shape["password"], shape["sure"]) == ("microsoft", False, True)
    assert not empty.folder.exists()
    assert "nothing to look up" in _within(empty, "account", "find", "isso").err


def test_a_mailbox_is_added_by_its_address(empty: Shell, domains: Domains) -> None:
    domains.names.add("lemonade.example", "MX", "10 smtp.google.com.")
    words = ("account", "add", "email", "--address", "jana@lemonade.example", "--secret-from-stdin")
    said = _within(empty, *words, "--json", given=SECRET)
    assert said.status == 0, said
    assert "The mail of lemonade.example is hosted by Gmail: imap.gmail.com and smtp.gmail.com." in said.err
    assert "app password" in said.err
    made = json.loads(said.out)
    assert (made["name"], made["fields"]["imap_host"]) == ("jana@lemonade.example", "imap.gmail.com")
    assert "sign_in" not in made["fields"]


@pytest.mark.parametrize("options", [(), ("--guess",), ("--set", "imap_host=post.lemonade.example")])
def test_a_guess_is_not_used_without_a_word(empty: Shell, domains: Domains, options: tuple[str, ...]) -> None:
    words = ("account", "add", "email", "--address", "jana@lemonade.example", "--secret-from-stdin", "--json")
    said = _within(empty, *words, *options, given=SECRET)
    if options:
        assert (
            json.loads(said.out)["fields"]["imap_host"]
            == f"{'imap' if '--guess' in options else 'post'}.lemonade.example"
        )
        assert bool(domains.web.calls) == ("--guess" in options)
        return
    assert said.status == 1
    assert "Guessed from the address; check it" in said.err
    assert "Nothing was added. To use these servers, add --guess" in json.loads(said.out)["error"]
    assert json.loads(_within(empty, "account", "list", "--json").out) == []


def test_where_the_browser_is_needed_it_is_said(empty: Shell, domains: Domains) -> None:
    said = _within(
        empty, "account", "add", "email", "--address", "jana@hotmail.gr", "--secret-from-stdin", given=SECRET
    )
    assert said.status == 1
    assert "Add --browser" in said.err
    said = _within(empty, "account", "add", "email", "--address", "jana@gmail.com", "--browser")
    assert "needs a client ID" in said.err
    assert "app password" not in said.err
    assert not domains.web.calls


@pytest.mark.slow
@pytest.mark.servers("dovecot", "openssl")
def test_a_mailbox_is_signed_in_to_from_the_shell(
    empty: Shell, signing: tuple[Identity, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, server = signing
    identity.begin()
    name = f"jana{uuid.uuid4().hex[:8]}"
    identity.who = f"{name}@lemonade.test"
    monkeypatch.setenv("RAPPORT_GOOGLE_CLIENT_ID", CLIENT)
    given = server.fields(name, login="") | {"sign_in": "google", "sign_in_server": identity.url}
    command = [
        sys.executable,
        str(HOUSE / "main.py"),
        "--profile",
        str(empty.folder),
        "account",
        "add",
        "email",
        "Post",
    ]
    for key, value in given.items():
        command += ["--set", f"{key}={value}"]
    command += ["--browser", "--check", "--json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    assert run.stderr is not None
    address = next(line.strip() for line in run.stderr if line.startswith("http"))
    assert "You can close this tab" in requests.get(address, timeout=20).text
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    assert "is connected" in json.loads(out)["check"]
    assert not [token for token in (*identity.refreshing, *identity.tokens) if token in out + err]


@pytest.mark.slow
def test_an_assisted_account_needs_no_page_and_says_what_comes_next(empty: Shell) -> None:
    line = empty.run("account", "add", "facebook", "Page").out
    assert line.startswith("“Page” is added. Its notification e-mails become messages")
    assert "check" not in line
    assert "sync" not in line
    assert empty.told("account", "add", "google_reviews", "Reviews")["moved"] == 0
    assert empty.told("account", "collect", "Page") == {"name": "Page", "moved": 0}
    empty.told("account", "add", "other", "The club's board")
    heard = empty.told("hear", "The club's board", "--who", "Anna", "--text", "Are you open?")
    assert heard["public"] is True
    empty.told("account", "add", "whatsapp", "WhatsApp", "--set", "number=+354 555 0000")
    heard = empty.told("hear", "WhatsApp", "--who", "Anna Bell", "--phone", "555 1234", "--text", "Are you open?")
    assert heard["public"] is False
    assert (
        "isn't a phone number"
        in empty.told("hear", "WhatsApp", "--who", "Anna", "--phone", "at home", "--text", "Hi", status=1)["error"]
    )
