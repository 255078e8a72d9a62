"""Private letters that begin with a template's words, in their receiver's language. Nothing is sent by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.base import resources
from app.base.errors import UserError
from app.base.words import tr
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.store.store import Store
from app.templates import Templates, read

_ENGLISH = "en"


class Desks(Protocol):
    """The desks that whoever writes so joins."""

    @property
    def store(self) -> Store:
        """The open file."""
        ...

    @property
    def templates(self) -> Templates:
        """Templates."""
        ...

    @property
    def letters(self) -> Letters:
        """New messages."""
        ...


class Writer:
    """Begins letters to members with a template's words, in each one's language."""

    def __init__(self, desks: Desks, starter: str) -> None:
        """`starter` is the file of starter templates that is brought in from."""
        self._desks, self._starter = desks, starter

    def template(self, key: str) -> int:
        """The id of the template with this key; one of ours that is not there yet is brought in."""
        desk = self._desks.templates
        found = [one.id for one in desk.all() if one.key == key]
        if not found:
            ours = read(resources.ROOT.joinpath("starter", self._starter).read_text("utf-8"))
            with self._desks.store.write():
                desk.bring_in([one for one in ours if one.key == key])
            found = [desk.get(key).id]
        return found[0]

    def words(self, key: str, member_id: int, more: Mapping[str, str], language: str = "") -> tuple[str, str, int]:
        """The template's words for a member, their language (English where it has none), and the template's id."""
        number = self.template(key)
        picked = self._desks.templates.pick_for_member(number, member_id, language, more)
        picked = picked or self._desks.templates.pick_for_member(number, member_id, _ENGLISH, more)
        if picked is None:  # the person has taken the English text out of it
            msg = tr("The template “{name}” has no text in English or their language. Add one first.")
            raise UserError(msg.format(name=self._desks.templates.get(number).name))
        return picked.filled.text, picked.text.language, number

    def draft(self, member_id: int, linked_id: int | None = None) -> LetterDraft:
        """A private draft to a member, begun before or new. Raises UserError if they are not to be written to."""
        name = self.reachable_name(member_id)
        if not self._desks.letters.reaches(member_id):
            msg = tr("There's no way to write to {name} in private yet. Add an e-mail address first.")
            raise UserError(msg.format(name=name))
        return self._desks.letters.to_member(member_id, linked_id)

    def reachable_name(self, member_id: int) -> str:
        """Raise UserError if a member asked not to be contacted; else their name."""
        row = self._desks.store.read.execute(
            "SELECT name, do_not_contact FROM member WHERE id = ?", (member_id,)
        ).fetchone()
        if row is not None and row["do_not_contact"]:
            msg = tr("{name} asked not to be contacted, so there's no draft to them.")
            raise UserError(msg.format(name=row["name"]))
        return str(row["name"]) if row is not None else ""
