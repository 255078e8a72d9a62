"""All settings as one table: key, default, label, help, choices. Values are stored in the table `setting`."""

from __future__ import annotations

from typing import NamedTuple

from app.base.errors import NotFoundError
from app.base.words import N_, tr
from app.store.sqlite import Connection
from app.store.store import Store


class Setting(NamedTuple):
    """One setting; its values have the type of its default."""

    key: str
    default: str | int | bool
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting("community", "", N_("Community name"), N_("Shown at the top of the window.")),
    Setting("speaks_as", "", N_("You speak as"), N_("The name shown beside your replies.")),
    Setting(
        "theme", "system", N_("Appearance"), N_("Light, dark, or matching your system."), ("system", "light", "dark")
    ),
    Setting("text_size", 100, N_("Text size"), N_("In percent, from 90 to 200.")),
    Setting(
        "single_keys",
        default=True,
        label=N_("Single-letter keys"),
        help=N_("Letters and signs without Ctrl or Alt, such as E. When off, they do nothing."),
    ),
    Setting("hold_seconds", 10, N_("Undo send for (seconds)"), N_("From 5 to 30. Nothing is sent until then.")),
    Setting(
        "quiet_days",
        30,
        N_("Import as closed if older than (days)"),
        N_("So imported history doesn't ask for replies."),
    ),
    Setting("answer_hours", 2, N_("Reply target (hours)"), N_("After this, the waiting time turns amber.")),
    Setting("currency", "EUR", N_("Gift currency"), N_("Three letters, such as EUR, CZK, HUF, ISK.")),
    Setting("compact", default=False, label=N_("Compact rows"), help=N_("Fits more conversations on the screen.")),
    Setting("spelling", default=True, label=N_("Check spelling"), help=N_("In the language of the draft.")),
    Setting("english", "en-GB", N_("English"), N_("Which spelling is right."), ("en-GB", "en-US")),
    Setting("pull_minutes", 5, N_("Check for new messages every (minutes)"), N_("0 means only when you ask.")),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Settings:
    """Reads and writes the values of settings."""

    def __init__(self, store: Store) -> None:
        """Use this store. Nothing is cached: the table is tiny."""
        self._store = store

    def get(self, key: str) -> str | int | bool:
        """The value, or its default. Raises NotFoundError for an unknown key."""
        setting = self.describe(key)
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return setting.default if row is None else _typed(setting, row["value"])

    def text(self, key: str) -> str:
        """The value as text."""
        return str(self.get(key))

    def number(self, key: str) -> int:
        """The value as an int. Raises ValueError for a setting that holds other text."""
        return int(self.get(key))

    def put(self, key: str, value: str | int | bool) -> None:  # noqa: FBT001  a setting's value may be a bool
        """Store a value. Raises NotFoundError for an unknown key."""
        self.describe(key)
        with self._store.write() as conn:
            store_value(conn, key, str(int(value) if isinstance(value, bool) else value))

    @staticmethod
    def describe(key: str) -> Setting:
        """The setting with this key. Raises NotFoundError for an unknown key."""
        if key not in _BY_KEY:
            msg = tr("There's no setting “{key}”. Choose from: {keys}.").format(key=key, keys=", ".join(_BY_KEY))
            raise NotFoundError(msg)
        return _BY_KEY[key]


def store_value(conn: Connection, key: str, value: str) -> None:
    """Store a value in the open transaction. Any key is accepted: other packages keep values of their own here."""
    conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def delete_value(conn: Connection, key: str) -> None:
    """Delete the value of a key in the open transaction; no-op if there is none."""
    conn.execute("DELETE FROM setting WHERE key = ?", (key,))


def _typed(setting: Setting, value: str) -> str | int | bool:
    if isinstance(setting.default, bool):
        return value not in ("0", "", "False")
    if isinstance(setting.default, int):
        return int(value) if value.lstrip("-").isdigit() else setting.default
    return value
