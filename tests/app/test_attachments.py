"""Files that came with messages: saved whole or not at all, under a name that every system can keep."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attachments import free_path, safe_name, whereabouts
from app.base import filenames
from app.base.errors import NotFoundError, UserError
from app.base.message import KEPT_MAX, Attached
from app.imports import Options
from app.mail.parse import parse
from app.safety.checkup import examine
from app.store.store import Store
from app.workbench import Workbench
from tests.app.mail.packing import base64, multi
from tests.app.saying import account, said

NOW = 1_764_500_000
PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"


def with_files(bench: Workbench, *files: Attached) -> list[int]:
    taken = bench.intake.take(account(bench.store), [said("1", NOW)._replace(attached=files)])
    (number,) = taken.conversation_ids
    return [file.id for file in bench.attachments.of_conversation(number)]


def contents(store: Store) -> int:
    return int(store.read.execute("SELECT count(*) FROM attachment_bytes").fetchone()[0])


def test_a_file_is_written_whole_or_not_at_all(bench: Workbench, tmp_path: Path) -> None:
    (number,) = with_files(bench, Attached("a.txt", "text/plain", b"hi"))
    desk = bench.attachments
    assert desk.save(number, tmp_path / "b.txt").read_bytes() == b"hi"
    assert desk.save(number, tmp_path) == tmp_path / "a.txt"
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"a\.txt already exists"):
        desk.save(number, tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"mine"
    assert free_path(tmp_path, desk.get(number)).name == "a (2).txt"
    assert free_path(tmp_path, desk.get(number), {tmp_path / "a (2).txt"}).name == "a (3).txt"
    desk.save(number, tmp_path, overwrite=True)
    with pytest.raises(UserError, match="There's no folder"):
        desk.save(number, tmp_path / "nowhere" / "a.txt")
    with pytest.raises(NotFoundError):
        desk.get(999)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("COM1.tar.gz", "_COM1.tar.gz"), ("lpt¹.pdf", "_lpt¹.pdf"),
        ("Aux .log", "_Aux .log"), ("console.txt", "console.txt"), ("comma.txt", "comma.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"), ("\u200eplan\u2069.pdf", "plan_.pdf"), (".bashrc", "bashrc"),
        ("..", "otherwise"), ("", "otherwise"),
        ("a/b\\c.txt", "c.txt"), ("folder/", "folder"), ("a?b*.txt", "a_b_.txt"),
        ("end. . ", "end"), ("καλημέρα.pdf", "καλημέρα.pdf"), ("a\ud800.txt", "a_.txt"), ("a\nb.txt", "a_b.txt"),
        ("𝒳" * 90 + ".jpeg", "𝒳" * 48 + ".jpeg"), ("x" * 300, "x" * 100), ("a." + "b" * 50, "a." + "b" * 50),
    ],
)  # fmt: skip
def test_names_are_mended(name: str, kept: str) -> None:
    assert filenames.safe(name, "otherwise") == kept


@given(st.text(max_size=400))
def test_a_mended_name_is_one_that_every_system_keeps(name: str) -> None:
    kept = filenames.safe(name, "file")
    assert kept == filenames.safe(kept, "file") != ""
    assert len(kept.encode()) <= 240
    assert not set(kept) & set('/\\:*?"<>|\0\n\u202e\u200f')
    assert kept[-1] not in " ."
    assert kept[0] != "."


def test_a_name_that_no_system_keeps_is_mended_when_it_is_saved(bench: Workbench, tmp_path: Path) -> None:
    (number,) = with_files(bench, Attached("aux.txt", "text/plain", b"hi"))
    assert safe_name(bench.attachments.get(number)) == "_aux.txt"
    assert bench.attachments.save(number, tmp_path).name == "_aux.txt"


@pytest.mark.slow
def test_a_file_above_ten_megabytes_stays_where_an_import_read_it(bench: Workbench, tmp_path: Path) -> None:
    large = f"Content-Type: video/mp4; name=film.mp4\r\n{base64(bytes(KEPT_MAX + 1))}"
    small = f"Content-Type: image/png; name=small.png\r\n{base64(b'PNG')}"
    (tmp_path / "old.eml").write_bytes(multi("mixed", f"{PLAIN}Hæ", large, small))
    done = bench.imports.run(tmp_path / "old.eml", Options(own=("us@x.is",)))
    assert (done.new, contents(bench.store)) == (1, 1)
    film, picture = bench.attachments.of_conversation(1)
    assert (film.is_here, film.size, picture.is_here) == (False, KEPT_MAX + 1, True)
    assert "old.eml" in whereabouts(film)
    assert whereabouts(picture) == ""
    with pytest.raises(UserError, match=r"“film\.mp4” is larger than 10 MB.*old\.eml"):
        bench.attachments.save(film.id, tmp_path)
    with bench.store.write() as conn:
        assert examine(conn, bench.profile.file).faults == ()
    again = bench.imports.run(tmp_path / "old.eml", Options(own=("us@x.is",)))
    assert (again.new, again.known) == (0, 1)


def test_what_an_older_reading_did_not_open_is_the_same_letter(bench: Workbench) -> None:
    """A file of an earlier release has inner letters, packages and calendars as files, and no words of them."""
    inner = "Subject: The gate\r\n\r\nIt is shut."
    raw = multi("mixed", f"{PLAIN}See below", f"Content-Type: message/rfc822\r\n\r\n{inner}")
    item = parse(raw)
    before = item._replace(text="See below", attached=(Attached("1.eml", "message/rfc822", inner.encode()),), opened=())
    number = account(bench.store, "email")
    assert bench.intake.take(number, [before]).new == 1
    assert (bench.intake.take(number, [item]).new, bench.intake.take(number, [item]).known) == (0, 1)
    page = parse(multi("alternative", f"{PLAIN}Needs HTML.", "Content-Type: text/html\r\n\r\n<p>Good morning, all</p>"))
    page = page._replace(remote_id="2@x")
    assert page.text == "Good morning, all"
    assert bench.intake.take(number, [page._replace(text="Needs HTML.", formerly="")]).new == 1
    assert bench.intake.take(number, [page]).new == 0


def test_what_is_not_here_is_told_before_a_message_is_forwarded(bench: Workbench) -> None:
    here, left = with_files(
        bench,
        Attached("a.txt", "text/plain", b"hi"),
        Attached("film.mp4", "video/mp4", b"", section="2", left=20_000_000),
    )
    assert bench.attachments.get(here).is_here
    message = bench.attachments.get(left).message_id
    assert [(file.name, file.size) for file in bench.attachments.left_behind(message)] == [("film.mp4", 20_000_000)]


def test_the_language_of_a_letter_without_words_is_not_that_of_the_screen(bench: Workbench) -> None:
    locked = "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    bench.intake.take(account(bench.store, "email"), [parse(multi("encrypted", locked))])
    assert tuple(bench.store.read.execute("SELECT language, protection FROM message").fetchone()) == (
        "", "encrypted openpgp",
    )  # fmt: skip
