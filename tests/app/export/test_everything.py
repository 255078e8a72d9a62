"""A list is exported as it is shown, and everything into one folder that appears whole or not at all."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base import ids
from app.base.errors import UserError
from app.base.paths import Profile
from app.csvfile import ExistsError, inspect_table, rows
from app.export import KINDS, LISTED, Options, everything
from app.export.everything import StoppedError, free_folder
from app.inbox import Query
from app.workbench import Workbench

_SHOWN = {
    "conversations": ("conversation_id", ids.CONVERSATION),
    "members": ("identifier", ids.MEMBER),
    "handoffs": ("handoff_id", ids.HANDOFF),
    "gifts": ("gift_id", ids.GIFT),
    "outbox": ("outbox_id", ids.OUTBOX),
}


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo community, which these tests only read."""
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    yield made
    made.close()


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file, by column."""
    table = inspect_table(path)
    return [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]


def known(bench: Workbench, kind: str) -> list[int]:
    """All ids of a kind, by SQL."""
    table = {
        "conversations": "conversation WHERE state <> 'empty'", "members": "member WHERE merged_into IS NULL",
        "handoffs": "handoff", "gifts": "gift", "outbox": "outbox", "templates": "template",
    }[kind]  # fmt: skip
    return [row[0] for row in bench.store.read.execute(f"SELECT id FROM {table}")]


@pytest.mark.parametrize("kind", _SHOWN)
def test_a_list_has_the_rows_that_were_asked_for_in_their_order(bench: Workbench, tmp_path: Path, kind: str) -> None:
    column, prefix = _SHOWN[kind]
    numbers = known(bench, kind)
    random.Random(7).shuffle(numbers)
    some = numbers[: max(1, len(numbers) * 2 // 3)]
    done = bench.export.listed(kind, [*some, 999_999], tmp_path / "out.csv")
    assert [row[column] for row in read(tmp_path / "out.csv")] == [ids.display(prefix, number) for number in some]
    assert done.rows == len(some) > 0


def test_the_inbox_goes_out_as_it_is_listed(bench: Workbench, tmp_path: Path) -> None:
    shown = [ref.id for ref in bench.inbox.refs(Query("needs_me"))]
    bench.export.listed("conversations", shown, tmp_path / "out.csv")
    found = read(tmp_path / "out.csv")
    by_sql = bench.store.read.execute(
        "SELECT id FROM conversation WHERE state = 'needs_me' ORDER BY waiting_since, id"
    ).fetchall()
    assert [row["conversation_id"] for row in found] == [f"C-{row[0]}" for row in by_sql]
    assert {row["status"] for row in found} == {"needs-me"}
    everyone = {row["conversation_id"]: row for row in _all(bench, "conversations", tmp_path)}
    assert found == [everyone[row["conversation_id"]] for row in found]


def _all(bench: Workbench, kind: str, folder: Path) -> list[dict[str, str]]:
    bench.export.write(kind, folder / f"all-{kind}.csv")
    return read(folder / f"all-{kind}.csv")


def test_a_template_goes_out_with_all_its_texts(bench: Workbench, tmp_path: Path) -> None:
    number, texts = bench.store.read.execute(
        "SELECT template_id, count(*) FROM template_text GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchone()
    assert bench.export.listed("templates", [number], tmp_path / "out.csv").rows == texts > 1
    assert {row["template"] for row in read(tmp_path / "out.csv")} == {bench.templates.get(number).name}


def test_everything_is_in_one_folder(bench: Workbench, tmp_path: Path) -> None:
    before = bench.store.last_action
    seen: list[tuple[int, int]] = []
    done = everything.write(
        bench.export, bench.accounts.all(removed=True), bench.moderation.entries(), tmp_path / "all",
        progress=lambda at, of: seen.append((at, of)),
    )  # fmt: skip
    files = {path.stem: path for path in (tmp_path / "all").iterdir()}
    assert set(files) == {*KINDS, "accounts", "moderation"} == set(done.rows)
    counts = {
        "messages": "message", "handoffs": "handoff", "gifts": "gift", "promises": "promise", "teammates": "teammate",
        "rules": "voice_rule", "outbox": "outbox", "members": "member WHERE merged_into IS NULL",
        "drafts": "(SELECT 1 FROM letter_draft UNION ALL SELECT 1 FROM draft)",
        "conversations": "conversation WHERE messages > 0",
    }  # fmt: skip
    for kind, table in counts.items():
        number = bench.store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        assert len(read(files[kind])) == done.rows[kind] == number, kind
    assert (tmp_path / "all").stat().st_mode & 0o777 == 0o700
    assert seen[0] == (0, len(files))
    assert seen[-1] == (len(files), len(files))
    assert bench.store.last_action == before
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_nothing_is_left_where_it_stops_or_fails(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()

    def once(done: int, _of: int) -> None:
        if done:
            stop.set()

    with pytest.raises(StoppedError):
        everything.write(bench.export, [], [], tmp_path / "all", progress=once, stop=stop)
    assert not list(tmp_path.iterdir())
    (tmp_path / "all").mkdir()
    with pytest.raises(ExistsError):
        everything.write(bench.export, [], [], tmp_path / "all")
    assert free_folder(tmp_path, "all").name == "all 2"
    with pytest.raises(UserError, match="can't be written"):
        everything.write(bench.export, [], [], tmp_path / "none" / "all")
    monkeypatch.setattr(everything, "write_register", _full)
    with pytest.raises(UserError, match="No space left"):
        everything.write(bench.export, [], [], tmp_path / "more")
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_wrong_usage(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Choose from: conversations"):
        bench.export.listed("messages", [1], tmp_path / "out.csv")
    with pytest.raises(UserError, match="Leave out the dates"):
        bench.export.write("templates", tmp_path / "out.csv", Options(since=1))


def test_every_listed_kind_is_one_of_all() -> None:
    assert set(LISTED) <= set(KINDS)
