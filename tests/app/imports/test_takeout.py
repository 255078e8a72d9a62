"""Google's Takeout with several products: what can be read is read, and what cannot is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app.imports import Options
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import counts, mail, mbox
from tests.app.imports.test_packed import YOUTUBE

MAIL = {"Takeout/Mail/All mail Including Spam and Trash.mbox": mbox(mail(1), mail(2)).decode()}
COMMENTS = {
    "Takeout/YouTube og YouTube Music/comments/comments.csv": (
        f'{YOUTUBE}\nc1,UC1,2024-01-01T10:00:00Z,0,,v1,"{{""text"":""Takk!""}}"\n'
    ),
    "Takeout/YouTube og YouTube Music/comments/comments(1).csv": (
        f'{YOUTUBE}\nc2,UC1,2024-01-02T10:00:00Z,0,,v1,"{{""text"":""Fyrir!""}}"\n'
    ),
}
CONTACTS = {"Takeout/Contacts/All/All.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEMAIL:anna@example.is\nEND:VCARD\n"}
OTHERS = {
    "Takeout/archive_browser.html": "<html></html>",
    "Takeout/Google Chat/Groups/DM 1/messages.json": json.dumps({"messages": [{"text": "Hi"}]}),
    "Takeout/Firmenprofil/reviews.json": "{}",
}
UNREAD = "Rapport can't read these parts of the archive: Firmenprofil, Google Chat."


def packed(tmp_path: Path, *products: dict[str, str]) -> Path:
    """An archive of these products."""
    path = tmp_path / "takeout-1.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for product in products:
            for name, content in product.items():
                archive.writestr(name, content)
    return path


@pytest.mark.parametrize("unpacked", [False, True])
def test_letters_and_comments_come_in_and_the_rest_is_named(
    imports: Imports, store: Store, tmp_path: Path, *, unpacked: bool
) -> None:
    path, before = packed(tmp_path, OTHERS, COMMENTS, MAIL), counts(store)
    if unpacked:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / "unpacked")
        path = tmp_path / "unpacked"
    seen = imports.preview(path)
    assert (seen.new, seen.left_out) == (4, {})
    assert "The comments that you wrote on YouTube come in as well." in seen.sentence
    assert seen.sentence.count(UNREAD) == 1
    assert f"{path.name} is an archive with 4 messages, for “Imported mail”: 4 new" in seen.sentence
    assert counts(store) == before
    done = imports.run(path, Options(kind=seen.kind, channel=seen.channel))
    assert (done.new, done.left_out) == (4, {})
    assert UNREAD in done.sentence
    rows = store.read.execute(
        "SELECT a.name, a.kind, m.out, m.text FROM message m JOIN account a ON a.id = m.account_id"
    )
    assert sorted({tuple(row) for row in rows}) == [
        ("Imported mail", "email", 0, "Góðan dag"), ("YouTube", "youtube", 1, "Fyrir!"),
        ("YouTube", "youtube", 1, "Takk!"),
    ]  # fmt: skip
    assert imports.run(path).new == 0
    imports.undo_batch(int(done.batch_id or 0))
    assert counts(store) == before


@pytest.mark.parametrize(
    ("products", "new", "apart"),
    [
        ((MAIL, OTHERS), 2, ""),
        ((MAIL, CONTACTS, OTHERS), 2, "Contacts"),
        ((COMMENTS, OTHERS), 2, ""),
        ((CONTACTS, OTHERS), 1, ""),
        ((CONTACTS, COMMENTS, OTHERS), 1, "YouTube og YouTube Music"),
    ],
)
def test_whatever_else_is_in_it(
    imports: Imports, tmp_path: Path, products: tuple[dict[str, str], ...], new: int, apart: str
) -> None:
    seen = imports.preview(packed(tmp_path, *products))
    assert seen.new == new
    assert UNREAD in seen.sentence
    by_itself = "Import “{}” by itself: unpack the archive, then choose that folder."
    assert ("by itself" in seen.sentence) == bool(apart)
    assert not apart or by_itself.format(apart) in seen.sentence


def test_another_archive_of_letters_is_no_takeout(imports: Imports, tmp_path: Path) -> None:
    path = packed(tmp_path, {"letters/a/1.eml": mail(1).decode(), "letters/b/notes.json": "{}"})
    assert "parts of the archive" not in imports.preview(path).sentence
