"""Where a message goes that is being written and answers nobody."""

from __future__ import annotations

from typing import NamedTuple


class Destination(NamedTuple):
    """Where a letter goes: one sentence for its head; `letters` is how many are sent.

    `problem` says why it cannot be sent as it is, "" if it can. `titles`: there is a subject. `by_mail`: it is a
    letter, with Cc, Bcc and a sender of ours; `kind` is the channel's, "" while there is no account. `post`: it is
    published, for all who read its venue; `by_hand`: by the person, who is handed the words.
    """

    sentence: str
    letters: int
    kind: str = ""
    problem: str = ""
    titles: bool = True
    by_mail: bool = True
    post: bool = False
    by_hand: bool = False
