"""The desk of give-aways: entered, closed with a list that is published, drawn so that anybody can repeat it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import counted, tr
from app.gifts import Gifts
from app.gifts.consent import Answer
from app.giveaways import collecting, drawing, entering, listing, proving, settling, winning
from app.giveaways.entering import NewEntry
from app.giveaways.persons import Known
from app.giveaways.pieces import PIECE, Pieces, Progress, nobody
from app.giveaways.rows import SELECT, SELECT_ENTRIES, Entry, Giveaway, Plan, line_of, of_row
from app.giveaways.saying import changed_meanwhile, is_called_off, is_closed, is_drawn, no_seed, not_closed, promised
from app.giveaways.when import entered
from app.store.sqlite import Connection, scalar
from app.store.store import Store

if TYPE_CHECKING:
    from app.calendar.typed import Now
    from app.members import Members

_GIVEN = ("idea", "approved")
_MAX_NAME_CHARS, _MAX_PRIZES, _FIRST = 120, 1_000_000, 3
_INSERT = (
    "INSERT INTO giveaway_entry (giveaway_id, member_id, name, contact, channel, at, message_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Counts(NamedTuple):
    """How many entries take part, and how many are struck."""

    entries: int
    struck: int


class Entered(NamedTuple):
    """How many entries are new, how many were there already, and the lines of the file that name nobody.

    `first` are the names of the first ones, to know them again by.
    """

    new: int
    known: int = 0
    blank_lines: tuple[int, ...] = ()
    first: tuple[str, ...] = ()


class Closed(NamedTuple):
    """How many take part and how many are struck, and the list's SHA-256, to be published now."""

    entries: int
    struck: int
    hash: str


