"""Settings: their types are their defaults' types, and what is kept is read back."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError
from app.settings import SETTINGS, Settings
from app.store.store import Store


def test_every_setting_is_its_default_until_it_is_set(store: Store) -> None:
    settings = Settings(store)
    for setting in SETTINGS:
        assert settings.get(setting.key) == setting.default
        assert type(settings.get(setting.key)) is type(setting.default)
        assert setting.label


def test_what_is_kept_is_read_back_in_its_type(store: Store) -> None:
    settings = Settings(store)
    for key, value in (("community", "Sítróna"), ("text_size", 120), ("single_keys", False), ("compact", True)):
        settings.put(key, value)
        assert settings.get(key) == value
        assert type(settings.get(key)) is type(value)
    assert (settings.text("community"), settings.number("text_size")) == ("Sítróna", 120)
    settings.put("compact", value=False)
    assert settings.get("compact") is False


def test_a_damaged_number_is_the_default(store: Store) -> None:
    settings = Settings(store)
    settings.put("hold_seconds", "soon")
    assert settings.number("hold_seconds") == 10


def test_a_key_that_is_none_names_those_that_are(store: Store) -> None:
    settings = Settings(store)
    for ask in (lambda: settings.get("colour"), lambda: settings.put("colour", "red")):
        with pytest.raises(NotFoundError, match=r"no setting “colour”\. Choose from: community"):
            ask()


def test_no_key_stands_twice() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(keys) == len(set(keys))
    assert all(setting.default in setting.choices for setting in SETTINGS if setting.choices)
