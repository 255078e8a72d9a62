"""Understands a search: operators with the accounts, labels and members that they name; and says what it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from app.base import clock
from app.base import language_names as languages
from app.base.text import fold
from app.base.words import tr
from app.channels.registry import channel
from app.search import conditions, dates
from app.search.asked import Asked
from app.search.closing import closing_until
from app.search.conditions import Condition, either
from app.search.language import Term, parse
from app.search.operators import OPERATORS, TITLES, VALUES, names, operator
from app.search.people import MOST_IDENTITIES, People, named
from app.search.spelled import Word, word
from app.store.sqlite import Connection

_NUMBER = re.compile(r"[+(]?\d[\d()./-]{0,20}")
_MISTYPED = re.compile(r"-?([^\W\d_]{2,12}):(?!/)")
_Key = TypeVar("_Key", int, str)
_WE = frozenset(["me", "us"])
_PHONE_DIGITS, _GROUP = 7, 3
_ANYBODY, _NOBODY = ("yes", "any", "anybody"), ("no", "nobody")
_COLLEAGUES = (
    "SELECT DISTINCT p.by_name, coalesce(t.name, ''), coalesce(t.email, '') FROM passed_on p"
    " LEFT JOIN teammate t ON t.id = p.teammate_id ORDER BY p.by_name"
)
_MOST_WORDS = 200  # of a pasted page of text: of longer ones, only in one spelling


class Part(NamedTuple):
    """What one operator's terms come to. `problem` is a sentence if a value is not understood."""

    condition: Condition | None = None
    writers: frozenset[int] | None = None
    accounts: frozenset[int] | None = None
    note: str = ""
    problem: str = ""


