"""Messages as they come in or go out, whatever transports them: a channel, a mail, a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Author(NamedTuple):
    """The author of a message as the channel knows them; two with the same `key` (address, id, handle) are one person.

    `former` is the key that an older Rapport used for them: an identity stored under it, with the same name, is theirs.
    It may be a key that several people shared.
    """

    key: str
    handle: str
    name: str = ""
    url: str = ""
    former: str = ""


KEPT_MAX = 10_000_000
"""Bytes up to which a file that came in is kept; a larger one stays where it came from, and is fetched on demand."""


class Attached(NamedTuple):
    """A file attached to a message; `type` is its MIME type.

    Of a letter: `content_id` names a picture that is shown among its words, `section` is the part that has the content
    (RFC 3501, 6.4.5; behind a / the part of what is packed in that one). `left` are the bytes of a content that stayed
    at the server, where `content` is empty; 0 for one that is here.
    """

    name: str
    type: str
    content: bytes
    content_id: str = ""
    section: str = ""
    left: int = 0


class Addressee(NamedTuple):
    """Somebody whom a letter names. `role` is to, cc, bcc or reply_to; `address` as it was written."""

    role: str
    name: str
    address: str


class Report(NamedTuple):
    """What a mail server reports about a letter of ours. `action` is failed, delayed, delivered or opened.

    `letter` is the Message-ID of ours that it is about, without brackets ("" where the report does not name it),
    `address` whom it was for, `status` the code of RFC 3463 ("5.1.1") and `words` what the server said, both "" where
    it said nothing.
    """

    action: str
    letter: str = ""
    address: str = ""
    status: str = ""
    words: str = ""


class Place(NamedTuple):
    """Where a letter lies in a mailbox: the folder's name, the UID there, and which of FLAGS are set on it."""

    folder: str
    uid: int
    flags: frozenset[str] = frozenset()


FLAGS = frozenset(("seen", "answered", "flagged", "deleted"))
"""The flags of a letter that mean something to us (RFC 3501, 2.3.2), without their backslash."""


ARCHIVED, DELETED, JUNK, MOVED, HERE = "archived", "deleted", "junk", "moved", "here"
"""Where a letter is that was taken out of the folders that we read: in a folder with that use (RFC 6154), nowhere, in
another folder; or in one that we read after all."""


class FolderChanges(NamedTuple):
    """What other programs did in a folder since it was last looked at.

    `flags` are those set now, by UID; UIDs that were never handed in are ignored. `gone` are ranges of UIDs, both ends
    included, in which no letter is left. Where `listed` is given, `flags` names every letter in that range of UIDs, so
    that all others there are gone. `letters` maps UIDs to Message-IDs, for letters whose place may not be known yet.
    `anew`: the server has numbered the folder anew, and no UID from before means anything.
    """

    folder: str
    flags: Mapping[int, frozenset[str]] = MappingProxyType({})
    gone: tuple[tuple[int, int], ...] = ()
    listed: tuple[int, int] | None = None
    letters: Mapping[int, str] = MappingProxyType({})
    anew: bool = False


