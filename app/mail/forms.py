"""Letters that a website's form wrote: who filled it in, what they asked, and what else they entered.

Such a letter is a list of labels and values, whichever program made it: `Name: Anna` on one line, a label above its
value, or a table of two columns. Labels are known in five languages; others are shown as they are. Sources: the letters
that Contact Form 7, WPForms, Gravity Forms, Elementor, Formspree, Squarespace and Wix send by default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.base.text import fold
from app.mail.blocks import Block
from app.mail.fields import ADDRESS, asked, is_of_name, is_of_words, may_be_name
from app.mail.wrapped import unwrapped

NAME, FIRST, LAST, EMAIL, WORDS, SUBJECT, PAGE, OTHER = (
    "name", "first", "last", "email", "words", "subject", "page", "other"
)  # fmt: skip
_LABELS = {
    NAME: "name|your name|full name|contact name|customer name|sender|from|nafn|nafn þitt|fullt nafn|név|neved"
    "|teljes név|az ön neve|jméno|jméno a příjmení|vaše jméno|celé jméno|όνομα|ονοματεπώνυμο|το όνομά σας"
    "|όνομα και επώνυμο|feladó|od|frá|από"
    "|what is your name|what's your name|jak se jmenujete|hvað heitir þú|hogy hívnak|πώς σας λένε|πώς λέγεστε",
    FIRST: "first name|given name|keresztnév|utónév|křestní jméno|fornafn|eiginnafn|μικρό όνομα",
    LAST: "last name|surname|family name|vezetéknév|příjmení|eftirnafn|kenninafn|επώνυμο|επίθετο",
    EMAIL: "e-mail|email|mail|your email|your e-mail|email address|e-mail address|reply to|netfang"
    "|netfangið þitt|tölvupóstur|tölvupóstfang|e-mail cím|email cím|e-mail címed|az ön e-mail címe"
    "|e-mailová adresa|emailová adresa|váš e-mail|váš email|ηλεκτρονικό ταχυδρομείο|διεύθυνση email"
    "|διεύθυνση e-mail|το email σας|ηλ. ταχυδρομείο|your email address"
    "|what is your email|what's your email|your e-mail address"
    "|what is your email address|what's your email address|hvert er netfangið þitt|jaký je váš e-mail"
    "|mi az e-mail címed|ποιο είναι το email σας",
    WORDS: "message|your message|message body|comment|comments|comment or message|question|your question|enquiry"
    "|inquiry|details|how can we help|how can we help you|what can we help you with|text|body|skilaboð"
    "|skilaboðin þín|fyrirspurn|athugasemd|athugasemdir|spurning|erindi|texti|üzenet|üzeneted|az üzeneted"
    "|üzenet szövege|kérdés|kérdésed|megjegyzés|miben segíthetünk|zpráva|vaše zpráva|text zprávy|dotaz"
    "|váš dotaz|komentář|poznámka|vzkaz|μήνυμα|το μήνυμά σας|σχόλιο|σχόλια|ερώτηση|κείμενο"
    "|πώς μπορούμε να βοηθήσουμε|κείμενο μηνύματος",
    SUBJECT: "subject|topic|reason|efni|tárgy|téma|předmět|věc|θέμα",
    PAGE: "page|page url|url|sent from|source|referer|referrer|page link|form page|via|síða|oldal|stránka"
    "|odesláno ze stránky|σελίδα|website page",
    OTHER: "phone|phone number|telephone|mobile|tel|company|organisation|organization|order|order number|country"
    "|city|address|website|date|time|user agent|remote ip|ip|ip address|powered by|form|form name|sími"
    "|símanúmer|fyrirtæki|pöntunarnúmer|telefon|telefonszám|cég|rendelésszám|telefonní číslo|firma"
    "|číslo objednávky|τηλέφωνο|εταιρεία|αριθμός παραγγελίας|κινητό|submitted at|browser|consent",
}


def _key(label: str) -> str:
    """A label without what differs from site to site: case, accents, hyphens, marks."""
    return "".join(letter for letter in fold(label) if letter.isalnum())


_ROLES = {_key(label): role for role, labels in _LABELS.items() for label in labels.split("|")}
_PAIR = re.compile(r"([^\n:：]{1,60}?)\s{0,4}[:：](?:[ \t\u00a0]{0,8}|$)(.*)", re.DOTALL)
_PAGE = re.compile(r"https?://[^\s<>\"')\]]{3,2000}")
_END = re.compile(
    r"^\(?(?:this (?:e-?mail|message|mail) (?:was|is)|sent (?:from|via|through)|powered by|you(?:'re| are) receiving"
    r"|submitted (?:from|via|at)|does this submission|reply (?:to this|directly)"
    r"|manage (?:your )?submissions?|unsubscribe|mark (?:as|this)"
    r"|respond to|view (?:in|this|submission)|if you think|to edit|this submission|received from|tento e-?mail|ezt az"
    r"|thessi (?:tolvu)?postur|αυτο το (?:email|μηνυμα|e-mail)|odeslano|kuldve|sent fra)"
)
_ABOUT_FORM = re.compile(
    r"\bform|\bsent (?:from|via)|submitted|odeslan|formular|urlap|kuldve|eydublad|sent fra|φορμα|αποσταλ"
)
_ABOUT_MAIL = re.compile(r"unsubscribe|receiving|manage|settings|spam")
_KEPT = re.compile(
    r"submission|entr(?:y|ies)\b|/responses?\b|/results?\b|#responses|/inbox/|/leads?/|response[-_]?id|lead[-_]?id",
    re.IGNORECASE,
)
_NOT_KEPT = re.compile(r"unsubscribe|notification|settings|spam|/help|/off/", re.IGNORECASE)
_UNSEEN = re.compile(r"_\w{1,40}:")  # a field that visitors don't see
_MAX_LABEL_CHARS = 40
_MAX_QUESTION_CHARS = 120
_MOST_TOPIC_WORDS = 5
_AFTER_LABEL = " :*?;"
_MAX_OTHER_CHARS = 600


class Form(NamedTuple):
    """What somebody entered: `fields` are all labels and values but name, address and message; `page` is the form's."""

    name: str
    address: str
    message: str
    subject: str = ""
    page: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The message, and below it what else was entered, a line for each."""
        rest = "\n".join(f"{label}: {value}" for label, value in self.fields)
        return "\n\n".join(filter(None, (self.message, rest)))


def read(blocks: Sequence[Block]) -> Form | None:
    """What was entered into a form, by the blocks of its letter; None if that is none, or names no address."""
    entries = max(_entries(blocks), _asked(blocks), key=_told)
    roles = [role for role, _, _ in entries]
    if not ({WORDS, SUBJECT, OTHER} & set(roles)) or len(entries) < 2:  # noqa: PLR2004  two fields
        return None
    written = [value for wanted in (EMAIL, NAME) for role, _, value in entries if role == wanted]
    address = next((found[0] for value in written if (found := ADDRESS.search(value))), "")
    if not address:
        return None
    by_role: dict[str, str] = {}
    for role, _, value in entries:
        by_role.setdefault(role, value)
    names = _names(entries, by_role)
    name = " ".join(" ".join(ADDRESS.sub("", part).strip(" <>()\n") for part in names).split())
    entries = _with_message(entries)
    message = "\n\n".join(value for role, _, value in entries if role == WORDS)
    if not message:
        message = _longest(entries)
    shown = tuple(
        (label, value) for role, label, value in entries
        if role in (OTHER, SUBJECT, PAGE) and value and value != message
    )  # fmt: skip
    return Form(name, address, message, by_role.get(SUBJECT, ""), _page(blocks, by_role), shown)


def _with_message(entries: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The fields; where what is called the message is a topic, and a longer answer is there, that is the message."""
    told = [value for role, _, value in entries if role == WORDS]
    longest = _longest(entries)
    topic = len(told) == 1 and len(told[0].split()) <= _MOST_TOPIC_WORDS and told[0][-1:] not in ".!?;"
    if not topic or len(longest.split()) <= _MOST_TOPIC_WORDS or longest.rstrip()[-1:] not in ".!?;)":
        return list(entries)
    return [
        (SUBJECT if role == WORDS else WORDS if value == longest and role == OTHER else role, label, value)
        for role, label, value in entries
    ]


