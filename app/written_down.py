"""What somebody said where no program is let in, written down by the person: a message like any other."""

from __future__ import annotations

import uuid

from app import clock
from app.accounts import Accounts
from app.channels.base import Author, Incoming
from app.errors import UserError
from app.intake import Intake
from app.store.store import Store
from app.text import fold, words

_AHEAD = 86_400  # seconds; another zone's clock, not tomorrow's talk


class WrittenDown:
    """Takes such messages in, on assisted accounts."""

    def __init__(self, store: Store, accounts: Accounts, intake: Intake) -> None:
        """Over this file."""
        self._store, self._accounts, self._intake = store, accounts, intake

    def take(
        self, account_id: int, who: str, text: str, *, link: str = "", at: int | None = None, post: str = "",
        public: bool = True, answering: int | None = None,
    ) -> int:  # fmt: skip
        """Keep what `who` said there, as one undoable action; its conversation.

        `link` leads to it, `at` is Unix seconds (now where it is not given), `post` is what it stands below,
        `answering` a conversation that it goes on with. UserError without a name or words, for a time that is still to
        come, or on an account that reads by itself.
        """
        account = self._accounts.get(account_id)
        now = clock.now()
        name, said = " ".join(who.split()), text.strip()
        for missing, sentence in (
            (not account.assisted, f"“{account.name}” reads by itself: what is said there comes in without you."),
            (not name, "Say who said it."),
            (not said, "Write down what was said."),
            (at is not None and at > now + _AHEAD, "That time is still to come."),
            (bool(link) and not link.startswith(("https://", "http://")), f"“{link}” is no address on the web."),
        ):
            if missing:
                raise UserError(sentence)
        with self._store.write(f"Written down: {name} on {account.name}") as conn:
            thread = None
            if answering is not None:
                row = conn.execute("SELECT remote_id FROM conversation WHERE id = ?", (answering,)).fetchone()
                thread = row[0] if row else None
            page = link.partition("?")[0].rstrip("/")
            heard = Incoming(
                f"by-hand-{uuid.uuid4().hex}", min(at or now, now), said,
                Author(" ".join(words(name)) or fold(name), name, name), thread=thread or page or uuid.uuid4().hex,
                post_title=post.strip(), post_url=page if post.strip() else "", url=link, public=public,
            )  # fmt: skip
            return next(iter(self._intake.take(account_id, [heard]).conversation_ids))
