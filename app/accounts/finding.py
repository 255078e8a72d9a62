"""What a channel finds out about an account from the first fields of its form, before anybody logs in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from app.channels.base import Channel, Suggested
from app.channels.registry import offered


def find(kind: str, fields: Mapping[str, str]) -> Suggested:
    """Look up what the channel can find for these values of its form's `first` fields. Blocks for some seconds.

    Raises UserError if one of them is missing or invalid; a channel that finds nothing suggests nothing.
    """
    if not offered(kind).finds:
        return Suggested({}, "")
    found: Suggested = import_module(f"app.channels.{kind}").find(dict(fields))
    return found


def is_open(of: Channel, fields: Mapping[str, str]) -> bool:
    """Whether there is something to look up: the person has not entered what counts, such as a server."""
    return bool(of.finds) and not fields.get(of.finds[0], "").strip()


def filled(of: Channel, fields: Mapping[str, str], found: Suggested) -> dict[str, str]:
    """The fields with what was found; what the person entered otherwise than it was stays."""
    defaults = {field.key: field.default for field in of.fields}
    entered = {key: value for key, value in fields.items() if value and value != defaults.get(key, "")}
    return {**fields, **found.fields, **entered}


def ways_in(of: Channel, browser: str) -> tuple[str, ...]:
    """The values to choose from of the field that says how one logs in; () for a channel without such a field.

    `browser` is the one of them by which one signs in with the browser there (`Suggested.browser`): no other
    provider's fits then. "" where that is not known: all are offered.
    """
    choices = next((field.choices for field in of.fields if field.key == of.browser_by), ())
    return tuple(choice for choice in choices if not browser or choice in ("", browser))
