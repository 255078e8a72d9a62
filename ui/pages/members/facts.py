"""What is known of a member, as the profile tells it: only what is filled in, each fact with its title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.base import clock
from app.calendar.yearly import in_words, part_in_words
from app.members import Card, Member
from app.members.facts import CONSENTS, NO_NAME_DAY, languages_of
from ui.look import languages, text
from ui.look.text import tr


def warnings(member: Member) -> list[str]:
    """What must not be forgotten about them, each in one line."""
    why = text.plain(member.do_not_why)
    told = [
        (member.do_not_contact, tr("Don't write to them first")),
        (member.do_not_gift, tr("Don't send them gifts")),
        (member.minor, tr("Under age")),
        (member.public_servant, tr("Public servant: small gifts only")),
    ]
    found = [words for holds, words in told if holds]
    if why and (member.do_not_contact or member.do_not_gift):
        found[0] = tr("{warning}: {why}").format(warning=found[0], why=why)
    return found


def facts(card: Card) -> Iterator[tuple[str, str]]:
    """The facts of a member's card with their titles, those that are known alone."""
    for title, value in (*_who(card), *_met(card), *_reached(card.member)):
        if value:
            yield title, value
    for name, value in card.fields.items():
        yield text.plain(name), text.plain(value)


def _who(card: Card) -> Iterator[tuple[str, str]]:
    member = card.member
    yield tr("Language"), languages.name(member.language) if member.language else ""
    yield tr("Other languages"), ", ".join(languages.name(code) for code in languages_of(member.languages))
    yield tr("Form of address"), card.form_of_address
    yield tr("Forms of the name"), text.plain(member.name_forms)
    yield tr("Pronouns"), text.plain(member.pronouns)
    yield tr("Time zone"), _zone(member.time_zone)
    yield tr("Birthday"), in_words(member.birthday)
    yield tr("Name day"), _name_day(card)
    yield tr("Interests"), text.plain(member.interests)


def _met(card: Card) -> Iterator[tuple[str, str]]:
    member = card.member
    through = tr("through {name}").format(name=text.embed(card.met_through)) if card.met_through else ""
    told = (text.plain(member.met_how), part_in_words(member.met_on), through)
    yield tr("How you met"), ", ".join(part for part in told if part)
    yield tr("Fits because"), text.plain(member.fits_why)
    said = CONSENTS.get(member.consent)
    consent = (tr(said) if said else "", part_in_words(member.consent_on), text.plain(member.consent_how))
    yield tr("Gifts and offers"), ", ".join(part for part in consent if part) if said else ""


def _reached(member: Member) -> Iterator[tuple[str, str]]:
    yield tr("E-mail"), member.email
    yield tr("Phone"), member.phone
    yield tr("Company"), " · ".join(part for part in (member.job_title, member.company) if part)
    yield tr("Website"), member.website
    yield tr("Address"), address(member)


def _name_day(card: Card) -> str:
    """The day, and the others of the year that the calendar has for the name."""
    if card.member.name_day == NO_NAME_DAY:
        return tr("keeps none")
    if card.name_day is None:
        return ""
    day = in_words(f"{card.name_day.day:%m-%d}")
    others = ", ".join(in_words(f"{other:%m-%d}") for other in card.name_day.others)
    return tr("{day} (also {others})").format(day=day, others=others) if others else day


def _zone(name: str) -> str:
    """The time zone with the time that it is there now; a zone that this computer does not know is only named."""
    if not name:
        return ""
    try:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  0.8 MB, and few members have a time zone

        there = datetime.fromtimestamp(clock.now(), ZoneInfo(name))
    except (OSError, ValueError):
        return name
    return tr("{zone}, {time} there").format(zone=name, time=f"{there:%H:%M}")


def address(member: Member) -> str:
    """The shipping address, one part per line; "" without a street."""
    lines = [member.recipient if member.address_1 else "", member.address_1, member.address_2, member.address_3]
    lines += [
        " ".join(part for part in (member.postal_code, member.city) if part) if member.address_1 else "",
        member.country,
    ]
    return "\n".join(line for line in lines if line) if member.address_1 else ""
