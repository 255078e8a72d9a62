"""A played server of desktop notices, on a bus of its own, that takes what the specification says, nothing else."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_NAME = "org.freedesktop.Notifications"
_CONFIG = """<busconfig><type>session</type><listen>unix:dir={folder}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@contextlib.contextmanager
def bus(folder: Path) -> Iterator[str]:
    """The address of a message bus on which nobody is yet; it ends with the block."""
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(folder=folder), "utf-8")
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    try:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=10)


class NoticeServer:
    """Shows nothing, and remembers each notice as its arguments came."""

    def __init__(self, address: str) -> None:
        """Stand ready on the bus at this address."""
        self.shown: list[tuple[Any, ...]] = []
        self._signals: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._connection: DBusConnection = open_dbus_connection(address)
        bus = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
        reply = self._connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (_NAME, 4)), timeout=10)
        assert reply.body == (1,)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave the bus."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join(10)
            self._connection.close()

    def click(self, number: int = 0) -> None:
        """Tell that somebody clicked on a notice, by default the last one."""
        self._tell("ActionInvoked", "us", (number or len(self.shown), "default"))

    def close(self, number: int = 0) -> None:
        """Tell that a notice is gone, as it was dismissed."""
        self._tell("NotificationClosed", "uu", (number or len(self.shown), 2))

    def _tell(self, name: str, signature: str, body: tuple[Any, ...]) -> None:
        emitter = DBusAddress("/org/freedesktop/Notifications", interface=_NAME)
        self._signals.put(new_signal(emitter, name, signature, body))

    def _serve(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(queue.Empty):
                self._connection.send(self._signals.get_nowait())
            with contextlib.suppress(TimeoutError):
                self._answer(self._connection.receive(timeout=0.1))

    def _answer(self, call: Any) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        fields = call.header.fields
        known = fields.get(HeaderFields.interface) == _NAME and fields.get(HeaderFields.member) == "Notify"
        if not known or fields.get(HeaderFields.signature) != "susssasa{sv}i":
            self._connection.send(new_error(call, "org.freedesktop.DBus.Error.InvalidArgs"))
            return
        self.shown.append(call.body)
        self._connection.send(new_method_return(call, "u", (len(self.shown),)))