class Incoming(NamedTuple):
    """A message as a channel or a file delivers it: plain text, times in Unix seconds UTC.

    `remote_id` is stable at the channel and unique within the account. `thread` is the channel's key of the
    conversation; without one (mail), `refs` names the messages it answers, nearest last. `out` is True for our own.
    `kind` is said, offline (heard in person) or unreadable (then `raw` has the bytes and `text` the reason). `post_*`
    describe the post, page or video it was written under. `gone`: it was deleted at the channel. `upstream` is its
    state there: "" for visible, `held` for approval, `hidden`, `spam`, or `reported`: somebody asks the moderators to
    look at it, and they have not yet. `solution`: it is marked as the answer to its conversation's question. `locked`:
    nobody can write in its conversation there any more; None where that is not known. `closes_at` is when that comes, 0
    for never, None where it is not known. `about` is the remote id of
    the message that it reports to the moderators, or answers in private while that is public, or of the thread that
    message is in: their conversations are linked. `aside`: a message of ours that others need not have answered; it is
    stored only in a conversation that we have, and begins none. `hint` is the language that its writer's program says
    it is in, which people often leave as it was: it counts where the words tell nothing. `to` are the author keys of a
    mail's recipients, `forwarded` whether it is a forward, `letter` a hash of its content ("" if it is no mail),
    `dated` whether it carries its own date: else `at` is guessed.
    `source` are a mail's bytes where it could not be read wholly: its character set was guessed (`charset` is the
    guess), or for what `flaws` names. `left_out` is what was left out of its text, as kinds with texts (HIDDEN,
    OTHER_FORM or REST). `place` is where it lies in a mailbox (None if it was not read from one). `flags` are those of
    FLAGS that a mailbox file says of it. `html` returns a mail's HTML, whole (None: it has none, or is too large for a
    notice); it is not stored. `forged`: the server that received it says that it is not from where its From says.
    `quiet` is why nobody waits for an answer to a letter (`app.mail.robots`), or AUTOMATIC of what a program posted
    without naming us; `person` is False where it makes its author nobody's acquaintance.
    `passed` names the colleague who passed it on, where a table says so. `protection` is how a letter is signed or
    encrypted ("signed openpgp", "encrypted smime"), `remote` how many pictures it has on other computers, `times`
    when the events in it are (`app.mail.calendar.Time`). `opened` are contents of parts that became words and files
    of their own, and `formerly` the words that a plain part of it said which stands for nothing: by them an older
    reading is recognized.
    """

    remote_id: str
    at: int
    text: str
    author: Author
    out: bool = False
    thread: str = ""
    refs: tuple[str, ...] = ()
    parent: str = ""
    title: str = ""
    post_title: str = ""
    post_url: str = ""
    post_text: str = ""
    url: str = ""
    public: bool = True
    language: str = ""
    kind: str = "said"
    raw: bytes | None = None
    attached: tuple[Attached, ...] = ()
    gone: bool = False
    upstream: str = ""
    to: tuple[str, ...] = ()
    forwarded: bool = False
    letter: str = ""
    dated: bool = True
    named: tuple[Addressee, ...] = ()
    quiet: str = ""
    person: bool = True
    mailing_list: str = ""
    alias: str = ""
    report: Report | None = None
    source: bytes | None = None
    charset: str = ""
    place: Place | None = None
    protection: str = ""
    remote: int = 0
    opened: tuple[bytes, ...] = ()
    formerly: str = ""
    flags: frozenset[str] = frozenset()
    html: Callable[[], str] | None = None
    forged: bool = False
    passed: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    flaws: tuple[str, ...] = ()
    solution: bool = False
    locked: bool | None = None
    about: str = ""
    times: tuple[tuple[str, int, int | None, str, int, int], ...] = ()
    aside: bool = False
    hint: str = ""
    closes_at: int | None = None


HIDDEN, OTHER_FORM, REST = "hidden", "other form", "rest"
"""What is left out of a letter's words: what its HTML hides, its other form where that says more, what is beyond the
limit."""


class Change(NamedTuple):
    """A correction of a message of ours that its channel has, or its withdrawal (then `text` is "").

    `key` is fixed before the first attempt, `remote_id` the message, `before` how it read when we changed it. `also`
    are the other messages that it is at its channel (`Sent.also`), and `files` is how many files went along with it.
    """

    key: str
    remote_id: str
    text: str = ""
    before: str = ""
    also: tuple[str, ...] = ()
    files: int = 0


class Reaction(NamedTuple):
    """A reaction of ours to somebody's message, to be given or taken back.

    `key` is fixed before the first attempt, `remote_id` is the message, `what` is like, favourite or an emoji, and `at`
    when it was asked for (Unix seconds).
    """

    key: str
    remote_id: str
    what: str
    at: int = 0


class Target(NamedTuple):
    """What is moderated: a message by its remote id, the conversation that it is in, and who wrote it.

    `thread` is the channel's key of the conversation, `author` the author's key there; "" where there is none.
    `seconds` is for how long its author is muted, 0 for all other verbs.
    """

    message: str
    thread: str = ""
    author: str = ""
    seconds: int = 0


class OwnReaction(NamedTuple):
    """What a channel tells of a reaction of ours to somebody's message: whether it is there now.

    `what` is as in `Reaction`. `event` is the reaction's own id at the channel, where it has one; by that alone it is
    known where it was taken back (then `remote_id` and `what` are "").
    """

    remote_id: str
    what: str
    is_there: bool
    event: str = ""


class Reply(NamedTuple):
    """A message to send. `key` is fixed before the first attempt, so that a duplicate can be recognized by it.

    `parent` is the remote id that it answers ("" for none), `post_url` the page it belongs to, `at` when it was written
    (Unix seconds), `tried` the number of earlier attempts: a channel that rejects a duplicate text on a second attempt
    thereby confirms the first.

    `venue` is the key of where a post of our own is published (`channel.Posting`), "" for any other message.

    `language` is its ISO 639-1 code, "" if unknown. `others` are whom it goes to besides `to`: of a letter, or of a
    private post that names several. `files` go with it.

    Of a letter: `sender` is the name and address of ours that it comes from
    (None: the account's), and with `subject_is_whole` the title is its subject as it stands, with
    no Re: before it.
    """

    key: str
    text: str
    thread: str
    parent: str
    title: str = ""
    refs: tuple[str, ...] = ()
    to: Author | None = None
    at: int = 0
    post_url: str = ""
    public: bool = True
    tried: int = 0
    others: tuple[Addressee, ...] = ()
    sender: tuple[str, str] | None = None
    subject_is_whole: bool = False
    files: tuple[Attached, ...] = ()
    language: str = ""
    venue: str = ""