def _names(entries: Sequence[tuple[str, str, str]], by_role: Mapping[str, str]) -> tuple[str, ...]:
    """The visitor's name, in its parts; where no label tells, what stands before the address and may be one."""
    if NAME in by_role:
        last = by_role.get(LAST, "")
        whole = len(by_role[NAME].split()) > 1 or not last
        return (by_role[NAME],) if whole else (by_role[NAME], last)
    if FIRST in by_role or LAST in by_role:
        return by_role.get(FIRST, ""), by_role.get(LAST, "")
    at = next((at for at, (role, _, value) in enumerate(entries) if role == EMAIL or ADDRESS.search(value)), 0)
    before = entries[at - 1] if at else ("", "", "")
    return (before[2],) if before[0] == OTHER and before[2] and may_be_name(*before[1:]) else ()


def _asked(blocks: Sequence[Block]) -> list[tuple[str, str, str]]:
    """Role, label and value of each field, by how questions and answers look."""
    end = next((at for at, block in enumerate(blocks) if at and _END.match(fold(block.text.strip()[:80]))), len(blocks))
    found = [(_role(label, value), label, value) for label, value in asked(blocks[:end])]
    told = {role for role, _, _ in found}
    if not {NAME, FIRST, LAST} & told:
        at = next((at for at, (_, label, value) in enumerate(found) if is_of_name(label, value)), -1)
        before = next((at - 1 for at, (role, _, _) in enumerate(found) if role == EMAIL), -1)
        if at < 0 <= before and may_be_name(*found[before][1:]):
            at = before
        found[at : at + 1] = [(NAME, *found[at][1:])] if at >= 0 else found[at : at + 1]
    if WORDS not in told:
        may_be = (at for at, (role, label, value) in enumerate(found) if role == OTHER and is_of_words(label))
        at = max(may_be, key=lambda at: len(found[at][2]), default=-1)
        if at >= 0 and len(found[at][2].split()) > 2 and found[at][2] == _longest(found):  # noqa: PLR2004  more than a name
            found[at] = (WORDS, *found[at][1:])
    return found


