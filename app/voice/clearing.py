"""The gate between writing and sending: only `clear` creates a `Cleared`, and the outbox accepts nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, asdict, dataclass, field
from types import MappingProxyType
from typing import final

from app.base.errors import BugError, UserError
from app.base.words import tr
from app.voice.asked import NOTHING, YES, Asked, answered
from app.voice.guard import ASK, BLOCK, Finding, Rule, check

_GATE = object()
_NO_REASONS: Mapping[str, str] = MappingProxyType({})


ANYONE, RECEIVER, TEAM = "anyone", "receiver", "team"
"""Who reads a text: anybody may, the one whom it is to alone, or only teammates."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be sent; `language` is "" if unknown. `template_id` and `variant` say which template it came from.

    `to` is the member whom it is to, `read_by` one of ANYONE, RECEIVER and TEAM, and `files` are the digests (SHA-256,
    in hex) of what goes along. `public`: it goes to a place where everybody can read it. `conversation_id` is where it
    is a reply, `channel` the kind of channel that it goes by ("" if unknown). `letter`: it is an e-mail, which begins
    with a greeting and ends with a sign-off; `ending` is what follows its words, its signature.
    """

    text: str
    language: str = ""
    template_id: int | None = None
    variant: str = ""
    to: int | None = None
    read_by: str = ANYONE
    files: tuple[str, ...] = ()
    public: bool = False
    conversation_id: int | None = None
    channel: str = ""
    letter: bool = False
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A finding that the person overrode, with the reason given."""

    words: str
    risk: str
    why: str
    reason: str
    rule_id: int | None = None


@final
@dataclass(frozen=True, slots=True)
class Cleared:
    """A draft that has passed the check; only `clear` may create it (anything else raises BugError)."""

    draft: Draft
    passed: tuple[Passed, ...]
    gate: InitVar[object] = field(kw_only=True)

    def __post_init__(self, gate: object) -> None:
        """Raise BugError unless `gate` is this module's private token."""
        if gate is not _GATE:
            msg = tr("Only the voice guide's gate makes a Cleared.")
            raise BugError(msg)

    def overrides(self) -> str:
        """Return the overridden findings and reasons as JSON, for the outbox."""
        return json.dumps([asdict(finding) for finding in self.passed], ensure_ascii=False)


class Stopped(UserError):
    """The draft may not be sent as it is; `findings` are the ones that prevent it, worst first."""

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        """`sentence` is shown; `findings` are to be marked."""
        super().__init__(sentence)
        self.findings = findings


def clear(
    draft: Draft,
    rules: Iterable[Rule],
    reasons: Mapping[str, str] = _NO_REASONS,
    reason: str = "",
    *,
    wordless: bool = False,
    others: Iterable[Finding] = (),
    asked: Mapping[int, Asked] = NOTHING,
) -> Cleared:
    """Clear a draft for sending; raises Stopped if it is blank or a rule prevents it.

    `wordless`: it may be blank, for something else goes with it: a letter that is forwarded. `others` are findings that
    no rule of the guide makes, such as a member's photo that may not be used. `asked` is what was asked about exactly
    these words: a yes lets them pass its rule, and no answer yet holds them.

    BLOCK findings cannot be overridden. ASK findings need a reason: from `reasons` by Finding.key, else `reason`. NOTE
    findings are only shown.
    """
    if not draft.text.strip() and not wordless:
        msg = tr("Write something first.")
        raise Stopped(msg)
    checked = (*check(draft.text, draft.language, rules), *others)
    findings = answered(checked, asked)
    blocks = tuple(finding for finding in findings if finding.level == BLOCK)
    if blocks:
        raise Stopped(_blocked(blocks[0]), blocks)
    asks = [finding for finding in findings if finding.level == ASK]
    given = {finding.key: (reasons.get(finding.key) or reason).strip() for finding in asks}
    open_ = tuple(finding for finding in asks if not given[finding.key])
    if open_:
        msg = tr("“{words}” needs a reason before it can be sent: {why}").format(words=open_[0].words, why=open_[0].why)
        raise Stopped(msg, open_)
    passed = tuple(
        Passed(finding.words, finding.risk, finding.why, given[finding.key], finding.rule_id) for finding in asks
    )
    allowed = tuple(
        Passed(before.words, before.risk, before.why, finding.why, before.rule_id)
        for before, finding in zip(checked, findings, strict=True)
        if finding.asked == YES
    )
    return Cleared(draft, (*allowed, *passed), gate=_GATE)


def _blocked(finding: Finding) -> str:
    sentence = tr("“{words}” can't be sent: {why}")
    if finding.instead:
        sentence = tr("“{words}” can't be sent: {why} Instead, write: {instead}.")
    return sentence.format(words=finding.words, why=finding.why, instead=finding.instead)
