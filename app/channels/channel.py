"""What a channel says of itself: how it is called, what it asks for, what it can do and what is peculiar to it.

Named tuples, and no import of ours: the inbox asks for icons and short titles before its first paint, where the classes
of `base` and of a message would take 9 ms (docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

HIDE, SHOW, SPAM, DELETE = "hide", "show", "spam", "delete"
"""What can be done to somebody else's message; `show` approves it, and takes back `hide` and `spam`."""
KEY, LOOK_UP, NONE = "key", "look-up", "none"
"""How a reply is kept from going out twice: the channel knows our key, it can be looked up, or only the person can."""


class Field(NamedTuple):
    """One thing that the account form asks for; a secret one goes to the keyring. A `tick` is "yes" or ""."""

    key: str
    label: str
    secret: bool = False
    default: str = ""
    help: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    tick: bool = False


class Can(NamedTuple):
    """What can be done on the channel.

    `counts` is how it counts length (`characters`, `graphemes`, `utf16`, `bytes`), `limit` how much of it there may be
    (None: no end worth telling). `addressed`: a private answer reaches only whom it names, not everybody in the
    conversation. `moderate` are verbs, `undo` those of them that it takes back. `threads`: a reply too
    long may go on in answers to itself. `sure` is KEY, LOOK_UP or NONE.
    """

    reply: bool = True
    private: bool = False
    addressed: bool = False
    limit: int | None = None
    counts: str = "characters"
    moderate: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    threads: bool = False
    sure: str = LOOK_UP


class Channel(NamedTuple):
    """A kind of place.

    Its module has `open(fields, secrets)`, which makes a Session: `fields` are the form's answers and the account's
    facts, `secrets` is a mapping in which a session also puts what it has been given anew (a refreshed token); no
    connection is made before the first call on it. With `browser` the module has `sign_in(fields, redirect)`, which
    begins a SignIn. `kept` names secrets beyond the form's fields. `live`: an account on it is read by itself.

    In words: `short` is how lists call it, where that is not its `title`; `line` says in a few words what it is, for
    whoever chooses among channels; `audience` says who sees a public answer, `private_audience` who sees a private one,
    where that is more than the one who is answered. `icon` is Lucide's name of its sign.

    Its habits: `mentions` is a pattern of what names somebody in a text, where that shows them a private message too.
    `by_address`: people are known there by their e-mail address. `edits`: words there may be changed or taken away
    later. `private_by_default`: what a file tells of it was not said in public. `message_ids`: the key of what is sent
    is a Message-ID. `carries_notices`: mails come there that tell what was said elsewhere; `notice_domains` are the
    domains that a place sends such mails from, `hosts` those that its pages lie on.

    For tables that are brought in: `also` are other names of it, folded; `handles`: a column called after it holds
    people's handles there. `own_export` are folded headers by which an export of what one person wrote there is known,
    `members_export` those of its list of members, the column of handles first.

    `proof` is how the channel's tests stand: on a `real` server, on a `played` one, or `assisted`; `peer` names it.
    """

    kind: str
    title: str
    fields: tuple[Field, ...] = ()
    can: Can = Can()
    icon: str = "message-square"
    reply_words: str = "Reply"
    live: bool = True
    extra: Mapping[str, str] = MappingProxyType({})
    browser: bool = False
    kept: tuple[str, ...] = ()
    audience: str = ""
    private_audience: str = ""
    mentions: str = ""
    proof: str = "played"
    peer: str = ""
    line: str = ""
    short: str = ""
    by_address: bool = False
    edits: bool = True
    private_by_default: bool = False
    message_ids: bool = False
    carries_notices: bool = False
    notice_domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    handles: bool = True
    own_export: tuple[str, ...] = ()
    members_export: tuple[str, ...] = ()

    @property
    def short_title(self) -> str:
        """How it is called where there is room for a word or two: "Blog", "Forum", "E-mail"."""
        return self.short or self.title