def _role(label: str, value: str) -> str:
    """What a field is, by its label; an address alone is the visitor's."""
    role = _ROLES.get(_key(label), OTHER)
    return EMAIL if role == OTHER and ADDRESS.fullmatch(value.strip()) else role


def _longest(entries: Sequence[tuple[str, str, str]]) -> str:
    """The longest of the values under labels that nobody knows: their question, however the site calls it."""
    values = [value for role, label, value in entries if role == OTHER and _key(label) not in _ROLES]
    longest = max(values, key=len, default="")
    return longest if len(longest.split()) > 2 else ""  # noqa: PLR2004  more than a name


def _page(blocks: Sequence[Block], by_role: Mapping[str, str]) -> str:
    """The page that the form is on: a field's value, or an address in what the program adds below."""
    kept = _where_kept(blocks)
    if kept:
        return kept
    found = _PAGE.search(by_role.get(PAGE, ""))
    if found:
        return found[0].rstrip(".,;")
    for block in blocks:  # a sentence above the fields, or what the program adds below them
        folded = fold(block.text.strip())
        if _ABOUT_FORM.search(folded) and not _ABOUT_MAIL.search(folded):
            links = [unwrapped(link.href) for link in block.links] or _PAGE.findall(block.text)
            if links and not links[0].lower().startswith("mailto:"):
                return links[0].rstrip(".,;")
    return ""


def _where_kept(blocks: Sequence[Block]) -> str:
    """Where the site keeps what was entered: a button or a link to that, and to nothing else about the mail."""
    links = [(link, unwrapped(link.href), block.is_button) for block in blocks for link in block.links]
    kept = [
        (address, pressed)
        for link, address, pressed in links
        if _KEPT.search(address)
        and address.lower().startswith("http")
        and not _NOT_KEPT.search(address)
        and not _ABOUT_MAIL.search(fold(link.text)[:200].replace("manage submission", "").replace("manage entr", ""))
    ]
    return next((address for address, pressed in kept if pressed), kept[0][0] if kept else "")


