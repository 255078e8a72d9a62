"""A real Secret Service (gnome-keyring) on a D-Bus session of its own, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BEGIN = """
printf '%s' test-keyring | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
for try in $(seq 100); do
  dbus-send --session --dest=org.freedesktop.DBus --type=method_call --print-reply / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
  sleep 0.05
done
"$@"
"""


def run(folder: Path, script: str, *, keyring: bool = True, backend: str = "") -> subprocess.CompletedProcess[str]:
    """Run a Python script beside the keyring whose files lie under `folder`; with `keyring` False there is none.

    `backend` names a keyring backend to choose, as a person's own settings might.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}
    runtime = folder / "run"
    runtime.mkdir(exist_ok=True, mode=0o700)
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    environment = {**kept, **places, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    if backend:
        environment["PYTHON_KEYRING_BACKEND"] = backend
    command = [sys.executable, "-c", script]
    if keyring:
        command = ["dbus-run-session", "--", "sh", "-c", _BEGIN, "sh", *command]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
