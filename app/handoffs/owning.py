"""Who answers for the account or the subject comes first among those whom a conversation can be handed to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.base.text import words
from app.responsible import Responsible
from app.teammates import Suggestion, Teammate, is_away, serving, speaks_of


def owners_first(
    people: Sequence[Suggestion],
    everyone: Iterable[Teammate],
    owners: Iterable[Responsible],
    about: tuple[str, str],
    day: date,
) -> list[Suggestion]:
    """The same people, those first who answer for what is in the words, then who answers for the account.

    `about` are the words and the account's name. Whoever is away is stood in for by whom the register names, else by
    their own stand-in; if nobody is there they keep their place. The manager's own matters change nothing.
    """
    text, account = about
    folded, by_id = words(text), {mate.id: mate for mate in everyone}
    first = list[Suggestion]()
    for owner in sorted(owners, key=lambda one: bool(one.account)):
        concerned = owner.account == account if owner.account else speaks_of(folded, owner.subject)
        mate = by_id.get(owner.teammate_id or 0)
        if not concerned or mate is None or mate.archived:
            continue
        there = _there(mate, by_id.get(owner.stand_in_id or 0), by_id, day)
        if there is not None and all(one.teammate.id != there.id for one in first):
            known = next((one for one in people if one.teammate.id == there.id), None)
            found = known or Suggestion(there, None, (), speaks=False)
            first.append(replace(found, instead_of=mate if mate.id != there.id else None, owns=owner.what))
    taken = {one.teammate.id for one in first}
    return [*first, *(one for one in people if one.teammate.id not in taken)]


def _there(mate: Teammate, stand_in: Teammate | None, by_id: dict[int, Teammate], day: date) -> Teammate | None:
    """Who is there for it on that day; None if nobody is."""
    if not is_away(mate, day):
        return mate
    if stand_in is not None and not stand_in.archived and not is_away(stand_in, day):
        return stand_in
    there = serving(mate, by_id, day)
    return None if is_away(there, day) else there
