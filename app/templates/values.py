"""The values for a template's blanks, from a conversation and its member.

First names are found by `app.templates.first_names`, and only where they are sure. Generated greetings suit strangers
of any age. In Czech and Greek the name is called in its vocative, and only once it is known on which terms we are:
until then the member's own greeting or the template's fallback is used. Szia and Ahoj are for those on familiar terms.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from app.base import clock
from app.base.scripts import in_latin
from app.store.sqlite import Connection, Row
from app.templates.first_names import first_name
from app.templates.greek import with_article
from app.templates.said import form_with
from app.templates.terms import FAMILIAR, FORMAL

_HELLO = {"en": "Hi", "is": "Góðan dag", "hu": "Kedves"}
_BY_TERMS = {
    ("hu", FAMILIAR): "Szia", ("cs", FAMILIAR): "Ahoj", ("cs", FORMAL): "Dobrý den,", ("el", FAMILIAR): "Γεια σου,",
    ("el", FORMAL): "Γεια σας,",
}  # fmt: skip
"""What goes before a name on known terms."""
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

_CONTEXT_QUERY = """
SELECT p.name, p.language, p.greeting, p.name_forms, c.language, c.post_title, c.title,
  coalesce(nullif(a.speaks_as, ''), (SELECT value FROM setting WHERE key = 'speaks_as'), '') AS we,
  coalesce((SELECT value FROM setting WHERE key = 'community'), '') AS community
