"""What a rule asks for and does, and what a hit did, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.base.words import counted, tr
from app.inbox.snooze import CHOICES
from app.members import KIND_NAMES
from app.rules.applying import LEFT
from app.rules.desk import Hit
from app.rules.rule import HAS, ONLY, Conditions, Deeds

_SNOOZED = {choice.key: choice.title for choice in CHOICES}


class Names(NamedTuple):
    """What accounts and teammates are called, by id; templates by key; and a language by its code."""

    accounts: Mapping[int, str]
    teammates: Mapping[int, str]
    templates: Mapping[str, str]
    language: Callable[[str], str] = str


def asked(conditions: Conditions, names: Names) -> list[str]:
    """What a message has to be: a phrase each."""
    found = [tr("is {only}").format(only=tr(ONLY[conditions.only]))] if conditions.only else []
    found += [tr("has {what}").format(what=tr(HAS[what])) for what in conditions.has]
    if conditions.fewer_than:
        found.append(counted(conditions.fewer_than, "has fewer than {count} word", "has fewer than {count} words"))
    if conditions.words:
        found.append(tr("has any of the words: {words}").format(words=", ".join(conditions.words)))
    if conditions.account_id is not None:
        name = names.accounts.get(conditions.account_id, tr("an account that is gone"))
        found.append(tr("came in on {account}").format(account=name))
    if conditions.member:
        kind = tr(KIND_NAMES.get(conditions.member, conditions.member))
        found.append(tr("is from a member of the kind “{kind}”").format(kind=kind))
    if conditions.first_time:
        found.append(tr("is the first from its author"))
    if conditions.language:
        found.append(tr("is in {language}").format(language=names.language(conditions.language)))
    return found


def done_then(deeds: Deeds, names: Names) -> list[str]:
    """What is done then: a phrase each."""
    found = [tr("label it “{label}”").format(label=deeds.label)] if deeds.label else []
    if deeds.unhappy:
        found.append(tr("mark it unhappy"))
    if deeds.snooze:
        found.append(tr("snooze it: {when}").format(when=tr(_SNOOZED[deeds.snooze])))
    if deeds.quiet:
        found.append(tr("move it to Quiet"))
    if deeds.template:
        found.append(
            tr("offer the template “{template}”").format(template=names.templates.get(deeds.template, deeds.template))
        )
    if deeds.teammate_id is not None:
        found.append(tr("offer to hand it off to {name}").format(name=_mate(deeds.teammate_id, names)))
    return found


def deeds_in_words(hit: Hit, names: Names) -> str:
    """What a rule did with a message, in one sentence, which names the rule."""
    parts = [phrase for key in hit.did if (phrase := _phrase(key, hit, names))]
    sentence = tr("Rule “{rule}”: {deeds}.") if parts else tr("Rule “{rule}”: nothing to change.")
    return sentence.format(rule=hit.rule, deeds=", ".join(parts))


def _phrase(key: str, hit: Hit, names: Names) -> str:
    done = hit.did[key]
    if key == LEFT:
        return tr("left where it is: it's marked, or a promise or an answer is still open")
    simple = {
        "unhappy": (tr("marked unhappy"), tr("already marked unhappy")),
        "snooze": (tr("snoozed"), ""),
        "quiet": (tr("moved to Quiet"), tr("needed no reply already")),
        "label": (tr("labelled “{label}”"), tr("already labelled “{label}”")),
    }
    if key in simple:
        return simple[key][not done["changed"]].format(label=done.get("what", ""))
    if key == "template":
        name = names.templates.get(done["what"], done["what"])
        return tr("the template “{template}” is offered").format(template=name)
    if key == "teammate":
        return tr("a hand-off to {name} is offered").format(name=_mate(int(done["what"]), names))
    return ""


def _mate(number: int, names: Names) -> str:
    return names.teammates.get(number, tr("a teammate who is gone"))
