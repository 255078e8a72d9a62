"""The desk of the voice guide: its tables, and checking drafts by its rules. Every change is an undoable action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold, preview
from app.base.words import N_, tr
from app.store.changes import Changes
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store
from app.voice import clearing, guard, limits
from app.voice.asked import NOTHING, WAITING, Asked, answered
from app.voice.clearing import Cleared, Draft
from app.voice.guard import Finding, Rule
from app.voice.guide import Example, Guide, Trait, validated
from app.voice.limits import Limits
from app.voice.rule import EMOJI, FORMLESS, NEEDS_ALSO, RANGES, WORDLESS

if TYPE_CHECKING:
    from app.voice.drift import Drift, GoOn, Met, Shown

_RULE = (
    "SELECT id, words, level, why, language, risk, instead, until, position, kind, owner, sort, also, most,"
    " channel, forms, not_forms FROM voice_rule WHERE archived = 0"
)


Heed = Callable[[Draft], tuple[Finding, ...]]
"""Finds in a draft what no rule of the guide does."""


Dress = Callable[[Draft, tuple[Finding, ...]], tuple[Finding, ...]]
"""Gives findings of a draft better words, as for what may not be said yet."""


Answers = Callable[[Draft], Mapping[int, Asked]]
"""What was asked about exactly the words of a draft, by the id of the rule."""


class Voice:
    """The voice guide: who we are, traits, rules; checks drafts."""

    def __init__(
        self, store: Store, heed: Heed | None = None, dress: Dress | None = None, answers: Answers | None = None
    ) -> None:
        """Rules are cached until their table changes, as the check runs at every pause in typing.

        `heed` finds what no rule of the guide does; `dress` knows better words for some findings; `answers` knows what
        was asked about a draft.
        """
        self._store, self._heed, self._dress, self._answers = store, heed, dress, answers
        self._rules: tuple[Rule, ...] | None = None
        self._ours: frozenset[str] | None = None
        store.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("voice_rule"):
            self._rules = None
        if changes.touches("account", "signature", "voice_guide", "template_text"):
            self._ours = None

    # --- the gate

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules in force, in the guide's order; those whose `until` has passed are left out."""
        known = self._rules
        if known is None:
            rows = self._store.read.execute(f"{_RULE} ORDER BY position, id")
            known = self._rules = tuple(_rule(row) for row in rows)
        now = clock.now()
        return tuple(rule for rule in known if rule.until is None or rule.until > now)

    def every_rule(self) -> tuple[Rule, ...]:
        """Return the rules in the guide's order, those whose `until` has passed as well."""
        self.rules()
        return self._rules or ()

    def check(self, text: str, language: str = "") -> tuple[Finding, ...]:
        """Return the findings in a text that anybody may read, as `look` does."""
        return self.look(Draft(text, language))

    def look(self, draft: Draft) -> tuple[Finding, ...]:
        """Return the findings in a draft, worst first; notes of what is one too many, or lacks, are the last."""
        from app.voice import sorts  # noqa: PLC0415  words and their forms are loaded with the first draft
        from app.voice.otherwise import in_another_language  # noqa: PLC0415  as above

        found = guard.check(draft.text, draft.language, self.rules())
        more = sorts.asked(draft, self.rules())
        others = (*self._others(draft), *(one for one in more if one.level != guard.NOTE))
        if others:
            found = _once(tuple(sorted((*found, *others), key=lambda finding: guard.LEVELS.index(finding.level))))
        found = self._dress(draft, found) if self._dress is not None else found
        asked = self._asked(draft)
        if asked:
            found = tuple(sorted(answered(found, asked), key=lambda finding: guard.LEVELS.index(finding.level)))
        other = in_another_language(draft.text, draft.language)
        return (*found, *other, *(one for one in more if one.level == guard.NOTE))

    def is_ready(self, text: str, language: str) -> bool:
        """Whether a look at this draft reads no tables of words first, which takes up to half a second."""
        from app.voice import matching  # noqa: PLC0415  words and their forms are loaded with the first draft

        return matching.is_ready(text, language, self.rules())

    def met_since(self, month: str) -> tuple[Met, ...]:
        """Which rules in force were met in which of our messages from a month (YYYY-MM) on, the oldest first."""
        from app.voice.drift import met  # noqa: PLC0415  it reads letters; the check of a draft does without

        return tuple(met(self._store.read, self.rules(), month))

    def drift(self, months: Sequence[str], go_on: GoOn) -> Drift | None:
        """How often each rule in force was met in what we sent in these months; None if `go_on` ended it.

        It takes 2 ms a message: for a thread of its own.
        """
        from app.voice.drift import drift  # noqa: PLC0415  as above

        return drift(self._store.read, self.rules(), months, go_on)

    def passages(self, found: Sequence[Met]) -> tuple[Shown, ...]:
        """The messages in which a rule was met, for a list, the latest first; those gone since are left out."""
        from app.voice.drift import passages  # noqa: PLC0415  as above

        return passages(self._store.read, found)

    def _asked(self, draft: Draft) -> Mapping[int, Asked]:
        return self._answers(draft) if self._answers is not None and draft.conversation_id is not None else NOTHING

    def _others(self, draft: Draft) -> tuple[Finding, ...]:
        heeded = self._heed(draft) if self._heed is not None else ()
        if draft.conversation_id is not None:
            from app.voice import marketing, mistaken  # noqa: PLC0415  for replies alone

            read = self._store.read
            heeded = (*heeded, *marketing.noted(read, draft), *mistaken.noted(read, draft))
        if not draft.public:
            return heeded
        from app.voice import others  # noqa: PLC0415  for what everybody will read

        return (*heeded, *self._made_public(draft.text), *others.named(self._store.read, draft))

    def _from_private(self, draft: Draft) -> tuple[Finding, ...]:
        if not draft.public:
            return ()
        from app.voice import others  # noqa: PLC0415  as above

        return others.from_private(self._store.read, draft)

    def _made_public(self, text: str) -> tuple[Finding, ...]:
        from app.voice import personal  # noqa: PLC0415  its patterns take 20 ms to compile

        if self._ours is None:
            self._ours = personal.our_own(self._store.read)
        return personal.made_public(text, self._ours)

    def clear(
        self, draft: Draft, overrides: Mapping[str, str] | None = None, reason: str = "", *, wordless: bool = False
    ) -> Cleared:
        """Clear a draft or raise Stopped. `overrides`: reasons by Finding.key; `reason` for all others.

        `wordless`: it may be blank (see `clearing.clear`).
        """
        try:
            from app.voice import sorts  # noqa: PLC0415  as above

            asked = sorts.asked(draft, self.rules())
            others = (*self._others(draft), *self._from_private(draft), *asked)
            return clearing.clear(
                draft, self.rules(), overrides or {}, reason, wordless=wordless, others=others,
                asked=self._asked(draft),
            )  # fmt: skip
        except clearing.Stopped as why:
            if self._dress is not None:
                why.findings = tuple(
                    finding if finding.asked == WAITING else self._dress(draft, (finding,))[0]
                    for finding in why.findings
                )
            raise

    # --- who we are

    def guide(self) -> Guide:
        """Return the whole guide; empty if none was written yet."""
        row = self._store.read.execute("SELECT who_we_are, version FROM voice_guide").fetchone()
        who, version = row or ("", 0)
        return Guide(who, self.traits(), self.rules(), version, self.emoji_most())

    def say_who_we_are(self, text: str) -> None:
        """Save the page that says who we are, and increment the version."""
        with self._store.write(tr("Changed voice guide: who we are")) as conn:
            conn.execute(
                "INSERT INTO voice_guide (id, who_we_are) VALUES (1, ?)"
                " ON CONFLICT DO UPDATE SET who_we_are = excluded.who_we_are, version = version + 1",
                (text.strip(),),
            )

    def limits(self) -> Limits:
        """How many emoji and exclamation marks a message may have, and how many words a sentence, before it is noted.

        They are rules for all languages and channels; others may say more of one of them.
        """
        return limits.of(self.rules())

    def emoji_most(self) -> int | None:
        """How many emoji a message may have before that is noted; None for any number."""
        return self.limits().emoji

    def allow_emoji(self, most: int | None) -> None:
        """Say how many emoji a message may have; None for any number. Raises UserError below 0 or above 99."""
        self.limit(EMOJI, most)

    def limit(self, what: str, most: int | None) -> None:
        """Set one of `limits` by its key; None for any number. Raises UserError for a number that it can't be."""
        known = limits.general(self.every_rule(), what)
        if most is None and known is not None:
            self.drop_rule(known.id)
        elif most is not None and known is None:
            self.add_rule(limits.made(what, most))
        elif most is not None and known is not None and known.most != most:
            self.change_rule(replace(known, most=most, until=None))

    # --- traits and their examples

    def traits(self) -> tuple[Trait, ...]:
        """Return all traits with their examples, in the guide's order."""
        conn = self._store.read
        pairs: dict[int, list[Example]] = {}
        for trait, *rest in conn.execute("SELECT trait_id, language, do, dont, id FROM voice_example ORDER BY id"):
            pairs.setdefault(trait, []).append(Example(*rest))
        rows = conn.execute("SELECT id, name, why FROM voice_trait ORDER BY position, id")
        return tuple(Trait(name, why, tuple(pairs.get(number, ())), number) for number, name, why in rows)

    def add_trait(self, name: str, why: str = "", examples: Sequence[Example] = ()) -> int:
        """Append a trait and return its id; raises UserError without a name."""
        with self._store.write(tr("New trait: {name}").format(name=_checked_name(name))) as conn:
            return _put_trait(conn, Trait(_checked_name(name), why.strip(), tuple(examples)))

    def change_trait(self, number: int, name: str, why: str) -> None:
        """Change a trait's name and reason; raises NotFoundError."""
        with self._store.write(tr("Changed trait: {name}").format(name=_checked_name(name))) as conn:
            done = conn.execute(
                "UPDATE voice_trait SET name = ?, why = ? WHERE id = ?", (_checked_name(name), why.strip(), number)
            )
            _require(done.rowcount, N_("That trait is no longer in the voice guide."))

    def drop_trait(self, number: int) -> None:
        """Delete a trait with its examples; raises NotFoundError."""
        row = self._store.read.execute("SELECT name FROM voice_trait WHERE id = ?", (number,)).fetchone()
        _require(row is not None, N_("That trait is no longer in the voice guide."))
        with self._store.write(tr("Removed trait: {name}").format(name=row["name"])) as conn:
            conn.execute("DELETE FROM voice_example WHERE trait_id = ?", (number,))
            conn.execute("DELETE FROM voice_trait WHERE id = ?", (number,))

    def add_example(self, trait: int, example: Example) -> int:
        """Add an example pair to a trait and return its id; raises NotFoundError."""
        _require(
            self._store.read.execute("SELECT 1 FROM voice_trait WHERE id = ?", (trait,)).fetchone(),
            N_("That trait is no longer in the voice guide."),
        )
        with self._store.write(tr("New example: {example}").format(example=preview(example.do, 40))) as conn:
            return _put_example(conn, trait, example)

    def change_example(self, example: Example) -> None:
        """Replace the example pair with this id; raises NotFoundError."""
        with self._store.write(tr("Changed example: {example}").format(example=preview(example.do, 40))) as conn:
            done = conn.execute(
                "UPDATE voice_example SET language = ?, do = ?, dont = ? WHERE id = ?",
                (example.language, example.do, example.dont, example.id),
            )
            _require(done.rowcount, N_("That example is no longer in the voice guide."))

    def drop_example(self, number: int) -> None:
        """Delete an example pair; raises NotFoundError."""
        with self._store.write(tr("Removed an example")) as conn:
            _require(
                conn.execute("DELETE FROM voice_example WHERE id = ?", (number,)).rowcount,
                N_("That example is no longer in the voice guide."),
            )

    # --- rules

    def rule(self, number: int) -> Rule:
        """Return a rule; raises NotFoundError."""
        row = self._store.read.execute(f"{_RULE} AND id = ?", (number,)).fetchone()
        _require(row, N_("That rule is no longer in the voice guide."))
        return _rule(row)

    def add_rule(self, rule: Rule) -> int:
        """Append a rule (its id and position are ignored) and return its id; raises UserError if it is incomplete."""
        rule = validated(rule)
        with self._store.write(tr("New rule: {words}").format(words=preview(rule.named, 60))) as conn:
            last = scalar(conn, "SELECT coalesce(max(position) + 1, 0) FROM voice_rule")
            return _put_rule(conn, replace(rule, position=last))

    def change_rule(self, rule: Rule) -> None:
        """Replace the rule with this id; raises UserError if it is incomplete, NotFoundError."""
        rule = validated(rule)
        with self._store.write(tr("Changed rule: {words}").format(words=preview(rule.named, 60))) as conn:
            done = conn.execute(
                "UPDATE voice_rule SET words = ?, level = ?, why = ?, language = ?, risk = ?, instead = ?, until = ?,"
                " position = ?, kind = ?, owner = ?, sort = ?, also = ?, most = ?, channel = ?, forms = ?,"
                " not_forms = ? WHERE id = ? AND archived = 0",
                (*_columns(rule), rule.id),
            )
            _require(done.rowcount, N_("That rule is no longer in the voice guide."))

    def drop_rule(self, number: int) -> None:
        """Archive a rule; earlier overrides still refer to it."""
        rule = self.rule(number)
        with self._store.write(tr("Removed rule: {words}").format(words=preview(rule.named, 60))) as conn:
            conn.execute("UPDATE voice_rule SET archived = 1 WHERE id = ?", (number,))

    def add_rules(self, rules: Sequence[Rule]) -> int:
        """Append the rules that are not there yet, as one action; returns how many. Raises UserError as `add_rule`."""
        fresh = self.unknown(rules)
        if fresh:
            with self._store.write(tr("Imported rules")) as conn:
                last = scalar(conn, "SELECT coalesce(max(position) + 1, 0) FROM voice_rule")
                for place, rule in enumerate(fresh):
                    _put_rule(conn, replace(rule, position=last + place))
        return len(fresh)

    def unknown(self, rules: Sequence[Rule]) -> list[Rule]:
        """Return those of the rules that are not there yet; raises UserError for one that is incomplete."""
        known = {_sameness(rule) for rule in self.rules()}
        return [validated(rule) for rule in rules if _sameness(rule) not in known]

    # --- whole guides

    def bring_in(self, guide: Guide) -> None:
        """Import a whole guide (a starter, the demo): its page replaces ours, its traits and rules are added to ours.

        Its version is kept if there was no guide; else ours is incremented.
        """
        with self._store.write(tr("Imported voice guide")) as conn:
            conn.execute(
                "INSERT INTO voice_guide (id, who_we_are, version) VALUES (1, ?, ?)"
                " ON CONFLICT DO UPDATE SET who_we_are = excluded.who_we_are, version = version + 1",
                (guide.who_we_are, guide.version),
            )
            if guide.emoji_most is not None:
                self.allow_emoji(guide.emoji_most)
            for trait in guide.traits:
                _put_trait(conn, trait)
            for rule in guide.rules:
                _put_rule(conn, rule)


