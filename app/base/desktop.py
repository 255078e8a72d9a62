"""What the desktop does for us: it starts this program, and shows notices.

Notices are those of the Desktop Notifications Specification 1.2, over D-Bus. That is spoken with jeepney, which the
keyring brings along: QtDBus has no way to send an unsigned number from Python, and no server of notices takes another.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jeepney import Message

SERVICE, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
NOTIFY_SIGNATURE = "susssasa{sv}i"
_SECONDS = 3
_BUS = "org.freedesktop.DBus"


def own_command() -> list[str]:
    """The words that start this Rapport from anywhere, in a checkout and where it is installed."""
    return [sys.executable, str(Path(__file__).parents[2] / "main.py")]


def speaks_dbus() -> bool:
    """Whether notices go over D-Bus on this system; elsewhere they are the window's own matter."""
    return sys.platform.startswith("linux")


def notify(summary: str, body: str) -> bool:
    """Show one quiet notice; False where nobody shows notices. May wait for three seconds."""
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415  only when a notice is due

    hints = {"desktop-entry": ("s", "rapport"), "suppress-sound": ("b", True), "urgency": ("y", 1)}
    words: tuple[Any, ...] = ("Rapport", 0, "rapport", summary, _plain(body), [], hints, -1)
    address = DBusAddress(PATH, bus_name=SERVICE, interface=SERVICE)
    return bool(_asked(new_method_call(address, "Notify", NOTIFY_SIGNATURE, words)))


def can_notify() -> bool:
    """Whether somebody on the session bus shows notices, or would be started for it."""
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415  as above

    bus = DBusAddress("/org/freedesktop/DBus", bus_name=_BUS, interface=_BUS)
    if _asked(new_method_call(bus, "NameHasOwner", "s", (SERVICE,))) == (True,):
        return True
    found = _asked(new_method_call(bus, "ListActivatableNames"))
    return bool(found) and SERVICE in found[0]


def _plain(body: str) -> str:
    """The body without what a server could take for markup."""
    return body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _asked(call: Message) -> tuple[Any, ...]:
    """What the session bus answers; nothing where there is none, or it refuses."""
    from jeepney import MessageType  # noqa: PLC0415  as above
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415  as above

    none = (KeyError, OSError, ValueError, RuntimeError, EOFError, StopIteration)  # no bus, or none that answers
    with suppress(*none), open_dbus_connection("SESSION") as connection:
        reply = connection.send_and_get_reply(call, timeout=_SECONDS)
        if reply.header.message_type is MessageType.method_return:
            return tuple(reply.body)
    return ()
