"""A command as data: what it is called, its keys, where it works, and what its keys mean."""

from __future__ import annotations

from typing import NamedTuple

from app.base.words import N_

EVERYWHERE = "everywhere"


class Command(NamedTuple):
    """A command. `where` has page ids or EVERYWHERE; `group` is its heading in the key sheet."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    where: tuple[str, ...] = (EVERYWHERE,)
    icon: str = ""
    group: str = N_("Anywhere")
    help: str = ""
    listed: bool = True
    """Whether the palette lists it; moving the selection is not worth a row there."""
    meaning: str = ""
    """What its keys mean on every page, where other pages have another command on them: "edit", "new", "save"."""

    @property
    def sense(self) -> str:
        """What its keys mean on every page: its `meaning`, else it is the only one with them."""
        return self.meaning or self.id

    @property
    def writes(self) -> bool:
        """Whether words are typed next: letters that follow are meant for these, also where it is refused."""
        return self.id in _WRITING

    @property
    def repeats(self) -> bool:
        """Whether it repeats while its key is held down."""
        return self.id in _REPEATING


_WRITING = (
    "new_message", "new_post", "reply", "reply_all", "reply_list", "forward", "to_private", "write_member",
    "write_down", "note", "correct", "template", "handoff", "gift",
)  # fmt: skip
_REPEATING = ("next", "previous", "extend_down", "extend_up", "larger", "smaller")
