"""Which channels there are, found by their folders."""

from __future__ import annotations

import logging
import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from app import channels
from app.base.errors import NotFoundError
from app.channels import assisted
from app.channels.base import Can, Channel

_NOT_OFFERED = ("base", "demo", "http", "assisted")


_log = logging.getLogger(__name__)


_TITLES = {
    "wordpress": "WordPress",
    "youtube": "YouTube",
    "github": "GitHub",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "in_person": "In person",
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
    msg = f"“{kind}” isn't a channel you can connect. Choose from: {kinds}."
    raise NotFoundError(msg)
