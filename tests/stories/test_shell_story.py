"""The whole way from the shell: a mail comes, is answered by template, a gift is logged, a hand-off goes out as CSV."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from pathlib import Path

import pytest

from tests.app.cli.shell import Shell
from tests.servers import keyrings
from tests.servers.mail import DOMAIN, PASSWORD, MailServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.servers("dovecot", "dbus-daemon", "gnome-keyring-daemon", "soffice"),
]
WORDS = "Kedves {{first_name}}, köszönjük! A {{what}} már úton van hozzád, szerdán ott lesz."
QUESTION = "Sziasztok! Eltörve jött két üveg. =1+1 nem tréfa. Mit tegyek?"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A new profile, and a keyring of its own."""
    with keyrings.running() as environ:
        yield Shell(tmp_path / "profile", environ)


def question(to: str) -> tuple[EmailMessage, bytes]:
    """A member's mail, and its bytes."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = f"Szabó Eszter <eszter@{DOMAIN}>"
    made["To"] = f"{to}@{DOMAIN}"
    made["Subject"] = "Eltört üvegek"
    made["Date"] = format_datetime(localtime())
    made["Message-ID"] = f"<first-{to}@{DOMAIN}>"
    made.set_content(QUESTION)
    return made, made.as_bytes()


def connect(shell: Shell, post: MailServer, name: str) -> None:
    """Connect the manager's mailbox, by TLS, the password on standard input."""
    fields = [word for key, value in post.fields(name, "tls").items() for word in ("--set", f"{key}={value}")]
    made = shell.told(
        "account", "add", "email", "Post", *fields, "--secret-from-stdin", "--check", given=PASSWORD + "\n"
    )
    assert made["note"] is None
    assert PASSWORD not in str(made)


def formulas(folder: Path, file: Path) -> tuple[int, str]:
    """How many formulas LibreOffice sees in a CSV, and the text of its cells."""
    from tests.app.csvfile.test_libreoffice import convert  # noqa: PLC0415  a neighbour's tool, not its tests

    opened = convert(folder, file, "fods").read_text("utf-8")
    return opened.count("table:formula="), opened


def test_a_mail_is_answered_and_its_problem_handed_on(shell: Shell, post: MailServer, tmp_path: Path) -> None:
    connect(shell, post, "manager")
    asked, raw = question("manager")
    post.deliver("manager", raw)

    assert shell.told("sync") == [
        {
            "account": "Post",
            "new": 1,
            "known": 0,
            "changed": 0,
            "sent": 0,
            "failed": 0,
            "undecided": 0,
            "left": 0,
            "error": None,
        }
    ]
    (listed,) = shell.told("list")
    talk, member = listed["id"], listed["member"]
    assert (listed["title"], member["name"], listed["state"]) == ("Eltört üvegek", "Szabó Eszter", "needs-me")
    (said,) = shell.told("show", talk)["lines"]
    assert said["text"].strip() == QUESTION
    assert [hit["conversation"] for hit in shell.told("search", "ELTORVE uveg")] == [talk]

    words = tmp_path / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    shell.told("template", "add", "uton", "--name", "Úton van", "--language", "hu", "--text-file", words)
    left = shell.told("reply", talk, "--template", "uton", "--language", "hu", "--now", status=1)
    assert "--fill what=" in left["error"]
    sent = shell.told(
        "reply", talk, "--template", "uton", "--language", "hu", "--fill", "what=csere", "--done", "--now"
    )
    assert (sent["state"], sent["conversation"]) == ("sent", talk)
    assert shell.told("list") == []
    assert shell.told("list", "--state", "done")[0]["id"] == talk

    answer = email.message_from_bytes(post.mails("eszter")[-1], policy=email.policy.default)
    assert answer["In-Reply-To"] == asked["Message-ID"]
    assert asked["Message-ID"] in answer["References"]
    assert answer["Message-ID"] == sent["key"]
    assert str(answer["Subject"]) == "Re: Eltört üvegek"
    body = answer.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == WORDS.replace("{{first_name}}", "Eszter").replace("{{what}}", "csere").split()
    assert shell.told("sync")[0]["sent"] == 0
    assert len(shell.told("show", talk)["lines"]) == 2  # our own copy in Sent is not a second message
    assert len(post.mails("eszter")) == 1

    gift = shell.told(
        "gift", "log", talk, "Delight box", "--worth", "15 EUR", "--why", "Két üveg tört el", "--state", "to-ship"
    )
    assert (gift["member"]["id"], gift["worth"]) == (member["id"], {"amount": "15.00", "currency": "EUR"})
    shell.told("teammate", "add", "Jón Einarsson", "--team", "Support", "--languages", "is,en,hu")
    hand = shell.told(
        "handoff",
        "add",
        talk,
        "--to",
        "jon",
        "--kind",
        "problem",
        "--ask",
        "=Please send two bottles",
        "--needed-by",
        "2030-01-31",
    )
    assert (hand["teammate"], hand["member"]["name"]) == ("Jón Einarsson", "Szabó Eszter")
    card = shell.told("member", "show", member["id"])
    assert [one["id"] for one in card["gifts"]] == [gift["id"]]
    assert [one["id"] for one in card["history"]] == [talk]

    for what, number in (("handoffs", hand["id"]), ("gifts", gift["id"])):
        file = tmp_path / f"{what}.csv"
        assert shell.told("export", what, file)["rows"] == 1
        count, cells = formulas(tmp_path, file)
        assert count == 0
        assert number in cells

    assert shell.told("check")["sound"]
    assert shell.told("backup")["verified"]
    for place in shell.folder.rglob("*"):
        assert not place.is_file() or PASSWORD.encode() not in place.read_bytes(), place


def test_a_held_reply_is_sent_by_sync_or_taken_back(shell: Shell, post: MailServer, tmp_path: Path) -> None:
    connect(shell, post, "second")
    before = len(post.mails("eszter"))
    post.deliver("second", question("second")[1])
    shell.told("sync")
    (listed,) = shell.told("list")
    words = tmp_path / "words.txt"
    words.write_text("Jövünk!", encoding="utf-8")
    held = shell.told("reply", listed["id"], "--text-file", words)
    assert held["state"] == "held"
    assert shell.told("sync")[0]["sent"] == 0
    assert shell.told("undo")[0]["title"].startswith("Reply to")
    assert shell.told("outbox", "list") == []
    assert shell.told("list")[0]["id"] == listed["id"]
    assert len(post.mails("eszter")) == before


def test_a_wrong_password_is_one_sentence_and_keeps_nothing(shell: Shell, post: MailServer) -> None:
    fields = [word for key, value in post.fields("third", "tls").items() for word in ("--set", f"{key}={value}")]
    said = shell.run("account", "add", "email", "Post", *fields, "--secret-from-stdin", "--check", given="not-it\n")
    assert said.status == 1
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    assert "not-it" not in said.err + said.out
    assert shell.told("account", "list") == []
