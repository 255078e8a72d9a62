"""The registry of channels, discovered from the packages in this folder.

Light: the inbox asks for icons and short titles before its first paint, so a channel's `__init__` must not import any
network code.
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

_SHARED_PACKAGE = "http"
"""The one package here that is no channel: the shared HTTP client."""


READ_ONLY = ("feed",)
"""Kinds of channels that are connected and take no reply from a program: where a query has to know."""


def is_by_hand(kind: str, mode: str) -> bool:
    """Whether the person posts by hand on such accounts: assisted ones, and live ones whose channel is read-only."""
    return mode == "assisted" or (mode == "live" and kind in READ_ONLY)


@cache
def channel(kind: str) -> Channel:
    """Return the channel of that kind; an unknown kind (it came from a file) gets a channel without capabilities."""
    known = assisted.CHANNELS.get(kind) or elsewhere.CHANNELS.get(kind)
    if known is not None:
        return known
    if kind.isidentifier() and kind != _SHARED_PACKAGE:
        spec = find_spec(f"app.channels.{kind}")
        if spec is not None and spec.submodule_search_locations is not None:
            loaded: Channel = import_module(f"app.channels.{kind}").CHANNEL
            return loaded
    return Channel(kind, kind.replace("_", " ").capitalize(), can=Can(reply=False), live=False)


def known() -> list[Channel]:
    """Return every known channel: packages, assisted ones, and those without an account."""
    return [*_folders(), *assisted.CHANNELS.values(), *elsewhere.CHANNELS.values()]


def connectable() -> list[Channel]:
    """Return the channels that can be connected to, sorted by title."""
    return sorted((known for known in _folders() if known.live), key=lambda known: known.title)


def _folders() -> list[Channel]:
    """Return the channels that have a package, sorted by kind."""
    names = (module.name for module in pkgutil.iter_modules(channels.__path__) if module.ispkg)
    return [loaded for loaded in map(_load, sorted(names)) if loaded]


def _load(kind: str) -> Channel | None:
    """Load a channel; None if that fails, so that an error in one channel does not disable the others."""
    if kind == _SHARED_PACKAGE:
        return None
    try:
        return channel(kind)
    except Exception:
        import logging  # noqa: PLC0415  takes 5 ms, rarely needed before the first paint

        logging.getLogger(__name__).exception("The channel %s cannot be loaded", kind)
        return None


def assistable() -> list[Channel]:
    """Return the assisted channels, sorted by title; the generic "Another place" comes last."""
    return sorted(assisted.CHANNELS.values(), key=lambda listed: (listed.kind == assisted.OTHER, listed.title))


def chat_schemes() -> frozenset[str]:
    """The schemes of addresses that open a chat, besides those of web pages."""
    return frozenset(of.chat.partition(":")[0] for of in assisted.CHANNELS.values() if of.chat)


def offered(kind: str) -> Channel:
    """Return the channel of that kind; raises NotFoundError if no account can be added for it."""
    everyone = [*connectable(), *assistable()]
    for candidate in everyone:
        if candidate.kind == kind:
            return candidate
    kinds = ", ".join(candidate.kind for candidate in everyone)
    msg = tr("“{kind}” isn't a channel you can connect. Choose from: {kinds}.").format(kind=kind, kinds=kinds)
    raise NotFoundError(msg)
