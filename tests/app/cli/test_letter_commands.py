"""New messages, forwarding, moving to private and files, from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.app.cli.shell import Shell

MAIL = "Fact check: how often does a bottle come back?"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("Hello there, how are you?\n", encoding="utf-8")
    return path


def talk(demo: Shell, title: str) -> str:
    return str(next(row["id"] for row in demo.told("list", "--state", "all", "--limit", "0") if row["title"] == title))


def begun(demo: Shell) -> list[dict[str, Any]]:
    """The messages that are being written, without the post that the demo has begun."""
    return [draft for draft in demo.told("letter", "list") if draft["venue"] is None]


def message(demo: Shell, title: str) -> str:
    lines: list[dict[str, Any]] = demo.told("show", talk(demo, title))["lines"]
    return str(next(line["id"] for line in lines if line["id"].startswith("M")))


def test_a_new_message_to_a_member_an_address_or_several(demo: Shell, words: Path) -> None:
    sent = demo.told("new", "--to", "Hannah Brandt", "--subject", "Hæ", "--text-file", words)
    assert (sent["purpose"], sent["state"], sent["subject"], sent["channel"]) == ("new", "held", "Hæ", "E-mail")
    (box,) = sent["receivers"]
    assert (box["role"], box["name"], box["public"]) == ("to", "Hannah Brandt", False)
    assert box["member"].startswith("P-")
    each = demo.told("new", "--to", "a@example.org", "--to", "B <b@example.org>", "--text-file", words, "--now")
    assert [one["state"] for one in each["letters"]] == ["sent", "sent"]
    assert [box["address"] for box in each["receivers"]] == ["a@example.org", "b@example.org"]
    assert len({one["conversation"] for one in each["letters"]}) == 2
    together = demo.told(
        "new", "--to", "a@example.org", "--to", "c@example.org", "--bcc", "d@example.org", "--together",
        "--text-file", words, "--at", "2099-12-24 09:00",
    )  # fmt: skip
    assert [(box["role"], box["address"]) for box in together["receivers"]] == [
        ("to", "a@example.org"), ("to", "c@example.org"), ("bcc", "d@example.org"),
    ]  # fmt: skip
    assert (together["later"], len(together["letters"])) == (True, 1)


def test_several_addresses_in_one_word_each_get_it(demo: Shell, words: Path) -> None:
    sent = demo.told("new", "--to", "a@example.org, Nagy, Éva <b@example.org>", "--text-file", words)
    assert [(box["name"], box["address"]) for box in sent["receivers"]] == [
        ("", "a@example.org"), ("Nagy, Éva", "b@example.org"),
    ]  # fmt: skip
    assert "bela" in demo.told("new", "--to", "a@example.org, bela", "--text-file", words, status=1)["error"]


def test_undo_brings_it_back_as_a_draft(demo: Shell, words: Path) -> None:
    demo.told("new", "--to", "a@example.org", "--text-file", words)
    demo.told("undo")
    (draft,) = begun(demo)
    assert (draft["text"], draft["receivers"][0]["address"]) == ("Hello there, how are you?", "a@example.org")
    demo.told("letter", "discard", str(draft["id"]))
    assert begun(demo) == []


def test_what_cannot_be_sent_is_one_sentence_and_leaves_nothing(demo: Shell, words: Path, tmp_path: Path) -> None:
    for asked, why in (
        (("--to", "Nobody Atall"), "nobody called"),
        (("--to", "a@example.org", "--account", "Blog"), "can't begin a conversation"),
        (("--to", "a@example.org", "--from", "x@y.is"), "isn't an address of this account"),
        (("--to", "a@example.org", "--attach", str(tmp_path)), "is a folder"),
        (("--to", "a@example.org", "--attach", str(tmp_path / "gone")), "no longer there"),
    ):
        said = demo.told("new", *asked, "--text-file", words, status=1)
        assert why in said["error"], said
    assert begun(demo) == []
    assert not [one for one in demo.told("outbox", "list") if one["purpose"] == "new"]


@pytest.mark.slow
def test_forwarding(demo: Shell) -> None:
    sent = demo.told("forward", message(demo, MAIL), "--to", "boss@example.org", "--language", "hu", "--now")
    assert (sent["purpose"], sent["state"], sent["subject"], sent["text"]) == ("forward", "sent", f"Fwd: {MAIL}", "")
    (line,) = demo.told("show", sent["conversation"])["lines"]
    assert line["text"].startswith("-- \nSítróna")
    assert "\n\n---------- Továbbított levél ----------\nFeladó: Hannah Brandt" in line["text"]
    assert demo.told("forward", "M-1", "--to", "boss@example.org", status=1)["error"].startswith("There's no message")
    assert begun(demo) == []


@pytest.mark.slow
def test_files_go_along(demo: Shell, words: Path, tmp_path: Path) -> None:
    path = tmp_path / "mynd á.txt"
    path.write_text("lemons", encoding="utf-8")
    sent = demo.told("reply", talk(demo, MAIL), "--text-file", words, "--attach", path, "--now")
    assert sent["files"] == [{"name": "mynd á.txt", "type": "text/plain", "size": 6}]
    new = demo.told("new", "--to", "a@example.org", "--text-file", words, "--attach", path)
    assert new["files"] == sent["files"]
    blog = next(row["id"] for row in demo.told("list", "--channel", "Blog"))
    left = demo.told("reply", blog, "--text-file", words, "--attach", path, status=1)
    assert "takes no files" in left["error"]


@pytest.mark.slow
def test_moving_to_private(demo: Shell) -> None:
    blog = next(row["id"] for row in demo.told("list", "--channel", "Blog"))
    moved = demo.told("private", blog)
    assert (moved["conversation"], moved["receivers"][0]["public"]) == (blog, True)
    assert (moved["private"]["linked"], moved["private"]["text"]) == (blog, "")
    assert [draft["linked"] for draft in begun(demo)] == [blog]
    demo.told("undo")
    said = demo.run("private", blog).out
    assert "In public it says: “" in said
    assert moved["text"][:40] in said
    demo.told("undo")
    assert begun(demo) == []
    assert "private already" in demo.told("private", talk(demo, MAIL), status=1)["error"]


def test_who_asked_not_to_be_written_to_gets_a_new_message_for_a_reason_alone(demo: Shell, words: Path) -> None:
    demo.told("member", "edit", "Hannah Brandt", "--set", "do_not_contact=yes", "--set", "do_not_why=too much mail")
    said = "Hannah Brandt asked not to be written to: too much mail."
    address = next(
        name["handle"] for name in demo.told("member", "show", "Hannah Brandt")["names"] if "@" in name["handle"]
    )
    for whom in (("Hannah Brandt",), (address,), ("a@example.org", address.upper())):
        to = [word for one in whom for word in ("--to", one)]
        refused = demo.told("new", *to, "--text-file", words, status=1)
        assert refused["error"] == said + " To write to them all the same, give the reason with --override."
    assert begun(demo) == []
    sent = demo.told("new", "--to", address, "--text-file", words, "--override", "she asked for this date")
    assert (sent["state"], sent["caution"]) == ("held", said)
    assert demo.told("new", "--to", "a@example.org", "--text-file", words)["caution"] is None


def test_a_reply_to_who_asked_not_to_be_written_to_is_sent_and_says_so(demo: Shell, words: Path) -> None:
    number = talk(demo, MAIL)
    member = demo.told("show", number)["member"]["id"]
    assert demo.told("reply", number, "--text-file", words)["caution"] is None
    demo.told("member", "edit", member, "--set", "do_not_contact=yes")
    words.write_text("The fair is on Sunday.\n", encoding="utf-8")
    assert "Answer what they asked, and no more." in demo.told("reply", number, "--text-file", words)["caution"]


def test_a_letter_and_a_post_cool_off_by_choice(demo: Shell) -> None:
    letter = demo.told(
        "new", "--to", "new@example.org", "--subject", "Hello", "--text-file", "-", "--cool-off", given="Hi."
    )
    assert letter["state"] == "held"
    assert letter["cools_until"] == letter["held_until"]
    post = demo.told("post", "Mastodon", "--in", "public", "A calm word.", "--cool-off")
    assert post["cools_until"] is not None
    told = demo.run("post", "Mastodon", "--in", "public", "Another calm word.", "--cool-off")
    assert "It cools off first" in told.out
    assert demo.told("post", "Mastodon", "--in", "public", "A third.")["cools_until"] is None
