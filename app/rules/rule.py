"""A rule: what a message that comes in has to be, and what is done then. Pure; JSON in and out. No deed of one sends.

All conditions of a rule have to hold. What would never hold, or would contradict itself, is refused in one sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.base.words import N_, tr
from app.inbox.snooze import CHOICES
from app.search import spelled

EMOJI, MENTION = "emoji", "mention"
ONLY = {EMOJI: N_("only emoji"), MENTION: N_("only a mention of somebody")}
LINK, ADDRESS = "link", "address"
HAS = {LINK: N_("a link"), ADDRESS: N_("an e-mail or postal address")}
SNOOZES = tuple(choice.key for choice in CHOICES)
MOST_WORDS = 999
_MOST_NAME_CHARS = 60
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Conditions(NamedTuple):
    """What a message has to be. What is empty, 0 or None is not asked for.

    `only` is a key of ONLY; `has` are keys of HAS, each of which it has to have; it has fewer words of its own than
    `fewer_than`, and any of `words`, which are found as beginnings and in any form. `account_id` is where it came in,
    `member` its writer's kind (a key of `app.members.KIND_NAMES`), `language` a code. `first_time`: nothing of theirs
    came in before.
    """

    only: str = ""
    has: tuple[str, ...] = ()
    fewer_than: int = 0
    words: tuple[str, ...] = ()
    account_id: int | None = None
    member: str = ""
    first_time: bool = False
    language: str = ""


class Deeds(NamedTuple):
    """What is done with the conversation of such a message, or offered there.

    `label` is a name; `snooze` a key of SNOOZES; `template` the key of one that is offered, `teammate_id` whom handing
    it off is offered to. `quiet` keeps the message from asking for an answer.
    """

    label: str = ""
    unhappy: bool = False
    snooze: str = ""
    quiet: bool = False
    template: str = ""
    teammate_id: int | None = None


class Rule(NamedTuple):
    """A rule as it is kept; rules are asked in the order of `place`."""

    id: int
    name: str
    conditions: Conditions
    deeds: Deeds
    active: bool
    place: int
    created_at: int
    hits: int = 0
    """How many messages it has hit, without those whose hit was undone."""


def checked_name(typed: str) -> str:
    """A rule's name on one line. Raises UserError if it is empty or too long."""
    name = " ".join(typed.split())
    if not name:
        raise UserError(tr("Give the rule a name."))
    if len(name) > _MOST_NAME_CHARS:
        raise UserError(tr("A rule's name has at most {count} characters.").format(count=_MOST_NAME_CHARS))
    return name


def checked_conditions(asked: Conditions) -> Conditions:
    """The conditions, tidied. Raises UserError where there are none, or none of what comes in could meet them."""
    words = tuple(dict.fromkeys(" ".join(word.split()) for word in asked.words if word.strip()))
    asked = asked._replace(words=words, language=asked.language.strip().lower(), has=tuple(dict.fromkeys(asked.has)))
    if asked == Conditions():
        raise UserError(tr("Say what a message has to be: at least one condition."))
    _check_values(asked)
    if asked.only and (asked.words or asked.has):
        msg = tr("A message that is {only} has no words, link or address, so this rule would never hit.")
        raise UserError(msg.format(only=tr(ONLY[asked.only])))
    return asked


def _check_values(asked: Conditions) -> None:
    if asked.only not in ("", *ONLY) or not set(asked.has) <= set(HAS):
        raise UserError(tr("A message can be only {only}, or have {has}.").format(only=_keys(ONLY), has=_keys(HAS)))
    if not 0 <= asked.fewer_than <= MOST_WORDS:
        raise UserError(tr("The number of words is from 1 to {most}.").format(most=MOST_WORDS))
    wordless = next((word for word in asked.words if spelled.word(word) is None), None)
    if wordless is not None:
        raise UserError(tr("“{text}” has no letters or digits, so it can't be found.").format(text=wordless))
    if asked.language and not _LANGUAGE.fullmatch(asked.language):
        raise UserError(
            tr("“{text}” isn't the code of a language. Codes look like en or cs.").format(text=asked.language)
        )


def checked_deeds(deeds: Deeds) -> Deeds:
    """The deeds, tidied. Raises UserError where there are none, or two that contradict each other."""
    deeds = deeds._replace(label=" ".join(deeds.label.split()), template=deeds.template.strip())
    if deeds == Deeds():
        raise UserError(tr("Say what happens then: at least one thing."))
    if deeds.snooze not in ("", *SNOOZES):
        raise UserError(tr("A rule can snooze until: {names}.").format(names=", ".join(SNOOZES)))
    if deeds.unhappy and (deeds.snooze or deeds.quiet):
        raise UserError(tr("What is marked unhappy needs you, so a rule can't snooze it or move it to Quiet as well."))
    if deeds.quiet and deeds.snooze:
        raise UserError(tr("What is in Quiet doesn't come back, so it can't be snoozed as well. Choose one."))
    if deeds.quiet and (deeds.template or deeds.teammate_id is not None):
        raise UserError(tr("What is in Quiet needs no answer, so no template or hand-off can be offered for it."))
    return deeds


def _keys(names: Mapping[str, str]) -> str:
    return ", ".join(names)


def packed(made: Conditions | Deeds) -> str:
    """As JSON, without what is not asked for."""
    empty = type(made)()._asdict()
    return json.dumps(
        {key: value for key, value in made._asdict().items() if value != empty[key]}, ensure_ascii=False, sort_keys=True
    )


def conditions_of(source: str) -> Conditions:
    """What `packed` wrote; what a later Rapport knows besides is left out."""
    known = _known(source, Conditions._fields)
    for listed in ("has", "words"):
        if listed in known:
            known[listed] = tuple(map(str, known[listed]))
    return Conditions(**known)


def deeds_of(source: str) -> Deeds:
    """What `packed` wrote; what a later Rapport knows besides is left out."""
    return Deeds(**_known(source, Deeds._fields))


def _known(source: str, fields: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in json.loads(source).items() if key in fields}
