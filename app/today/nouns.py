"""The desks that Today joins, each opened at its first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.blocks import Blocks
    from app.deserving import Deserving
    from app.facts import Facts
    from app.facts.embargoes import Embargoes
    from app.following import Following
    from app.gifts import Gifts
    from app.handling import Handling
    from app.handoffs import Handoffs
    from app.inbox import Inbox
    from app.introductions import Introductions
    from app.involvement import Involvement
    from app.outbox.unfinished import Unsent
    from app.promises import Promises
    from app.quarrels import Quarrels
    from app.store.store import Store
    from app.works import Works


class Nouns(Protocol):
    """The part of the workbench that Today asks: one desk for each noun."""

    @property
    def store(self) -> Store:
        """The open file."""
        ...

    @property
    def blocks(self) -> Blocks:
        """Working time."""
        ...

    @property
    def handling(self) -> Handling:
        """How long things take."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Conversations."""
        ...

    @property
    def promises(self) -> Promises:
        """Promises."""
        ...

    @property
    def deserving(self) -> Deserving:
        """Who deserves a gift."""
        ...

    @property
    def handoffs(self) -> Handoffs:
        """Hand-offs."""
        ...

    @property
    def following(self) -> Following:
        """Hand-offs followed up."""
        ...

    @property
    def gifts(self) -> Gifts:
        """Gifts."""
        ...

    @property
    def works(self) -> Works:
        """Works of members."""
        ...

    @property
    def facts(self) -> Facts:
        """Facts, and who was told them."""
        ...

    @property
    def embargoes(self) -> Embargoes:
        """Subjects that may not be spoken of yet."""
        ...

    @property
    def quarrels(self) -> Quarrels:
        """Quarrels between members."""
        ...

    @property
    def introductions(self) -> Introductions:
        """Members introduced to each other."""
        ...

    @property
    def unsent(self) -> Unsent:
        """Drafts."""
        ...

    @property
    def involvement(self) -> Involvement:
        """Who is new, quiet or back."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Accounts."""
        ...
