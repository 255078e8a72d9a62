"""What was open when another program replaced the file is kept, and the file that is there now waits for a word."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.safety.differing import compare
from app.store import verify
from app.store.manifest import sha256
from app.voice import Draft
from app.workbench import Workbench


@pytest.fixture
def replaced(demo_profile: Profile, tmp_path: Path) -> Iterator[Workbench]:
    """A community in which a member was added, and in whose place a copy lies to which another was added elsewhere."""
    there = Profile(tmp_path / "there")
    there.folder.mkdir()
    shutil.copyfile(demo_profile.file, there.file)
    with closing(Workbench(there)) as other:
        other.members.add("Met elsewhere")
    bench = Workbench(demo_profile)
    bench.members.add("Met here")
    there.file.replace(demo_profile.file)
    yield bench
    bench.close()


def names(bench: Workbench) -> set[str]:
    return {row.name for row in bench.members.rows(bench.members.find()) if row.name.startswith("Met")}


def test_closing_keeps_what_was_open(replaced: Workbench) -> None:
    profile = replaced.profile
    replaced.close()
    (kept,) = profile.replaced
    with closing(Workbench(profile)) as now:
        assert names(now) == {"Met elsewhere"}
        told = compare(profile.file, kept)
        assert told is not None
        assert told.back.members == 1
        now.lending.add(kept)
        assert names(now) == {"Met elsewhere", "Met here"}


def test_it_is_kept_once_with_last_words(replaced: Workbench) -> None:
    assert replaced.replaced.line() == "It is being kept as a backup."
    kept = replaced.replaced.keep()
    assert kept is not None
    assert replaced.replaced.keep() == kept
    assert f"It is kept as the backup {kept.name}." in replaced.replaced.line()
    with replaced.store.place.last_words():
        replaced.members.add("Met last")
    assert {"Met here", "Met last"} <= names(replaced)
    assert verify.digest_of(kept) == ""
    replaced.close()
    assert replaced.profile.replaced == [kept]
    assert verify.digest_of(kept) == sha256(kept)
    assert verify.fault(kept) == ""


def test_the_file_that_is_there_now_is_on_hold_until_the_person_says_so(replaced: Workbench) -> None:
    talk = replaced.inbox.next_needing()
    assert talk is not None
    replaced.replaced.keep()
    replaced.close()
    with closing(Workbench(replaced.profile)) as now:
        assert now.standstill
        assert now.standstill.title() == "Another program put this file in the place of the one that was open."
        waiting = now.standstill.waiting()
        now.outbox.submit(now.voice.clear(Draft("Takk!", "is"), reason="test"), talk, hold_seconds=0)
        assert now.outbox.due() == []
        assert now.standstill.release() in (waiting, waiting + 1)  # the new one too, if it is of the same second
    with closing(Workbench(replaced.profile)) as later:
        assert not later.standstill


def test_a_backup_that_cannot_be_made_is_said_and_tried_again(replaced: Workbench) -> None:
    folder = replaced.profile.backups
    folder.write_text("in the way")
    assert replaced.replaced.keep() is None
    assert replaced.replaced.line().startswith("What you see here couldn't be kept as a backup.")
    assert "Copy what you are typing" in replaced.replaced.line()
    folder.unlink()
    assert replaced.replaced.keep() is not None
    assert replaced.replaced.trouble == ""


def test_a_file_that_was_not_replaced_is_not_kept_or_held(demo_profile: Profile) -> None:
    with closing(Workbench(demo_profile)) as bench:
        assert not bench.replaced.is_so()
        assert not bench.standstill
    assert demo_profile.replaced == []


def test_a_file_that_was_only_away_for_a_while_is_not_held(demo_profile: Profile, tmp_path: Path) -> None:
    with closing(Workbench(demo_profile)) as bench:
        bench.members.add("Met before")
        demo_profile.file.rename(tmp_path / "away")
        assert bench.replaced.keep() is not None
        (tmp_path / "away").rename(demo_profile.file)
        assert bench.store.poll_other_processes()
        bench.is_back()
        assert demo_profile.replaced == []
        (made,) = demo_profile.backups.glob("community-*.rapport")
        assert verify.fault(made) == ""
        bench.members.add("Met after")
    with closing(Workbench(demo_profile)) as again:
        assert not again.standstill
        assert names(again) == {"Met before", "Met after"}
