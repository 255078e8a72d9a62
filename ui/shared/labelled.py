"""What labels are put on: conversations, or members. Each change is one undoable action, and says whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from ui.look import text

if TYPE_CHECKING:
    from app.workbench import Workbench


class Labelled(Protocol):
    """Some things of one kind that labels are put on and taken off."""

    count: int
    of_members: bool
    """Whether they are members; else they are conversations."""

    def title(self) -> str:
        """What the picker of labels is called."""
        ...

    def spread(self) -> dict[str, int]:
        """How many of them have each label; labels that none has are left out."""
        ...

    def label(self, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Put labels on all of them, and take others off."""
        ...

    def put_on(self, name: str) -> str:
        """What is said when a label is on them; its name is isolated."""
        ...

    def taken_off(self, name: str) -> str:
        """What is said when it is off."""
        ...


class Conversations:
    """Conversations, by their ids; `who` names whom the first is with."""

    of_members = False

    def __init__(self, bench: Workbench, numbers: Sequence[int], who: str) -> None:
        """At least one."""
        self._bench, self._numbers, self._who, self.count = bench, tuple(numbers), who, len(numbers)

    def title(self) -> str:
        """See Labelled."""
        return text.counted(self.count, "Labels", "Labels of {count} conversations")

    def spread(self) -> dict[str, int]:
        """See Labelled."""
        return self._bench.labels.spread(self._numbers)

    def label(self, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """See Labelled."""
        self._bench.inbox.label(self._numbers, add, remove)

    def put_on(self, name: str) -> str:
        """See Labelled."""
        return text.counted(
            self.count, "{who}: “{name}” put on.", "“{name}” put on {count} conversations.", name=name, who=self._who
        )

    def taken_off(self, name: str) -> str:
        """See Labelled."""
        return text.counted(
            self.count, "{who}: “{name}” taken off.", "“{name}” taken off {count} conversations.", name=name,
            who=self._who,
        )  # fmt: skip


class Members:
    """Members, by their ids; `who` names the first."""

    of_members = True

    def __init__(self, bench: Workbench, numbers: Sequence[int], who: str) -> None:
        """At least one."""
        self._bench, self._numbers, self._who, self.count = bench, tuple(numbers), who, len(numbers)

    def title(self) -> str:
        """See Labelled."""
        return text.counted(self.count, "Labels", "Labels of {count} members")

    def spread(self) -> dict[str, int]:
        """See Labelled."""
        return self._bench.members.own.spread(self._numbers)

    def label(self, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """See Labelled."""
        self._bench.members.own.label(self._numbers, add, remove)

    def put_on(self, name: str) -> str:
        """See Labelled."""
        return text.counted(
            self.count, "{who}: “{name}” put on.", "“{name}” put on {count} members.", name=name, who=self._who
        )

    def taken_off(self, name: str) -> str:
        """See Labelled."""
        return text.counted(
            self.count, "{who}: “{name}” taken off.", "“{name}” taken off {count} members.", name=name, who=self._who
        )
