"""What the person is told when something went wrong that is a bug of ours: one set of sentences for every face."""

from __future__ import annotations

from pathlib import Path

from app.base.words import N_, tr

WHILE_READING = N_("Something went wrong in Rapport while reading this account. Details are in the log.")
WHILE_MODERATING = N_("Something went wrong in Rapport while doing this. Details are in the log. You can try again.")
_LOGGED = N_("Something went wrong in Rapport itself; it's not your fault. Details are in the log.")
_LOGGED_AT = N_("Something went wrong in Rapport itself; it's not your fault. Details are in the log: {log}.")
_NOT_LOGGED = N_("Something went wrong in Rapport itself; it's not your fault. The log couldn't be written to {log}.")


def our_mistake(log: Path | None = None, *, logged: bool = True) -> str:
    """The sentence for a bug of ours, with the path of the `log` if it is known; `logged`: whether it could be written.

    It promises nothing about the file, of which a bug tells nothing.
    """
    if log is None:
        return tr(_LOGGED)
    return tr(_LOGGED_AT if logged else _NOT_LOGGED).format(log=log)
