"""Build the demo community in a profile, through the desks, as the person would have done it, with past timestamps.

Desks read committed data, so each step is a transaction of its own. None has a title, as a fresh demo has nothing to
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
from app.demo import (
    address_book,
    asking,
    between,
    brought,
    caring,
    facts,
    files,
    giveaways,
    guides,
    hours,
    kindness,
    known,
    letters,
    own_posts,
    people,
    returned,
    ruling,
    talk,
    upstream,
    works,
)
from app.demo.planting import Planting
from app.store import making
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
    "google": ("google_reviews", "Google reviews"),
    "whatsapp": ("whatsapp", "WhatsApp"),
    "in_person": ("in_person", "In person"),
    "board": ("demo", "Swap board"),
}
_BY_HAND = {
    "facebook": "https://sitrona.example/facebook",
    "google": "https://sitrona.example/maps",
    "whatsapp": "https://wa.me/3545550100",
}
"""The page address of each assisted account."""
_FACTS = {
    "mastodon": {"limit": "500"},
    "forum": {"venues": '[["4", "Announcements"], ["6", "Recipes"], ["7", "Help"]]'},
    "chat": {"venues": '[["301", "#news"], ["302", "#recipes"]]'},
}
"""Facts that a check of the account would find: 500 characters is Mastodon's default limit, `venues` are where posts of
ours can go."""

_FIELDS = {
    "whatsapp": {"number": "+354 555 0100"},
    "email": {"address": talk.OWN[0], "aliases": f"Marta z limonádovny <{talk.OWN[1]}>", "name": COMMUNITY},
}
"""What the forms of accounts would hold: one mailbox with two addresses."""
_SIGNATURES = {
    "": "Sítróna\nLemonade, and people who like it\nhttps://sitrona.example",
    "cs": "Vaše Sítróna\nlimonáda a lidé kolem ní\nhttps://sitrona.example",
}
"""By language; "" for any other."""

_NOTES = {
    "mastodon": (
        "Everybody is on first-name terms here. No discount codes: they get us muted.\n"
        "Ask before you boost a picture with children in it."
    ),
}
"""What the manager has noted about the manners of a place."""


def throwaway() -> Profile:
    """Create a profile with the demo in the system's temporary folder."""
    profile = Profile(Path(tempfile.mkdtemp(prefix="rapport-demo-")))
    with taken_away_unless_whole(profile):
        build(profile)
    return profile


@contextmanager
def taken_away_unless_whole(profile: Profile) -> Iterator[None]:
    """Delete the profile's new files if the block raises, also by Ctrl+C, which may come at any instant.

    A half-built, empty community would look like one without open conversations. The folder is removed too if it is
    empty. Files that existed before the block stay: a WAL without its database may be the only copy of some data.
    """
    names = [profile.file.with_name(profile.file.name + ending) for ending in ("", "-wal", "-shm")]
    ours = [name for name in names if not os.path.lexists(name)]
    temporary = set(making.temporary_files(profile.file))
    try:
        yield
    except BaseException:
        for name in (*ours, *(set(making.temporary_files(profile.file)) - temporary)):
            name.unlink(missing_ok=True)
        with suppress(OSError):  # it is not empty, or was never created
            profile.folder.rmdir()
        raise


def build(profile: Profile, now: int | None = None) -> None:
    """Build the demo community in an empty profile; its times are relative to `now` (Unix seconds)."""
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
    """Create accounts, settings, guides and members."""
    for key, (kind, name) in ACCOUNTS.items():
        planting.accounts[key] = planting.bench.accounts.add_demo(
            kind, name, COMMUNITY, at=planting.moment("-430d"), ok_at=planting.moment("-4m"),
            page=_BY_HAND.get(key, ""), facts=_FACTS.get(key), fields=_FIELDS.get(key),
        )  # fmt: skip
    for key, words in _NOTES.items():
        planting.bench.accounts.notes.put(planting.accounts[key], words, ACCOUNTS[key][1])
    for language, words in _SIGNATURES.items():
        planting.bench.accounts.signatures.put(planting.accounts["email"], "", language, words)
    for setting, value in (("community", COMMUNITY), ("speaks_as", COMMUNITY), ("currency", "EUR")):
        planting.bench.settings.put(setting, value)
    hours.plant(planting)
    guides.plant(planting)
    people.plant(planting, {key: kind for key, (kind, _) in ACCOUNTS.items()})


def _talk(planting: Planting) -> None:
    guides.plant_stand_ins(planting)
    guides.plant_responsible(planting)
    talk.plant(planting)
    letters.plant(planting)
    giveaways.plant(planting)


def _decide(planting: Planting) -> None:
    """Create the person's decisions about each conversation."""
    talk.plant_decisions(planting)
    brought.plant(planting)
    files.plant(planting)  # after what is reopened there: an old letter of these stays done
    kindness.plant(planting)
    asking.plant(planting)
    upstream.plant(planting)
    between.plant(planting)
    giveaways.plant_entries(planting)


def _answer(planting: Planting) -> None:
    """Create the outcomes, and what is begun and not sent."""
    files.plant_with_templates(planting)
    kindness.plant_drafts(planting)
    kindness.plant_answers(planting)
    hours.plant_work(planting)
    works.plant(planting)
    facts.plant(planting)
    upstream.plant_outcomes(planting)
    between.plant_answers(planting)
    giveaways.plant_closing(planting)


def _close(planting: Planting) -> None:
    own_posts.plant(planting)
    kindness.plant_closings(planting)
    kindness.plant_budget(planting)
    kindness.plant_kind_words(planting)
    ruling.plant(planting)
    ruling.plant_keeping(planting)
    facts.plant_told(planting)
    caring.plant(planting)
    returned.plant(planting)
    address_book.plant(planting)
    known.plant(planting)
    between.plant_meeting(planting)
    works.plant_answers(planting)
    giveaways.plant_draw(planting)


__all__ = ["ACCOUNTS", "COMMUNITY", "build", "taken_away_unless_whole", "throwaway"]
