"""The description of a channel: its names, form fields, capabilities and peculiarities.

Named tuples without imports from this project: the inbox asks for icons and short titles before its first paint, and
importing the classes of `base` and of a message would take 9 ms (docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

HIDE, SHOW, SPAM, DELETE = "hide", "show", "spam", "delete"
"""Moderation verbs on a message; `show` approves it, closes a report about it, and undoes the other three."""
SOLVE, UNSOLVE = "solve", "unsolve"
"""Marks a message, one of ours too, as the answer to the question that its conversation began with, and takes the mark
away."""
LOCK, UNLOCK = "lock", "unlock"
"""Closes a conversation at its channel, so that nobody can write there any more, and opens it again."""
MUTE, UNMUTE, BAN, UNBAN = "mute", "unmute", "ban", "unban"
"""What is done to a message's author: they cannot write for some time, or never again, and may again."""
REVERSED = MappingProxyType(
    {HIDE: SHOW, SPAM: SHOW, DELETE: SHOW, SOLVE: UNSOLVE, LOCK: UNLOCK, MUTE: UNMUTE, BAN: UNBAN}
)
"""Moderation verb -> the one that undoes it."""
KEY, LOOK_UP, NONE = "key", "look-up", "none"
"""How duplicate sends are prevented: by our key, by looking the reply up, or only by asking the person."""


class Field(NamedTuple):
    """A field of the account form; a secret one goes to the keyring. A `tick` is a check box: "yes" or "".

    `only` and `unless` are the key of another field: this one is asked for, and required, only if that has a value, or
    only if it has none.
    """

    key: str
    label: str
    secret: bool = False
    default: str = ""
    help: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    tick: bool = False
    only: str = ""
    unless: str = ""

    def concerns(self, answers: Mapping[str, str]) -> bool:
        """Whether it is asked for, given the other fields' values."""
        return not (self.only and not answers.get(self.only)) and not (self.unless and answers.get(self.unless))

    def number(self, answers: Mapping[str, str]) -> int:
        """The number above zero that was entered in it, else its default, which has to be one."""
        told = answers.get(self.key, "").strip()
        return int(told if told.isdecimal() and int(told) else self.default)

    def needed(self, answers: Mapping[str, str]) -> bool:
        """Whether it has to be filled in, given the other fields' values."""
        return self.required and self.concerns(answers)


class Files(NamedTuple):
    """What a channel takes along with a message: at most `number` files, each of `each` bytes and all of `total` bytes.

    `types` are beginnings of MIME types that it takes ("image/"); () for any.
    """

    each: int
    total: int
    number: int
    types: tuple[str, ...] = ()


class ReactionOffer(NamedTuple):
    """What a message of somebody else can be answered with there besides words.

    `offered` are LIKE, FAVOURITE or emoji, the one that a single key gives first; with `any_emoji` every other emoji
    as well. `seen` says who is told of it and who sees it, `private_seen` the same of a private message, where that
    differs; in both `{name}` is who wrote the message.
    """

    offered: tuple[str, ...]
    seen: str
    private_seen: str = ""
    any_emoji: bool = False


EVERYWHERE, IN_CHAT, IN_VIEW = "everywhere", "chat", "view"
"""How far muting and banning go: on the whole site or server that the account is on; in the one chat or server that the
message is in; or only for what our own account sees and who reaches it."""
LIKE, FAVOURITE = "like", "favourite"
"""Reactions that are no emoji: what the channel calls them."""


class Posting(NamedTuple):
    """How a post of our own is published there: a message that answers nobody, for all who read its venue.

    A venue is where it can go: a channel, a category, an audience. `venues` are their keys and names; () where they
    differ by account: then the fact `venues` of the account lists them, as JSON of the same pairs. `venue_word` is what
    one is called there: "Channel", "Category", "Audience". `audience` says who sees it, with `{venue}` for the venue's
    name. `titles`: it has a title.
    """

    audience: str
    venues: tuple[tuple[str, str], ...] = ()
    venue_word: str = ""
    titles: bool = False


class Manners(NamedTuple):
    """What is worth knowing before the first reply there, each a sentence or two; "" where there is nothing to say.

    `custom` is what people there expect of a reply, `privacy` who gets and keeps it besides those whom the audience
    names, `changes` what becomes of a correction or a deletion there, `pace` how much at once the server takes.
    """

    custom: str = ""
    privacy: str = ""
    changes: str = ""
    pace: str = ""


class Window(NamedTuple):
    """For how long a private conversation there can be answered after the last thing that they wrote.

    `seconds` is how long, `afterwards` a sentence on what is still possible then, "" for nothing. `source` is where the
    channel says so.
    """

    seconds: int
    source: str
    afterwards: str = ""


