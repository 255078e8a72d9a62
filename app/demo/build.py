"""Planting the demo community into a profile: through the desks, as the person would have done it all, in its time.

Desks read what is committed, so each step is a transaction of its own. None has a title: a fresh demo has nothing to
undo.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.base import clock, resources
from app.base.paths import Profile
from app.demo import guides, kindness, people, talk, upstream
from app.demo.planting import Planting
from app.workbench import Workbench

COMMUNITY = talk.COMMUNITY
ACCOUNTS = {
    "blog": ("wordpress", "Blog"),
    "forum": ("discourse", "Forum"),
    "facebook": ("facebook", "Facebook"),
    "instagram": ("instagram", "Instagram"),
    "mastodon": ("mastodon", "Mastodon"),
    "email": ("email", "E-mail"),
    "chat": ("discord", "Chat"),
    "in_person": ("in_person", "In person"),
}
_BY_HAND = {"facebook": "https://sitrona.example/facebook"}
"""Places where the person posts, and their pages."""
_FACTS = {"mastodon": {"limit": "500"}}
"""What a check of the account would find: Mastodon's servers take 500 characters, where nobody has changed it."""


def throwaway() -> Profile:
    """A fresh profile in the system's folder for things that may vanish, with the demo in it."""
    profile = Profile(Path(tempfile.mkdtemp(prefix="rapport-demo-")))
    with taken_away_unless_whole(profile):
        build(profile)
    return profile


@contextmanager
def taken_away_unless_whole(profile: Profile) -> Iterator[None]:
    """What is made of a profile within the block goes again where the block is left by an error or by Ctrl+C.

    An empty community would look like one in which nobody waits. The folder goes too, where nothing else is in it.
    What was there before the block stays: a log without its file may hold words that are nowhere else.
    """
    names = [profile.file.with_name(profile.file.name + ending) for ending in ("", "-wal", "-shm")]
    ours = [name for name in names if not os.path.lexists(name)]
    try:
        yield
    except BaseException:
        for name in ours:
            name.unlink(missing_ok=True)
        with suppress(OSError):  # something else lies there, or it was never made
            profile.folder.rmdir()
        raise


def build(profile: Profile, now: int | None = None) -> None:
    """Write the demo community into an empty profile, as seen from `now` (Unix seconds)."""
    bench = Workbench(profile)
    try:
        planting = Planting(
            bench,
            clock.local(clock.now() if now is None else now),
            talks=resources.tables("demo", "conversations_*.toml", "conversation"),
            people={who["key"]: who for who in resources.tables("demo", "members_*.toml", "member")},
        )
        for step in (_begin, _talk, _decide, _answer, _close):
            with bench.store.write():
                step(planting)
    finally:
        bench.close()


def _begin(planting: Planting) -> None:
    """Who we are, and who they are."""
    for key, (kind, name) in ACCOUNTS.items():
        planting.accounts[key] = planting.bench.accounts.add_demo(
            kind, name, COMMUNITY, at=planting.moment("-430d"), ok_at=planting.moment("-4m"),
            page=_BY_HAND.get(key, ""), facts=_FACTS.get(key),
        )  # fmt: skip
    for setting, value in (("community", COMMUNITY), ("speaks_as", COMMUNITY), ("currency", "EUR")):
        planting.bench.settings.put(setting, value)
    guides.plant(planting)
    people.plant(planting, {key: kind for key, (kind, _) in ACCOUNTS.items()})


def _talk(planting: Planting) -> None:
    guides.plant_stand_ins(planting)
    talk.plant(planting)


def _decide(planting: Planting) -> None:
    """What the person did about each conversation."""
    talk.plant_decisions(planting)
    kindness.plant(planting)
    upstream.plant(planting)


def _answer(planting: Planting) -> None:
    """What came of it."""
    kindness.plant_answers(planting)
    upstream.plant_outcomes(planting)


def _close(planting: Planting) -> None:
    kindness.plant_closings(planting)
    kindness.plant_budget(planting)


__all__ = ["ACCOUNTS", "COMMUNITY", "build", "taken_away_unless_whole", "throwaway"]
