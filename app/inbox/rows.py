"""What the inbox returns: rows of the list, and an opened conversation with its lines.

Rows needed for the first paint are NamedTuples: frozen dataclasses took six times as long to create.
"""

from __future__ import annotations

from typing import NamedTuple

from app.base import pictures
from app.inbox.addressing import Addressing, Letter
from app.inbox.beside import DraftBeside
from app.inbox.links import Link
from app.inbox.moderated import Bar, Deed
from app.inbox.names import NameQuestion
from app.inbox.passed import PassedOn
from app.inbox.reactions import GivenReaction
from app.inbox.receivers import Receiver
from app.mail.quotes import Piece


class Query(NamedTuple):
    """Filter of a list, which implies its order: `needs_me` longest waiting first, other states newest first."""

    state: str = "needs_me"  # a state, all, or one of app.inbox.filtering
    account_id: int | None = None
    label: str = ""
    member_id: int | None = None
    beside: int | None = None  # this conversation and those under the same post, page or video


class Ref(NamedTuple):
    """A conversation's sort key in its list, kept by list models; the next page starts after it."""

    id: int
    sort: int


class ConversationRow(NamedTuple):
    """What one row of the list shows. Times are Unix seconds UTC.

    `post_title` is the post it belongs to; `held`: its last message awaits approval there; `due`: when a reply
    scheduled by the person is sent; `queued`: a reply waits to be sent; `to_post`: one that the person has to post.
    A scheduled reply, or one to be posted, is not given yet; any other that waits to be sent counts as an answer:
    `last_out` is true, while `ours` tells who wrote the text in `preview`. `flagged`: one of its letters is flagged in
    its mailbox. `writer` is who wrote the text in `preview`, where that is neither `member` nor us. `reported`:
    somebody has reported a message of it to the moderators there; `solved`: one is marked
    as the solution; `locked`: it is closed there, so that nobody can write in it. `draft` and `note` begin the reply
    that is being written and our note on the member; `labels` are names with colours (see `app.inbox.labels`).
    `closed_itself`: it is done, and nobody said so: its last words ended it, or nobody answered a question of ours;
    `asked`: that question has come back. `promises` counts what we promised there and have not kept yet,
    `promised_on` is the soonest of their days (YYYY-MM-DD; "": none has one).
    `told_closing` is when its channel says that it takes no answer any more: when it closes is asked of
    `app.channels.windows`. `passed_on` names the colleague who passed it on, "" for none.
    """

    id: int
    title: str
    member_id: int | None
    member: str
    account: str
    kind: str
    public: bool
    state: str
    preview: str
    last_out: bool
    last_at: int
    waiting_since: int | None
    snoozed_until: int | None
    unread: int
    unhappy: bool
    hard: bool
    handoffs: int
    gifts: int
    language: str
    messages: int
    unsent: int = 0
    post_title: str = ""
    held: bool = False
    due: int | None = None
    queued: bool = False
    ours: bool = False
    flagged: bool = False
    writer: str = ""
    reported: bool = False
    solved: bool = False
    locked: bool = False
    draft: str = ""
    note: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    account_id: int = 0
    closed_itself: bool = False
    asked: bool = False
    promises: int = 0
    to_post: bool = False
    told_closing: int | None = None
    promised_on: str = ""
    passed_on: str = ""

    @property
    def waits_for(self) -> str:
        """For whom we wait: "team", while a hand-off is open, else "member"; "" where it is our turn, or nobody's."""
        if self.state != "waiting":
            return ""
        return "team" if self.handoffs else "member"

    @property
    def due_since(self) -> int | None:
        """Since when somebody waits for us there (Unix seconds); None if nobody does."""
        return self.waiting_since if self.state == "needs_me" else None


class Alteration(NamedTuple):
    """A correction or withdrawal of a message of ours that is not done: its row in the outbox.

    `purpose` is correct or withdraw, `text` the new words.
    """

    id: int
    purpose: str
    state: str
    text: str
    error: str


class AttachedFile(NamedTuple):
    """A file of a message; `size` in bytes. `in_words`: a picture that its letter shows among the words.

    `is_here`: its content is in our file; else `at_server`, or where an import read it, or a keeping rule removed it
    (`removed_at`, Unix seconds).
    """

    id: int
    name: str
    size: int
    type: str = ""
    in_words: bool = False
    is_here: bool = True
    at_server: bool = False
    removed_at: int | None = None

    @property
    def may_be_picture(self) -> bool:
        """Whether it is worth looking into it for a picture: only what is here can be shown."""
        return self.is_here and pictures.may_be(self.name, self.type)


