from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import mbox as reading
from app.imports.mail_heads import looks_like_mbox
from tests.app.imports.conftest import Write, mail, mbox

BODIES = st.text(alphabet=st.sampled_from("ab \n>FromÞ:"), max_size=200)


def read(path: Path) -> list[bytes]:
    return [one.raw for one in reading.mails(path)]


@given(bodies=st.lists(BODIES, min_size=1, max_size=6), block=st.integers(3_000, 9_000))
def test_every_mail_comes_back_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], block: int
) -> None:
    mails = [mail(number, f"{body}\n" * 20) for number, body in enumerate(bodies)]
    path = tmp_path_factory.mktemp("m") / "box"
    quoted = [
        b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in one.split(b"\n"))
        for one in mails
    ]
    # `mail` starts with a From: header, which is no From_ line; mboxrd quotes every line that could be one
    path.write_bytes(b"".join(b"From x@y Mon Jan  1 10:00:00 2024\n" + one + b"\n" for one in quoted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_BLOCK_BYTES", block)
        found = read(path)
    assert [one.rstrip(b"\n") for one in found] == [one.rstrip(b"\n") for one in mails]


def test_a_line_of_text_that_starts_with_from_is_no_mail(write: Write) -> None:
    text = "\nFrom here on it gets sour.\n\nFrom 10:00 to 12:00 we are closed, in 2024 too.\n\nFrom me: with love\n"
    path = write("box", b"From a Mon Jan  1 10:00:00 2024\n" + mail(1, text) + b"\n" + mbox(mail(2)))
    assert len(read(path)) == 2


@pytest.mark.parametrize(
    "words",
    [
        "From 10:00 on we are in the garden.\nWhere: by the gate\nWho: everybody",
        "\nFrom 10:00 on we are in the garden.\nDate: Saturday",
        "From Brno 9:15 to Praha 2026\nNote: seats booked",
        "\nFrom Brno 9:15 to Praha, Sat 2026\nNote: seats booked\n\nSubject: trains",
        "\nFrom: 10:00 2026 Nov\nTo: 12:00",
        "From Monday Nov 2 9:15:00 2026 on\nTo: everybody",
        "\nFrom Monday Nov 2 9:15:00 2026 on\nTo: everybody\nSubject: hours",
        "\nFrom Monday Nov 2 9:15:00 2026\nTo: everybody\nSubject: hours",
        "\nFrom Anna, Mon Nov  2 09:15:00 2026, a question\nSubject: hours",
        "\nFrom the shop at Brno Mon 2 Nov 2026 9:15\nTo: Praha",
        "\nFrom - to -, Mon Nov  2 09:15:00 2026 we rest\nDate: then",
    ],
)
def test_a_sentence_with_a_time_and_a_word_with_a_colon_below_is_no_mail(write: Write, words: str) -> None:
    path = write("box", b"From a Mon Jan  1 10:00:00 2024\n" + mail(1, words) + b"\n" + mbox(mail(2)))
    found = read(path)
    assert len(found) == 2
    assert words.strip().encode() in found[0]


def test_separators_without_a_blank_line_before_and_windows_line_ends(write: Write) -> None:
    tight = mbox(mail(1), mail(2)).replace(b"\n\nFrom x", b"\nFrom x")
    assert len(read(write("tight", tight))) == 2
    assert len(read(write("crlf", mbox(mail(1), mail(2), mail(3)).replace(b"\n", b"\r\n")))) == 3


def test_thunderbird_and_gmail_separators(write: Write) -> None:
    lines = (b"From \n", b"From - Sat Mar  2 11:22:33 2024\n", b"From 17923@xxx Sat Mar 02 11:22:33 +0000 2024\n")
    path = write("box", b"".join(line + mail(number) + b"\n" for number, line in enumerate(lines)))
    assert len(read(path)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "From ", "From - ", "From - Sat Mar  2 11:22:33 2024", "From 17923@xxx Sat Mar 02 11:22:33 +0000 2024",
        "From anna@example.org Sat Mar  2 11:22:33 2024", "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From anna at example.org  Sat Mar  2 11:22:33 2024", "From ???@??? Sat Mar 02 11:22:33 2024",
        "From anna@example.org Sat Mar  2 11:22:33 CET 2024", "From anna@example.org Sat Mar  2 11:22 2024 +0100",
        "From anna!uu Sat Mar  2 11:22:33 1996 remote from uu", "From  Sat Mar  2 11:22:33 2024",
        'From "Anna B"@example.org Sat Mar  2 11:22:33 2024', "From anna@example.org Sat, 2 Mar 2024 11:22:33 +0100",
        "From anna@example.org Sat, 02 Mar 2024 11:22:33 GMT", "From <anna@example.org> Sat Mar  2 11:22:33 2024",
        "From anna@example.org 2024-03-02 11:22:33", "From Mon@example.org Mon Mar  4 11:22:33 2024",
        "From Mon Mon Mar  4 11:22:33 2024", "From x@y lau. mar. 2 11:22:33 2024",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_lines_that_programs_part_letters_with(write: Write, line: str, end: bytes) -> None:
    whole = b"".join(line.encode() + b"\n" + mail(number) + b"\n" for number in range(3)).replace(b"\n", end)
    assert looks_like_mbox(whole)
    found = read(write("box", whole))
    assert [one.partition(b"\n")[0].strip() for one in found] == [b"From: Anna <anna@example.is>"] * 3


def test_what_somebody_wrote_is_no_mailbox() -> None:
    assert not looks_like_mbox(b"From 10:00 on we are in the garden.\nWhere: by the gate\n")
    assert not looks_like_mbox(b"From Monday Nov 2 9:15:00 2026 on\nTo: everybody\n")


def test_one_level_of_quoting_goes(write: Write) -> None:
    path = write("box", b"From a Mon Jan  1 10:00:00 2024\n" + mail(1, "x\n>From me\n>>From you\n> From them") + b"\n")
    assert read(path)[0].endswith(b"x\nFrom me\n>From you\n> From them\n\n")


def test_a_cut_off_file_and_a_content_length_that_lies(write: Write) -> None:
    lying = mail(1).replace(b"Subject", b"Content-Length: 999999\nSubject")
    whole = mbox(lying, mail(2), mail(3))
    assert len(read(write("box", whole))) == 3
    assert len(read(write("cut", whole[:-40]))) == 3


def test_a_large_mbox_goes_through_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large"
    one = mbox(mail(1, "lemon " * 5_000))
    with path.open("wb") as file:
        for _ in range(2_500):
            file.write(one)
    assert path.stat().st_size > 70_000_000
    tracemalloc.start()
    count = sum(1 for _ in reading.mails(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_500
    assert peak < 20_000_000


def test_a_single_monstrous_mail_is_cut_and_the_next_one_found(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_BLOCK_BYTES", 10_000)
    monkeypatch.setattr(reading, "_MAX_MAIL_BYTES", 100_000)
    path = write("box", mbox(mail(1, "x" * 70 + "\n" + ("y" * 70 + "\n") * 20_000), mail(2)))
    found = read(path)
    assert len(found) == 2
    assert len(found[0]) <= 200_000
    assert b"<2@example.is>" in found[1]


def test_progress_ends_at_the_size_of_the_file(write: Write) -> None:
    path = write("box", mbox(mail(1), mail(2)))
    ends = [one.end for one in reading.mails(path)]
    assert ends == sorted(ends)
    assert ends[-1] == path.stat().st_size


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("blank", "count"), [([""], 1), ([], 2)])
def test_a_known_header_counts_in_the_first_paragraph_alone(
    write: Write, end: str, blank: list[str], count: int
) -> None:
    begin = "From a@example.org Thu Jan  1 10:00:00 2026"
    lines = [begin, "Subject: One", "", "Words.", "", begin, "Note: seats booked", *blank, "Subject: trains", ""]
    assert len(read(write("box", end.join(lines).encode()))) == count