class Can(NamedTuple):
    """The capabilities of a channel.

    `limit` is the maximum length of a reply (None: no limit worth mentioning), counted in `counts`: `characters`,
    `graphemes`, `utf16` or `bytes`; `most_bytes` is the maximum in UTF-8 besides that (None: none). `addressed`: a
    private reply reaches only those it mentions, not everybody in the conversation. `moderate` are the verbs it
    supports, `undo` those it can undo, and `bars` is how far MUTE and BAN go: EVERYWHERE, IN_CHAT or IN_VIEW.
    `threads`: a reply that is too long may continue in replies to itself. `sure` is KEY, LOOK_UP or NONE. `correct` and
    `withdraw`: our own messages there can be given other words, or be deleted; `cannot_correct` says why not, where it
    can only delete them.

    `react` are the reactions that we can give there, None if there are none; `cannot_react` says why not, where people
    would expect some.

    `begin`: we can begin a private conversation with somebody there; with `titles` it has a subject. `files` are what
    can go along with a message, None if nothing. `post` is how we can publish a post of our own there, None if we
    cannot.
    """

    reply: bool = True
    private: bool = False
    addressed: bool = False
    limit: int | None = None
    counts: str = "characters"
    most_bytes: int | None = None
    moderate: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    bars: str = EVERYWHERE
    threads: bool = False
    sure: str = LOOK_UP
    correct: bool = False
    withdraw: bool = False
    cannot_correct: str = ""
    react: ReactionOffer | None = None
    cannot_react: str = ""
    begin: bool = False
    titles: bool = False
    files: Files | None = None
    post: Posting | None = None


class Channel(NamedTuple):
    """The description of one channel.

    Its package has `open(fields, secrets)`, which returns a Session: `fields` are the form's values and the account's
    facts; the session also writes refreshed tokens into `secrets`; it does not connect before the first call. With
    `browser` the package has `sign_in(fields, redirect)`, which returns a SignIn; with `browser_by` only accounts
    with a value in that field log in so. With `finds` the package has `find(fields)`, which returns a Suggested for the
    values of the fields `first`: `finds` are the fields that it fills in, the one that counts in front. `kept` names
    secrets that are no form fields. `live`: accounts are pulled automatically. `extra`: `own` names the form fields
    that hold our own author keys, `units` the one that holds the daily API quota.

    Texts: `short` is its name in lists if that is not its `title`; `line` describes it in the list of channels to
    choose from; `audience` says who sees a public reply, `private_audience` who sees a private one, if that is more
    people than its receiver. `icon` is the name of its Lucide icon.

    Behaviour: `mentions` is a regular expression for mentions, if mentioning somebody shows them a private message.
    `by_address`: people are identified by their e-mail address. `handle` is a regular expression for people's handles,
    if a conversation can be begun with one ("@anna@server"). `edits`: messages may be edited or deleted later.
    `private_by_default`: imported messages were not public. `message_ids`: the key of a sent reply is a Message-ID.
    `shared`: other programs use the mailbox too, and its session says what they did (`Shared`). `watches`: its session
    can wait for what is new (`Watching`).
    `carries_notices`: receives notification e-mails about other channels; `notice_domains` are the domains or addresses
    that this channel sends such mails from, `hosts` the domains of its web pages. `reviews`: what comes in there are
    reviews, with stars.
    `by_phone`: people are identified by their phone number, else by a name; `chat` is the address that opens a private
    conversation, with `{number}` for the number in international form, `{digits}` for the same without the plus.

    For CSV imports: `also` are other names of the channel, folded; `handles`: a column named after it holds people's
    handles. `own_export` are the folded headers that identify an export of one person's own posts, `members_export`
    those of a list of members, the column of handles first.

    `above` are the hosts that are asked, when the person wants it, for the post that comments stand under, with its
    picture: each a name, or in braces the form field or fact that has an address of the account's ("{server}"). ()
    where the channel can't give it; else its session is `Contextual`.

    `windows` are the times after which a private conversation there takes no answer, or only some; () where it always
    does. What a channel says of a single conversation comes with its messages instead.

    `manners` is what is worth knowing before the first reply there. `unseen` are sentences on what cannot be read or
    done there, and why: shown before an account is connected, and in docs/channels.md.

    `proof` is what the channel is tested against: a `real` server, a `played` one, or `assisted`; `peer` names it.
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
    browser_by: str = ""
    first: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    audience: str = ""
    private_audience: str = ""
    mentions: str = ""
    proof: str = "played"
    peer: str = ""
    line: str = ""
    short: str = ""
    by_address: bool = False
    handle: str = ""
    edits: bool = True
    private_by_default: bool = False
    message_ids: bool = False
    carries_notices: bool = False
    shared: bool = False
    watches: bool = False
    notice_domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    reviews: bool = False
    by_phone: bool = False
    chat: str = ""
    also: tuple[str, ...] = ()
    handles: bool = True
    own_export: tuple[str, ...] = ()
    members_export: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    manners: Manners = Manners()
    unseen: tuple[str, ...] = ()

    @property
    def short_title(self) -> str:
        """The name for narrow places: "Blog", "Forum", "E-mail"; by default the title."""
        return self.short or self.title

    def units_a_day(self, answers: Mapping[str, str]) -> int | None:
        """The daily API quota of an account with these form values, else its default; None where none is counted."""
        field = next((one for one in self.fields if one.key == self.extra.get("units")), None)
        return None if field is None else field.number(answers)

    def above_hosts(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The hosts that are asked for a post, for an account with these form values and facts."""
        known = {field.key: field.default for field in self.fields} | {
            key: text for key, text in fields.items() if text
        }
        named = [known.get(one[1:-1], "") if one.startswith("{") else one for one in self.above]
        hosts = [name.partition("://")[2] or name for name in named]
        return tuple(dict.fromkeys(host.partition("/")[0].lower() for host in hosts if host))

    def signs_in(self, answers: Mapping[str, str]) -> bool:
        """Whether an account with these form values logs in with the browser."""
        return self.browser and (not self.browser_by or bool(answers.get(self.browser_by)))
