"""What a community of one's own begins with: a small voice guide and some templates in five languages, to change."""

from __future__ import annotations

from app import templates, voice
from app.base import resources
from app.store.store import Store


def wanted(store: Store) -> bool:
    """Whether there is an account of one's own and no guide was ever here; never in the demo, which has its own."""
    row = store.read.execute(
        "SELECT EXISTS (SELECT 1 FROM account WHERE mode <> 'demo') AND NOT EXISTS (SELECT 1 FROM voice_guide)"
        " AND NOT EXISTS (SELECT 1 FROM template) AND NOT EXISTS (SELECT 1 FROM account WHERE mode = 'demo')"
    ).fetchone()
    return bool(row[0])


def fill(store: Store, guide: voice.Voice, answers: templates.Templates) -> None:
    """Write both; not an action of the person, so an undo goes past it."""
    with store.write() as conn:
        if conn.execute("SELECT EXISTS (SELECT 1 FROM voice_guide)").fetchone()[0]:
            return  # another process was quicker
        guide.bring_in(voice.read(_text("voice.toml")))
        answers.bring_in(templates.read(_text("templates.toml")))


def _text(name: str) -> str:
    return resources.ROOT.joinpath("starter", name).read_text("utf-8")
