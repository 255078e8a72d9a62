"""Look up a name that has to exist: filtering by a misspelt label would silently show an empty list."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import NotFoundError
from app.base.text import fold
from app.base.words import counted, tr

_MAX_NAMES_LISTED = 12


def known(what: str, typed: str, names: Sequence[str]) -> str:
    """The existing name that `typed` stands for: itself, or the only one that differs just in case or accents.

    `what` is the noun for the error, marked with N_. Raises NotFoundError, with close or existing names, otherwise.
    """
    if typed in names:
        return typed
    same = [name for name in names if fold(name) == fold(typed)]
    if len(same) == 1:
        return same[0]
    msg = tr("There's no {what} “{typed}”. {advice}").format(what=tr(what), typed=typed, advice=_instead(typed, names))
    raise NotFoundError(msg)


def _instead(typed: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  2 ms, needed only for a wrong name

    folded = {fold(name): name for name in names}
    close = [folded[name] for name in get_close_matches(fold(typed), folded, n=3, cutoff=0.6)]
    if close:
        return tr("Did you mean {names}?").format(names=tr(" or ").join(close))
    if not names:
        return tr("There are none yet.")
    first, others = ", ".join(names[:_MAX_NAMES_LISTED]), len(names) - _MAX_NAMES_LISTED
    if others > 0:
        return counted(
            others, "Choose from: {names} and {count} other.", "Choose from: {names} and {count} others.", names=first
        )
    return tr("Choose from: {names}.").format(names=first)
