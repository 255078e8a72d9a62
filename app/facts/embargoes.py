"""Subjects that may not be spoken of before a day: what stops their words, and what is said of them meanwhile.

An *embargo*'s words are a rule of the voice guide, of level block until its day. What is said meanwhile, the *holding
line*, is a fact of its own, so that it is known who got it; the *news* takes the line's place from the day on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from app.base import clock, dates
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.facts.desk import Facts
from app.facts.rows import SETTLED, Fact, Told
from app.facts.telling import moment
from app.store.changes import Changes
from app.store.sqlite import Connection, Row
from app.store.store import Store
from app.voice import BLOCK, Draft, Finding, Rule, Voice
from app.voice.rule import EMBARGOED

_ENDS = re.compile(r"[.!?;…][)”»\"']{0,3}\s+|\n+")


@dataclass(frozen=True, slots=True)
class Embargo:
    """A subject with the words that stop a reply until `releases_at` (Unix seconds), and what is said instead.

    `line` is the fact that has the holding lines, or the news once they are told; `news` are the words by language.
    """

    id: int
    subject: str
    words: tuple[str, ...]
    releases_at: int
    line: Fact
    news: Mapping[str, str] = field(default_factory=dict)
    rule_id: int | None = None

    @property
    def is_released(self) -> bool:
        """Whether its day has come."""
        return self.releases_at <= clock.now()

    @property
    def day(self) -> str:
        """The day (ISO, by the local clock) from which on it may be told."""
        return clock.local(self.releases_at).date().isoformat()

    def news_in(self, language: str) -> str:
        """The news in a language, else those for all; "" if there are neither."""
        return self.news.get(language) or self.news.get("", "")


class Embargoes:
    """The tables embargo and embargo_news, with the rule and the fact of each."""

    def __init__(self, store: Store, voice: Voice, facts: Facts) -> None:
        """What is embargoed is cached until it changes, as the check runs at every pause in typing."""
        self._store, self._voice, self._facts = store, voice, facts
        self._by_rule: dict[int, Embargo] | None = None
        store.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("embargo", "embargo_news", "fact", "fact_value", "voice_rule"):
            self._by_rule = None

    # --- reading

    def listed(self) -> list[Embargo]:
        """Every embargo, the next day first, then those whose day has come, the last first."""
        rows = self._store.read.execute("SELECT * FROM embargo WHERE removed_at IS NULL").fetchall()
        every = [self._embargo(row) for row in rows]
        to_come = sorted((one for one in every if not one.is_released), key=lambda one: (one.releases_at, one.id))
        return to_come + sorted((one for one in every if one.is_released), key=lambda one: (-one.releases_at, one.id))

    def get(self, number: int) -> Embargo:
        """The embargo with this id; raises NotFoundError."""
        row = self._store.read.execute(
            "SELECT * FROM embargo WHERE id = ? AND removed_at IS NULL", (number,)
        ).fetchone()
        if row is None:
            msg = tr("There's no embargo {number}.").format(number=number)
            raise NotFoundError(msg)
        return self._embargo(row)

    def named(self, subject: str) -> Embargo:
        """The embargo of this subject, by its id or words; raises NotFoundError."""
        every = self.listed()
        wanted = fold(subject).strip()
        found = [one for one in every if fold(one.subject) == wanted or str(one.id) == wanted]
        found = found or [one for one in every if wanted and wanted in fold(one.subject)]
        if len(found) != 1:
            subjects = ", ".join(one.subject for one in found or every) or tr("none yet")
            sentence = tr("There's no embargo on “{subject}”. Subjects: {subjects}.")
            if found:
                sentence = tr("Several subjects are named like “{subject}”: {subjects}.")
            msg = sentence.format(subject=subject, subjects=subjects)
            raise NotFoundError(msg)
        return found[0]

    def _embargo(self, row: Row) -> Embargo:
        conn = self._store.read
        rule = conn.execute("SELECT words FROM voice_rule WHERE id = ?", (row["rule_id"],)).fetchone()
        (fact,) = conn.execute("SELECT id FROM fact WHERE embargo_id = ?", (row["id"],)).fetchone()
        news = conn.execute("SELECT language, words FROM embargo_news WHERE embargo_id = ?", (row["id"],))
        words = tuple(rule["words"].split("\n")) if rule is not None else ()
        return Embargo(
            row["id"], row["subject"], words, row["releases_at"], self._facts.get(int(fact)),
            dict(news.fetchall()), row["rule_id"],
        )  # fmt: skip

    def waiting(self, embargo: Embargo) -> list[Told]:
        """Everybody who got the holding line and has not been told the news yet, each once."""
        found = dict[object, Told]()
        line = set(self._lines(embargo))
        told = self.tellings(embargo)
        heard = {_whom(one): one.at for one in reversed(told) if one.value.id not in line}
        for one in told:
            if one.value.id in line and one.state in ("current", "owed") and heard.get(_whom(one), 0) < one.at:
                found.setdefault(_whom(one), one)
        return list(found.values())

    def tellings(self, embargo: Embargo) -> list[Told]:
        """Whoever was told the holding line or the news, the latest first; with whom it is left says so."""
        rows = self._store.read.execute(
            "SELECT t.id FROM fact_told t JOIN fact_value v ON v.id = t.value_id"
            " WHERE v.fact_id = ? AND t.settled_at IS NOT NULL",
            (embargo.line.id,),
        )
        left = {int(number) for (number,) in rows}
        told = self._facts.tellings(embargo.line.id)
        return [one._replace(state=SETTLED) if one.id in left else one for one in told]

    def leave(self, number: int, told_id: int) -> Told:
        """Owe no news to somebody who got the holding line (the id of a telling); returns it. Raises NotFoundError."""
        embargo = self.get(number)
        every = self.tellings(embargo)
        told = next((one for one in every if one.id == told_id), None)
        if told is None:
            msg = tr("They weren't told the holding line on “{subject}”.").format(subject=embargo.subject)
            raise NotFoundError(msg)
        title = tr("Left as it is: what {name} was told").format(name=told.who or tr("everybody"))
        with self._store.write(title) as conn:
            conn.executemany(
                "UPDATE fact_told SET settled_at = ? WHERE id = ?",
                [(clock.now(), one.id) for one in every if _whom(one) == _whom(told) and one.state != SETTLED],
            )
        return told

    def _lines(self, embargo: Embargo) -> list[int]:
        """The ids of the values that were holding lines: what came after the day is news."""
        rows = self._store.read.execute(
            "SELECT id FROM fact_value WHERE fact_id = ? AND since < ?", (embargo.line.id, embargo.releases_at)
        )
        return [int(number) for (number,) in rows]

    def due(self) -> list[tuple[Embargo, Told]]:
        """Everybody who may be told the news now: the embargo whose day has come, and what they were told."""
        released = [one for one in self.listed() if one.is_released]
        return [(one, told) for one in released for told in self.waiting(one)]

    # --- the check

    def dress(self, draft: Draft, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings; one of embargoed words offers the holding line in the place of its whole sentence."""
        if self._by_rule is None:
            self._by_rule = {one.rule_id: one for one in self.listed() if one.rule_id is not None}
        if not self._by_rule:
            return tuple(findings)
        return tuple(self._dressed(draft, finding) for finding in findings)

    def _dressed(self, draft: Draft, finding: Finding) -> Finding:
        embargo = (self._by_rule or {}).get(finding.rule_id or 0)
        if embargo is None:
            return finding
        line = embargo.line.value(draft.language)
        if line is None:
            return finding
        span = sentence_around(draft.text, finding.start, finding.end)
        return replace(finding, instead=line.words, replaces=span, fact=embargo.line.key)

    # --- keeping

    def add(
        self, subject: str, words: Sequence[str], day: str, holding: Mapping[str, str],
        news: Mapping[str, str] | None = None, *, at: int | None = None,
    ) -> int:  # fmt: skip
        """Let nobody speak of a subject before that day (ISO); returns the id. `holding` and `news` are by language.

        Raises UserError without words or a holding line, or for a day that is not to come.
        """
        releases_at = _moment_of(day, moment(at))
        if not any(line.strip() for line in holding.values()):
            msg = tr("Write a holding line: what may be said until then.")
            raise UserError(msg)
        subject = _subject(subject)
        with self._store.write(tr("New embargo: {subject}").format(subject=subject)) as conn:
            rule = self._voice.add_rule(_rule(0, words, subject, releases_at))
            made = conn.execute(
                "INSERT INTO embargo (subject, releases_at, rule_id, created_at) VALUES (?, ?, ?, ?)",
                (subject, releases_at, rule, moment(at)),
            )
            number = int(made.lastrowid or 0)
            key = self._free_key(conn, subject)
            self._facts.add(subject, holding, key, embargo_id=number, at=at)
            self._put_news(conn, number, news or {})
        return number

    def change(
        self, number: int, subject: str, words: Sequence[str], day: str, holding: Mapping[str, str],
        news: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Change an embargo. What people were told of it stays as it is; another holding line is another wording.

        Raises UserError as `add` does; the day of one that is released may stay what it is.
        """
        before = self.get(number)
        if day != before.day and self._told_news(before):
            msg = tr("The news about “{subject}” is out already.").format(subject=before.subject)
            raise UserError(msg)
        releases_at = before.releases_at if day == before.day else _moment_of(day, clock.now())
        subject = _subject(subject)
        if not any(line.strip() for line in holding.values()):
            msg = tr("Write a holding line: what may be said until then.")
            raise UserError(msg)
        with self._store.write(tr("Changed embargo: {subject}").format(subject=subject)) as conn:
            rule = _rule(before.rule_id or 0, words, subject, releases_at)
            known = next((one for one in self._voice.every_rule() if one.id == before.rule_id), None)
            if known is not None:
                self._voice.change_rule(replace(rule, forms=known.forms, not_forms=known.not_forms))
                rule_id = before.rule_id
            else:
                rule_id = self._voice.add_rule(rule)
            conn.execute(
                "UPDATE embargo SET subject = ?, releases_at = ?, rule_id = ? WHERE id = ?",
                (subject, releases_at, rule_id, number),
            )
            line = before.line
            self._facts.change(
                line.id, name=subject, key=line.key, owner=line.owner, source=line.source, look_on=line.look_on
            )
            self._put_news(conn, number, news)
            if not before.is_released:
                self._facts.put_values(line.id, holding, is_wording=True)  # whoever got the old line has got one

    @staticmethod
    def _told_news(embargo: Embargo) -> bool:
        """Whether the news have taken the place of the holding line."""
        return any(value.since >= embargo.releases_at for value in embargo.line.values)

    def let_out(self, number: int) -> Embargo:
        """Let the news take the place of the holding line, once its day has come; returns the embargo.

        Raises UserError before that day, or while there are no news.
        """
        embargo = self.get(number)
        if not embargo.is_released:
            msg = tr("“{subject}” can't be told before {day}.").format(
                subject=embargo.subject, day=dates.written(embargo.day)
            )
            raise UserError(msg)
        if not embargo.news:
            msg = tr("Write the news on “{subject}” first: what may be told now?").format(subject=embargo.subject)
            raise UserError(msg)
        if self._told_news(embargo):
            return embargo
        with self._store.write(tr("News may be told: {subject}").format(subject=embargo.subject)):
            self._facts.put_values(embargo.line.id, embargo.news)
        return self.get(number)

    def remove(self, number: int) -> Embargo:
        """Lift an embargo: its words stop nothing any more, and nobody is offered the news. Raises NotFoundError."""
        embargo = self.get(number)
        with self._store.write(tr("Lifted embargo: {subject}").format(subject=embargo.subject)) as conn:
            if embargo.rule_id in {one.id for one in self._voice.every_rule()}:
                self._voice.drop_rule(embargo.rule_id or 0)
            conn.execute("UPDATE embargo SET removed_at = ? WHERE id = ?", (clock.now(), number))
            self._facts.remove(embargo.line.id)
        return embargo

    def _put_news(self, conn: Connection, number: int, news: Mapping[str, str]) -> None:
        wanted = {language: words.strip() for language, words in news.items() if words.strip()}
        rows = conn.execute("SELECT language, words FROM embargo_news WHERE embargo_id = ?", (number,)).fetchall()
        there = {row["language"]: row["words"] for row in rows}
        for language in there.keys() - wanted.keys():
            conn.execute("DELETE FROM embargo_news WHERE embargo_id = ? AND language = ?", (number, language))
        for language, words in wanted.items():
            if there.get(language) != words:
                conn.execute(
                    "INSERT INTO embargo_news (embargo_id, language, words) VALUES (?, ?, ?)"
                    " ON CONFLICT (embargo_id, language) DO UPDATE SET words = excluded.words",
                    (number, language, words),
                )

    def _free_key(self, conn: Connection, subject: str) -> str:
        bare = re.sub(r"[\W_]+", "-", fold(subject)).strip("-")[:30].strip("-") or "subject"
        keys = {key for (key,) in conn.execute("SELECT key FROM fact")}
        choices = (f"{bare}{more}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
        return next(key for key in choices if key not in keys)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence that holds these characters, without the blank space around it."""
    ends = [hit.end() for hit in _ENDS.finditer(text)]
    low = max((at for at in ends if at <= start), default=0)
    high = min((at for at in ends if at >= end), default=len(text))
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high


def _whom(told: Told) -> object:
    return told.member_id or ("talk", told.conversation_id)


def _subject(subject: str) -> str:
    if not subject.strip():
        msg = tr("An embargo needs a subject.")
        raise UserError(msg)
    return " ".join(subject.split())


def _moment_of(day: str, now: int) -> int:
    """When that day (ISO) begins by the local clock. Raises UserError for a day that is not to come."""
    try:
        begins = clock.at_local(datetime.combine(date.fromisoformat(day), time()))
    except ValueError as why:
        msg = tr("On which day may it be told? Write it like 2027-02-01.")
        raise UserError(msg) from why
    if begins <= now:
        msg = tr("An embargo ends on a day to come; {day} is not.").format(day=dates.written(day))
        raise UserError(msg)
    return begins


def _rule(number: int, words: Sequence[str], subject: str, until: int) -> Rule:
    day = dates.written(clock.local(until).date().isoformat())
    why = tr("“{subject}” can't be told before {day}.").format(subject=subject, day=day)
    kept = tuple(word.strip() for word in words if word.strip())
    return Rule(number, kept, BLOCK, why, risk="non_public", until=until, kind=EMBARGOED)
