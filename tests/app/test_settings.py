"""Settings: their types are their defaults' types, and what is kept is read back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.inbox import until
from app.settings import SETTINGS, Setting, Settings
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
    assert all(setting.default in dict(setting.choices) for setting in SETTINGS if setting.choices)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_no_setting_is_without_an_effect(setting: Setting) -> None:
    """Something besides the table and the page that shows it reads the value."""
    house = Path(__file__).parent.parent.parent
    own = {house / "app/settings.py", house / "ui/pages/settings/page.py"}
    asks = (f'"{setting.key}"', f"key = '{setting.key}'")
    by_hours = {"morning_hour", "later_hours"}  # read together, by `Settings.hours`
    readers = [
        path
        for room in ("app", "ui")
        for path in (house / room).rglob("*.py")
        if path not in own
        and any(ask in path.read_text("utf-8") for ask in (asks if setting.key not in by_hours else (".hours()",)))
    ]
    assert readers


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_each_says_what_it_is_and_what_its_values_mean(setting: Setting) -> None:
    assert setting.label
    assert setting.help
    if isinstance(setting.default, int) and not isinstance(setting.default, bool):
        assert setting.low <= setting.default <= setting.high
    assert all(title for _, title in setting.choices)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("single_keys", "Off", False), ("single_keys", "yes", True), ("text_size", " 150 ", 150),
        ("theme", "dark", "dark"), ("currency", "isk", "ISK"), ("community", "Σιτρόνα", "Σιτρόνα"),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood(store: Store, key: str, typed: str, value: object) -> None:
    assert Settings(store).typed(key, typed) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("single_keys", "perhaps"), ("text_size", "89"), ("text_size", "201"), ("text_size", "large"),
        ("text_size", "\u0661\u0660\u0660"), ("theme", "mauve"), ("currency", "euro"), ("hold_seconds", "-5"),
    ],
)  # fmt: skip
def test_what_it_does_not_take_is_refused(store: Store, key: str, typed: str) -> None:
    with pytest.raises(UserError):
        Settings(store).typed(key, typed)


def test_the_hours_of_snoozing_are_ones_own(store: Store) -> None:
    settings, now = Settings(store), datetime(2026, 12, 2, 10, 20, tzinfo=UTC).astimezone()
    assert settings.hours() == clock.USUAL
    settings.put("morning_hour", 7)
    settings.put("later_hours", 5)
    assert clock.local(until("tomorrow", now, settings.hours())).strftime("%H:%M") == "07:00"
    assert until("later", now, settings.hours()) - until("later", now) == 2 * 3600
    settings.put("morning_hour", 99)  # as a file may have it
    assert settings.hours().morning.hour == 23
