"""Equal lines of a file are as many messages, and what we exported is known when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.demo import build
from app.imports import Options
from app.imports.desk import Imports
from app.store.store import Store
from app.workbench import Workbench
from tests.app.imports.conftest import Write


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    profile = Profile(tmp_path_factory.mktemp("demo"))
    build(profile)
    bench = Workbench(profile)
    yield bench
    bench.close()


def texts(store: Store) -> list[str]:
    return [row["text"] for row in store.read.execute("SELECT text FROM message ORDER BY id")]


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (["Anna,2026-11-28 21:05,👍", "Anna,2026-11-28 21:05,👍"], 2),
        (["Anna,2026-11-28 21:05,👍"] * 5, 5),
        (["Anna,2026-11-28,Takk!", "Tom,2026-11-28,Takk!", "Anna,2026-11-28,Takk!"], 3),
        (["Anna,2026-11-28 21:05,👍", "Anna,2026-11-28 21:06,👍"], 2),
    ],
)
def test_equal_lines_are_as_many_messages(
    lines: list[str], messages: int, store: Store, imports: Imports, write: Write
) -> None:
    path = write("chat.csv", "\n".join(["author,date,text", *lines, ""]))
    assert imports.preview(path, Options(channel="Chat")).new == messages
    assert imports.run(path, Options(channel="Chat")).new == messages
    again = imports.run(path, Options(channel="Chat"))
    assert (again.new, again.known, len(texts(store))) == (0, messages, messages)


def test_a_longer_export_of_the_same_talk_adds_only_what_is_new(store: Store, imports: Imports, write: Write) -> None:
    line = "Anna,2026-11-28 21:05,👍"
    imports.run(write("a.csv", f"author,date,text\n{line}\n"), Options(channel="Chat"))
    done = imports.run(
        write("b.csv", f"author,date,text\n{line}\n{line}\nAnna,2026-11-28 21:07,Takk\n"), Options(channel="Chat")
    )
    assert (done.new, done.known, texts(store)) == (2, 1, ["👍", "👍", "Takk"])


def test_equal_ids_are_one_message(store: Store, imports: Imports, write: Write) -> None:
    path = write("ids.csv", "id,author,date,text\n7,Anna,2026-11-28 21:05,👍\n7,Anna,2026-11-28 21:05,👍\n")
    assert imports.run(path, Options(channel="Chat")).new == 1
    assert len(texts(store)) == 1


@pytest.mark.parametrize("kind", ["members", "messages"])
@pytest.mark.parametrize("ending", [".csv"])
def test_our_own_export_read_back_makes_nobody_new_and_no_message_twice(
    kind: str, ending: str, demo: Workbench, tmp_path: Path
) -> None:
    tables = ("account", "member", "identity", "message", "conversation")

    def counts() -> list[int]:
        return [demo.store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    before = counts()
    path = tmp_path / f"{kind}{ending}"
    rows = demo.export.write(kind, path).rows
    done = demo.imports.run(path)
    assert (done.new, done.known, done.changed, done.rejected) == (0, rows, 0, 0)
    assert counts() == before


def test_an_export_of_another_community_is_not_taken_for_ours(demo: Workbench, tmp_path: Path) -> None:
    number, at = demo.store.read.execute("SELECT id, at FROM message WHERE NOT out ORDER BY id LIMIT 1").fetchone()
    head = "message_id,conversation_id,parent_id,direction,author,author_handle,sent_at,language,text,template,url\n"
    path = tmp_path / "other.csv"
    path.write_text(f"{head}M-{number},C-1,,in,Xenia,xenia,{at},en,Something else,,\n", encoding="utf-8")
    done = demo.imports.run(path, Options(dry_run=True))
    assert (done.new, done.known) == (1, 0)


def test_a_list_of_conversations_is_refused_for_what_it_is(demo: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "conversations.csv"
    demo.export.write("conversations", path)
    with pytest.raises(UserError, match="list of conversations"):
        demo.imports.run(path)
