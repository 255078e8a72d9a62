"""A change that nobody wrote is noticed, down to one letter; one that was written through the Store never is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base import clock
from app.base.paths import Profile
from app.demo import build
from app.store import seals
from app.store.sqlite import connect, scalar
from app.workbench import Workbench
from tests.app.saying import account, said

NOW = clock.now() // 60 * 60


def fill(bench: Workbench) -> None:
    place = account(bench.store, name="Second")
    bench.intake.take(
        place, [said(str(at), NOW - at * 600, f"Hello {at}, dear all", f"who{at % 7}") for at in range(50)]
    )


def look(bench: Workbench) -> seals.Looked:
    return seals.look(bench.store.path, bench.store.write)


def flip(path: Path, sql: str) -> None:
    """As the disk would: no Store knows of it."""
    with closing(connect(path, isolation_level=None)) as conn:
        assert conn.execute(sql).rowcount >= 1


def test_everything_is_sealed_once_and_fits(bench: Workbench) -> None:
    fill(bench)
    first, second = look(bench), look(bench)
    assert first.sealed > 0
    assert (first.fitting, first.broken, second.sealed, second.broken) == (0, (), 0, ())
    assert second.fitting == first.sealed == scalar(bench.store.read, "SELECT count(*) FROM seal")


@pytest.mark.parametrize(
    ("sql", "sheet"),
    [
        ("UPDATE message SET text = replace(text, 'Hello 7,', 'Hellp 7,') WHERE text LIKE 'Hello 7,%'", "message"),
        ("UPDATE message SET at = at + 1 WHERE text LIKE 'Hello 9,%'", "message"),
        ("DELETE FROM message WHERE text LIKE 'Hello 3,%'", "message"),
        ("UPDATE member SET name = 'X' || name WHERE id = 1", "member"),
        ("UPDATE conversation SET snoozed_until = 5 WHERE id = 1", "conversation"),
        ("UPDATE identity SET url = '' || char(0) WHERE id = 1", "identity"),
    ],
)
def test_what_nobody_wrote_is_noticed(bench: Workbench, sql: str, sheet: str) -> None:
    fill(bench)
    look(bench)
    flip(bench.store.path, sql)
    found = look(bench).broken
    assert [one.sheet for one in found] == [sheet]
    assert seals.broken(bench.store.path) == list(found)
    assert look(bench).broken == found  # until it is put right


def test_what_the_store_writes_is_sealed_anew(bench: Workbench) -> None:
    fill(bench)
    look(bench)
    with bench.store.write("Changed") as conn:
        conn.execute("UPDATE message SET text = 'Other' WHERE text LIKE 'Hello 7,%'")
        conn.execute("UPDATE member SET note = 'new' WHERE id = 2")
        conn.execute("INSERT INTO label (name) VALUES ('new')")
    assert look(bench).broken == ()
    bench.actions.undo_recent()
    again = look(bench)
    assert again.broken == ()
    assert again.sealed > 0


def test_a_write_that_fails_leaves_the_seals(bench: Workbench) -> None:
    fill(bench)
    before = look(bench).sealed

    def broken() -> None:
        with bench.store.write() as conn:
            conn.execute("UPDATE message SET text = 'Other'")
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011  any
        broken()
    assert scalar(bench.store.read, "SELECT count(*) FROM seal") == before
    assert look(bench).broken == ()


def _undone(bench: Workbench) -> None:
    bench.members.add("Somebody")
    bench.actions.undo_recent()


DEEDS: dict[str, Callable[[Workbench], object]] = {
    "a merge": lambda bench: bench.members.merge(1, 2),
    "a letter taken in": lambda bench: bench.intake.take(1, [said("n1", NOW, "One more", "who1")]),
    "the same again": lambda bench: bench.intake.take(1, [said("1", NOW - 600, "Edited meanwhile", "who1")]),
    "done": lambda bench: bench.inbox.done([1, 2]),
    "labels": lambda bench: bench.inbox.label([1, 2], ["later"]),
    "undone": _undone,
    "somebody forgotten": lambda bench: bench.forgetting.forget(3),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_of_ours_is_a_false_alarm(bench: Workbench, deed: str) -> None:
    fill(bench)
    look(bench)
    DEEDS[deed](bench)
    assert look(bench).broken == ()


@pytest.mark.slow
def test_a_year_of_the_demo_is_sealed_and_fits_after_it_was_used(profile: Profile) -> None:
    build(profile)
    bench = Workbench(profile)
    try:
        assert look(bench).broken == ()
        bench.inbox.wake(clock.now() + 30 * 86_400)
        bench.involvement.recount()
        bench.gifts.lapse()
        bench.addresses.run(clock.now() + 90 * 86_400)
        assert look(bench).broken == ()
    finally:
        bench.close()


def test_a_backup_has_no_seals_and_neither_has_what_is_restored(bench: Workbench) -> None:
    fill(bench)
    look(bench)
    copy = bench.backups.make()
    with closing(connect(copy.file)) as conn:
        assert conn.execute("SELECT count(*) FROM seal").fetchone() == (0,)


def test_it_stops_when_it_is_told_to(bench: Workbench) -> None:
    fill(bench)
    assert seals.look(bench.store.path, bench.store.write, lambda: True).sealed == 0
