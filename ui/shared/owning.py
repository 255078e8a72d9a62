"""The two list boxes that set who's responsible for an account or a subject, and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look.text import tr
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from app.responsible import Responsible
    from app.workbench import Workbench

NOBODY, ME = "", "me"


def owner_choices(bench: Workbench, known: Responsible | None) -> tuple[Choice, Choice]:
    """Who answers and who stands in, with what is noted so far."""
    mates = [(str(mate.id), mate.name) for mate in bench.teammates.all()]
    who = NOBODY if known is None else ME if known.teammate_id is None else str(known.teammate_id)
    stand_in = "" if known is None or known.stand_in_id is None else str(known.stand_in_id)
    owner = Choice([(NOBODY, tr("Nobody in particular")), (ME, tr("You")), *mates], who)
    return owner, Choice([("", tr("Nobody")), *mates], stand_in)


def keep_owner(
    bench: Workbench, about: int | str, known: Responsible | None, owner: Choice, stand_in: Choice
) -> None:  # fmt: skip
    """Save what was chosen for an account (its id) or a subject; nothing where it is as before. Raises UserError."""
    key, instead = owner.key(), int(stand_in.key()) if stand_in.key() else None
    if key == NOBODY:
        if known is not None:
            bench.responsible.clear(known.id)
        return
    mate = None if key == ME else int(key)
    if known is not None and (known.teammate_id, known.stand_in_id) == (mate, instead):
        return
    if isinstance(about, int):
        bench.responsible.set_account(about, mate, instead)
    else:
        bench.responsible.set_subject(about, mate, instead)
