"""Two files of one origin: every table is taken over, is the computer's own, or follows from others."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.store import twin
from app.store.connection import open_connection
from app.store.store import Store

FOLLOW = {"tally", "seal", "activity", "involvement"}
OWN = {
    "setting", "cursor", "import_batch", "import_mapping", "kept_form", "action", "action_step", "tombstone",
    "forgotten", "keep_run",
}  # fmt: skip


def test_no_table_is_forgotten(tmp_path: Path) -> None:
    """A new table is taken over; who wants it to stay has to say so here, too."""
    with closing(Store(tmp_path / "community.rapport")) as store:
        every = {row[0] for row in store.read.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        taken = [sheet.name for sheet in twin.sheets(store.read)]
    left = {name for name in every if not name.startswith(("sqlite_", "_sqlite", "message_index", "member_index"))}
    assert left - set(taken) == FOLLOW | OWN
    assert len(set(taken)) == len(taken)
    assert taken.index("member") < taken.index("identity") < taken.index("conversation") < taken.index("message")


def test_each_kind_of_difference_is_found(tmp_path: Path) -> None:
    for name in ("here", "there"):
        with closing(Store(tmp_path / name)) as store, store.write() as conn:
            conn.executemany(
                "INSERT INTO label (id, name) VALUES (?, ?)", [(1, "same"), (2, name), (3 + len(name), "x")]
            )
    with closing(open_connection(tmp_path / "here")) as conn, twin.beside(conn, tmp_path / "there"):
        found = twin.all_differing(conn, twin.sheets(conn))
    assert found == {"label": twin.Differing(gone=((7,),), new=((8,),), changed=((2,),))}


def test_how_an_account_stands_is_its_computers_own(tmp_path: Path) -> None:
    for name, state, error in (("here", "on", ""), ("there", "needs_login", "no password")):
        with closing(Store(tmp_path / name)) as store, store.write() as conn:
            conn.execute(
                "INSERT INTO account (kind, name, created_at, state, error) VALUES ('email', 'Post', 1, ?, ?)",
                (state, error),
            )
    with closing(open_connection(tmp_path / "here")) as conn, twin.beside(conn, tmp_path / "there"):
        assert twin.all_differing(conn, twin.sheets(conn)) == {}
