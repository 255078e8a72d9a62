"""All settings as one table: key, default, label, help, choices. Values are stored in the table `setting`."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from app.base.clock import Hours
from app.base.errors import NotFoundError, UserError
from app.base.words import N_, tr
from app.calendar.countries import COUNTRIES
from app.store.sqlite import Connection
from app.store.store import Store


class Setting(NamedTuple):
    """One setting; its values have the type of its default.

    `choices` are its values with what each is called. A number is from `low` to `high`, in steps of `step`, and shown
    with its `unit`. `also` are further words that it is looked for by.
    """

    key: str
    default: str | int | bool
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0
    step: int = 1
    unit: str = ""
    also: str = ""


_THEMES = (("system", N_("Match system")), ("light", N_("Light")), ("dark", N_("Dark")))
_ENGLISH = (("en-GB", N_("British: colour, litre")), ("en-US", N_("American: color, liter")))
_COUNTRIES = (("", N_("None")), *COUNTRIES.items())
SETTINGS = (
    Setting("community", "", N_("Community name"), N_("Shown at the top of the window.")),
    Setting(
        "speaks_as", "", N_("You speak as"), N_("The name shown beside your replies."), also=N_("sender author myself")
    ),
    Setting(
        "theme", "system", N_("Appearance"), N_("Light, dark, or matching your system."), _THEMES,
        also=N_("theme colours night mode"),
    ),
    Setting(
        "text_size", 100, N_("Text size"), N_("In percent, from 90 to 200."), (), 90, 200, 10, N_("{count}%"),
        N_("zoom font larger smaller"),
    ),
    Setting(
        "compact", default=False, label=N_("Compact rows"), help=N_("Fits more conversations on the screen."),
        also=N_("density list height"),
    ),
    Setting(
        "single_keys",
        default=True,
        label=N_("Single-letter keys"),
        help=N_("Letters and signs without Ctrl or Alt, such as E. When off, they do nothing."),
        also=N_("shortcuts keyboard"),
    ),
    Setting(
        "hold_seconds", 10, N_("Undo send for (seconds)"), N_("From 5 to 30. Nothing is sent until then."), (), 5, 30,
        1, N_("{count} s"), N_("delay wait cancel"),
    ),
    Setting(
        "answer_hours", 2, N_("Reply target (hours)"),
        N_("In working time. After this, the waiting time turns amber. An account can have its own, under Manners."),
        (), 1, 720, 1,
        N_("{count} h"), N_("late overdue waiting"),
    ),
    Setting(
        "country", "", N_("Country"),
        N_("No working time passes on its public holidays. Phone numbers without a country code are taken as its own."),
        _COUNTRIES, also=N_("public holidays free days bank holiday calendar working blocks phone telephone"),
    ),
    Setting(
        "block_notice", default=False, label=N_("A notice when a block begins"),
        help=N_("How many wait and what you promised, once, from your desktop. Only numbers, never anybody's words."),
        also=N_("notification desktop alert working blocks start reminder"),
    ),
    Setting(
        "morning_hour", 9, N_("A morning begins at"),
        N_("The hour that Tomorrow, Monday or a typed day means."), (), 0, 23, 1, N_("{count}:00"),
        N_("snooze time later wake"),
    ),
    Setting(
        "later_hours", 3, N_("Later today: in (hours)"), N_("Rounded down to the full hour."), (), 2, 12,
        1, N_("{count} h"), N_("snooze time wake"),
    ),
    Setting(
        "quiet_days", 30, N_("Import as closed if older than (days)"),
        N_("So imported history doesn't ask for replies."), (), 0, 3650, 1, "", N_("history archive old"),
    ),
    Setting(
        "question_days", 7, N_("Unanswered questions come back after (days)"),
        N_("What you asked and nobody answered; it closes by itself after that."), (), 1, 60, 1, "",
        N_("asked waiting remind"),
    ),
    Setting(
        "silent_weeks", 3, N_("Members have gone quiet after (weeks)"),
        N_("Of those who used to write often, and for twice as long as they usually pause."), (), 2, 52, 1, "",
        N_("silent inactive missing today"),
    ),
    Setting(
        "involved_participant_days", 3, N_("Participant: wrote on (days)"),
        N_("Until then, somebody who writes is a visitor."), (), 2, 1000, 1, "", N_("involvement level member"),
    ),
    Setting(
        "involved_contributor_days", 8, N_("Contributor: wrote on (days)"),
        N_("Or helped other members as often as set below."), (), 2, 1000, 1, "",
        N_("involvement level member"),
    ),
    Setting(
        "involved_contributor_helped", 3, N_("Contributor: or helped other members (times)"),
        N_("By answering what another member asked."), (), 1, 1000, 1, "",
        N_("involvement level member helping"),
    ),
    Setting(
        "involved_core_days", 20, N_("Core: wrote on (days)"),
        N_("And did something for the community as often as set below."), (), 2, 1000, 1, "",
        N_("involvement level member"),
    ),
    Setting(
        "involved_core_deeds", 10, N_("Core: and helped, started or cheered (times)"),
        N_("Conversations they began, members they helped, thanks and praise. Followers never count."), (), 0, 1000, 1,
        "", N_("involvement level member helping"),
    ),
    Setting(
        "audience", "", N_("Who the community is for"), N_("In a sentence or two. Members who fit are marked by you."),
        also=N_("ideal audience fits target group"),
    ),
    Setting(
        "audience_criteria", "", N_("How you recognise them"), N_("A few criteria, with semicolons between them."),
        also=N_("ideal audience fits criteria"),
    ),
    Setting(
        "offer_promises", default=True, label=N_("Offer to note promises"),
        help=N_("Above Send, when your reply says what you'll do. Nothing is noted unless you take it."),
        also=N_("promise chip reminder follow up"),
    ),
    Setting(
        "pull_minutes", 5, N_("Check for new messages every (minutes)"), N_("0 means only when you ask."), (), 0, 1440,
        1, N_("{count} min"), N_("fetch sync interval offline"),
    ),
    Setting(
        "kind_after_hard",
        default=False,
        label=N_("Offer a kind word"),
        help=N_("After three unhappy or difficult conversations in a row."),
        also=N_("kind words praise shelf mood"),
    ),
    Setting(
        "keep_in_tray", default=False, label=N_("Keep running in the tray when the window is closed"),
        help=N_("Messages keep coming in, and what is due is sent. Quit, here or in the tray, stops Rapport."),
        also=N_("background close minimize notification area"),
    ),
    Setting(
        "start_with_session", default=False, label=N_("Start with the session"),
        help=N_("Opens the window when you log in, using a file in your autostart folder."),
        also=N_("autostart login boot background"),
    ),
    Setting(
        "backup_folder", "", N_("A second place for backups"),
        N_("A folder on a stick or another drive. Each day's backup is copied there."),
        also=N_("copy stick usb drive cloud safe"),
    ),
    Setting("spelling", default=True, label=N_("Check spelling"), help=N_("In the language of the draft.")),
    Setting("english", "en-GB", N_("English"), N_("Which spelling is right."), _ENGLISH),
    Setting("currency", "EUR", N_("Gift currency"), N_("Three letters, such as EUR, CZK, HUF, ISK.")),
    Setting(
        "gift_cool_down_days", 180, N_("Next gift for the same person after (days)"),
        N_("Until then nobody is proposed again, except to make something good."), (), 0, 3650, 1, "",
        N_("cool-down wait pause deserve"),
    ),
    Setting(
        "gift_year_worth", 0, N_("Gifts a year for one person, at most"),
        N_("What they may be worth together, in the gift currency. More is asked about first. 0 means no limit."),
        (), 0, 1_000_000, 1, "", N_("yearly worth limit person budget deserve delight"),
    ),
    Setting(
        "gift_servant_worth", 0, N_("Gifts a year for a public servant, at most"),
        N_("What they may accept, in the gift currency. 0 means nothing."), (), 0, 1_000_000, 1, "",
        N_("public servant official worth limit deserve"),
    ),
    Setting(
        "gift_lapse_days", 30, N_("Gifts lapse without an answer after (days)"),
        N_("Counted from the day on which you ask for the address."), (), 1, 365, 1, "",
        N_("address asked unanswered budget"),
    ),
    Setting(
        "address_days", 30, N_("Erase addresses after arrival (days)"),
        N_("Of gifts, from everything in this profile except its backups. This can't be undone."), (), 0, 365, 1, "",
        N_("privacy delete parcel postal gift"),
    ),
)  # fmt: skip
_BOOLEANS = {"on": True, "yes": True, "1": True, "off": False, "no": False, "0": False}
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
        """Store a value. Raises NotFoundError for an unknown key, UserError if its file or folder can't be used."""
        self.describe(key)
        if key == "backup_folder":
            from app.base.paths import second_place  # noqa: PLC0415  the first paint does without

            value = second_place(str(value), self._store.path.parent)
        if key == "start_with_session":
            from app.base import autostart  # noqa: PLC0415  the first paint does without

            autostart.switch(self._store.path.parent, on=bool(value))
        with self._store.write() as conn:
            store_value(conn, key, str(int(value) if isinstance(value, bool) else value))

    def hours(self) -> Hours:
        """When a morning begins, and how far "later today" is away, for snoozing."""
        return Hours(time(self._within("morning_hour")), self._within("later_hours"))

    def _within(self, key: str) -> int:
        """The number, brought within its bounds: a file may hold any."""
        setting = self.describe(key)
        return max(setting.low, min(setting.high, self.number(key)))

    def typed(self, key: str, typed: str) -> str | int | bool:
        """What a value means that was typed in the shell. Raises UserError for one that the setting does not take."""
        setting, words = self.describe(key), typed.strip()
        if isinstance(setting.default, bool):
            if words.casefold() not in _BOOLEANS:
                msg = tr("{key} is on or off.").format(key=key)
                raise UserError(msg)
            return _BOOLEANS[words.casefold()]
        if isinstance(setting.default, int):
            if not words.isascii() or not words.isdigit() or not setting.low <= int(words) <= setting.high:
                msg = tr("{key} is a number from {low} to {high}.").format(key=key, low=setting.low, high=setting.high)
                raise UserError(msg)
            return int(words)
        if setting.choices and words not in dict(setting.choices):
            msg = tr("{key} is one of: {choices}.").format(key=key, choices=", ".join(dict(setting.choices)))
            raise UserError(msg)
        if key == "currency":
            from app.base.money import code  # noqa: PLC0415  the first paint does without

            return code(words)
        return words

    @staticmethod
    def describe(key: str) -> Setting:
        """The setting with this key. Raises NotFoundError for an unknown key."""
        if key not in _BY_KEY:
            msg = tr("There's no setting “{key}”. Choose from: {keys}.").format(key=key, keys=", ".join(_BY_KEY))
            raise NotFoundError(msg)
        return _BY_KEY[key]


UNDERWAY = "import_underway_"
"""How the keys begin under which imports note how far they are."""


def store_value(conn: Connection, key: str, value: str) -> None:
    """Store a value in the open transaction. Any key is accepted: other packages keep values of their own here."""
    conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def home_number(conn: Connection) -> str:
    """How telephone numbers begin in the country that is set ("+36"), for those without a country code; "" for none."""
    from app.base.phones import home_of  # noqa: PLC0415  not needed for the first paint

    row = conn.execute("SELECT value FROM setting WHERE key = 'country'").fetchone()
    return "" if row is None else home_of(str(row["value"]))


def delete_value(conn: Connection, key: str) -> None:
    """Delete the value of a key in the open transaction; no-op if there is none."""
    conn.execute("DELETE FROM setting WHERE key = ?", (key,))


def _typed(setting: Setting, value: str) -> str | int | bool:
    if isinstance(setting.default, bool):
        return value not in ("0", "", "False")
    if isinstance(setting.default, int):
        return int(value) if value.lstrip("-").isdigit() else setting.default
    return value
