"""What somebody was asked about a draft before it is sent: whether exactly these words may pass a rule. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.voice.rule import BLOCK, NOTE, Finding

WAITING, YES, NO = "waiting", "yes", "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question about a draft stands: WAITING, YES or NO. `said` is a sentence with who, when, and their words."""

    handoff_id: int
    state: str
    said: str


NOTHING: Mapping[int, Asked] = MappingProxyType({})


def may_be_asked(finding: Finding) -> bool:
    """Whether somebody can be asked to let a draft pass this: a rule stops it, and nobody was asked about it yet."""
    return finding.rule_id is not None and finding.level != NOTE and finding.asked in ("", NO)


def answered(found: Iterable[Finding], asked: Mapping[int, Asked]) -> tuple[Finding, ...]:
    """The findings as they stand after what was asked: a yes makes a note of one; no answer yet holds the draft."""
    return tuple(_answered(finding, asked.get(finding.rule_id or 0)) for finding in found)


def _answered(finding: Finding, one: Asked | None) -> Finding:
    if one is None or finding.level == NOTE:
        return finding
    if one.state == NO:
        return replace(finding, why=f"{one.said} {finding.why}", asked=NO)
    level = NOTE if one.state == YES else BLOCK
    return replace(finding, level=level, why=one.said, asked=one.state, instead="", replaces=None, fact="")
