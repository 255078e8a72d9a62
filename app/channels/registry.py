"""Which channels there are, found by their folders.

Light: the inbox asks for icons and short titles before its first paint, so a channel's `__init__` imports no network.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from app import channels
from app.base.errors import NotFoundError
from app.base.words import tr
from app.channels import assisted, elsewhere
from app.channels.channel import Can, Channel

_NO_CHANNEL = "http"
"""The one folder beside the channels' own: what they share to speak HTTP."""


@cache
def channel(kind: str) -> Channel:
    """The channel of that kind; one that we have no code for (it came from a file) can do nothing by itself."""
    known = assisted.CHANNELS.get(kind) or elsewhere.CHANNELS.get(kind)
    if known is not None:
        return known
    if kind.isidentifier() and kind != _NO_CHANNEL:
        spec = find_spec(f"app.channels.{kind}")
        if spec is not None and spec.submodule_search_locations is not None:
            found: Channel = import_module(f"app.channels.{kind}").CHANNEL
            return found
    return Channel(kind, kind.replace("_", " ").capitalize(), can=Can(reply=False), live=False)


def known() -> list[Channel]:
    """Every channel that there is code or words for: folders, assisted ones, and places that no account is on."""
    return [*_folders(), *assisted.CHANNELS.values(), *elsewhere.CHANNELS.values()]


def connectable() -> list[Channel]:
    """The channels that can be connected, by title."""
    return sorted((found for found in _folders() if found.live), key=lambda found: found.title)


def _folders() -> list[Channel]:
    """The channels that have a folder, in the order of their kinds."""
    names = (module.name for module in pkgutil.iter_modules(channels.__path__) if module.ispkg)
    return [found for found in map(_sound, sorted(names)) if found]


def _sound(kind: str) -> Channel | None:
    """The channel, or None for one that cannot be loaded: a fault in one file must not close the others."""
    if kind == _NO_CHANNEL:
        return None
    try:
        return channel(kind)
    except Exception:
        import logging  # noqa: PLC0415  5 ms that the first paint does without

        logging.getLogger(__name__).exception("The channel %s cannot be loaded", kind)
        return None


def assistable() -> list[Channel]:
    """The places that let no program in, by title; the one for anything else comes last."""
    return sorted(assisted.CHANNELS.values(), key=lambda found: (found.kind == assisted.OTHER, found.title))


def offered(kind: str) -> Channel:
    """The channel of that kind, if an account can be on it; NotFoundError otherwise."""
    everyone = [*connectable(), *assistable()]
    for found in everyone:
        if found.kind == kind:
            return found
    kinds = ", ".join(found.kind for found in everyone)
    msg = tr("“{kind}” isn't a channel you can connect. Choose from: {kinds}.").format(kind=kind, kinds=kinds)
    raise NotFoundError(msg)
