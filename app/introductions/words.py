"""How an introduction stands, in one sentence. For the window and the shell alike."""

from __future__ import annotations

from collections.abc import Callable

from app.base.words import tr
from app.introductions import standing
from app.introductions.standing import NO, YES, Introduction, Person, state


def how_it_stands(made: Introduction, now: int, word: Callable[[str], str] = str) -> str:
    """How it stands: who is still to be asked, whose answer is missing, what to do next.

    `word` prepares names and other foreign words for where it is shown.
    """
    told = state(made, now)
    one, other = word(made.one.name), word(made.other.name)
    if told == standing.TO_ASK:
        return _to_ask([person for person in made.people if person.asked_at is None and not person.said], word)
    if told == standing.ASKED:
        return _asked(made, word)
    sentences = {
        standing.TO_INTRODUCE: tr("Both said yes. Introduce {name} and {other}."),
        standing.INTRODUCED: tr("{name} and {other} have been introduced."),
        standing.TO_LOOK_AFTER: tr("What came of {name} and {other}?"),
        standing.DECLINED: tr("{declined} would rather not. The other one isn't told who declined."),
        standing.CLOSED: tr("Over."),
    }
    if told == standing.INTRODUCED and made.outcome:
        return tr("Introduced. What came of it: {words}").format(words=word(made.outcome))
    declined = next((word(person.name) for person in made.people if person.said == NO), "")
    return sentences[told].format(name=one, other=other, declined=declined)


def of_member(made: Introduction, member_id: int, now: int, word: Callable[[str], str] = str) -> str:
    """The same as one line of a member's history, which names the other."""
    told, other = state(made, now), word(made.partner(member_id).name)
    if made.introduced_at is not None and made.outcome:
        return tr("Introduced to {name}: {words}").format(name=other, words=word(made.outcome))
    if told == standing.TO_LOOK_AFTER:
        return tr("Introduced to {name}. What came of it?").format(name=other)
    if made.introduced_at is not None:
        return tr("Introduced to {name}").format(name=other)
    return tr("Introduction to {name}: {sentence}").format(name=other, sentence=how_it_stands(made, now, word))


def _to_ask(left: list[Person], word: Callable[[str], str]) -> str:
    if len(left) == 1:
        return tr("{name} hasn't been asked yet.").format(name=word(left[0].name))
    return tr("{name} and {other} haven't been asked yet.").format(name=word(left[0].name), other=word(left[1].name))


def _asked(made: Introduction, word: Callable[[str], str]) -> str:
    silent = [person for person in made.people if not person.said]
    if len(silent) == 1 and made.partner(silent[0].member_id).said == YES:
        return tr("{other} said yes. Waiting for {name}.").format(
            other=word(made.partner(silent[0].member_id).name), name=word(silent[0].name)
        )
    return tr("Both have been asked.")