FROM conversation c JOIN account a ON a.id = c.account_id
LEFT JOIN member p ON p.id = ?2
WHERE c.id = ?1
"""
_HELPER = """
SELECT t.name, t.languages FROM handoff h JOIN teammate t ON t.id = h.teammate_id
WHERE h.conversation_id = ? AND h.closed_at IS NULL ORDER BY h.opened_at DESC, h.id DESC LIMIT 1
"""
_ANSWERED = """
SELECT t.name, t.languages, h.answer FROM handoff h JOIN teammate t ON t.id = h.teammate_id
WHERE h.conversation_id = ? AND h.closed_at IS NULL AND h.told_at IS NULL AND h.status IN ('solved', 'declined')
ORDER BY h.updated_at DESC, h.id DESC LIMIT 1
"""
_GIFT = (
    "SELECT item, worth, currency, shipped_on FROM gift WHERE conversation_id = ?"
    " AND member_id IS coalesce(?, member_id) ORDER BY created_at DESC, id DESC LIMIT 1"
)


_LAST_GIFT = (
    "SELECT item, worth, currency, shipped_on FROM gift WHERE member_id = ? ORDER BY created_at DESC, id DESC LIMIT 1"
)


def sayable(name: str, language: str = "") -> str:
    """Return the first name to greet by; "" if that is not sure, as of a handle, a firm, a family name alone."""
    first = first_name(name, language)
    return first if _NAME.fullmatch(first) else ""


def greeting(first: str, language: str) -> str:
    """Return a greeting in that language; "" for an empty name, or a language in which the name would be inflected."""
    return f"{_HELLO[language]} {first}" if first and language in _HELLO else ""


def greeting_on(name: str, first: str, language: str, form: str) -> str:
    """Return a greeting on these terms, FAMILIAR, FORMAL or "" (not known); "" where it is not sure."""
    hello = _BY_TERMS.get((language, form))
    if hello is None:
        return greeting(first, language)
    from app.templates.name_forms import called  # noqa: PLC0415  loaded at first use

    spoken = called(name, first, language, form)
    return f"{hello} {spoken}" if spoken else ""


def _forms(name: str, first: str, language: str, form: str) -> dict[str, str]:
    """The forms of the name that the language has, by the names of blanks that ask for them."""
    from app.templates.name_forms import OF_LANGUAGE, first_in, whole_in  # noqa: PLC0415  loaded at first use

    cases = dict.fromkeys(("vocative", *OF_LANGUAGE.get(language, ())))
    return {
        **{f"first_name:{case}": first_in(first, case, language) for case in cases},
        **{f"name:{case}": whole_in(name, first, case, language, form) for case in cases},
    }


def named(name: str, noted: str, first: str, language: str, form: str, corrected: str = "") -> dict[str, str]:
    """Return the values of the blanks that name somebody; `noted` is a greeting of their own in this language.

    `corrected` has forms of the name that were put right by hand, as `app.base.corrected_forms` writes them.
    """
    from app.templates.name_forms import written  # noqa: PLC0415  loaded at first use

    by_hand = _corrected(corrected, language)
    spoken = by_hand.get("name:vocative" if form == FORMAL else "first_name:vocative", "")
    if form != FORMAL and spoken:  # whom we are on such terms with, we call by the first name
        by_hand.setdefault("name:vocative", spoken)
    hello = _BY_TERMS.get((language, form), _HELLO.get(language))
    hail = f"{hello} {spoken}" if spoken and hello else greeting_on(name, first, language, form)
    return {
        "name": written(name, first, language), "first_name": first, "greeting": noted or hail,
        **_forms(name, first, language, form), **by_hand,
    }  # fmt: skip


def _corrected(line: str, language: str) -> dict[str, str]:
    """The forms that were put right by hand in that language, by the names of blanks that ask for them."""
    if not line:
        return {}
    from app.base.corrected_forms import read  # noqa: PLC0415  loaded at first use

    return {
        f"{'name' if asked.whole else 'first_name'}:{asked.case}": form
        for asked, form in read(line).items()
        if asked.language == language
    }


def values(
    conn: Connection, conversation_id: int, language: str, member_id: int | None, called: str = "", form: str = ""
) -> dict[str, str]:
    """Return the known values by blank name, for a reply in this language to that member; unknown ones are missing.

    `form` is on which terms the text is, "" for those that we are on with the member. `called` is the
    name that the message to answer is signed with, where it is open whether that is the member.
    """
    row = conn.execute(_CONTEXT_QUERY, (conversation_id, member_id)).fetchone()
    if row is None:
        return {}
    name, spoken, noted, corrected, talk, post, title, we, community = row
    name, noted, corrected = (called, "", "") if called else (name, noted, corrected)
    first = sayable(name or "", spoken or talk)
    own = noted if noted and spoken in ("", language) else ""
    known = {
        **named(name or "", own, first, language, form or form_with(conn, member_id)[0], corrected or ""), "post": post,
        "subject": title, "our_name": we, "community": community,
        "who_helps": _who_helps(conn, conversation_id, language),
        **_answered(conn, conversation_id, language),
        **_gift(conn.execute(_GIFT, (conversation_id, member_id)).fetchone(), language), **_today(language),
    }  # fmt: skip
    return {blank: value for blank, value in known.items() if value}


def values_for(conn: Connection, language: str, member_id: int | None, form: str = "") -> dict[str, str]:
    """Return the known values by blank name, for a new message to that member; there is no conversation yet."""
    asked = "SELECT name, language, greeting, name_forms FROM member WHERE id = ?"
    name, spoken, noted, corrected = conn.execute(asked, (member_id,)).fetchone() or ("", "", "", "")
    first = sayable(name, spoken or language)
    own = noted if noted and spoken in ("", language) else ""
    ours = dict(conn.execute("SELECT key, value FROM setting WHERE key IN ('speaks_as', 'community')").fetchall())
    known = {
        **named(name, own, first, language, form or form_with(conn, member_id)[0], corrected),
        "our_name": str(ours.get("speaks_as", "")), "community": str(ours.get("community", "")),
        **_gift(conn.execute(_LAST_GIFT, (member_id,)).fetchone(), language), **_today(language),
    }  # fmt: skip
    return {blank: value for blank, value in known.items() if value}


def _today(language: str) -> dict[str, str]:
    """The day, as it is written in that language."""
    from app.templates.figures import day_in  # noqa: PLC0415  loaded at first use

    return {"today": day_in(clock.local(clock.now()).date(), language)}


def _gift(row: Row | None, language: str) -> dict[str, str]:
    """The last gift: what, what it costs, and when it was sent, as that is written in the language."""
    if row is None:
        return {}
    from app.templates.figures import day_in, sum_in  # noqa: PLC0415  loaded at first use

    item, worth, currency, shipped = row
    known = {"gift": item, "gift_worth": sum_in(worth, currency, language) if worth else ""}
    with suppress(ValueError):
        known["gift_date"] = day_in(date.fromisoformat(shipped or ""), language)
    return known


def _who_helps(conn: Connection, conversation_id: int, language: str) -> str:
    """Return the first name of the teammate with the latest open hand-off of this conversation.

    In Greek with an article, in other languages in Latin script; "" if there is none.
    """
    row = conn.execute(_HELPER, (conversation_id,)).fetchone()
    if row is None:
        return ""
    return name_of_teammate(row["name"], row["languages"], language)


def _answered(conn: Connection, conversation_id: int, language: str) -> dict[str, str]:
    """Return who answered last what the member has not heard yet, and the answer; empty if nobody has."""
    row = conn.execute(_ANSWERED, (conversation_id,)).fetchone()
    if row is None:
        return {}
    return {"teammate": name_of_teammate(row["name"], row["languages"], language), "answer": row["answer"]}


def name_of_teammate(name: str, languages: str, language: str) -> str:
    """Return how a teammate is named in a text of that language; `languages` are the codes of their own.

    In Greek with an article, in other languages in Latin script.
    """
    codes = languages.replace(",", " ").split()
    first = sayable(name, codes[0] if codes else "") or name
    return with_article(first) if language == "el" else in_latin(first)