class Understanding:
    """Reads what is typed, with what there is in the file to be named."""

    def __init__(self, people: People) -> None:
        """`people` knows the members by their notes."""
        self._people = people

    def understand(self, conn: Connection, typed: str, today: date) -> Asked:
        """What is looked for; with `problem` if it is not understood. `today` is the local day."""
        terms = parse(typed)
        found = [term for term in terms if not term.operator]
        asked = Asked(
            typed,
            tuple(self._words(conn, [term for term in found if not term.negated])),
            tuple(self._words(conn, [term for term in found if term.negated])),
            problem=next(filter(None, map(_mistyped, found)), ""),
        )
        for key in dict.fromkeys(term.operator for term in terms if term.operator):
            of_one = [term for term in terms if term.operator == key]
            for negated in (False, True):
                same = [term for term in of_one if term.negated == negated and not _is_unfinished(term, typed)]
                if same:
                    asked = self._with(asked, conn, same, today)
        wordless = next((term.text for term in found if not word(term.text) and term.text.strip()), "")
        if wordless and asked.is_empty and not asked.problem:
            return asked._replace(problem=_no_words(wordless))
        return asked

    def _with(self, asked: Asked, conn: Connection, terms: Sequence[Term], today: date) -> Asked:
        """Add what the terms of one operator, all with a minus or all without, come to."""
        key, negated = terms[0].operator, terms[0].negated
        empty = next((term for term in terms if not term.text.strip()), None)
        if empty is not None:
            return asked._replace(problem=asked.problem or _no_value(key))
        parts = [_OPERATORS[key](self, conn, term.text, today) for term in terms]
        problem = next((part.problem for part in parts if part.problem), "")
        if problem:
            return asked._replace(problem=asked.problem or problem)
        asked = asked._replace(notes=(*asked.notes, *(part.note for part in parts if part.note)))
        if negated or key in ("label", "has", "is", "before", "after"):
            made = [part.condition for part in parts if part.condition is not None]
            return _bounded(asked.narrowed([one.negated() if negated else one for one in made]), key, made, negated)
        writers, accounts = (_united(part.writers for part in parts), _united(part.accounts for part in parts))
        if writers is not None and len(writers) <= MOST_IDENTITIES:
            return asked.narrowed(writers=writers)
        if accounts is not None:
            return asked.narrowed(accounts=accounts)
        return asked.narrowed([either([part.condition for part in parts if part.condition is not None])])

    def _words(self, conn: Connection, terms: Sequence[Term]) -> list[Word]:
        made = dict[str, Word]()
        simple = len(terms) > _MOST_WORDS
        for text, quoted in _grouped(terms):
            one = word(text, exact=quoted or simple)
            if one is None or one.plain in made:
                continue
            if not quoted and not simple:
                one = one._replace(identities=self._people.meant(conn, one.plain))
            made[one.plain] = one
        return list(made.values())

    # --- what each operator means

    def from_(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages by members with this name, handle or address."""
        if fold(typed) in _WE:
            return Part(conditions.OURS)
        numbers = frozenset(named(conn, self._people, typed))
        if not numbers:
            return Part(problem=_nobody(typed))
        return Part(conditions.written_by(numbers), writers=numbers)

    def to(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages to members with this name, handle or address, and letters that name it."""
        if fold(typed) in _WE:
            return Part(conditions.OURS.negated())
        numbers = named(conn, self._people, typed)
        if not numbers and "@" not in typed:
            return Part(problem=_nobody(typed))
        return Part(conditions.written_to(numbers, typed))

    def channel(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages on accounts with this name, or on this kind of channel."""
        rows = conn.execute("SELECT id, name, kind FROM account WHERE state <> 'removed' ORDER BY name").fetchall()
        there = [(number, (name, kind, tr(channel(kind).title))) for number, name, kind in rows]
        numbers = _beginning(typed, there)
        if not numbers:
            return Part(problem=_unknown("channel", typed, [name for _, (name, *_) in there]))
        return Part(conditions.accounts(numbers), accounts=frozenset(numbers))

    def label(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages in conversations with this label."""
        known = [name for (name,) in conn.execute("SELECT name FROM label ORDER BY name")]
        names_there = _beginning(typed, [(name, (name,)) for name in known])
        if not names_there:
            return Part(problem=_unknown("label", typed, known))
        return Part(conditions.labels(names_there))

    def rule(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages in conversations where the rules of this name did something."""
        known = [(number, (name,)) for number, name in conn.execute("SELECT id, name FROM rule ORDER BY place, id")]
        numbers = _beginning(typed, known)
        if not numbers:
            return Part(problem=_unknown("rule", typed, [name for _, (name,) in known]))
        return Part(conditions.by_rules(numbers))

    def passed(self, conn: Connection, typed: str, _today: date) -> Part:
        """Messages in conversations that a colleague of this name passed on; or anybody, or nobody."""
        known: dict[str, list[str]] = {}
        for by, mate, mail in conn.execute(_COLLEAGUES):
            known.setdefault(by, [by]).extend([*mate.split(), mate, mail, *by.split()])
        colleagues = _beginning(typed, list(known.items()))
        if colleagues:
            return Part(conditions.passed_on(colleagues))
        if fold(typed).strip() in (*_ANYBODY, fold(tr("yes"))):
            return Part(conditions.passed_on(None))
        if fold(typed).strip() in (*_NOBODY, fold(tr("no"))):
            return Part(conditions.passed_on(None).negated())
        return Part(problem=_unknown("passed", typed, list(known)))

    def fixed(self, key: str, typed: str) -> Part:
        """A value of a fixed set."""
        value = fixed_value(key, typed)
        if not value:
            shown = [known[0] for known in VALUES[key].values()]
            return Part(problem=_unknown(key, typed, shown))
        if key == "state":
            return Part(conditions.state(value))
        if key == "kind":
            return Part(conditions.of_kind(value))
        return Part((conditions.HAS if key == "has" else conditions.IS)[value])

    def is_(self, conn: Connection, typed: str) -> Part:
        """What a conversation is; when it closes depends on the time, and on its channel's rules."""
        if fixed_value("is", typed) == "closing":
            return Part(conditions.conversations(closing_until(conn, clock.now())))
        return self.fixed("is", typed)

    def language(self, _conn: Connection, typed: str, _today: date) -> Part:
        """Messages in this language, by its code or name."""
        codes = languages.codes(typed)
        if not codes:
            return Part(problem=_unknown("lang", typed, languages.HOUSE_NAMES))
        return Part(conditions.language(codes))

    def before(self, _conn: Connection, typed: str, today: date) -> Part:
        """Messages before the first of these days."""
        days = dates.days(typed, today)
        if days is None:
            return Part(problem=_no_date("before", typed))
        return Part(conditions.before(days.first), note=tr("before {day}").format(day=dates.in_words(days.first)))

    def after(self, _conn: Connection, typed: str, today: date) -> Part:
        """Messages on the first of these days or later."""
        days = dates.days(typed, today)
        if days is None:
            return Part(problem=_no_date("after", typed))
        return Part(conditions.after(days.first), note=tr("since {day}").format(day=dates.in_words(days.first)))


_OPERATORS: dict[str, Callable[[Understanding, Connection, str, date], Part]] = {
    "from": Understanding.from_,
    "to": Understanding.to,
    "channel": Understanding.channel,
    "label": Understanding.label,
    "rule": Understanding.rule,
    "passed": Understanding.passed,
    "kind": lambda one, _conn, typed, _today: one.fixed("kind", typed),
    "state": lambda one, _conn, typed, _today: one.fixed("state", typed),
    "before": Understanding.before,
    "after": Understanding.after,
    "has": lambda one, _conn, typed, _today: one.fixed("has", typed),
    "lang": Understanding.language,
    "is": lambda one, conn, typed, _today: one.is_(conn, typed),
}


def _is_unfinished(term: Term, typed: str) -> bool:
    """Whether its value is still to be typed: then it is no mistake yet."""
    return not term.text.strip() and term.end == len(typed)


def _bounded(asked: Asked, key: str, made: Sequence[Condition], negated: bool) -> Asked:  # noqa: FBT001  one caller
    """Ids sort by time: what has to be in a time is looked for there only."""
    if key not in ("before", "after"):
        return asked
    times = [int(str(condition.values[0])) for condition in made]
    if (key == "before") != negated:
        return asked._replace(until=min([*times, *([asked.until] if asked.until is not None else [])]))
    return asked._replace(since=max([*times, *([asked.since] if asked.since is not None else [])]))


def _united(sets: Iterable[frozenset[int] | None]) -> frozenset[int] | None:
    """All of them together; None if one is not to be had."""
    each = list(sets)
    return None if any(one is None for one in each) else frozenset().union(*(one or () for one in each))


def _grouped(terms: Sequence[Term]) -> list[tuple[str, bool]]:
    """The terms' texts, and whether each is quoted; groups of digits with spaces between them are one number."""
    made: list[tuple[str, bool]] = []
    run: list[str] = []
    for term in (*terms, None):
        if term is not None and not term.quoted and _NUMBER.fullmatch(term.text):
            run.append(term.text)
            continue
        made += [(text, False) for text in _numbers(run)]
        run = []
        if term is not None:
            made.append((term.text, term.quoted))
    return made


def _numbers(run: Sequence[str]) -> list[str]:
    """Digits that stand beside each other, as one number if they can be one."""
    digits = [re.sub(r"\D", "", piece) for piece in run]
    groups = len(run) > 1 and len(digits[0]) <= _GROUP and all(len(piece) == _GROUP for piece in digits[1:])
    phone = len(run) > 1 and sum(map(len, digits)) >= _PHONE_DIGITS
    return [" ".join(run)] if groups or phone else list(run)


def _beginning(typed: str, there: Sequence[tuple[_Key, Sequence[str]]]) -> list[_Key]:
    """The keys of what is called like this; if nothing is, of what begins with it."""
    asked = fold(typed).strip()
    same = [key for key, called in there if asked in map(fold, called)]
    return same or [key for key, called in there if any(fold(name).startswith(asked) for name in called)]


def fixed_value(key: str, typed: str) -> str:
    """The value of an operator with a fixed set that is meant; "" if it is none."""
    asked = fold(typed).strip().replace("_", " ")
    for value, called in VALUES[key].items():
        if asked in (*called, fold(tr(TITLES[value])), value.replace("_", " ")):
            return value
    begun = [value for value, called in VALUES[key].items() if called[0].startswith(asked)]
    return begun[0] if len(begun) == 1 else ""


def _close(typed: str, there: Sequence[str], cutoff: float = 0.6) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415  2 ms, needed only for what is not understood

    folded = {fold(name): name for name in there}
    return [folded[name] for name in get_close_matches(fold(typed), folded, n=3, cutoff=cutoff)]


def _mistyped(term: Term) -> str:
    """The sentence on a word that looks like an operator with a slip in its name; "" if it does not."""
    hit = None if term.quoted else _MISTYPED.match(term.text)
    if hit is None or not _close(hit[1], names(), cutoff=0.74):
        return ""
    key = _close(hit[1], [known.key for known in OPERATORS], cutoff=0.5)
    msg = tr("“{typed}:” isn't something to search by. Did you mean “{operator}:”? For the word itself, quote it.")
    return msg.format(typed=hit[1], operator=key[0] if key else names()[0])


def _no_words(typed: str) -> str:
    return tr("“{typed}” has no letter or digit to search for. Type a word, or an operator such as from:.").format(
        typed=typed
    )


def _no_value(key: str) -> str:
    return tr("“{operator}:” needs a value right behind the colon, for example {operator}:{example}.").format(
        operator=key, example=operator(key).example
    )


def _nobody(typed: str) -> str:
    return tr("Nobody has “{typed}” in their name, handle or address. Type the beginning of one of these.").format(
        typed=typed
    )


def _no_date(key: str, typed: str) -> str:
    msg = tr("“{operator}:{typed}” isn't a date. Write 1.5.2026, 2026-05-01, may, yesterday or “last week”.")
    return msg.format(operator=key, typed=typed)


def _unknown(key: str, typed: str, there: Sequence[str]) -> str:
    """The sentence on a value that there is not, with close ones, or those there are."""
    close = _close(typed, there)
    if close:
        advice = tr("Did you mean {names}?").format(names=tr(" or ").join(close))
    elif there:
        advice = tr("Choose from: {names}.").format(names=", ".join(there[:12]))
    else:
        advice = tr("There are none yet.")
    msg = tr("There's nothing called “{typed}” for “{operator}:”. {advice}")
    return msg.format(typed=typed, operator=key, advice=advice)


assert set(_OPERATORS) == {known.key for known in OPERATORS}  # noqa: S101  an operator that nobody understands
