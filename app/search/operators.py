"""The operators of the search language: their names in our languages, and the values that those with a fixed set take.

`is:` and `has:` are said of a conversation, but `has:attachment` of a message. Names are compared folded, and one that
was typed with the Greek layout on is taken for the same keys of the Latin one (φρομ: is from:).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from app.base.text import fold
from app.base.words import N_


class Operator(NamedTuple):
    """`key` is its English name, `names` are others, `example` is a value, `help` says what it finds."""

    key: str
    names: tuple[str, ...]
    example: str
    help: str


OPERATORS = (
    Operator("from", ("από", "απο", "feladó", "od", "frá"), "Eleni", N_("who wrote it; “me” is us")),
    Operator("to", ("προς", "címzett", "komu", "til"), "Eleni", N_("whom it went to")),
    Operator("channel", ("account", "κανάλι", "csatorna", "kanál", "rás"), "Blog", N_("the channel or account")),
    Operator("label", ("labels", "ετικέτα", "címke", "štítek", "merki"), "parcel", N_("a label of the conversation")),
    Operator("rule", ("rules", "κανόνας", "szabály", "pravidlo", "regla"), "Raffle", N_("what this rule did")),
    Operator(
        "passed",
        ("προώθησε", "továbbította", "předal", "framsent"),
        "Anna",
        N_("who passed it on to you; “yes” is anybody"),
    ),
    Operator("kind", ("είδος", "típus", "druh", "tegund"), "press", N_("the kind of member that it is with")),
    Operator("state", ("κατάσταση", "állapot", "stav", "staða"), "waiting", N_("whose turn it is")),
    Operator("before", ("until", "πριν", "előtt", "před", "fyrir"), "1.5.2026", N_("before this day")),
    Operator("after", ("since", "μετά", "után", "po", "eftir"), "may", N_("on this day or later")),
    Operator("has", ("έχει", "van", "má", "hefur"), "gift", N_("a gift, an open promise or an attached file")),
    Operator("lang", ("language", "γλώσσα", "nyelv", "jazyk", "tungumál"), "el", N_("the language it is written in")),
    Operator("is", ("είναι", "je", "er"), "unhappy", N_("unhappy, difficult, a draft, closed by itself, public ...")),
)
STATES = {
    "needs_me": ("needs-me", "needs me", "needs reply", "unanswered", "open"),
    "waiting": ("waiting",),
    "snoozed": ("snoozed",),
    "done": ("done", "closed"),
    "quiet": ("quiet",),
}
HAS = {
    "gift": ("gift", "gifts"),
    "promise": ("promise", "promises", "promised"),
    "attachment": ("attachment", "attachments", "file", "files"),
}
IS = {
    "unhappy": ("unhappy",),
    "hard": ("difficult", "hard"),
    "draft": ("draft",),
    "closed_itself": ("closed-by-itself", "closed by itself"),
    "asked": ("asked",),
    "closing": ("closing",),
    "public": ("public",),
    "private": ("private",),
}
KIND = {
    "customer": ("customer", "customers"),
    "partner": ("partner", "partners"),
    "staff": ("staff",),
    "former_staff": ("former-staff", "former staff"),
    "applicant": ("applicant", "applicants"),
    "vendor": ("supplier", "suppliers", "vendor", "vendors"),
    "press": ("press",),
    "peer": ("peer", "peers"),
    "ambassador": ("ambassador", "ambassadors"),
}
VALUES = {"kind": KIND, "state": STATES, "has": HAS, "is": IS}
"""The fixed values of an operator, each by its own name and others; the first is the one that is shown."""
TITLES = {
    "needs_me": N_("Unanswered"), "waiting": N_("Waiting"), "snoozed": N_("Snoozed"), "done": N_("Done"),
    "quiet": N_("Quiet"), "gift": N_("gift"), "attachment": N_("attachment"), "unhappy": N_("unhappy"),
    "hard": N_("difficult"), "draft": N_("draft"), "public": N_("public"), "private": N_("private"),
    "promise": N_("promise"),
    "customer": N_("Customer"), "partner": N_("Partner"), "staff": N_("Staff"), "former_staff": N_("Former staff"),
    "applicant": N_("Applicant"), "vendor": N_("Supplier"), "press": N_("Press"), "peer": N_("Peer"),
    "ambassador": N_("Ambassador"),
    "closed_itself": N_("closed by itself"), "asked": N_("asked, and not answered"),
    "closing": N_("closes for replies"),
}  # fmt: skip
"""What the fixed values are called on the screen, by which they can be given too."""
_GREEK_KEYS = str.maketrans("αβψδεφγηιξκλμνοπρσςτθωχυζ", "abcdefghijklmnoprswtuvxyz")


def named(name: str) -> str:
    """The key of an operator by any of its names, without the colon; "" if there is none."""
    folded = fold(name)
    return _names().get(folded) or _names().get(in_latin_keys(folded), "")


def in_latin_keys(folded: str) -> str:
    """What the same keys type on a Latin layout, of folded words typed with the Greek one on."""
    return folded.translate(_GREEK_KEYS)


def operator(key: str) -> Operator:
    """The operator with this key."""
    return next(known for known in OPERATORS if known.key == key)


@cache
def _names() -> dict[str, str]:
    return {fold(name): known.key for known in OPERATORS for name in (known.key, *known.names)}


def names() -> list[str]:
    """All names, folded."""
    return list(_names())
