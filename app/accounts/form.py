"""What the account form asks for, made from what the channel says of itself, and what was answered, checked."""

from __future__ import annotations

import logging
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from app import channels
from app.channels import assisted
from app.channels.base import Can, Channel
from app.errors import NotFoundError, UserError

_NOT_OFFERED = ("base", "demo", "http", "assisted")
_log = logging.getLogger(__name__)
_TITLES = {
    "wordpress": "WordPress",
    "youtube": "YouTube",
    "github": "GitHub",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "in_person": "Talk face to face",
}


@cache
def channel(kind: str) -> Channel:
    """The channel of that kind; one that we have no code for (it came from a file) can do nothing by itself."""
    if kind in assisted.CHANNELS:
        return assisted.CHANNELS[kind]
    if kind.isidentifier() and kind not in ("base", "http") and find_spec(f"app.channels.{kind}"):
        found: Channel | None = getattr(import_module(f"app.channels.{kind}"), "CHANNEL", None)
        if found is not None:
            return found
    return Channel(kind, _TITLES.get(kind, kind.capitalize()), (), Can(reply=False), live=False)


def connectable() -> list[Channel]:
    """The channels that can be connected, by title."""
    names = [module.name for module in pkgutil.iter_modules(channels.__path__) if module.name not in _NOT_OFFERED]
    return sorted((found for found in map(_sound, names) if found and found.live), key=lambda found: found.title)


def _sound(kind: str) -> Channel | None:
    """The channel, or None for one that cannot be loaded: a fault in one file must not close the others."""
    try:
        return channel(kind)
    except Exception:  # noqa: BLE001  whatever its file does
        _log.exception("The channel %s cannot be loaded", kind)
        return None


def assistable() -> list[Channel]:
    """The places that let no program in, by title; the one for anything else comes last."""
    return sorted(assisted.CHANNELS.values(), key=lambda found: (found.kind == "other", found.title))


def offered(kind: str) -> Channel:
    """The channel of that kind, if an account can be on it; NotFoundError otherwise."""
    everyone = [*connectable(), *assistable()]
    for found in everyone:
        if found.kind == kind:
            return found
    kinds = ", ".join(found.kind for found in everyone)
    msg = f"“{kind}” is not a channel that can be connected; these can: {kinds}."
    raise NotFoundError(msg)


def answered(of: Channel, fields: Mapping[str, str]) -> dict[str, str]:
    """The form's plain fields with defaults filled in; UserError for one that is missing, unknown or not possible."""
    plain = {field.key: field for field in of.fields if not field.secret}
    for key in fields:
        if key not in plain:
            msg = f"{of.title} has no field “{key}”. It has: {', '.join(plain)}."
            raise UserError(msg)
    found: dict[str, str] = {}
    for key, field in plain.items():
        value = str(fields.get(key, "")).strip() or field.default
        if field.required and not value:
            msg = f"“{field.label}” is missing: {of.title} needs it."
            raise UserError(msg)
        if field.choices and value and value not in field.choices:
            msg = f"“{field.label}” can be {', '.join(filter(None, field.choices))}, not “{value}”."
            raise UserError(msg)
        if key.endswith("_port") and value and not (value.isdecimal() and 0 < int(value) < 65_536):  # noqa: PLR2004
            msg = f"“{value}” is not a port: it has to be a number from 1 to 65535."
            raise UserError(msg)
        if value:
            found[key] = value
    return found


def own_names(of: Channel, fields: Mapping[str, str]) -> list[str]:
    """Our own addresses or handles on the channel, folded for comparing, from the fields that the channel names."""
    said = [fields.get(key, "") for key in of.extra.get("own", "").split()]
    names = [name.strip().lower() for text in said for name in text.replace(",", "\n").split("\n")]
    return list(dict.fromkeys(name for name in names if name and not any(mark.isspace() for mark in name)))
