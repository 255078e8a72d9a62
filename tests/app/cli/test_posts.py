"""Posts of our own, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.shell import Shell

WORDS = "Hello there, how are you?"


def test_it_says_where_a_post_can_go_and_where_it_goes(demo: Shell) -> None:
    assert [one["key"] for one in demo.told("post", "Mastodon", "--list")] == ["public", "unlisted", "private"]
    sent = demo.told("post", "mastodon", "--in", "followers", WORDS, "--now")
    assert (sent["state"], sent["purpose"], sent["kind"], sent["receivers"]) == ("sent", "new", "mastodon", [])
    assert sent["venue"] == {"key": "private", "name": "Followers only"}
    assert sent["goes"].startswith("A post on Mastodon. On your profile, and to your followers.")
    assert [one["id"] for one in sent["parts"]] == [sent["id"]]
    shown = demo.told("show", sent["conversation"])
    assert (shown["public"], shown["state"], [line["text"] for line in shown["lines"]]) == (True, "done", [WORDS])


def test_without_a_venue_none_is_taken_not_even_the_last_one(demo: Shell) -> None:
    demo.told("post", "Mastodon", "--in", "public", WORDS)
    said = demo.told("post", "Mastodon", WORDS, "again", status=1)["error"]
    assert said.startswith("Say where it's posted: --in. Choose from: Everyone (public), ")
    assert "can't post to “nowhere”" in demo.told("post", "Mastodon", "--in", "nowhere", WORDS, status=1)["error"]
    assert len(demo.told("outbox", "list")) == len({one["id"] for one in demo.told("outbox", "list")})


def test_by_hand_it_goes_into_the_outbox_for_the_person(demo: Shell) -> None:
    made = demo.told("post", "Facebook", WORDS, "--now")
    assert made["state"] == "queued"
    assert made["venue"] == {"key": "page", "name": "Facebook"}
    posted = demo.told("outbox", "post", made["id"])
    assert (posted["text"], posted["page"]) == (WORDS, "https://sitrona.example/facebook")


def test_a_dry_run_changes_nothing(demo: Shell, tmp_path: Path) -> None:
    before = demo.told("outbox", "list", "--all")
    told = demo.told("post", "Mastodon", "--in", "unlisted", WORDS, "--dry-run")
    assert (told["venue"]["key"], told["parts"], told["dry_run"]) == ("unlisted", [WORDS], True)
    long = tmp_path / "long.txt"
    long.write_text("word " * 200, encoding="utf-8")
    asked = ("post", "Mastodon", "--in", "unlisted", "--text-file", long, "--dry-run")
    assert "shorten it, or send it as a thread" in demo.told(*asked, status=1)["error"]
    assert len(demo.told(*asked, "--thread")["parts"]) > 1
    assert demo.told("outbox", "list", "--all") == before
    assert demo.told("letter", "list") == demo.told("letter", "list")


def test_a_dry_run_finds_what_would_stop_the_file_too(demo: Shell, tmp_path: Path) -> None:
    photo = next(work for work in demo.told("work", "list") if work["state"] == "asked")
    saved = tmp_path / "photo.jpg"
    demo.told("attachment", "save", photo["message"], "1", "--to", saved)
    asked = ("post", "Mastodon", "--in", "unlisted", "Look at this", "--attach", saved)
    (finding,) = demo.told(*asked, "--dry-run")["findings"]
    assert finding["why"] in demo.told(*asked, status=1)["error"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Mastodon", "--in", "public"), "Give the text of the post"),
        (("Mastodon", "--in", "public", WORDS, "--title", "T"), "have no title"),
        (("E-mail", "--in", "public", WORDS), "“E-mail” can't publish a post"),
        (("Nowhere", WORDS), "no account “Nowhere”"),
        (("Mastodon", "--in", "public", WORDS, "--at", "yesterday"), ""),
    ],
)
def test_what_cannot_be_posted_is_said(demo: Shell, words: tuple[str, ...], says: str) -> None:
    drafts = demo.told("letter", "list")
    assert says in demo.told("post", *words, status=1)["error"]
    assert demo.told("letter", "list") == drafts


def test_undo_makes_it_a_draft_that_is_a_post(demo: Shell) -> None:
    demo.told("post", "Mastodon", "--in", "public", WORDS)
    demo.told("undo")
    assert "Everyone (public), as a post" in demo.run("letter", "list").out
    draft = demo.told("letter", "list")[0]
    assert (draft["text"], draft["venue"], draft["receivers"]) == (
        WORDS, {"key": "public", "name": "Everyone (public)"}, [],
    )  # fmt: skip
