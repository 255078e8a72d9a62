"""A form over an empty file, a channel made up for it, and waiting."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, MutableMapping
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

import ui.pages.accounts.form as form_module
from app.channels import registry
from app.channels.base import AuthNeeded, Can, Channel, Field, Found, Page
from tests.servers.door import Browser
from ui.pages.accounts.form import AccountForm
from ui.shell.window import Window

PLACE = Channel(
    kind="limonadi",
    title="Límonaði",
    fields=(
        Field("site", "Site", help="Where it is."),
        Field("key", "Key", secret=True),
        Field("own_server", "My own server", tick=True, required=False, help="It may lie in a private network."),
        Field("depth", "How deep", default="all", choices=("all", "top"), required=False),
        Field("rooms", "Rooms", required=False, help="All that you are in where none is ticked."),
        Field("folders", "Folders", default="Inbox"),
    ),
    can=Can(),
    icon="citrus",
    line="A stand in the street",
)
_SPEC = ModuleSpec("app.channels.limonadi", None, is_package=True)


class Stand:
    """What the made-up channel finds; `opened` keeps what it was asked with."""

    def __init__(self) -> None:
        self.found = Found("Hello from the stand.", own=("jana",), facts={"limit": "77"})
        self.opened: list[tuple[dict[str, str], dict[str, str]]] = []
        self.key = "lemon"
        self.slow = 0.0

    def open(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Any:
        """A session."""
        self.opened.append((dict(fields), dict(secrets)))
        return _Session(self, secrets)


class _Session:
    def __init__(self, stand: Stand, secrets: MutableMapping[str, str]) -> None:
        self._stand, self._secrets = stand, secrets

    def check(self) -> Found:
        time.sleep(self._stand.slow)
        if self._secrets.get("key") != self._stand.key:
            msg = "The stand does not know this key: copy it again."
            raise AuthNeeded(msg)
        return self._stand.found

    def pull(self, _cursor: dict[str, str]) -> Iterator[Page]:
        self.check()
        yield Page((), {"seen": "1"})

    def close(self) -> None:
        pass


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """The made-up channel, among those that can be connected."""
    made, module = Stand(), ModuleType("app.channels.limonadi")
    module.CHANNEL, module.open, module.__spec__ = PLACE, made.open, _SPEC  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "app.channels.limonadi", module)
    every = [*registry.connectable(), PLACE]
    monkeypatch.setattr(registry, "connectable", lambda: every)
    monkeypatch.setattr(form_module, "connectable", lambda: every)
    registry.channel.cache_clear()
    yield made
    registry.channel.cache_clear()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The system's browser is ours."""
    made = Browser()
    monkeypatch.setattr(form_module, "open_in_browser", made)
    return made


@pytest.fixture
def form(window: Window) -> Iterator[AccountForm]:
    """The form, shown."""
    made = AccountForm(window.bench, window)
    made.show()
    QApplication.processEvents()
    yield made
    made.reject()
    made.deleteLater()
    QApplication.processEvents()
