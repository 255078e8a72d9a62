"""When a channel stops taking an answer in a conversation: the one place that decides it, for window, queue and shell.

What a channel itself says of a conversation counts first (`conversation.closes_at`). Else it follows from the
channel's rules (`Channel.windows`, each with its source) and the last thing that they wrote.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from app.base.words import tr
from app.channels.registry import channel

_ENDED = ("done", "quiet", "empty", "waiting")
"""States in which nobody waits for an answer of ours, so that nothing is missed."""


class Windowed(Protocol):
    """What of a conversation decides when it closes; a row of the inbox has it all. Times are Unix seconds."""

    @property
    def kind(self) -> str:
        """The kind of its channel."""

    @property
    def public(self) -> bool:
        """Whether everybody reads it."""

    @property
    def state(self) -> str:
        """Whose turn it is."""

    @property
    def last_at(self) -> int:
        """When the last thing was said there."""

    @property
    def last_out(self) -> bool:
        """Whether we said it."""

    @property
    def waiting_since(self) -> int | None:
        """Since when somebody waits."""

    @property
    def told_closing(self) -> int | None:
        """When its channel says that it closes."""


class Facts(NamedTuple):
    """The same by itself, for what reads no whole rows."""

    kind: str
    public: bool
    state: str
    last_at: int
    last_out: bool
    waiting_since: int | None
    told_closing: int | None


class Closing(NamedTuple):
    """When a conversation closes (Unix seconds), and what is still possible afterwards, "" for nothing or unknown."""

    at: int
    afterwards: str = ""


def closing(of: Windowed, now: int) -> Closing | None:
    """The next time from `now` on (Unix seconds) at which an answer there becomes impossible, or restricted.

    None where nobody waits for one, no rule is known, or all windows are past.
    """
    return min((one for one in _ends(of) if one.at > now), default=None)


def missed(of: Windowed, at: int, now: int) -> Closing | None:
    """The last time from `now` on that will be past when a reply is sent `at` (both Unix seconds); None for none."""
    return max((one for one in _ends(of) if now < one.at <= at), default=None)


def _ends(of: Windowed) -> list[Closing]:
    if of.state in _ENDED:
        return []
    ends = [Closing(of.told_closing)] if of.told_closing is not None else []
    since = of.waiting_since if of.last_out else of.last_at  # where we spoke last, what waits is older than that
    if since is not None and not of.public:
        ends += [Closing(since + one.seconds, one.afterwards) for one in channel(of.kind).windows]
    return ends


def closes_at(of: Windowed, now: int) -> int | None:
    """When the conversation closes (Unix seconds); None as `closing` says."""
    end = closing(of, now)
    return None if end is None else end.at


def words(when: str, *, before_block: bool) -> str:
    """The sentence for the screen; `when` is the time as it is written there."""
    sentence = tr("Closes {when}, before your next block.") if before_block else tr("Closes {when}.")
    return sentence.format(when=when)


def words_missed(end: Closing, when: str) -> str:
    """The sentence on a reply that is to be sent after `end`; `when` is that time as it is written there."""
    sentence = tr("It closes {when}, before this would be sent.").format(when=when)
    return tr("{first} {second}").format(first=sentence, second=tr(end.afterwards)) if end.afterwards else sentence
