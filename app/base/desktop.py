"""What the desktop does for us: it starts this program, and shows notices.

Notices are those of the Desktop Notifications Specification 1.2, over D-Bus. That is spoken with jeepney, which the
keyring brings along: QtDBus has no way to send an unsigned number from Python, and no server of notices takes another.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

SERVICE, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
NOTIFY_SIGNATURE = "susssasa{sv}i"
_SECONDS = 3
_BUS = "org.freedesktop.DBus"
_CLICKED = "default"
"""The action of a click on the notice itself: Desktop Notifications Specification, section 9, "Notify"."""
_LISTENS_SECONDS = 3_600
_NO_BUS = (KeyError, OSError, ValueError, RuntimeError, EOFError, StopIteration)
"""What comes where there is no bus, or none that answers."""


def own_command() -> list[str]:
    """The words that start this Rapport from anywhere, in a checkout and where it is installed."""
    return [sys.executable, str(Path(__file__).parents[2] / "main.py")]


def speaks_dbus() -> bool:
    """Whether notices go over D-Bus on this system; elsewhere they are the window's own matter."""
    return sys.platform.startswith("linux")


def notify(summary: str, body: str, action: str = "", opened: Callable[[], object] | None = None) -> bool:
    """Show one quiet notice; False where nobody shows notices. May wait for three seconds.

    With `opened` a click on it is taken, which `action` says in words: it is called on a thread of its own, once at
    most, and only within an hour.
    """
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415  only when a notice is due

    hints = {"desktop-entry": ("s", "rapport"), "suppress-sound": ("b", True), "urgency": ("y", 1)}
    actions = [] if opened is None else [_CLICKED, action]
    words: tuple[Any, ...] = ("Rapport", 0, "rapport", summary, _plain(body), actions, hints, -1)
    call = new_method_call(DBusAddress(PATH, bus_name=SERVICE, interface=SERVICE), "Notify", NOTIFY_SIGNATURE, words)
    return bool(_asked(call)) if opened is None else _notify_and_listen(call, opened)


def _notify_and_listen(call: Message, opened: Callable[[], object]) -> bool:
    """Send the notice, and go on listening on the same connection, so that no click is missed."""
    from jeepney import MatchRule, MessageType, message_bus  # noqa: PLC0415  as above
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415  as above

    with suppress(*_NO_BUS):
        connection = open_dbus_connection("SESSION")
        rule = MatchRule(type="signal", interface=SERVICE, path=PATH)
        told: deque[Message] = deque()
        connection.filter(rule, queue=told)
        try:
            connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_SECONDS)
            reply = connection.send_and_get_reply(call, timeout=_SECONDS)
        except _NO_BUS:
            connection.close()
            return False
        if reply.header.message_type is MessageType.method_return:
            arguments = (connection, told, int(reply.body[0]), opened)
            threading.Thread(target=_listen, args=arguments, name="notice", daemon=True).start()
            return True
        connection.close()
    return False


def _listen(connection: DBusConnection, told: deque[Message], number: int, opened: Callable[[], object]) -> None:
    """Wait until the notice of that number is clicked or gone."""
    from jeepney import HeaderFields  # noqa: PLC0415  as above

    until = time.monotonic() + _LISTENS_SECONDS
    with suppress(TimeoutError, *_NO_BUS):
        while (left := until - time.monotonic()) > 0:
            signal = connection.recv_until_filtered(told, timeout=left)
            kind = signal.header.fields.get(HeaderFields.member)
            if kind == "ActionInvoked" and tuple(signal.body) == (number, _CLICKED):
                opened()
                break
            if kind == "NotificationClosed" and signal.body[0] == number:
                break
    connection.close()


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

    with suppress(*_NO_BUS), open_dbus_connection("SESSION") as connection:
        reply = connection.send_and_get_reply(call, timeout=_SECONDS)
        if reply.header.message_type is MessageType.method_return:
            return tuple(reply.body)
    return ()
