"""What can be attached, what is refused, and that contents are kept once and freed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.base.errors import NotFoundError, UserError
from app.base.message import Attached
from app.outbox import OutgoingFiles, files, of_letter, of_reply
from app.outbox.files import OutgoingFile, limits_in_words, refuse_unsendable, type_of
from app.store.store import Store

MAIL, TOOT, BLOG, CHAT = "email", "mastodon", "wordpress", "discord"


def picture(name: str = "a.png", size: int = 10) -> OutgoingFile:
    return OutgoingFile(0, name, type_of(name), size)


def count(store: Store, table: str) -> int:
    return int(store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_same_content_is_kept_once_and_freed_with_the_last(store: Store, tmp_path: Path) -> None:
    desk, path = OutgoingFiles(store), tmp_path / "á.txt"
    path.write_text("lemons")
    first = desk.add(of_letter(1), path)
    second = desk.add(of_letter(2), path)
    assert (first.name, first.type, first.size) == ("á.txt", "text/plain", 6)
    path.write_text("something else")
    assert files.contents(store.read, of_letter(2)) == (Attached("á.txt", "text/plain", b"lemons"),)
    assert count(store, "outgoing_bytes") == 1
    desk.remove(first.id)
    assert (count(store, "outgoing_bytes"), desk.attached(of_letter(1))) == (1, ())
    desk.remove(second.id)
    assert count(store, "outgoing_bytes") == 0
    with pytest.raises(NotFoundError):
        desk.remove(second.id)


def test_what_cannot_be_attached_is_one_sentence(store: Store, tmp_path: Path) -> None:
    desk = OutgoingFiles(store)
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(200_000_000)
    for name, why in (
        ("", "is a folder"), ("gone", "no longer there"), ("empty", "is empty"), ("pipe", "isn't a file"),
        ("huge", "has 200 MB"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=why) as refused:
            desk.add(of_letter(1), tmp_path / name)
        assert "\n" not in str(refused.value)
    assert count(store, "outgoing_bytes") == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "locked"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UserError, match="Can't read “locked”: permission denied"):
        OutgoingFiles(store).add(of_letter(1), path)


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.txt"
    path.write_text("first")
    whole = Path.read_bytes

    def slowly(self: Path) -> bytes:
        content = whole(self)
        with self.open("a") as file:
            file.write(" and more")
        os.utime(self, ns=(1, 1))
        return content

    monkeypatch.setattr(Path, "read_bytes", slowly)
    with pytest.raises(UserError, match="changed while it was being read"):
        files.read(path)


@pytest.mark.parametrize(
    ("kind", "chosen", "why"),
    [
        (MAIL, [picture(size=18_000_001)], "has 18 MB, and E-mail takes at most 18 MB"),
        (MAIL, [picture(size=10_000_000)] * 2, "Together the files have 20 MB"),
        (MAIL, [picture()] * 51, "takes up to 50 files, of 18 MB in all"),
        (TOOT, [picture("a.pdf")], "isn't a picture"),
        (TOOT, [picture()] * 5, "takes up to 4 pictures"),
        (BLOG, [picture()], "takes no files"),
        (CHAT, [picture("a.zip", 10_485_761)], "has 10.5 MB, and Discord takes at most 10.5 MB"),
        (CHAT, [picture("a.zip")] * 11, "takes up to 10 files, each of up to 10.5 MB"),
        ("telegram", [picture(size=30_000_000)] * 2, "Together the files have 60 MB"),
        ("slack", [picture(size=100_000_001)], "has 100 MB, and Slack takes at most 100 MB"),
    ],
)
def test_what_a_channel_does_not_take(kind: str, chosen: list[OutgoingFile], why: str) -> None:
    with pytest.raises(UserError, match=why):
        refuse_unsendable(chosen, kind)


def test_what_it_takes() -> None:
    refuse_unsendable([picture(size=18_000_000)], MAIL)
    refuse_unsendable([picture()] * 4, TOOT)
    refuse_unsendable([picture("a.zip", 10_485_760)] * 10, CHAT)
    refuse_unsendable([], BLOG)
    assert limits_in_words(TOOT) == "Mastodon takes up to 4 pictures, each of up to 16 MB."


def test_refused_at_once_where_the_channel_is_known(store: Store) -> None:
    desk = OutgoingFiles(store)
    with pytest.raises(UserError, match="isn't a picture"):
        desk.add_content(of_reply(1), Attached("a.txt", "text/plain", b"x"), TOOT)
    assert count(store, "outgoing_file") == 0


def test_types_by_name() -> None:
    assert [type_of(name) for name in ("a.PDF", "a.tar.gz", "a", "a.jpeg")] == [
        "application/pdf", "application/octet-stream", "application/octet-stream", "image/jpeg",
    ]  # fmt: skip
