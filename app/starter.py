"""Starter content for a new community: a small voice guide and templates in five languages, meant to be edited."""

from __future__ import annotations

from app import templates, voice
from app.base import resources
from app.store.sqlite import scalar
from app.store.store import Store


def wanted(store: Store) -> bool:
    """Whether the file has a real account but neither guide nor template; False in the demo, which has its own."""
    return bool(
        scalar(
            store.read,
            "SELECT EXISTS (SELECT 1 FROM account WHERE mode <> 'demo') AND NOT EXISTS (SELECT 1 FROM voice_guide)"
            " AND NOT EXISTS (SELECT 1 FROM template) AND NOT EXISTS (SELECT 1 FROM account WHERE mode = 'demo')",
        )
    )


def fill(store: Store, guide: voice.Voice, answers: templates.Templates) -> None:
    """Add the starter guide and templates. Not recorded as an action, so undo skips it."""
    with store.write() as conn:
        if scalar(conn, "SELECT EXISTS (SELECT 1 FROM voice_guide)"):
            return  # another process has just done it
        guide.bring_in(voice.read(_text("voice.toml")))
        answers.bring_in(templates.read(_text("templates.toml")))


def _text(name: str) -> str:
    return resources.ROOT.joinpath("starter", name).read_text("utf-8")
