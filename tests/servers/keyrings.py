"""A real keyring that is unlocked and empty: gnome-keyring on a message bus of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_ASK = "org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets"
_SECONDS = 20


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """The environment in which programs find it; bus and keyring end with the block."""
    home = Path(tempfile.mkdtemp(prefix="rapport-keyring-"))
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))}
    environ |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home)}
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    keyring = None
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        environ["DBUS_SESSION_BUS_ADDRESS"] = address
        keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=environ, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert keyring.stdin is not None
        keyring.stdin.write(b"throw-away\n")
        keyring.stdin.close()
        _wait(environ)
        yield {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            "XDG_RUNTIME_DIR": str(home),
        }
    finally:
        for child in (keyring, bus):
            if child is not None:
                child.terminate()
                child.wait(10)
        if bus.stdout is not None:
            bus.stdout.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait(environ: dict[str, str]) -> None:
    ask = ["dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/", *_ASK.split()]
    for _ in range(_SECONDS * 10):
        said = subprocess.run(ask, env=environ, capture_output=True, text=True, check=False).stdout
        if "true" in said:
            return
        time.sleep(0.1)
    msg = "gnome-keyring did not come up"
    raise AssertionError(msg)