def _entries(blocks: Sequence[Block]) -> list[tuple[str, str, str]]:
    """Role, label and value of each field, in order."""
    found: list[tuple[str, str, list[str]]] = []
    last_cell = -1
    for block in blocks:
        text = _with_addresses(block)
        lines = [line for line in text.split("\n") if line.strip(" -_=*")]
        if not lines:
            continue
        if found and _END.match(fold(lines[0].strip())):
            break
        for at, line in enumerate(lines):
            label, value = (
                ("_", "")
                if _UNSEEN.match(line.strip())
                else _labelled(line, strong=block.bold or any(run and line.startswith(run) for run in block.strong))
            )
            if not label and found and found[-1][0] in (NAME, EMAIL) and found[-1][2] and _is_question(line):
                label = line.strip().rstrip(_AFTER_LABEL)
            if label and found and _is_topic(found[-1]) and _ROLES.get(_key(label)) == WORDS:
                found[-1] = (SUBJECT, *found[-1][1:])
            inside = bool(found) and found[-1][0] == WORDS and bool(found[-1][2])
            if label == "_" or (label and not (inside and _ROLES.get(_key(label), WORDS) == WORDS and not block.bold)):
                found.append((_ROLES.get(_key(label), OTHER), label, [value] if value else []))
            elif found:
                gap = bool(found[-1][2]) and at == 0 and block.cell != last_cell
                found[-1][2].append(("\n" if gap else "") + line.strip())
        last_cell = block.cell
    fields = [(role, label, "\n".join(values).strip()) for role, label, values in found]
    return [(_role(label, value) if role == OTHER else role, label, value) for role, label, value in fields]


def _told(entries: list[tuple[str, str, str]]) -> tuple[int, bool]:
    """How much a way to read a form found: how many fields, and whether one is the message."""
    return len(entries), any(role == WORDS for role, _, _ in entries)


def _is_topic(field: tuple[str, str, list[str]]) -> bool:
    """Whether a field that is called like the message is a few words only, so that the message may be another."""
    role, _, values = field
    few = len(values) == 1 and len(values[0].split()) <= _MOST_TOPIC_WORDS
    return role == WORDS and few and values[0].rstrip()[-1:] not in ".!?"


def _is_question(line: str) -> bool:
    """Whether a line below a name or an address, which are one line each, asks for something else."""
    return len(line.strip()) <= _MAX_QUESTION_CHARS and line.rstrip()[-1:] in ("?", ":", ";")


def _with_addresses(block: Block) -> str:
    """A block's words; of a link to an address, the address."""
    if block.text:
        return block.text.strip()
    return next((link.href for link in block.links), "")


def _labelled(line: str, *, strong: bool) -> tuple[str, str]:
    """Label and value of a line; "" and "" where it has no label. An unknown one needs a colon, and to be in bold."""
    bare = line.strip().strip("* ")
    if _key(bare.rstrip(_AFTER_LABEL)) in _ROLES:
        return bare.rstrip(_AFTER_LABEL), ""
    pair = _PAIR.fullmatch(bare[:_MAX_OTHER_CHARS]) if len(bare) <= _MAX_OTHER_CHARS else _PAIR.match(bare)
    if pair:
        label = pair[1].strip(" *")
        if _key(label) in _ROLES:
            return label, pair[2].strip(" *")
        short = strong or len(label.split()) <= 3  # noqa: PLR2004  a label is short
        if _may_be_label(label.rstrip("?") if strong else label) and short and not label.lower().startswith("http"):
            return label, pair[2].strip(" *")
        return "", ""
    if strong and len(bare) <= _MAX_LABEL_CHARS and bare and not ADDRESS.search(bare):
        return bare.rstrip(" :*?"), ""
    return "", ""


def _may_be_label(label: str) -> bool:
    return (
        bool(label)
        and len(label) <= _MAX_LABEL_CHARS
        and label[0].isupper()
        and not any(mark in label for mark in '.,!?;“”"()')
    )
