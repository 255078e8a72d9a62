"""Names that the person typed and that must be there already: a filter by one that is not would show an empty list."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import NotFoundError
from app.base.text import fold
from app.base.words import counted, tr

_NAMED = 12


def known(what: str, typed: str, names: Sequence[str]) -> str:
    """The name that was meant: the one typed, or the only one that is the same but for case and accents.

    NotFoundError, naming those that are close or those that there are, where it is none of them.
    """
    if typed in names:
        return typed
    same = [name for name in names if fold(name) == fold(typed)]
    if len(same) == 1:
        return same[0]
    msg = tr("There's no {what} “{typed}”. {advice}").format(what=tr(what), typed=typed, advice=_instead(typed, names))
    raise NotFoundError(msg)


def _instead(typed: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  2 ms that only a wrong name pays

    folded = {fold(name): name for name in names}
    close = [folded[name] for name in get_close_matches(fold(typed), folded, n=3, cutoff=0.6)]
    if close:
        return tr("Did you mean {names}?").format(names=tr(" or ").join(close))
    if not names:
        return tr("There are none yet.")
    first, others = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if others > 0:
        return counted(
            others, "Choose from: {names} and {0} other.", "Choose from: {names} and {0} others.", names=first
        )
    return tr("Choose from: {names}.").format(names=first)
