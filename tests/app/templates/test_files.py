"""Templates go out as files and come back the same; what is wrong with a file is one sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import UserError
from app.store.store import Store
from app.templates import Templates, Text
from app.templates.rows import SHORT

SAMPLE = Path(__file__).parents[3] / "docs" / "templates.md"


def file(key: str, body: str = "Hello", **facts: str) -> str:
    """A Markdown file with these facts above its words."""
    lines = [f"{name}: {value}" for name, value in {"key": key, "language": "en", **facts}.items()]
    return "\n".join(["---", *lines, "---", body])


@pytest.fixture
def desk(store: Store) -> Templates:
    made = Templates(store)
    texts = [
        Text("cs", "A", "Pošlete mi číslo.\n\n---\n{{when}}"),
        Text("cs", "B", "Pošli mi číslo: =1+1", 0, "familiar", SHORT),
        Text("el", "A", "„Στείλε” το, «εδώ»;"),
    ]
    made.add("number", "Order number: where?", "When it's missing", texts, folder="Parcels/Lost")
    made.add("thanks", "Thanks", texts=[Text("en", "A", "Thank you,\nAnna")])
    return made


@pytest.mark.parametrize("name", ["out", "out.csv"])
def test_what_goes_out_comes_back_the_same(desk: Templates, tmp_path: Path, name: str) -> None:
    before = [(one.key, one.name, one.use, one.folder) for one in desk.all()]
    texts = {one.key: [(t.language, t.variant, t.body, t.address, t.channel) for t in one.texts] for one in desk.all()}
    assert desk.export_to(tmp_path / name) == 4
    assert desk.import_from(tmp_path / name) == (0, 0, 2)
    for one in desk.all():
        desk.change(one.id, key=f"old {one.key}", name="Old", use="")
    assert desk.import_from(tmp_path / name) == (2, 0, 0)
    fresh = [one for one in desk.all() if not one.key.startswith("old")]
    assert [(one.key, one.name, one.use, one.folder) for one in fresh] == before
    assert {
        one.key: [(t.language, t.variant, t.body, t.address, t.channel) for t in one.texts] for one in fresh
    } == texts


def test_a_changed_file_changes_its_text_and_keeps_what_stood_there(desk: Templates, tmp_path: Path) -> None:
    (tmp_path / "thanks.md").write_text(file("thanks", "Thanks a lot", name="Thanks"), "utf-8")
    assert desk.import_from(tmp_path / "thanks.md") == (0, 1, 0)
    template = desk.get("thanks")
    assert [text.body for text in template.texts] == ["Thanks a lot"]
    assert [one.body for one in desk.versions(template.id)] == ["Thank you,\nAnna"]


def test_the_sample_in_the_documents_is_taken(store: Store, tmp_path: Path) -> None:
    sample = SAMPLE.read_text("utf-8").partition("```markdown\n")[2].partition("```")[0]
    (tmp_path / "broken.md").write_text(sample, "utf-8")
    desk = Templates(store)
    assert desk.import_from(tmp_path).added == 1
    template = desk.get("broken-parcel")
    assert (template.name, template.use, template.folder) == (
        "Broken parcel", "Sorry, and what happens next", "Parcels",
    )  # fmt: skip
    assert [(text.language, text.variant, text.form, text.channel) for text in template.texts] == [
        ("cs", "B", "familiar", "short")
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"a.md": "Hello"}, "a.md doesn't begin with its key and language"),
        ({"a.md": file("", "x")}, "a.md can't be taken: “key” is missing."),
        ({"a.md": file("hi", "{{name")}, "a.md can't be taken: A blank is incomplete"),
        ({"a.md": file("hi", "x", language="english")}, "a.md can't be taken: “english” isn't a language code"),
        ({"a/hi.md": file("hi"), "b/hi.md": file("hi", language="is")}, "in different folders"),
        ({"a.md": file("hi"), "b.md": file("hi", "x")}, "a.md and b.md are the same text of “hi”"),
        ({}, "has no Markdown files"),
        ({"a.md": file("hi", "x" * 200_001)}, "a.md is too long"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_taken(
    desk: Templates, tmp_path: Path, files: dict[str, str], why: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    if files:
        (tmp_path / "z.md").write_text(file("zest"), "utf-8")
    with pytest.raises(UserError, match=why):
        desk.import_from(tmp_path)
    assert {one.key for one in desk.all()} == {"number", "thanks"}


def test_a_table_of_another_program_says_which_column_it_lacks(desk: Templates, tmp_path: Path) -> None:
    (tmp_path / "macros.csv").write_text("Title,Body\nHello,Hello there\n", "utf-8")
    with pytest.raises(UserError, match=r"macros\.csv has no column “key”"):
        desk.import_from(tmp_path / "macros.csv")


def test_a_file_that_is_there_is_not_overwritten(desk: Templates, tmp_path: Path) -> None:
    desk.export_to(tmp_path / "out")
    with pytest.raises(UserError, match="exists"):
        desk.export_to(tmp_path / "out")
    assert desk.export_to(tmp_path / "out", replace=True) == 4
