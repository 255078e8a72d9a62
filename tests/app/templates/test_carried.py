"""Pictures and files go with a template: into files and back, into drafts, and away without harm to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import Actions
from app.base.errors import NotFoundError, UserError
from app.outbox import OutgoingFiles, of_letter, of_reply
from app.outbox.template_files import TemplateFiles
from app.store.store import Store
from app.templates import Templates, Text

HEAD = "---\nkey: map\nlanguage: en\nfiles: {files}\n---\nHere is the map.\n"


@pytest.fixture
def files(store: Store) -> TemplateFiles:
    return TemplateFiles(store)


@pytest.fixture
def desk(store: Store, files: TemplateFiles) -> Templates:
    made = Templates(store, lambda: files)
    made.add(
        "map", "Map", texts=[Text("en", "A", "Here is the map."), Text("cs", "A", "Tady je mapa.")], folder="Visits"
    )
    made.add("menu", "Menu", texts=[Text("en", "A", "Here is the menu.")], folder="Visits")
    return made


def put(folder: Path, name: str, content: bytes = b"picture") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def contents(store: Store) -> int:
    return int(store.read.execute("SELECT count(*) FROM outgoing_bytes").fetchone()[0])


def test_a_draft_takes_copies_along_and_keeps_them(
    store: Store, desk: Templates, files: TemplateFiles, tmp_path: Path
) -> None:
    number, drafts = desk.get("map").id, OutgoingFiles(store)
    files.add(number, [put(tmp_path, "map.png"), put(tmp_path, "way.pdf", b"%PDF")])
    assert drafts.take_along(of_letter(7), number, "email") == (("map.png", "way.pdf"), ())
    assert drafts.take_along(of_letter(7), number, "email") == ((), ())  # once is enough
    for one in files.attached(number):
        files.remove(number, one.id)
    assert [one.name for one in drafts.attached(of_letter(7))] == ["map.png", "way.pdf"]
    assert contents(store) == 2


def test_what_the_channel_cannot_carry_is_said_and_the_rest_goes(
    store: Store, desk: Templates, files: TemplateFiles, tmp_path: Path
) -> None:
    number, drafts = desk.get("map").id, OutgoingFiles(store)
    files.add(number, [put(tmp_path, "map.png"), put(tmp_path, "way.pdf", b"%PDF")])
    along = drafts.take_along(of_letter(7), number, "mastodon")
    assert along.attached == ("map.png",)
    assert len(along.refused) == 1
    assert along.refused[0].startswith("“way.pdf” isn't attached.")
    none = drafts.take_along(of_letter(8), number, "wordpress")
    assert (none.attached, len(none.refused)) == ((), 2)


def test_removing_is_undone_and_frees_only_what_nothing_else_has(
    store: Store, desk: Templates, files: TemplateFiles, tmp_path: Path
) -> None:
    first, second, path = desk.get("map").id, desk.get("menu").id, put(tmp_path, "map.png")
    one, *_ = files.add(first, [path])
    assert files.add(first, [path]) == ()
    files.add(second, [path])
    files.remove(first, one.id)
    assert (contents(store), files.carried(second)[0].content) == (1, b"picture")
    Actions(store).undo()
    assert files.carried(first)[0].content == b"picture"
    with pytest.raises(NotFoundError):
        files.remove(second, one.id)
    with pytest.raises(NotFoundError):
        files.add(999, [path])


def test_one_that_cannot_be_read_leaves_all_out(desk: Templates, files: TemplateFiles, tmp_path: Path) -> None:
    number = desk.get("map").id
    with pytest.raises(UserError, match="is empty"):
        files.add(number, [put(tmp_path, "map.png"), put(tmp_path, "none.png", b"")])
    assert files.attached(number) == ()


@pytest.mark.parametrize("name", ["out", "out.csv"])
def test_they_go_out_beside_the_texts_and_come_back(
    desk: Templates, files: TemplateFiles, tmp_path: Path, name: str
) -> None:
    first, second = desk.get("map").id, desk.get("menu").id
    files.add(first, [put(tmp_path, "a;b.png"), put(tmp_path, "notes.md", b"# Notes")])
    files.add(second, [put(tmp_path / "other", "a;b.png", b"another")])
    out = tmp_path / name
    assert desk.export_to(out) == 3
    beside = out / "Visits" if name == "out" else tmp_path
    assert (beside / "a_b.png").read_bytes() == b"picture"
    assert (beside / "a_b (2).png").read_bytes() == b"another"
    assert desk.import_from(out) == (0, 0, 2)
    for number, file in ((first, files.attached(first)[0]), (second, files.attached(second)[0])):
        files.remove(number, file.id)
    assert desk.import_from(out) == (0, 2, 0)
    assert {one.content for one in files.carried(first)} == {b"picture", b"# Notes"}
    assert [one.content for one in files.carried(second)] == [b"another"]


@pytest.mark.parametrize(
    ("named", "why"),
    [("gone.png", "isn't beside it"), ("../secret.txt", "somewhere else"), ("linked.png", "somewhere else")],
)
def test_a_file_that_is_not_beside_it_takes_nothing(
    desk: Templates, files: TemplateFiles, tmp_path: Path, named: str, why: str
) -> None:
    put(tmp_path, "secret.txt", b"secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "linked.png").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "map.md").write_text(HEAD.format(files=named), "utf-8")
    with pytest.raises(UserError, match=why) as refused:
        desk.import_from(tmp_path / "in")
    assert "map.md" in str(refused.value)
    assert files.attached(desk.get("map").id) == ()


def test_undoing_a_new_template_leaves_none_of_its_files(
    store: Store, desk: Templates, files: TemplateFiles, tmp_path: Path
) -> None:
    put(tmp_path, "map.png")
    (tmp_path / "map.md").write_text(HEAD.format(files="map.png").replace("key: map", "key: fresh"), "utf-8")
    assert desk.import_from(tmp_path / "map.md") == (1, 0, 0)
    number = desk.get("fresh").id
    assert [one.name for one in files.attached(number)] == ["map.png"]
    Actions(store).undo()
    assert files.attached(number) == ()
    assert OutgoingFiles(store).attached(of_reply(1)) == ()