class Line(NamedTuple):
    """One line of a conversation in order of time: a message, or an event (hand-off, gift, promise, unsent reply).

    `kind` is said, offline, unreadable, handoff, gift, promise, work or outbox; `id` is a row of that table. `state` is
    that row's own, `extra` further text by kind. `upstream` is the message's state at the channel, `deed` its last
    moderation, and `deeds` the last ones of what else was done there: to its mark as the `solution`, to its
    conversation, to its author, whom `bar` keeps from writing. `helped` is the member whom it helped, "" for nobody.
    For an unsent reply, `due` is the scheduled time and `after` the part of a thread that precedes it. `to` is
    the name of the person whom a message of ours answers. `quiet` is why nobody waits for an answer to it (see
    `app.mail.robots`), `failed` whom a letter of ours did not reach, and on the next line what the server said.
    `letter` is whom a letter names: empty for anything else.
    `mailbox` is what was done with it in another mail program: sentences with their times, 0 where that is unknown.
    `subject` is a letter's, where it is another than the conversation's title.
    `undated`: its time is guessed. `charset` is the character set that its text was read in, if that was guessed or
    chosen. `pieces` are what of `text` is quoted and what is its writer's (see `app.mail.quotes`), () where it is all
    theirs; `left_out` is whether something was left out of it in reading it.

    `reactions` are ours to a message of somebody else. `protection` is how a letter is signed or encrypted, `remote`
    how many pictures it has on other computers.

    Of a message of ours: `alteration` is under way, `versions` are how it read before we corrected it and until when,
    oldest first, and `withdrawn` is whether we deleted it at its channel.
    """

    kind: str
    id: int
    at: int
    text: str
    out: bool = False
    author: str = ""
    member_id: int | None = None
    state: str = ""
    extra: str = ""
    edited: bool = False
    gone: bool = False
    files: tuple[AttachedFile, ...] = ()
    upstream: str = ""
    deed: Deed | None = None
    due: int | None = None
    after: int | None = None
    to: str = ""
    quiet: str = ""
    failed: str = ""
    alteration: Alteration | None = None
    versions: tuple[tuple[str, int], ...] = ()
    withdrawn: bool = False
    mailbox: tuple[tuple[str, int], ...] = ()
    subject: str = ""
    letter: Letter = Letter()
    undated: bool = False
    charset: str = ""
    reactions: tuple[GivenReaction, ...] = ()
    pieces: tuple[Piece, ...] = ()
    left_out: bool = False
    protection: str = ""
    remote: int = 0
    solution: bool = False
    deeds: tuple[Deed, ...] = ()
    bar: Bar | None = None
    helped: str = ""


class Opened(NamedTuple):
    """An opened conversation: its row, its lines oldest first, labels, and draft.

    `earlier` counts older messages that are not in `lines`, `beside` other conversations under the same post.
    `speakers` are possible receivers, latest first; `answering` is the draft's receiver, None without a draft, and
    `addressing` whom else it goes to. `links` are other conversations about the same matter, `joined` those that were
    joined into this one. `also_in` are the names of other accounts whose mailboxes have
    letters of it. `is_of_letters`: its messages are found by what they answer, as its channel has no threads.
    `own` are our addresses, where letters name people.
    `names` are to be asked about: who signs with them?
    `may` are the moderation verbs that the account has the right to, None where that is not known.
    `beside_draft` are other words for the draft, of another window or program.
    `files` is how many files go with the draft, `private_draft` the id of a new message that takes the matter further
    in private and is not sent yet, 0 if there is none. `passed` is the colleague who passed it on, if one did.
    """

    row: ConversationRow
    account_id: int
    account_mode: str
    speaks_as: str
    post_title: str
    post_url: str
    url: str
    lines: tuple[Line, ...]
    labels: tuple[str, ...]
    draft: str
    earlier: int
    post_text: str = ""
    beside: int = 0
    speakers: tuple[Receiver, ...] = ()
    answering: Receiver | None = None
    addressing: Addressing = Addressing()
    also_in: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    joined: tuple[int, ...] = ()
    is_of_letters: bool = False
    own: frozenset[str] = frozenset()
    names: tuple[NameQuestion, ...] = ()
    files: int = 0
    private_draft: int = 0
    may: frozenset[str] | None = None
    beside_draft: tuple[DraftBeside, ...] = ()
    passed: PassedOn | None = None
