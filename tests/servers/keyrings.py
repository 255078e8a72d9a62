"""A real keyring that is unlocked: gnome-keyring on a message bus of its own, without a screen."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
_OTHERS = ("DBUS_", "PYTHON_KEYRING", "DISPLAY", "WAYLAND_", "XDG_")
_ASK = "org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets"
_SECONDS = 20


@contextlib.contextmanager
def running(folder: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment in which programs find it; bus and keyring end with the block.

    What it keeps lies under `folder`; in none it is empty, and thrown away in the end.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="rapport-keyring-"))
    environ = _environ(home)
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
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def run(folder: Path, script: str, *, keyring: bool = True, backend: str = "") -> subprocess.CompletedProcess[str]:
    """Run a Python script beside the keyring whose files lie under `folder`; with `keyring` False there is none.

    `backend` names a keyring backend to choose, as a person's own settings might; "" leaves the choice to keyring.
    """
    beside = running(folder) if keyring else contextlib.nullcontext[Mapping[str, str]]({})
    with beside as found:
        environ = {**_environ(folder), **found, "PYTHONPATH": str(ROOT), "PYTHON_KEYRING_BACKEND": backend}
        if not backend:
            del environ["PYTHON_KEYRING_BACKEND"]
        command = [sys.executable, "-c", script]
        return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)


def _environ(home: Path) -> dict[str, str]:
    """Ours, but for the keyrings, buses, screens and folders of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}
    return {**kept, **places, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


def _wait(environ: dict[str, str]) -> None:
    ask = ["dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/", *_ASK.split()]
    for _ in range(_SECONDS * 10):
        said = subprocess.run(ask, env=environ, capture_output=True, text=True, check=False).stdout
        if "true" in said:
            return
        time.sleep(0.1)
    msg = "gnome-keyring did not come up"
    raise AssertionError(msg)
