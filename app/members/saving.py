"""What a form or a command says about a member, written as one action: details by column, own fields by their id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.words import tr
from app.members.desk import Members
from app.members.own import fill
from app.store.store import Store


def save(store: Store, members: Members, number: int | None, values: Mapping[str | int, Any]) -> int:
    """Change a member, or add one where there is no number; returns the id.

    Keys are columns (see `app.members.facts`) and ids of own fields. Raises UserError as both refuse; then nothing is
    written.
    """
    details = {key: value for key, value in values.items() if isinstance(key, str)}
    own = members.own.checked({key: str(value) for key, value in values.items() if isinstance(key, int)})
    if number is None:
        name = str(details.pop("name", ""))
        with store.write(tr("New member: {name}").format(name=name.strip())) as conn:
            made = members.add(name, **details)
            fill(conn, made, own)
            return made
    with store.write(tr("Changed member: {name}").format(name=members.get(number).name)) as conn:
        members.edit(number, details)
        if own:
            fill(conn, number, own)
    return number
