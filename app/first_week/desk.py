"""The first week: what saves time later, offered once an account or a file is there, never in the way of a reply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from app import settings
from app.base import clock
from app.base.errors import UserError
from app.base.words import counted, tr
from app.first_week.steps import (
    BLOCKS,
    DONE,
    LEFT,
    LINE,
    NOTHING,
    OPEN,
    STEPS,
    TARGETS,
    TEAMMATES,
    TEMPLATES,
    TRAITS,
    Kept,
    Step,
    keep,
    kept,
    standing,
)  # fmt: skip
from app.inbox import start_line
from app.inbox.start_line import Offer
from app.store import undo

if TYPE_CHECKING:
    from app.blocks import Blocks
    from app.first_week.colleagues import Colleague
    from app.first_week.habits import Habit
    from app.first_week.repeats import Repeat
    from app.first_week.replies import Reply
    from app.store.sqlite import Connection
    from app.store.store import Store
    from app.teammates import Teammates
    from app.templates import Templates
    from app.voice import Voice

DAYS = 28
"""So many days after the first account or file the list is shown by itself."""
_DAY_SECONDS = 86_400


class Desks(NamedTuple):
    """The desks that what is taken goes to."""

    blocks: Blocks
    teammates: Teammates
    templates: Templates
    voice: Voice


class Overview(NamedTuple):
    """The steps with their states, the start line of today, and what is proposed."""

    steps: tuple[Step, ...]
    offer: Offer
    drawn: int | None
    teammates: tuple[Colleague, ...]
    templates: tuple[Repeat, ...]
    traits: tuple[Habit, ...]

    def step(self, name: str) -> Step:
        """The step with this id."""
        return next(step for step in self.steps if step.id == name)

    @property
    def is_over(self) -> bool:
        """Whether no step is left to be done now; one with nothing to offer may have something later."""
        return all(step.state != OPEN for step in self.steps)

    @property
    def is_settled(self) -> bool:
        """Whether each step is done or left out, whatever comes."""
        return all(step.state in (DONE, LEFT) for step in self.steps)


class FirstWeek:
    """Reads what can be proposed, and does what was chosen: each step is one undoable action.

    What is remembered of the steps themselves is the setting `first_week`, which is no action.
    """

    def __init__(self, store: Store, desks: Callable[[], Desks]) -> None:
        """`desks` is asked at the first use."""
        self._store, self._desks = store, desks

    # What there is

    def is_shown(self, now: int | None = None) -> bool:
        """Whether Today may show the list: for DAYS after the first account or file, until all is settled; quick.

        Not in the demo, unless it was brought back.
        """
        conn = self._store.read
        remembered = kept(conn)
        if remembered.shown is not None:
            return remembered.shown
        actions = set(remembered.actions.values())
        if remembered.over and standing(conn, actions) == actions:
            return False
        row = conn.execute("SELECT min(created_at) AS began, max(mode = 'demo') AS demo FROM account").fetchone()
        at = clock.now() if now is None else now
        return row["began"] is not None and not row["demo"] and row["began"] > at - DAYS * _DAY_SECONDS

    def overview(self, now: int | None = None) -> Overview:
        """All of it. Reads the last 300 replies and counts conversations: up to a second, not for the window's thread.

        Where it finds the last step settled, the list is not shown any more, until it is brought back.
        """
        from app.first_week.colleagues import colleagues  # noqa: PLC0415  Today's first paint does without
        from app.first_week.habits import habits  # noqa: PLC0415  as above
        from app.first_week.replies import latest  # noqa: PLC0415  as above

        conn, desks = self._store.read, self._desks()
        remembered = kept(conn)
        offer = self.offer(today(now))
        teammates = tuple(colleagues(conn))
        written = latest(conn)
        templates = self._repeated(written)
        guide = desks.voice.guide()
        traits = habits(written, [trait.name for trait in guide.traits], has_emoji_limit=guide.emoji_most is not None)
        drawn = start_line.drawn(conn)
        counts = {
            LINE: offer.closes, TEAMMATES: len(teammates), TEMPLATES: len(templates), TRAITS: len(traits),
        }  # fmt: skip
        done = self._done(conn, remembered, drawn)
        steps = tuple(
            Step(name, _state(name, done, remembered.left, counts.get(name)), counts.get(name, 0)) for name in STEPS
        )
        made = Overview(steps, offer, drawn, teammates, tuple(templates), tuple(traits))
        if made.is_settled != remembered.over:
            self._remember(lambda before: before._replace(
                over=made.is_settled, shown=None if made.is_settled and before.shown else before.shown
            ))  # fmt: skip
        return made

    def repeated(self) -> list[Repeat]:
        """What was written three times in the last 300 replies and is no template yet; the most often first."""
        from app.first_week.replies import latest  # noqa: PLC0415  as above

        return self._repeated(latest(self._store.read))

    def _repeated(self, written: Sequence[Reply]) -> list[Repeat]:
        from app.first_week.repeats import repeats  # noqa: PLC0415  as above

        desk = self._desks().templates
        there = desk.all() + desk.all(archived=True)
        return repeats(
            written, [text.body for one in there for text in one.texts], {template.key for template in there}
        )

    def is_listed(self, made: Overview) -> bool:
        """Whether Today shows the list, as things stand: while a step is open, or where it was brought back; quick."""
        return self.is_shown() and (not made.is_over or kept(self._store.read).shown is True)

    def offer(self, day: date) -> Offer:
        """What a start line at the beginning of that local day would close, and what stays open; not for the window."""
        return start_line.offer(self._store.read, _begins(day))

    def _done(self, conn: Connection, remembered: Kept, drawn: int | None) -> set[str]:
        stand = standing(conn, set(remembered.actions.values()))
        done = {name for name, action in remembered.actions.items() if action in stand}
        (has_targets,) = conn.execute(
            "SELECT EXISTS (SELECT 1 FROM account WHERE reply_minutes IS NOT NULL)"
        ).fetchone()
        done |= {LINE} if drawn is not None else set()
        done |= {BLOCKS} if self._desks().blocks.all() else set()
        return done | ({TARGETS} if has_targets else set())

    # What is done with it

    def draw_line(self, day: date, now: int | None = None) -> Offer:
        """Close what was last written in before that local day, as one undoable action; returns what was closed.

        Only the window calls it, when the person says so. Raises UserError for a day to come.
        """
        at, moment = _begins(day), clock.now() if now is None else now
        if at > moment:
            msg = tr("A start line can't be in the future. Choose today or an earlier day.")
            raise UserError(msg)
        with self._store.write(_line_title(0, day)) as conn:
            offer = start_line.offer(conn, at)  # in here, so that title and answer say what is closed
            self._store.retitle(_line_title(offer.closes, day))
            action = undo.next_action(conn)
            closed = start_line.close_older(conn, at, moment)
            settings.store_value(conn, start_line.KEY, start_line.stored(at, action if closed else 0))
            _note(conn, LINE, action if closed else 0)
        return offer

    def add_teammates(self, chosen: Sequence[Colleague]) -> None:
        """Add these as teammates, one undoable action. Raises UserError if one's name is taken by now."""
        title = counted(len(chosen), "New teammate: {names}", "{count} new teammates: {names}", names=_names(chosen))
        with self._taking(TEAMMATES, title, chosen):
            for one in chosen:
                self._desks().teammates.add(one.name, email=one.address, languages=one.languages)

    def add_templates(self, chosen: Sequence[Repeat]) -> None:
        """Add these as templates, one undoable action. Raises UserError if a shortcut is taken by now."""
        from app.templates import Text  # noqa: PLC0415  as above

        names = ", ".join(one.name for one in chosen)
        title = counted(len(chosen), "New template: {names}", "{count} new templates: {names}", names=names)
        with self._taking(TEMPLATES, title, chosen):
            for one in chosen:
                use = counted(
                    one.times, "Written {count} time before it was a template",
                    "Written {count} times before it was a template",
                )  # fmt: skip
                self._desks().templates.add(one.key, one.name, use, (Text(one.language, "A", one.body),))

    def add_traits(self, chosen: Sequence[Habit]) -> None:
        """Put these into the voice guide, one undoable action."""
        names = ", ".join(one.trait.name for one in chosen)
        title = counted(len(chosen), "New trait: {names}", "{count} new traits: {names}", names=names)
        with self._taking(TRAITS, title, chosen):
            for one in chosen:
                if one.emoji_most is not None:
                    self._desks().voice.allow_emoji(one.emoji_most)
                else:
                    self._desks().voice.add_trait(one.trait.name, one.trait.why, one.trait.examples)

    def leave_out(self, name: str, *, left: bool = True) -> None:
        """Leave a step out, or take it back in. Not an action. Raises UserError if there is no such step."""
        if name not in STEPS:
            msg = tr("There's no step “{step}”. Choose from: {steps}.").format(step=name, steps=", ".join(STEPS))
            raise UserError(msg)
        self._remember(lambda before: before._replace(left=before.left | {name} if left else before.left - {name}))

    def show(self, *, shown: bool) -> None:
        """Show the list on Today, or hide it, whatever is done. Not an action."""
        self._remember(lambda before: before._replace(shown=shown))

    @contextmanager
    def _taking(self, name: str, title: str, chosen: Sequence[object]) -> Iterator[None]:
        """One action that does a step, remembered with it. Raises UserError where nothing is `chosen`."""
        if not chosen:
            msg = tr("Tick at least one of them.")
            raise UserError(msg)
        with self._store.write(title) as conn:
            _note(conn, name, undo.next_action(conn))
            yield

    def _remember(self, change: Callable[[Kept], Kept]) -> None:
        with self._store.write() as conn:
            keep(conn, change(kept(conn)))


def _note(conn: Connection, name: str, action: int) -> None:
    before = kept(conn)
    keep(conn, before._replace(actions={**before.actions, name: action}, left=before.left - {name}))


def _state(name: str, done: Collection[str], left: Collection[str], count: int | None) -> str:
    """A step that was done and has something new to offer is done; `count` is None where nothing is proposed."""
    if name in done:
        return DONE
    if name in left:
        return LEFT
    return NOTHING if count == 0 else OPEN


def today(now: int | None = None) -> date:
    """The local day of `now` (Unix seconds, default now)."""
    return clock.local(clock.now() if now is None else now).date()


def _line_title(closes: int, day: date) -> str:
    return counted(
        closes, "Start line {day}: {count} older conversation closed",
        "Start line {day}: {count} older conversations closed", day=day.isoformat(),
    )  # fmt: skip


def _begins(day: date) -> int:
    return clock.at_local(datetime.combine(day, time()))


def _names(chosen: Sequence[Colleague]) -> str:
    return ", ".join(one.name for one in chosen)
