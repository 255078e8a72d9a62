"""`import` says what it left out and why, and what changes in members, to people and to programs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.app.cli.shell import Shell
from tests.app.imports.breaking import CHUNK, ROWS, break_off, table

_LETTER = (
    "From - Sat Nov 28 10:00:00 2026\n{head}\nFrom: Anna <anna@example.org>\nTo: desk@example.org\nSubject: Tea\n"
    "Date: Sat, 28 Nov 2026 10:00:00 +0000\nMessage-ID: <{number}@example.org>\n\nHello {number}\n\n"
)


def box(*heads: str) -> str:
    """An mbox of letters with these headers of a mail program."""
    return "".join(_LETTER.format(head=head, number=number) for number, head in enumerate(heads))


def test_what_is_left_out_is_told_in_a_dry_run_and_in_the_outcome(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        labels = ("Inbox", "Spam", "Trash", "Drafts", "Chat", "Inbox,Opened")
        archive.writestr("Takeout/Mail/All.mbox", box(*(f"X-Gmail-Labels: {label}" for label in labels)))
    (dry,) = empty.told("import", path, "--dry-run")
    left = {"trash": 1, "spam": 1, "drafts": 1, "chats": 1}
    assert (dry["new"], dry["left_out"], dry["kind"]) == (2, left, "archive")
    (done,) = empty.told("import", path)
    assert (done["new"], done["left_out"], done["doubles"], done["remarks"]) == (2, left, 0, [])
    assert "Left out: 1 in the trash, 1 in spam, 1 draft, 1 chat." in empty.run("import", path).out


def test_what_changes_is_told_field_by_field(empty: Shell, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("name,email,city\nÉva Kovács,eva@example.org,Pécs\n", "utf-8")
    second.write_text("name,email,city\nEVA KOVACS,eva@example.org,Brno\n", "utf-8")
    empty.told("import", first)
    (dry,) = empty.told("import", second, "--dry-run")
    assert dry["changes"] == [{"member": "Éva Kovács", "field": "city", "before": "Pécs", "after": "Brno"}]
    assert "Éva Kovács  City  Pécs -> Brno" in empty.run("import", second, "--dry-run").out
    (done,) = empty.told("import", second)
    assert (done["changed"], done["changes"]) == (1, dry["changes"])


def test_gifts_that_were_given_are_in_their_budget(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text("Name,Gift,Value,Date\nBo,Mug,12 EUR,2025-03-04\nBo,,1,2025-03-04\n", "utf-8")
    (done,) = empty.told("import", path)
    assert (done["holds"], done["new"], done["rejected"]) == ("gifts", 1, 1)
    assert done["remarks"] == ["Counted in the budget of 2025: €12.", "This adds 1 member."]
    assert empty.told("undo", str(done["action"]))[0]["said"] == "Removed 1 member, 1 gift."


def test_who_is_us_in_a_chat_is_asked(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    path.write_text("[28.11.2026 21:05:33] Anna Nováková: Otevřeno?\n[28.11.2026 21:06:00] Stůl: V devět\n", "utf-8")
    said = empty.run("import", path, "--dry-run").out
    assert "Which of these is you: Anna Nováková, Stůl?" in said
    assert "--own NAME" in said
    (done,) = empty.told("import", path, "--own", "Stůl")
    assert (done["new"], done["names"]) == (2, [])


def test_imports_are_listed_with_what_was_left_out(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_text(box("X-Gmail-Labels: Inbox", "X-Gmail-Labels: Spam"), "utf-8")
    (done,) = empty.told("import", path)
    (one,) = empty.told("imports")
    assert (one["id"], one["file"], one["account"]) == (done["batch"], "all.mbox", "Imported mail")
    assert (one["new"], one["left_out"], one["finished"], one["undone"]) == (1, {"spam": 1}, True, False)
    said = "1 new, 0 already known. Left out: 1 in spam."
    assert said in empty.run("imports").out
    assert said in empty.run("undo", "--list").out
    assert empty.told("undo", "--list")[0]["told"] == said
    empty.told("undo", str(done["action"]))
    assert f"{said} Undone since." in empty.run("imports").out


def test_one_that_was_cut_short_is_said_before_any_command(empty: Shell, tmp_path: Path) -> None:
    assert empty.run("import", table(tmp_path, 1)).err.count("cut short") == 0
    number = break_off(empty.folder, table(tmp_path))
    said = empty.run("member", "list")
    assert "guests.csv was only partly imported." in said.err
    assert "the import was cut short after 20 of 50 rows. 19 new members are in." in said.err
    assert f"`imports --go-on {number}` imports the rest" in said.err
    assert "cut short" not in said.out
    assert "cut short" in empty.run("imports").out
    assert not empty.run("imports").err
    checked = empty.run("check")
    assert (checked.status, "cut short" in checked.out) == (0, True)
    (one,) = empty.told("check")["broken_off"]
    assert (one["id"], one["file"], one["new"], one["done"], one["total"]) == (number, "guests.csv", 19, CHUNK, ROWS)


def test_one_that_was_cut_short_goes_on(empty: Shell, tmp_path: Path) -> None:
    number = break_off(empty.folder, table(tmp_path))
    done = empty.told("imports", "--go-on", str(number))
    assert (done["batch"], done["new"], done["known"], done["stopped"]) == (number, ROWS - CHUNK, 0, False)
    assert len(empty.told("member", "list")) == ROWS
    assert empty.told("check")["broken_off"] == []
    empty.told("undo", str(done["action"]))  # both parts
    assert empty.told("member", "list") == []
    refused = empty.run("imports", "--go-on", str(number))
    assert (refused.status, "wasn't cut short" in refused.err) == (1, True)


def test_one_that_was_cut_short_is_taken_back_or_left(empty: Shell, tmp_path: Path) -> None:
    first = break_off(empty.folder, table(tmp_path))
    assert "Removed 20 members." in empty.run("imports", "--take-back", str(first)).out
    assert empty.told("member", "list") == []
    second = break_off(empty.folder, table(tmp_path))
    assert empty.told("imports", "--leave", str(second))["new"] == CHUNK
    assert not empty.run("member", "list").err
    assert len(empty.told("member", "list")) == CHUNK


def test_one_whose_file_is_gone_does_not_go_on(empty: Shell, tmp_path: Path) -> None:
    file = table(tmp_path)
    number = break_off(empty.folder, file)
    file.unlink()
    refused = empty.run("imports", "--go-on", str(number))
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "guests.csv isn't in" in refused.err
