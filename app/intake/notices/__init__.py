"""Notices: e-mails by which closed platforms report that somebody has written there. Pure functions.

A notice is recognized by its sender. Author, words and link are found by how such letters are built (see `reading`),
in HTML or in plain text, in any of the languages in which they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.channels.channel import Channel
from app.channels.registry import channel, known
from app.intake.notices import links, phrases
from app.intake.notices.authors import before_verb
from app.intake.notices.quoting import QUOTED
from app.intake.notices.reading import Reading, Said
from app.mail import blocks
from app.mail.paragraphs import of_text

_MAX_TITLE_CHARS = 200
_HEADING_BLOCKS, _HEADING_CHARS = 4, 600
_MOST_BLOCKS = 600
"""A letter of more blocks than any notice has is not read as one: it is kept as a letter, with all its words."""
_MIN_TITLE_CHARS = 4


def kind(address: str, extra: Mapping[str, str]) -> str:
    """The kind of channel that mail from this address reports on, "" if it is no notice.

    `extra` maps further senders or domains to what is returned for them; it takes precedence.
    """
    sender = address.strip().lower()
    for known_sender, reported in extra.items():
        if known_sender and _is_from(sender, known_sender):
            return reported
    places = _domains()
    domain = sender.rpartition("@")[2]
    while domain and domain not in places:
        domain = domain.partition(".")[2]
    return places.get(sender) or places.get(domain, "")


def _is_from(sender: str, known_sender: str) -> bool:
    domain, wanted = sender.rpartition("@")[2], known_sender.lstrip("@")
    return wanted in (sender, domain) or domain.endswith("." + wanted)


@cache
def _domains() -> dict[str, str]:
    """Senders of notices, domains or addresses -> kind of channel."""
    return {domain: of.kind for of in known() for domain in of.notice_domains}


def read(
    mail: Incoming, channel_kind: str, names: Mapping[str, str] | None = None, own: Collection[str] = ()
) -> tuple[Incoming, ...]:
    """The messages that a notice reports, for an account of kind `channel_kind`; () where it tells of nobody's words.

    The remote id of the first is the mail's, so that a notice read twice is one message; further ones are numbered.
    The thread is the page that each links to. `names` maps senders to account names, and `own` are our names there;
    neither can be authors.
    """
    services = _services(channel_kind, names or {})
    ours = frozenset(" ".join(words(name)) or fold(name) for name in own)
    for parts in _parts(mail):
        if len(parts) > _MOST_BLOCKS:
            continue
        reading = Reading(parts, mail.title, mail.author.name, services, ours)
        said = reading.members_words()
        if said and not _is_no_notice(mail, reading):
            found = links.places(reading.blocks, channel(channel_kind).hosts, mail.author.handle)
            return tuple(
                _message(mail, channel_kind, reading, one, at, links.best(found, one, end))
                for at, (one, end) in enumerate(zip(said, links.ends(said), strict=True))
            )
    return ()


def is_idle(mail: Incoming) -> bool:
    """Whether a letter from a place of notices surely tells of nobody's words: a login, a sale, a recap.

    What merely could not be read is not: somebody may have spoken.
    """
    reported = _place_of(mail.author.handle)
    if not reported or mail.forged:
        return False
    named = phrases.NOT_SAID.search(fold(mail.title)) or phrases.IDLE_SENDER.match(mail.author.handle.lower())
    return named is not None and not read(mail, reported)


def is_forged(mail: Incoming) -> bool:
    """Whether a letter pretends to be a place's: by that place's address, or by its name with another's address."""
    return mail.forged if _place_of(mail.author.handle) else _pretends(mail.author.name, mail.author.handle)


@lru_cache(maxsize=4_096)  # asked of every letter that comes in, and most senders write more than one
def _place_of(address: str) -> str:
    return kind(address, {})


@lru_cache(maxsize=4_096)
def _pretends(name: str, address: str) -> bool:
    of = _titles().get(fold(name))
    return of is not None and "@" in address and not _is_of(address, of)


@cache
def _titles() -> dict[str, Channel]:
    """Places with notices, by what they are called, folded; not the shortest names, which somebody may have."""
    return {fold(of.title): of for of in known() if of.notice_domains and len(of.title) >= _MIN_TITLE_CHARS}


def _is_of(address: str, of: Channel) -> bool:
    """Whether an address is on one of a place's hosts, or of its house in another country (`tripadvisor.de`)."""
    domain = address.rpartition("@")[2].lower()
    return any(
        domain == host or domain.endswith(f".{host}") or host.partition(".")[0] in domain.split(".")
        for host in of.hosts
    )


def _parts(mail: Incoming) -> Iterator[list[blocks.Block]]:
    html = mail.html() if mail.html is not None else ""
    if html:
        yield blocks.of_html(html)
    if mail.text.strip():
        yield of_text(mail.text.partition("\n-- \n")[0])


def _services(channel_kind: str, names: Mapping[str, str]) -> frozenset[str]:
    of = channel(channel_kind)
    named = {channel_kind, of.title, of.short, *of.also, *names.values()}
    return frozenset(fold(name) for name in (*named, *_domains().values()) if name)


def _is_no_notice(mail: Incoming, reading: Reading) -> bool:
    """Whether a letter tells of a login, a sale or a recap, and its subject of nobody who spoke."""
    subject = fold(mail.title)
    if phrases.IDLE_SENDER.match(mail.author.handle.lower()):
        return not before_verb(mail.title)
    return phrases.NOT_SAID.search(subject) is not None and not (phrases.SPOKE.search(subject) and reading.best_name())


def _message(mail: Incoming, channel_kind: str, reading: Reading, said: Said, at: int, link: str) -> Incoming:
    of = channel(channel_kind)
    shown = " ".join(block.text[:_HEADING_CHARS] for block in reading.blocks[:_HEADING_BLOCKS])
    heading = fold(f"{mail.title} {shown}"[:_HEADING_CHARS])
    private = of.can.private and phrases.is_private(fold(mail.title) or heading)
    author = Author(" ".join(words(said.who)) or fold(said.who), said.who, said.who)
    page = links.page(link)
    number = f"{mail.remote_id}#{at}" if at else mail.remote_id
    thread = page if page and not private and links.is_telling(link) else f"{channel_kind} {number}"
    if private:
        thread = f"{channel_kind} {author.key}"
    title = _review_title(said, mail.title)
    return mail._replace(
        remote_id=number, text=said.text, author=author, out=False, refs=(), parent="", thread=thread,
        title=title, post_title=_post_title(mail.title, said.text), post_url=page if not private else "", url=link,
        public=not private, quiet="", person=True, named=(), mailing_list="", alias="", raw=None, attached=(),
        kind="said", letter="", html=None,
    )  # fmt: skip


def _review_title(said: Said, subject: str) -> str:
    """The stars that were given, and what their giver called the review; else the subject."""
    drawn = f"{'★' * said.stars}{'☆' * (5 - said.stars)}" if said.stars else ""
    return f"{drawn} {said.title or subject}".strip()[:_MAX_TITLE_CHARS]


def _post_title(subject: str, text: str) -> str:
    """The post's title in a subject: the quoted part, unless that is what was said; "" without one."""
    hit = QUOTED.search(subject)
    if hit is None:
        return ""
    title = hit["text"].strip()
    return "" if fold(text).startswith(fold(title).rstrip(" .…")[:40]) else title
