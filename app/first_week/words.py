"""What window and shell say of the first week: what a start line does, and why somebody or something is proposed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.base.dates import in_words
from app.base.words import counted, form, tr
from app.first_week.steps import BLOCKS, DONE, LEFT, LINE, NOTHING, TARGETS, TEAMMATES, TEMPLATES, TRAITS, Step
from app.inbox.start_line import Offer

if TYPE_CHECKING:
    from app.first_week.colleagues import Colleague


def closes(offer: Offer, day: date, now: date) -> str:
    """What a line at the beginning of that day closes: "Start from today: 1,940 older conversations are closed ..."."""
    if not offer.closes:
        return tr("Start from {day}: no older conversation is open.").format(day=_day(day, now))
    sentence = form(
        offer.closes, "Start from {day}: {many} older conversation is closed and stays found by search.",
        "Start from {day}: {many} older conversations are closed and stay found by search.",
    )  # fmt: skip
    return sentence.format(day=_day(day, now), many=f"{offer.closes:,}")


def parts(offer: Offer) -> str:
    """What those that are closed are: "In 312 somebody waits for a reply, in 40 you spoke last."; "" for none."""
    if not offer.closes:
        return ""
    sentence = tr("In {needs} someone is waiting for a reply; in {waiting} you wrote last. Nothing is sent.")
    return sentence.format(needs=f"{offer.needs_reply:,}", waiting=f"{offer.waiting:,}")


def stays(offer: Offer) -> list[str]:
    """What stays open, one sentence each; what is not there is not said."""
    newer = counted(
        offer.newer, "{count:,} newer conversation stays open.", "{count:,} newer conversations stay open."
    )  # fmt: skip
    kept = counted(
        offer.kept,
        "{count:,} older one stays open: something in it isn't finished, such as a promise, a hand-off, a gift or a "
        "draft.",
        "{count:,} older ones stay open: something in them isn't finished, such as a promise, a hand-off, a gift or a "
        "draft.",
    )  # fmt: skip
    snoozed = counted(offer.snoozed, "{count:,} stays snoozed.", "{count:,} stay snoozed.")
    done = counted(offer.done, "{count:,} older one is closed already.", "{count:,} older ones are closed already.")
    told = ((offer.newer, newer), (offer.kept, kept), (offer.snoozed, snoozed), (offer.done, done))
    return [sentence for many, sentence in told if many]


def why(one: Colleague) -> str:
    """Why somebody is proposed as a teammate: "wrote 12 letters, got 3 forwarded, in copy of 5 of yours"."""
    reasons = (
        (one.wrote, counted(one.wrote, "wrote you {count} letter", "wrote you {count} letters")),
        (one.forwards, counted(one.forwards, "you forwarded {count} letter", "you forwarded {count} letters")),
        (one.copies, counted(one.copies, "in copy of {count} letter of yours", "in copy of {count} letters of yours")),
        (one.letters, counted(one.letters, "got {count} letter from you", "got {count} letters from you")),
    )
    told = [sentence for many, sentence in reasons if many]
    return ", ".join([*([tr("your own domain")] if one.ours else []), *told])


def written(times: int, language: str) -> str:
    """How often a text was written: "Czech, written 14 times"; `language` is its name."""
    return counted(
        times, "{language}, written {count} time", "{language}, written {count} times", language=language
    )  # fmt: skip


def note(step: Step) -> str:
    """The line below a step's name in the list."""
    if step.state in (DONE, LEFT):
        return tr("Done") if step.state == DONE else tr("Left out")
    if step.state == NOTHING:
        return tr("Nothing to close") if step.id == LINE else tr("Nothing to suggest yet")
    many = step.many
    told = {
        LINE: counted(many, "{count:,} older to close", "{count:,} older to close"),
        BLOCKS: tr("When you work"),
        TARGETS: tr("How soon you reply"),
        TEAMMATES: counted(many, "{count} suggestion", "{count} suggestions"),
        TEMPLATES: counted(many, "{count} suggestion", "{count} suggestions"),
        TRAITS: counted(many, "{count} habit found", "{count} habits found"),
    }
    return told[step.id]


def _day(day: date, now: date) -> str:
    return tr("today") if day == now else in_words(day)
