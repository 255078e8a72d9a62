"""A message as it comes in or goes out, whatever carries it: a channel, a mail, a file."""

from __future__ import annotations

from typing import NamedTuple


class Author(NamedTuple):
    """Who said something, as the channel knows them. `key` is what makes two the same: an address, an id, a handle.

    `former` is the key by which an older Rapport knew them; whoever stands in the file under it, by the same name, is
    the same. It may be a key that several people shared.
    """

    key: str
    handle: str
    name: str = ""
    url: str = ""
    former: str = ""


class Attached(NamedTuple):
    """A file that came with a message."""

    name: str
    type: str
    content: bytes


class Incoming(NamedTuple):
    """One message as a channel or a file hands it in; plain text, times in Unix seconds UTC.

    `remote_id` is stable at the channel and unique in the account. `thread` is the channel's own key of the
    conversation; where it has none (mail), `refs` names the messages it answers, the nearest last. `out` is True for
    our own. `kind` is said, offline (heard in person) or unreadable (then `raw` holds the bytes and `text` says why).
    `post_*` are of the post, page or video under which it stands. `gone`: it was taken away at the channel. `upstream`
    says how it stands there: "" to be seen, `held` for approval, `hidden` or `spam`. `to` are the authors' keys of
    those whom a mail names as receivers, `forwarded` whether it passes on another, `letter` its content as a hash (""
    for what is no mail), `dated` whether it says itself when it was written.
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


class Reply(NamedTuple):
    """What is to be sent. `key` is fixed before the first try; sending it twice has to be recognisable by it.

    `parent` is the remote id that it answers ("" for none), `post_url` the page it stands under, `at` when it was
    written, `tried` how often it has been tried before: a channel that refuses the same words twice means by that, on
    a second try, that it has them.
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
