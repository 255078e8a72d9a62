"""A member's card in the shell: figures, what is known of them, promises, gifts and history."""

from __future__ import annotations

from collections.abc import Iterable

from app.base import clock, ids, money
from app.base.words import N_, counted, tr
from app.calendar.yearly import in_words, part_in_words
from app.cli.output import Output, ago, one_line, table, when
from app.cli.shapes import card_json, spoken
from app.members import KIND_NAMES, Card, figures
from app.members.facts import CONSENTS, NO_NAME_DAY, languages_of
from app.members.own import Note
from app.moderation.words import barred_there
from app.workbench import Workbench


def card_of(bench: Workbench, number: int) -> Output:
    """A member's card."""
    card = bench.card(number)
    return Output(card_json(card), card_lines(card))


def card_lines(card: Card) -> list[str]:
    """A member's card as lines for people."""
    member, now = card.member, clock.now()
    about = [
        tr(KIND_NAMES.get(member.kind, member.kind)),
        member.language,
        member.city,
        member.email,
        tr("fits the brand") if member.fits else "",
        tr("unhappy") if card.unhappy else "",
    ]
    lines = [f"{ids.display('P', member.id)}  {member.name}", "  ".join(word for word in about if word)]
    lines += [figures.line(card.figures, now)]
    lines += [barred_there(bar, bar.account, when(bar.until)) for bar in card.bars]
    lines += (
        [
            tr("Wrote {times} from {first} to {last}").format(
                times=counted(card.heard, "{count} time", "{count} times"),
                first=when(member.first_at),
                last=when(member.last_at),
            )
        ]
        if member.first_at
        else []
    )
    typical, sentence = "", tr("{conversations}, we replied in {answered} of them")
    if card.typical_reply is not None:
        typical = ago(now - card.typical_reply, now)
        sentence = tr("{conversations}, we replied in {answered} of them; typical reply time: {time}")
    lines += [
        sentence.format(
            conversations=counted(card.conversations, "{count} conversation", "{count} conversations"),
            answered=card.answered,
            time=typical,
        )
    ]
    lines += table([(f"  {name.kind}", name.handle, name.name) for name in member.identities])
    lines += [tr("Note: {note}").format(note=member.note)] if member.note else []
    lines += fact_lines(card)
    promises = [
        (f"  {_promise(promise.kept_at, promise.dropped_why)}", promise.due_on, promise.what)
        for promise in card.promises
    ]
    for title, rows in (
        (tr("Promises"), promises),
        (tr("Gifts"), _gifts(card)),
        (tr("History"), _history(card, now)),
    ):
        lines += [title, *table(rows)] if rows else []
    return lines


def _gifts(card: Card) -> list[tuple[str, ...]]:
    return [
        (
            f"  {ids.display('G', gift.id)}",
            spoken(gift.state),
            money.display(gift.worth, gift.currency),
            f"{gift.item} ({gift.why})",
        )
        for gift in card.gifts
    ]


def _history(card: Card, now: int) -> list[tuple[str, ...]]:
    return [
        (
            f"  {ids.display('C', past.conversation_id)}",
            spoken(past.state),
            ago(past.last_at, now),
            past.account,
            one_line(f"{past.title}: {past.preview}", 80),
        )
        for past in card.history
    ]


def _promise(kept_at: int | None, dropped: str) -> str:
    if dropped:
        return tr("dropped")
    return tr("open") if kept_at is None else tr("kept")


def fact_lines(card: Card) -> list[str]:
    """What is known of a member besides the first lines of their card, one fact a line; only what is known."""
    member = card.member
    name_day = tr("keeps none") if member.name_day == NO_NAME_DAY else _name_day(card)
    met = filter(None, (member.met_how, part_in_words(member.met_on), card.met_through))
    consent = filter(None, (tr(CONSENTS.get(member.consent, "")) if member.consent else "",
                            part_in_words(member.consent_on), member.consent_how))  # fmt: skip
    facts = (
        (N_("Don't write to them first: {value}"), _why(member.do_not_why) if member.do_not_contact else ""),
        (N_("Don't send them gifts: {value}"), _why(member.do_not_why) if member.do_not_gift else ""),
        (N_("Under age: {value}"), tr("yes") if member.minor else ""),
        (N_("Public servant: {value}"), tr("yes") if member.public_servant else ""),
        (N_("Phone: {value}"), member.phone),
        (N_("Company: {value}"), ", ".join(filter(None, (member.company, member.job_title)))),
        (N_("Website: {value}"), member.website),
        (N_("Fits because: {value}"), member.fits_why if member.fits else ""),
        (N_("Other languages: {value}"), ", ".join(languages_of(member.languages))),
        (N_("Form of address: {value}"), card.form_of_address),
        (N_("Forms of the name: {value}"), member.name_forms),
        (N_("Pronouns: {value}"), member.pronouns),
        (N_("Time zone: {value}"), member.time_zone),
        (N_("Birthday: {value}"), in_words(member.birthday)),
        (N_("Name day: {value}"), name_day),
        (N_("Interests: {value}"), member.interests),
        (N_("Met: {value}"), ", ".join(met)),
        (N_("Gifts and offers: {value}"), ", ".join(consent)),
        (N_("Labels: {value}"), ", ".join(card.labels)),
    )  # fmt: skip
    lines = [tr(sentence).format(value=value) for sentence, value in facts if value]
    lines += [tr("{field}: {value}").format(field=name, value=value) for name, value in card.fields.items()]
    return lines + note_lines(card.notes)


def _name_day(card: Card) -> str:
    return in_words(f"{card.name_day.day:%m-%d}") if card.name_day is not None else ""


def _why(reason: str) -> str:
    return reason or tr("yes")


def note_lines(notes: Iterable[Note]) -> list[str]:
    """Dated notes, one a line."""
    rows = [(f"  {when(note.at)}", one_line(note.text, 200)) for note in notes]
    return [tr("Notes"), *table(rows)] if rows else []
