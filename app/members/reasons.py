"""Why two members may be one person, in words."""

from __future__ import annotations

from app.base import language_names
from app.base.scripts import GREEK
from app.base.words import tr
from app.channels.registry import channel
from app.members.suggesting import ADDRESS, FORM, HANDLE, PHONE, SITE, THREAD, Reason


def in_words(reason: Reason) -> str:
    """A reason as a phrase: "Same name on Forum and Mastodon: zofka"."""
    if reason.code == ADDRESS:
        return tr("Same address: {address}").format(address=reason.what)
    if reason.code == PHONE:
        return tr("Same phone number: {number}").format(number=reason.what)
    if reason.code == SITE:
        return tr("Their website is the other's profile: {page}").format(page=reason.what)
    if reason.code == THREAD:
        return tr("Two addresses in one conversation")
    if reason.code == FORM:
        return _form(reason)
    return _handle(reason) if reason.code == HANDLE else _name(reason)


def _handle(reason: Reason) -> str:
    one, other = (tr(channel(kind).short_title) for kind in reason.where)
    if one == other and channel(reason.where[0]).by_address:
        return tr("Same name in two e-mail addresses: {handle}").format(handle=reason.what)
    if one == other:
        return tr("Same name twice on {channel}: {handle}").format(channel=one, handle=reason.what)
    return tr("Same name on {channel} and {other}: {handle}").format(channel=one, other=other, handle=reason.what)


def _form(reason: Reason) -> str:
    sentence = tr("{form} is another form of {name}")  # Honza is no shorter than Jan
    if len(reason.what) < len(reason.full):
        sentence = tr("{form} is short for {name}")
    return sentence.format(form=reason.what, name=reason.full)


def _name(reason: Reason) -> str:
    one, other = reason.where
    if one and one == other:
        return tr("Same name, and both write in {language}").format(language=tr(language_names.name(one)))
    if one and other and GREEK.search(reason.what):
        return tr("Same name in two alphabets")
    return tr("Same name")
