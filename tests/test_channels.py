"""docs/channels.md is made from the channels, and each of its rows stands on tests that run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import channels
import pytest

from app.accounts import assistable, connectable
from app.channels.base import Channel
from app.channels.channel import REVERSED
from tests.app.channels.contract import Contract

_ALL = [*connectable(), *assistable()]


def test_the_table_is_made_from_the_channels() -> None:
    written = channels.TABLE.read_text(encoding="utf-8")
    assert written == channels.table(), "run .venv/bin/python packaging/channels.py"


def _classes(path: Path) -> list[type]:
    spec = importlib.util.spec_from_file_location(f"seen_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [one for name, one in vars(module).items() if name.startswith("Test") and isinstance(one, type)]


@pytest.mark.parametrize("of", _ALL, ids=[of.kind for of in _ALL])
def test_each_channel_says_how_it_was_proved_and_keeps_the_contract(of: Channel) -> None:
    assert of.proof in ("real", "played", "assisted")
    assert of.peer, "say on what it was proved"
    files = channels.tests(of.kind)
    assert files
    if of.proof != "assisted":
        assert any(issubclass(one, Contract) for path in files for one in _classes(path)), "it keeps no contract"


@pytest.mark.parametrize("of", _ALL, ids=[of.kind for of in _ALL])
def test_each_channel_can_be_filled_in_by_its_own_words(of: Channel) -> None:
    assert of.title
    for field in of.fields:
        assert field.label
        assert field.help or not field.secret, "say where the secret is found"
    assert set(of.can.undo) <= set(of.can.moderate)
    assert all(REVERSED[verb] in of.can.moderate for verb in of.can.undo)
