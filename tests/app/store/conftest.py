"""What tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base.paths import Profile
from app.store.changes import Changes
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import NOW, account, said


@pytest.fixture
def heard(store: Store) -> list[Changes]:
    """What listeners of the store have been told, in order."""
    found: list[Changes] = []
    store.listen(found.append)
    return found


@pytest.fixture
def bench(profile: Profile) -> Iterator[Workbench]:
    """The whole product on a file in which two people have written."""
    made = Workbench(profile)
    made.intake.take(account(made.store), [said("1", NOW, thread="t"), said("2", NOW + 60, who="béla", thread="u")])
    yield made
    made.close()


@pytest.fixture(autouse=True)
def copied_schema() -> None:
    """Here each new file runs every step of the schema."""