class Giveaways:
    """The tables `giveaway`, `giveaway_source` and `giveaway_entry`; every change is an undoable action."""

    def __init__(self, store: Store, members: Members, gifts: Gifts) -> None:
        """Winners become gifts, and those of them who are no members yet become members."""
        self._store, self._members, self._gifts = store, members, gifts

    # --- reading

    def listed(self) -> list[Giveaway]:
        """All give-aways, the latest first."""
        return [Giveaway(*row) for row in self._store.read.execute(f"{SELECT} ORDER BY id DESC")]

    def get(self, number: int) -> Giveaway:
        """One give-away. Raises NotFoundError."""
        row = self._store.read.execute(f"{SELECT} WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That give-away is no longer there."))
        return Giveaway(*row)

    def named(self, typed: str) -> Giveaway:
        """The give-away of that name, accents and case aside. Raises NotFoundError that names those there are."""
        every = self.listed()
        for alike in (typed.strip().__eq__, lambda name: fold(name) == fold(typed.strip())):
            found = [one for one in every if alike(one.name) is True]
            if found:
                return found[0]
        names = ", ".join(one.name for one in every) or tr("none yet")
        msg = tr("There's no give-away “{name}”. There are: {names}.").format(name=typed.strip(), names=names)
        raise NotFoundError(msg)

    def entries(self, number: int) -> list[Entry]:
        """All entries in the order in which they came. While it is open, who takes part is judged as things are now."""
        return settling.entries_of(self._store.read, self.get(number))

    def size(self, number: int) -> int:
        """How many entries there are, struck or not; at once, however many."""
        return int(scalar(self._store.read, "SELECT count(*) FROM giveaway_entry WHERE giveaway_id = ?", (number,)))

    def counts(self, number: int) -> Counts:
        """How many take part and how many are struck."""
        if self.get(number).closed_at is None:
            struck = sum(entry.struck != "" for entry in self.entries(number))
            return Counts(self.size(number) - struck, struck)
        listed = "SELECT count(*) FROM giveaway_entry WHERE giveaway_id = ? AND listed <> ''"
        taking = int(scalar(self._store.read, listed, (number,)))
        return Counts(taking, self.size(number) - taking)

    def winners(self, number: int) -> list[Entry]:
        """The winners, the first place first; none before the draw. Who passed the prize on keeps the place."""
        if self.get(number).drawn_at is None:
            return []
        rows = self._store.read.execute(f"{SELECT_ENTRIES} AND e.place IS NOT NULL ORDER BY e.place", (number,))
        return [of_row(row) for row in rows]

    def others(self, number: int) -> list[Entry]:
        """Who took part and did not win, to be told kindly; nobody before the draw."""
        if self.get(number).drawn_at is None:
            return []
        return [entry for entry in self.entries(number) if entry.listed and entry.place is None]

    # --- before it is closed

    def add(self, plan: Plan, at: int | None = None) -> int:
        """Add a give-away, now or as of `at` (Unix seconds), and return its id. Raises UserError."""
        name = " ".join(plan.name.split())
        if not name or len(name) > _MAX_NAME_CHARS:
            raise UserError(tr("Enter a name for the give-away, of at most 120 characters."))
        if not 1 <= plan.prizes <= _MAX_PRIZES:
            raise UserError(tr("Enter how many prizes there are: 1 or more."))
        if plan.opens_at is not None and plan.closes_at is not None and plan.closes_at <= plan.opens_at:
            raise UserError(tr("It can't close before it opens. Change one of the two dates."))
        if any(fold(one.name) == fold(name) for one in self.listed()):
            raise UserError(tr("There's a give-away “{name}” already. Choose another name.").format(name=name))
        columns = {**plan._asdict(), "name": name, "created_at": clock.now() if at is None else at}
        columns["seed_promise"] = promised(plan.seed_promise, str(columns.pop("fallback")))
        with self._store.write(tr("New give-away: {name}").format(name=name)) as conn:
            made = conn.execute(
                f"INSERT INTO giveaway ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
            return int(made.lastrowid or 0)

    def enter(
        self, number: int, path: Path, now: Now, progress: Progress = nobody, *, dry_run: bool = False
    ) -> Entered:
        """Enter everybody in a table; of a file that was entered before, only what is new. Raises UserError.

        `now` is what typed times are read by. With `dry_run` nothing is written.
        """
        giveaway = self._still_open(number)
        read = entering.read(path, lambda typed: entered(typed, now))
        there = set[tuple[str, str, str, int | None]]()
        known = self._store.read.execute(
            "SELECT 1 FROM giveaway_source WHERE giveaway_id = ? AND kind = 'file' AND value = ?", (number, path.name)
        )
        if known.fetchone() is not None:
            there = {(one.name, one.contact, one.channel, one.at) for one in self.entries(number)}
        new = list(entering.fresh(read.entries, there))
        if not dry_run:
            self._put(giveaway, new, "file", path.name, progress)
        return _seen(new)._replace(known=len(read.entries) - len(new), blank_lines=read.blank_lines)

    def enter_rows(self, number: int, rows: Iterable[NewEntry], progress: Progress = nobody) -> Entered:
        """Enter these, whatever they come from. Raises UserError."""
        new = list(rows)
        self._put(self._still_open(number), new, "", "", progress)
        return _seen(new)

    def collect(
        self,
        number: int,
        *,
        conversation: int | None = None,
        post: str = "",
        label: tuple[int, str] | None = None,
        progress: Progress = nobody,
        dry_run: bool = False,
    ) -> Entered:
        """Enter who wrote in a conversation or under a post (its address), or has a label (id and name).

        What was collected before is left out, so it can be done again as more come in. With `dry_run` nothing is
        written. Raises UserError, also if that conversation, post or label is not there.
        """
        giveaway, conn = self._still_open(number), self._store.read
        if conversation is not None:
            new, kind, value = collecting.of_conversation(conn, number, conversation), "conversation", str(conversation)
        elif post:
            new, kind, value = collecting.of_post(conn, number, post), "post", post
        else:
            label_id, value = label or (0, "")
            new, kind = collecting.of_label(conn, number, label_id), "tag"
        if not dry_run:
            self._put(giveaway, new, kind, value, progress)
        return _seen(new)

    def posts(self) -> list[collecting.Post]:
        """Posts that members wrote under, the latest first, to collect entrants from."""
        return collecting.posts(self._store.read)

    def strike(self, number: int, entries: Collection[int], why: str = "") -> None:
        """Strike entries by hand, for a reason in words. Raises UserError."""
        self._decide(number, entries, "hand", why, tr("Struck from “{name}”: {entrants}"))

    def keep(self, number: int, entries: Collection[int], why: str = "") -> None:
        """Keep entries by hand: they take part whatever the rules say. Raises UserError."""
        self._decide(number, entries, "", why, tr("Kept in “{name}”: {entrants}"))

    def restore(self, number: int, entries: Collection[int]) -> None:
        """Take back what was decided by hand: the rules alone say whether these take part. Raises UserError."""
        self._decide(number, entries, "", "", tr("By the rules again in “{name}”: {entrants}"), by_hand=False)

    def close(
        self, number: int, seed_promise: str = "", at: int | None = None, *, progress: Progress = nobody
    ) -> Closed:
        """Close it, at once: number those who take part, and return the hash of their list, to be published.

        `seed_promise` says where the seed is going to come from; it is a part of the list. Raises UserError if nobody
        takes part, and if somebody else changed the entries meanwhile.
        """
        giveaway = self._still_open(number)
        promise = promised(seed_promise) or giveaway.seed_promise
        before = settling.told_apart(self._store.read, number)
        every = settling.entries_of(self._store.read, giveaway)
        taking = [entry for entry in every if not entry.struck]
        if not taking:
            raise UserError(tr("Nobody takes part in “{name}” yet. Enter somebody first.").format(name=giveaway.name))
        made = listing.numbered(taking)
        lines = [line.rpartition("\t")[0] for line in made.values()]
        digest = listing.digest(listing.document(giveaway._replace(seed_promise=promise), lines))
        pieces = Pieces(self._store, tr("Closed the give-away “{name}”").format(name=giveaway.name))
        with pieces.all_or_nothing():
            rows = [(entry.struck, made.get(entry.id, ""), entry.id) for entry in every]
            written = "UPDATE giveaway_entry SET struck = ?1, listed = ?2 WHERE id = ?3"
            pieces.many(written, rows, lambda: self._still_open(number), progress)
            with pieces.transaction() as conn:
                if settling.told_apart(conn, number) != before or self._still_open(number) != giveaway:
                    raise UserError(changed_meanwhile(giveaway))
                conn.execute(
                    "UPDATE giveaway SET closed_at = ?, list_sha256 = ?, seed_promise = ? WHERE id = ?",
                    (clock.now() if at is None else at, digest, promise, number),
                )
        return Closed(len(taking), len(every) - len(taking), digest)

    def promise(self, number: int, seed_promise: str, fallback: str = "") -> None:
        """Say anew where the seed is going to come from, and what is taken if that never comes. Raises UserError."""
        giveaway = self._still_open(number)
        promise = promised(seed_promise, fallback)
        if not promise:
            raise UserError(tr("Enter which public value is going to be the seed."))
        title = tr("Where the seed of “{name}” comes from").format(name=giveaway.name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE giveaway SET seed_promise = ? WHERE id = ?", (promise, number))

    def call_off(self, number: int) -> None:
        """Call it off: nobody enters or wins any more. Raises UserError if it was drawn, or is called off already."""
        giveaway = self.get(number)
        if giveaway.called_off_at is not None:
            raise UserError(is_called_off(giveaway))
        if giveaway.drawn_at is not None:
            raise UserError(is_drawn(giveaway))
        with self._store.write(tr("Called off the give-away “{name}”").format(name=giveaway.name)) as conn:
            conn.execute("UPDATE giveaway SET called_off_at = ? WHERE id = ?", (clock.now(), number))

    # --- after it is closed

    def reopen(self, number: int) -> None:
        """Open a closed one again: its list is dropped, and the next one has another hash.

        One that was called off goes on as it stood. Raises UserError if it is open, or was drawn.
        """
        giveaway = self.get(number)
        if giveaway.drawn_at is not None:
            raise UserError(is_drawn(giveaway))
        if giveaway.closed_at is None and giveaway.called_off_at is None:
            raise UserError(tr("“{name}” isn't closed.").format(name=giveaway.name))
        with self._store.write(tr("Reopened the give-away “{name}”").format(name=giveaway.name)) as conn:
            if giveaway.called_off_at is not None:
                conn.execute("UPDATE giveaway SET called_off_at = NULL WHERE id = ?", (number,))
            else:  # the lines stay where they are until the next closing: an undo finds them there
                conn.execute("UPDATE giveaway SET closed_at = NULL, list_sha256 = '' WHERE id = ?", (number,))

    def document(self, number: int) -> bytes:
        """The list as it was hashed. Raises UserError before it is closed, and if it is no longer what was hashed."""
        giveaway = self.get(number)
        if giveaway.closed_at is None:
            raise UserError(not_closed(giveaway))
        return self._document(giveaway, [line for _, line in self._lines(number)])

    def draw(self, number: int, seed: str, at: int | None = None) -> list[Entry]:
        """Draw with a seed and return the winners, the first place first; the same seed again gives the same.

        Raises UserError for a blank seed, before it is closed, and if it was drawn with another seed.
        """
        giveaway, seed = self.get(number), drawing.seed_of(seed)
        if not seed:
            raise UserError(no_seed(giveaway))
        if not seed.isprintable():
            raise UserError(tr("There are characters in the seed that nobody sees. Type it, letters and figures only."))
        if giveaway.called_off_at is not None:
            raise UserError(is_called_off(giveaway))
        if giveaway.drawn_at is not None:
            if giveaway.seed != seed:
                raise UserError(is_drawn(giveaway))
            return self.winners(number)
        if giveaway.closed_at is None:
            raise UserError(not_closed(giveaway))
        entry_of = {line: entry for entry, line in self._lines(number)}
        self._document(giveaway, entry_of)
        drawn = drawing.winners(giveaway.list_sha256, seed, entry_of, giveaway.prizes)
        title = tr("Drew “{name}” with the seed “{seed}”. Whoever has the proof knows the winners")
        places = [(place, entry_of[line]) for place, line in enumerate(drawn, 1)]
        pieces = Pieces(self._store, title.format(name=giveaway.name, seed=seed))
        with pieces.all_or_nothing():
            place = "UPDATE giveaway_entry SET place = ? WHERE id = ?"
            pieces.many(place, places[: -PIECE or None], lambda: self._refuse_drawn(number), nobody)
            with pieces.transaction() as conn:
                self._refuse_drawn(number)
                conn.executemany(place, places[-PIECE:])
                conn.execute(
                    "UPDATE giveaway SET seed = ?, drawn_at = ? WHERE id = ?",
                    (seed, clock.now() if at is None else at, number),
                )
        return self.winners(number)

    def pass_on(self, number: int, entry_id: int, why: str = "") -> Entry | None:
        """A winner doesn't take the prize: the next in the order of the draw gets it; returns who, None for nobody.

        The winner keeps the place; a gift that was made for them is declined. Raises UserError if that is no winner,
        the prize has left us, or was passed on already.
        """
        giveaway = self.get(number)
        gone = next((one for one in self.winners(number) if one.id == entry_id), None)
        if gone is None:
            raise UserError(tr("“{name}” has no winner with that number.").format(name=giveaway.name))
        if gone.struck:
            raise UserError(tr("{name} has passed the prize on already.").format(name=gone.name))
        entry_of = {line: entry for entry, line in self._lines(number)}
        placed = {line_of(one) for one in self.winners(number)}
        order = drawing.winners(giveaway.list_sha256, giveaway.seed, entry_of, len(placed) + 1)
        following = next((entry_of[line] for line in order if line not in placed), None)
        title = tr("{name} passed on the prize of “{giveaway}”").format(name=gone.name, giveaway=giveaway.name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE giveaway_entry SET struck = 'passed', note = ? WHERE id = ?", (why.strip(), gone.id))
            if following is not None:
                place = "UPDATE giveaway_entry SET place = ? WHERE id = ?"
                conn.execute(place, (len(placed) + 1, following))
            winning.decline(conn, gone)
        return next((one for one in self.winners(number) if one.id == following), None)

    def prove(self, number: int, folder: Path) -> tuple[Path, ...]:
        """Write the list, the script and how to repeat the draw into a folder. Raises UserError before it is closed."""
        content = self.document(number)
        return proving.write(folder, self.get(number), content, self.winners(number))

    def to_gifts(self, number: int, state: str = "idea", *, over: Answer = False) -> int:
        """Make a gift, as an idea or approved, for each winner who has none; returns how many.

        Approving also approves those that are ideas; they are counted as well. Raises UserError, and NotYetError if
        that goes over the budget and `over` does not agree to it.
        """
        giveaway, winners = self.get(number), [one for one in self.winners(number) if not one.struck]
        if not winners:
            raise UserError(tr("“{name}” isn't drawn yet, so there are no winners.").format(name=giveaway.name))
        if state not in _GIVEN:
            raise UserError(tr("Winners' gifts begin as “idea” or “approved”."))
        why, at = tr("Won: {name}").format(name=giveaway.name), clock.now()
        title = tr("Gifts for the winners of “{name}”").format(name=giveaway.name)
        with self._store.write(title) as conn, self._gifts.budgets.kept(conn, over):
            made = winning.give(conn, self._members, giveaway, winners, why=why, state=state, at=at)
            return made + (winning.approve(conn, winners, at) if state == "approved" else 0)

    def ideas(self, number: int) -> int:
        """How many of the winners' gifts are ideas that wait to be approved."""
        asked = (
            "SELECT count(*) FROM giveaway_entry e JOIN gift g ON g.id = e.gift_id"
            " WHERE e.giveaway_id = ? AND e.struck = '' AND e.place IS NOT NULL AND g.state = 'idea'"
        )
        return int(scalar(self._store.read, asked, (number,)))

    def warning(self, number: int, state: str = "idea") -> str:
        """What the budget says of the winners' gifts in that state; "" for nothing."""
        _, worth, currency = winning.prize(self._store.read, self.get(number))
        many = sum(one.gift_id is None and not one.struck for one in self.winners(number))
        return self._gifts.budgets.warning(worth * many, currency, state=state) if worth * many else ""

    # --- within

    def _still_open(self, number: int) -> Giveaway:
        giveaway = self.get(number)
        if giveaway.called_off_at is not None:
            raise UserError(is_called_off(giveaway))
        if giveaway.closed_at is not None:
            raise UserError(is_closed(giveaway))
        return giveaway

    def _refuse_drawn(self, number: int) -> None:
        giveaway = self.get(number)
        if giveaway.drawn_at is not None:
            raise UserError(is_drawn(giveaway))

    def _put(self, giveaway: Giveaway, new: Sequence[NewEntry], kind: str, value: str, progress: Progress) -> None:
        title = counted(len(new), "{count} entry for “{name}”", "{count} entries for “{name}”", name=giveaway.name)
        known = Known(self._store.read) if new else None
        rows = [
            (
                giveaway.id, one.member_id or (known.member(one.contact, one.channel) if known else None), one.name,
                one.contact, one.channel, one.at, one.message_id,
            )
            for one in new
        ]  # fmt: skip
        pieces = Pieces(self._store, title)
        with pieces.all_or_nothing():
            with pieces.transaction() as conn:
                if kind:
                    conn.execute(
                        "INSERT OR IGNORE INTO giveaway_source (giveaway_id, kind, value) VALUES (?, ?, ?)",
                        (giveaway.id, kind, value),
                    )
                conn.executemany(_INSERT, rows[:PIECE])
            pieces.many(_INSERT, rows[PIECE:], lambda: self._still_open(giveaway.id), progress)
            settling.settle(self._store, giveaway, pieces)

    def _decide(
        self, number: int, entries: Collection[int], struck: str, why: str, title: str, *, by_hand: bool = True
    ) -> None:
        giveaway = self._still_open(number)
        names = {entry.id: entry.name for entry in self.entries(number)}
        for entry in entries:
            if entry not in names:
                msg = tr("“{name}” has no entry {entry}.").format(name=giveaway.name, entry=entry)
                raise NotFoundError(msg)
        said = ", ".join(names[entry] for entry in entries)
        pieces = Pieces(self._store, title.format(name=giveaway.name, entrants=said))
        with pieces.transaction() as conn:
            conn.executemany(
                "UPDATE giveaway_entry SET struck = ?, kept_by_hand = ?, note = ? WHERE id = ?",
                [(struck, int(by_hand and not struck), why.strip(), entry) for entry in entries],
            )
        settling.settle(self._store, giveaway, pieces)

    def _lines(self, number: int) -> list[tuple[int, str]]:
        rows = self._store.read.execute(
            "SELECT id, listed FROM giveaway_entry WHERE giveaway_id = ? AND listed <> ''", (number,)
        )
        return [(entry, listed.rpartition("\t")[0]) for entry, listed in rows]

    def _document(self, giveaway: Giveaway, lines: Iterable[str]) -> bytes:
        content = listing.document(giveaway, lines)
        if listing.digest(content) != giveaway.list_sha256:
            msg = tr("The list of “{name}” no longer has the hash that it was closed with, so it can't be drawn from.")
            raise UserError(msg.format(name=giveaway.name))
        return content


def _seen(new: Sequence[NewEntry]) -> Entered:
    names = dict.fromkeys(one.name for one in new[: _FIRST * _FIRST])
    return Entered(len(new), first=tuple(names)[:_FIRST])


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the entries of member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids. A list that was published stays as it is.
    """
    conn.execute(
        "UPDATE giveaway_entry SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )
