"""A restore while the desk is lent: the copy keeps the pen, and its work still comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.safety import backup
from app.workbench import Workbench
from tests.app.lending.conftest import Open, a_week, waiting_talks
from tests.app.lending.test_desk import alike


def test_an_older_backup_does_not_bring_the_pen_home(home: Workbench, open_desk: Open, stick: Path) -> None:
    older = backup.make(home.store, home.profile).file
    home.members.add("Newer than the backup")
    copy = open_desk(home.lending.lend(stick, "Katerina"))
    home.close()
    backup.bring_back(home.profile, older)
    again = open_desk(home.profile)
    with pytest.raises(DiskError, match="lent to Katerina"):
        again.inbox.done(waiting_talks(again)[:1])
    a_week(copy)
    copy.lending.hand_back()
    copy.close()
    again.lending.take_back(stick)
    alike(home.profile.file, stick / "community.rapport")


def test_a_backup_of_a_lent_desk_opens_after_a_forgetting(home: Workbench, open_desk: Open, stick: Path) -> None:
    name = home.members.get(5).name
    home.lending.lend(stick, "Katerina")
    made = backup.make(home.store, home.profile).file
    home.lending.take_back_alone()
    home.forgetting.forget(5)
    kept = made.with_name("of-the-loan.rapport")
    made.rename(kept)
    home.close()
    backup.bring_back(home.profile, kept)
    again = open_desk(home.profile)
    assert again.members.get(5).name != name
