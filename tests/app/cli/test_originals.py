"""Letters from the shell: what they quote, what was left out of them, and as they came."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.app.cli.shell import Shell
from tests.servers.mail import PASSWORD, MailServer

QUOTING = (
    "From: Jón <jon@example.org>\nSubject: Re: Fundur\nMessage-ID: <1@x>\nDate: Sat, 28 Nov 2026 10:00:00 +0000\n"
    "Content-Type: text/html; charset=utf-8\n\n<div hidden>Preheader words</div><p>Já.</p>"
    "<p>27. nóv. 2026 kl. 09:12 skrifaði Desk &lt;desk@example.org&gt;:</p><blockquote>Hvenær?<br>Og hvar?</blockquote>"
)
HEAD = b"From: a@x.is\nMessage-ID: <2@x>\nDate: Sat, 28 Nov 2026 10:00:00 +0000\n"
GUESSED = HEAD + "\nPříliš žluťoučký\n".encode("cp1250")


def says(shell: Shell, *words: str | Path) -> str:
    """What a command prints."""
    said = shell.run(*words)
    assert said.status == 0, said
    return said.out


def fails(shell: Shell, *words: str | Path) -> str:
    """The sentence with which a command is refused."""
    said = shell.run(*words)
    assert said.status == 1, said
    return said.out + said.err


def brought_in(shell: Shell, tmp_path: Path, octets: bytes) -> dict[str, Any]:
    """The one message of a file that is brought in, as `show` has it."""
    file = tmp_path / "letter.eml"
    file.write_bytes(octets)
    shell.told("import", file, "--channel", "Post")
    (row,) = shell.told("list", "--state", "all")
    (line,) = shell.told("show", row["id"])["lines"]
    return dict(line, conversation=row["id"], preview=row["preview"])


def test_show_folds_what_is_quoted_and_shows_it_with_whole(empty: Shell, tmp_path: Path) -> None:
    line = brought_in(empty, tmp_path, QUOTING.encode())
    assert (line["preview"], line["own_words"], line["something_left_out"]) == ("Já.", "Já.", True)
    assert [piece["kind"] for piece in line["pieces"]] == ["own", "quoted"]
    folded = says(empty, "show", line["conversation"])
    assert "[2 quoted lines; --whole shows them]" in folded
    assert "Hvenær" not in folded
    assert "[Something was left out; --whole shows it.]" in folded
    whole = says(empty, "show", line["conversation"], "--whole")
    assert "> Hvenær?" in whole
    assert "[Hidden in the letter]\n  Preheader words" in whole
    told = empty.told("show", line["conversation"], "--whole")["left_out"][line["id"]]
    assert told == [{"title": "Hidden in the letter", "text": "Preheader words"}]


@pytest.mark.slow
def test_the_original_of_a_letter_that_was_read_by_a_guess_is_kept_and_saved(empty: Shell, tmp_path: Path) -> None:
    line = brought_in(empty, tmp_path, GUESSED)
    saved = tmp_path / "saved.eml"
    told = empty.told("original", "save", line["id"], saved)
    assert saved.read_bytes() == GUESSED
    assert told["bytes"] == len(GUESSED)
    assert empty.told("original", "kept")["letters"] == 1
    assert "Originals kept: 1 letter, " in says(empty, "check")
    assert "saved" in says(empty, "original", "save", line["id"], tmp_path)
    assert fails(empty, "original", "save", line["id"], tmp_path / "no" / "such.eml")
    saved.write_bytes(b"mine")
    assert "--force" in fails(empty, "original", "save", line["id"], saved)
    assert saved.read_bytes() == b"mine"
    empty.told("original", "save", line["id"], saved, "--force")
    assert saved.read_bytes() == GUESSED


def test_of_a_letter_from_a_file_that_was_read_wholly_there_is_none(empty: Shell, tmp_path: Path) -> None:
    line = brought_in(empty, tmp_path, QUOTING.encode())
    said = fails(empty, "original", "save", line["id"], tmp_path / "x.eml")
    assert "hasn't kept the original" in said
    assert not (tmp_path / "x.eml").exists()


def connected(shell: Shell, post: MailServer) -> str:
    """The name of a mailbox that is connected as Post."""
    name = f"jana{uuid.uuid4().hex[:10]}"
    fields = [f"--set={key}={value}" for key, value in post.fields(name).items() if value]
    shell.told("account", "add", "email", "Post", *fields, "--secret-from-stdin", given=PASSWORD)
    return name


@pytest.mark.slow
@pytest.mark.servers("dovecot", "openssl")
@pytest.mark.parametrize("before", [["sync"], []], ids=["read there too", "only there"])
@pytest.mark.parametrize("channel", ["Old", "Post"])
def test_the_original_of_a_letter_from_a_file_comes_out_of_the_mailbox_that_has_it(
    channel: str,
    before: list[str],
    empty: Shell,
    post: MailServer,
    tmp_path: Path,
) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(QUOTING.encode())
    empty.told("import", file, "--channel", channel)
    (row,) = empty.told("list", "--state", "all")
    number = empty.told("show", row["id"])["lines"][0]["id"]
    said = fails(empty, "original", "save", number, tmp_path / "no.eml")
    assert "letter.eml" in said
    name, saved = connected(empty, post), tmp_path / "saved.eml"
    asked = ("original", "save", number, saved, "--secret-from-stdin")
    nowhere = empty.run(*asked, given=PASSWORD)
    assert "hasn't kept it" in nowhere.err
    post.deliver(name, QUOTING.replace("\n", "\r\n").encode())
    for command in before:
        empty.told(command, "Post", "--secret-from-stdin", given=PASSWORD)
    empty.told(*asked, given=PASSWORD)
    assert saved.read_bytes().replace(b"\r", b"").endswith(QUOTING.encode())


@pytest.mark.slow
@pytest.mark.servers("dovecot", "openssl")
def test_an_original_that_is_not_kept_comes_out_of_the_mailbox(empty: Shell, post: MailServer, tmp_path: Path) -> None:
    name = connected(empty, post)
    post.deliver(name, QUOTING.replace("\n", "\r\n").encode())
    empty.told("sync", "Post", "--secret-from-stdin", given=PASSWORD)
    (row,) = empty.told("list", "--state", "all")
    number = empty.told("show", row["id"])["lines"][0]["id"]
    saved = tmp_path / "saved.eml"
    empty.told("original", "save", number, saved, "--secret-from-stdin", given=PASSWORD)
    assert saved.read_bytes().replace(b"\r", b"").endswith(QUOTING.encode())
