"""The file is looked through by itself: quickly after a start, all of it once a week; what is wrong is kept in mind."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.intake import messages
from app.repair import READ, repair
from app.safety import audit, checkup
from app.store.sqlite import Connection, Row, connect
from app.workbench import Workbench
from tests.app.repair.damaging import page_of
from tests.app.saying import account, said

NOW, DAY = 1_795_000_000, 86_400


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    place = account(bench.store)
    bench.intake.take(
        place, [said(str(at), NOW - at * 600, f"Hello {at}, dear all", f"who{at % 7}") for at in range(50)]
    )
    return bench


def flip(path: Path, sql: str) -> None:
    with closing(connect(path, isolation_level=None)) as conn:
        assert conn.execute(sql).rowcount == 1


LETTER = "UPDATE message SET text = replace(text, 'dear', 'deer') WHERE text LIKE 'Hello 7,%'"


def test_a_sound_file_has_no_trouble_and_is_looked_at_again_in_a_week(filled: Workbench) -> None:
    filled.audit.see_to(NOW)
    assert filled.file_trouble() == ""
    flip(filled.store.path, LETTER)
    filled.audit.see_to(NOW + 6 * DAY)
    assert filled.file_trouble() == ""
    filled.audit.see_to(NOW + 7 * DAY)
    assert re.fullmatch(
        r"Some messages of 2026-11-\d\d \d\d:\d\d to 2026-11-\d\d \d\d:\d\d aren't as Rapport wrote them\.",
        filled.file_trouble(),
    )


def test_trouble_is_kept_in_mind_until_a_look_finds_none(filled: Workbench) -> None:
    filled.audit.look(NOW)
    flip(filled.store.path, LETTER)
    assert filled.audit.look(NOW + 1)
    profile = filled.profile
    filled.close()
    again = Workbench(profile)
    try:
        assert again.file_trouble()
        flip(again.store.path, LETTER.replace("'dear', 'deer'", "'deer', 'dear'"))
        assert again.audit.look(NOW + 2) == ""
        assert again.file_trouble() == ""
    finally:
        again.close()


def test_what_was_written_since_is_sealed_within_a_day(filled: Workbench) -> None:
    filled.audit.see_to(NOW)
    filled.intake.take(1, [said("new", NOW, "Written since, dear all", "who1")])
    filled.audit.see_to(NOW + DAY - 1)
    assert filled.audit.look(NOW + DAY - 1) == ""
    filled.intake.take(1, [said("newer", NOW + 1, "Written later, dear all", "who2")])
    filled.audit.see_to(NOW + 2 * DAY)
    flip(filled.store.path, "UPDATE message SET text = 'Written later, deer all' WHERE text LIKE 'Written later%'")
    assert filled.audit.look(NOW + 2 * DAY)


def test_a_message_that_the_search_lacks_is_found_where_it_is_looked_for_thoroughly(filled: Workbench) -> None:
    with filled.store.write() as conn:
        number, words = conn.execute("SELECT id, text FROM message LIMIT 1").fetchone()
        conn.execute("UPDATE message SET text = ? WHERE id = ?", (words, number))
        messages.forget_words(conn, number)
    assert filled.audit.look(NOW) == ""
    assert f"M-{number}" in filled.audit.look(NOW, thoroughly=True)


def test_a_clock_that_went_back_does_not_put_the_look_off(filled: Workbench) -> None:
    filled.audit.see_to(NOW + 400 * DAY)
    flip(filled.store.path, LETTER)
    filled.audit.see_to(NOW)
    assert filled.file_trouble()


def test_a_look_that_is_stopped_says_nothing_of_the_rest(filled: Workbench) -> None:
    filled.audit.look(NOW, lambda: True)
    filled.audit.see_to(NOW + 1)
    flip(filled.store.path, LETTER)
    filled.audit.see_to(NOW + 2)
    assert filled.file_trouble() == ""  # it was looked at as a whole a moment before, and is again in a week


def test_damaged_pages_are_found_at_the_quick_look(profile: Profile) -> None:
    bench = Workbench(profile)
    place = account(bench.store)
    bench.intake.take(
        place, [said(str(at), NOW - at * 600, "Hello there, dear all" * 9, f"w{at}") for at in range(400)]
    )
    bench.audit.see_to(NOW)
    bench.store.empty_log()
    bench.close()
    content = bytearray(profile.file.read_bytes())
    at = page_of(profile.file, "attachment_bytes")
    content[at : at + 8192] = bytes(8192)
    profile.file.write_bytes(content)
    bench = Workbench(profile)
    try:
        bench.audit.see_to(NOW + 1)
        assert bench.file_trouble()
    finally:
        bench.close()


def test_a_flipped_letter_is_put_right_from_a_backup_that_proves_it(filled: Workbench) -> None:
    profile = filled.profile
    filled.backups.make()
    with filled.store.write("Changed") as conn:
        conn.execute("UPDATE message SET text = 'Written since' WHERE text LIKE 'Hello 8,%'")
    filled.audit.look(NOW)
    flip(filled.store.path, LETTER)
    assert filled.audit.look(NOW + 1)
    filled.close()
    assert any(fault.rule == "seals" for fault in checkup.check_file(profile.file).faults)
    done = repair(profile)
    assert done.way == READ
    assert any("1 row that the disk had changed was put right from a backup." in line for line in done.lines)
    with closing(connect(profile.file)) as conn:
        texts = {text for (text,) in conn.execute("SELECT text FROM message")}
        assert audit.trouble(conn_with_names(conn)) == ""
    assert {"Hello 7, dear all", "Written since"} <= texts
    assert checkup.check_file(profile.file).sound


def test_without_a_backup_that_proves_it_where_to_look_is_said(filled: Workbench) -> None:
    profile = filled.profile
    filled.audit.look(NOW)
    flip(filled.store.path, LETTER)
    filled.store.empty_log()
    filled.close()
    done = repair(profile)
    assert any("and no backup shows what they said" in line for line in done.lines)
    assert "Nothing was lost." not in done.lines
    assert checkup.check_file(profile.file).sound


def conn_with_names(conn: Connection) -> Connection:
    conn.row_factory = Row
    return conn
