"""The conversations that we are in: channels, private channels, and what is said to us alone or in a small group.

Each kind has scopes of its own: https://docs.slack.dev/reference/methods/users.conversations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.base.words import N_, tr
from app.channels.slack.answers import MISSING_SCOPE, Declined
from app.channels.slack.wire import Wire

PUBLIC, PRIVATE, DIRECT, GROUP = "public_channel", "private_channel", "im", "mpim"
KINDS = (PUBLIC, PRIVATE, DIRECT, GROUP)
CHANNELS = (PUBLIC, PRIVATE)
_SCOPES = {PUBLIC: "channels", PRIVATE: "groups", DIRECT: "im", GROUP: "mpim"}
_LACKING = {
    PUBLIC: N_("Public channels aren't read: the app lacks “{needed}”."),
    PRIVATE: N_("Private channels aren't read: the app lacks “{needed}”."),
    DIRECT: N_("Direct messages aren't read: the app lacks “{needed}”."),
    GROUP: N_("Group messages aren't read: the app lacks “{needed}”."),
}
_ABSENT = N_(
    "Not read: {channels}. You're not in there. Join in Slack; or change the account, if it's archived or has another "
    "name now."
)
_MOST_NAMED = 5
SLACKBOT = "USLACKBOT"
"""Slack's own program, which counts as nobody's."""
_ROWS = 900  # conversations on a page: fewer than 1,000 is what Slack takes


class Place(NamedTuple):
    """A conversation; `name` is a channel's, or those of a group's people, "" for what is said between two."""

    id: str
    kind: str
    name: str = ""

    @property
    def title(self) -> str:
        """What its conversations are shown under; "" for what is said between two."""
        return f"#{self.name}" if self.kind in CHANNELS else self.name

    @property
    def is_one_talk(self) -> bool:
        """Whether all that is said there is one conversation, rather than one for each message that is answered."""
        return self.kind not in CHANNELS


@dataclass(slots=True)
class Places:
    """All of them, in the order of their ids; `lacking` are the scopes that a kind cannot be read without.

    `absent` are the names of channels that are wanted and not among them.
    """

    rows: list[Place] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def unknown(self) -> str:
        """Say which of the channels that are wanted we are not in; "" if we are in all."""
        if not self.absent:
            return ""
        names = ", ".join(f"#{name}" for name in self.absent[:_MOST_NAMED])
        return tr(_ABSENT).format(channels=names if len(self.absent) <= _MOST_NAMED else f"{names}, …")

    def sentence(self, kinds: tuple[str, ...]) -> str:
        """Say which of these kinds cannot be read, and what to do; "" if all can."""
        sentences = [tr(_LACKING[kind]).format(needed=self.lacking[kind]) for kind in kinds if kind in self.lacking]
        if sentences:
            sentences.append(tr("Add it under OAuth & Permissions and install the app again."))
        return " ".join(sentences)


def find(wire: Wire, me: str, wanted: set[str], *, patient: bool) -> Places:
    """List what we are in. `wanted` are the folded names of channels, empty for all.

    A kind that may not be listed is in `lacking`, but for private channels where others are all that is wanted.
    """
    found = Places()
    for kind in KINDS:
        try:
            rows = wire.walk("users.conversations", "channels", _asked(kind), patient=patient)
            found.rows += _wanted(rows, kind, me, wanted)
        except Declined as why:
            if why.code not in MISSING_SCOPE:
                raise
            found.lacking[kind] = why.needed or scope(kind, "read")
    names = {place.name.casefold() for place in found.rows if place.kind in CHANNELS}
    if wanted and wanted <= names:
        found.lacking = {kind: needed for kind, needed in found.lacking.items() if kind not in CHANNELS}
    if not found.lacking.keys() & {*CHANNELS}:  # else they may be of the kind that cannot be listed
        found.absent = tuple(sorted(wanted - names))
    found.rows.sort()
    return found


def scope(kind: str, act: str) -> str:
    """The scope for `read` (listing) or `history` of that kind."""
    return f"{_SCOPES[kind]}:{act}"


def _asked(kind: str) -> dict[str, object]:
    return {"types": kind, "exclude_archived": "true", "limit": _ROWS}


def _wanted(rows: Iterator[Mapping[str, Any]], kind: str, me: str, wanted: set[str]) -> Iterator[Place]:
    for row in rows:
        if kind == DIRECT:
            user = str(row.get("user") or "")
            if user and user not in (me, SLACKBOT):
                yield Place(str(row["id"]), kind)
        elif kind == GROUP:
            yield Place(str(row["id"]), kind, _people(str(row["name"])))
        elif not wanted or row["name"].casefold() in wanted:
            yield Place(str(row["id"]), kind, str(row["name"]))


def _people(name: str) -> str:
    """The people of a group by its own name: `mpdm-anna--bela--jana-1`."""
    bare = name.removeprefix("mpdm-").rpartition("-")
    return ", ".join((bare[0] or name).split("--")) if name.startswith("mpdm-") else name
