"""One entry of the moderation log."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the log. Times are Unix seconds; `undoes_id` is the entry that this one reverses.

    `seconds` is for how long its author is muted, 0 for all other verbs; `before` is the message's `upstream` state
    when that was decided, `tried` how often it was tried without a clear refusal, `ours` whether it is one of
    ours.
    """

    id: int
    at: int
    message_id: int | None
    conversation_id: int
    account_id: int
    account: str
    kind: str
    member_id: int | None
    verb: str
    guideline: str
    why: str
    author: str
    text: str
    said_at: int | None
    url: str
    evidence: str
    undoes_id: int | None
    state: str
    held_until: int
    done_at: int | None
    tried: int
    error: str
    seconds: int
    before: str
    ours: int
