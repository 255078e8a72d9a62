"""Secrets: in the real Secret Service where there is one, in memory and nowhere else where there is none."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from app.base.credentials import Credentials, KeyringError
from tests.servers import keyrings

SECRET = "þjóð-jelszó-heslo-κωδικός"
KEEP = f"""
from app.base.credentials import Credentials
desk = Credentials()
print(repr(desk.get("one:password")), repr(desk.keep("one:password", {SECRET!r})), repr(desk.get("one:password")))
"""
READ = 'from app.base.credentials import Credentials\nprint(Credentials().get("one:password"))'
FORGET = """
from app.base.credentials import Credentials
desk = Credentials()
desk.forget("one:password")
print(desk.get("one:password"))
"""


def in_files(folder: Path, secret: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.servers("gnome-keyring-daemon", "dbus-daemon", "dbus-send")
def test_the_keyring_keeps_a_secret_over_restarts(tmp_path: Path) -> None:
    kept = keyrings.run(tmp_path, KEEP)
    assert kept.stdout == f"None '' {SECRET!r}\n", kept.stderr
    assert keyrings.run(tmp_path, READ).stdout.strip() == SECRET
    assert in_files(tmp_path, SECRET) == []
    assert keyrings.run(tmp_path, FORGET).stdout.strip() == "None"


@pytest.mark.slow
@pytest.mark.parametrize(
    "backend",
    ["", "keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "tests.app.base.test_credentials.Plain"],
)
def test_without_a_safe_keyring_it_is_kept_for_this_run_and_said_so(tmp_path: Path, backend: str) -> None:
    script = f"""
from app.base.credentials import Credentials
desk = Credentials()
print(desk.keep("one:password", {SECRET!r}))
print(desk.get("one:password"))
desk.forget("one:password")
try:
    print(Credentials().get("one:password"))
except Exception as why:
    print(why)
"""
    told = keyrings.run(tmp_path, script, keyring=False, backend=backend)
    first, second, third = told.stdout.splitlines()
    assert first.startswith("This computer has no keyring"), told.stderr
    assert "keeps what you entered until you close it" in first
    assert second == SECRET
    assert third == "This computer has no keyring that keeps passwords safely."
    assert in_files(tmp_path, SECRET) == []


@pytest.mark.slow
def test_a_keyring_that_does_not_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = threading.Event()
    monkeypatch.setattr("app.base.credentials._backend", lambda: locked.wait(120))
    desk, begun = Credentials(limit=0.2), time.monotonic()
    with pytest.raises(KeyringError, match="isn't responding"):
        desk.get("one:password")
    assert "isn't responding. Unlock it and try again. Rapport keeps what you entered until" in desk.keep(
        "one:password", SECRET
    )
    assert desk.get("one:password") == SECRET
    desk.forget("one:password")
    assert time.monotonic() - begun < 60
    locked.set()


def test_what_a_keyring_says_when_it_fails_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("app.base.credentials._backend", fail)
    assert SECRET not in Credentials().keep("one:password", SECRET)


def __getattr__(name: str) -> type:
    """`Plain`: a backend that writes secrets to a plain file; made only where it is asked for."""
    if name != "Plain":
        raise AttributeError(name)
    from keyring.backend import KeyringBackend  # noqa: PLC0415

    class Plain(KeyringBackend):
        priority = 9

        def get_password(self, _service: str, _username: str) -> str | None:
            return Path("~/secrets").expanduser().read_text()

        def set_password(self, _service: str, _username: str, password: str) -> None:
            Path("~/secrets").expanduser().write_text(password)

    return Plain