def _once(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings without those of the same words that have no better ones: a blank that can be filled in."""
    better = {(finding.start, finding.end) for finding in found if finding.risk == "blank" and finding.instead}
    return tuple(
        finding
        for finding in found
        if finding.risk != "blank" or finding.instead or (finding.start, finding.end) not in better
    )


def _rule(row: Row) -> Rule:
    return Rule(**{**dict(row), **{name: _lines(row[name]) for name in ("words", "also", "forms", "not_forms")}})


def _lines(words: str) -> tuple[str, ...]:
    return tuple(words.split("\n")) if words else ()


def _sameness(rule: Rule) -> tuple[object, ...]:
    """What two rules have in common that are one: what they ask of which words, in a language and on a channel."""
    words, also = (frozenset(fold(word) for word in some) for some in (rule.words, rule.also))
    return words, also, rule.language, rule.level, rule.sort, rule.channel


def _columns(rule: Rule) -> tuple[object, ...]:
    words, also = ("\n".join(word.strip() for word in some if word.strip(" *")) for some in (rule.words, rule.also))
    return (
        "" if rule.sort in WORDLESS else words,
        rule.level,
        rule.why.strip(),
        rule.language,
        rule.risk,
        rule.instead,
        rule.until,
        rule.position,
        rule.kind,
        rule.owner.strip(),
        rule.sort,
        also if rule.sort in NEEDS_ALSO else "",
        rule.most if rule.sort in RANGES else None,
        rule.channel,
        *("" if rule.sort in FORMLESS else "\n".join(some) for some in (rule.forms, rule.not_forms)),
    )


def _put_rule(conn: Connection, rule: Rule) -> int:
    made = conn.execute(
        "INSERT INTO voice_rule (words, level, why, language, risk, instead, until, position, kind, owner, sort, also,"
        " most, channel, forms, not_forms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _columns(rule),
    )
    return int(made.lastrowid or 0)


def _put_trait(conn: Connection, trait: Trait) -> int:
    made = conn.execute(
        "INSERT INTO voice_trait (name, why, position) SELECT ?, ?, coalesce(max(position) + 1, 0) FROM voice_trait",
        (trait.name, trait.why),
    )
    number = int(made.lastrowid or 0)
    for example in trait.examples:
        _put_example(conn, number, example)
    return number


def _put_example(conn: Connection, trait: int, example: Example) -> int:
    made = conn.execute(
        "INSERT INTO voice_example (trait_id, language, do, dont) VALUES (?, ?, ?, ?)",
        (trait, example.language, example.do, example.dont),
    )
    return int(made.lastrowid or 0)


def _checked_name(name: str) -> str:
    if not name.strip():
        msg = tr("A trait needs a name.")
        raise UserError(msg)
    return name.strip()


def _require(existing: object, sentence: str) -> None:
    if not existing:
        raise NotFoundError(tr(sentence))
