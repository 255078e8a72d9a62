"""`introduce add|list|said|ask|both|outcome|close`: two members made known to each other."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock
from app.base.errors import NotFoundError
from app.base.words import counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.letters import draft_json
from app.cli.output import Output, iso, table, when
from app.cli.search import member_of
from app.cli.shapes import Shape, named, person, spoken
from app.introducing import Begun
from app.introductions import Introduction, Person
from app.introductions.standing import STATES, state
from app.introductions.words import how_it_stands
from app.workbench import Workbench

_LISTED = ("open", *(spoken(one) for one in STATES), "all")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("introduce", tr("introduce two members to each other, both asked first"))
    made = group.add("add", new, tr("begin to introduce two members: a draft asks each; nothing is sent"))
    made.add_argument("one", metavar=tr("MEMBER"), help=tr("P-..., or words from the name"))
    made.add_argument("other", metavar=tr("OTHER"), help=tr("P-..., or words from the name"))
    made.add_argument("--why", default="", metavar=tr("REASON"), help=tr("why they would get on; the drafts say it"))
    made = group.add("list", show_list, tr("list introductions, the latest first"))
    made.add_argument("--state", choices=_LISTED, default="open", help=tr("default: all that want something"))
    limit(made)
    made = _one(group.add("said", note_word, tr("note what one of the two said")))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("one of the two: P-... or words from the name"))
    made.add_argument("word", choices=("yes", "no"), help=tr("what they said; the other never learns who said no"))
    made = _one(group.add("ask", ask, tr("begin the drafts to whoever hasn't been asked, or note that you asked them")))
    made.add_argument("--asked", metavar=tr("MEMBER"), help=tr("you asked this one in another way"))
    made = _one(group.add("both", introduce, tr("begin the message to both once they've said yes; nothing is sent")))
    made.add_argument("--done", action="store_true", help=tr("you introduced them in another way"))
    made = _one(group.add("outcome", outcome, tr("note what came of it")))
    made.add_argument("text", metavar=tr("TEXT"), nargs="+", help=tr("in a few words"))
    made = _one(group.add("close", close, tr("end it without an introduction")))
    made.add_argument(
        "--tell", action="store_true", help=tr("begin a kind word to the one who wasn't the one to decline")
    )


def _one(made: Parser) -> Parser:
    made.add_argument("id", metavar=tr("NUMBER"), help=tr("its number in `introduce list`"))
    return made


def _number(typed: str) -> int:
    if not typed.strip().isdecimal():
        msg = tr("“{typed}” isn't the number of an introduction. `introduce list` has them.")
        raise NotFoundError(msg.format(typed=typed))
    return int(typed)


def new(bench: Workbench, asked: Namespace) -> Output:
    """Begin one."""
    return _begun(bench, bench.introducing.begin(member_of(bench, asked.one), member_of(bench, asked.other), asked.why))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them."""
    found, now = bench.introductions.listed(asked.state.replace("-", "_"), asked.limit), clock.now()
    lines = table(
        (str(one.id), one.one.name, one.other.name, when(one.created_at), how_it_stands(one, now)) for one in found
    )
    return Output([introduction_json(one) for one in found], lines or [tr("No introductions.")])


def note_word(bench: Workbench, asked: Namespace) -> Output:
    """Note a yes or a no."""
    made = bench.introductions.note_word(_number(asked.id), member_of(bench, asked.member), yes=asked.word == "yes")
    return _told(made)


def ask(bench: Workbench, asked: Namespace) -> Output:
    """Begin the drafts again, or note that somebody was asked."""
    number = _number(asked.id)
    if asked.asked is not None:
        bench.introductions.asked(number, member_of(bench, asked.asked))
        return _told(bench.introductions.get(number))
    return _begun(bench, bench.introducing.ask_again(number))


def introduce(bench: Workbench, asked: Namespace) -> Output:
    """Begin the message to both, or note that they were introduced."""
    number = _number(asked.id)
    if asked.done:
        bench.introductions.introduced(number)
        return _told(bench.introductions.get(number))
    return _begun(bench, bench.introducing.introduce(number))


def outcome(bench: Workbench, asked: Namespace) -> Output:
    """Note what came of it."""
    return _told(bench.introductions.outcome(_number(asked.id), " ".join(asked.text)))


def close(bench: Workbench, asked: Namespace) -> Output:
    """End it, with a kind word if that is wanted."""
    number = _number(asked.id)
    begun = bench.introducing.let_be(number) if asked.tell else None
    made = bench.introductions.close(number)
    return _told(made) if begun is None else _begun(bench, begun._replace(introduction=made))


def _told(made: Introduction) -> Output:
    return Output(introduction_json(made), [how_it_stands(made, clock.now())])


def _begun(bench: Workbench, begun: Begun) -> Output:
    many = len(begun.drafts)
    lines = [how_it_stands(begun.introduction, clock.now()), *begun.missing]
    if many:
        lines.append(
            counted(
                many,
                "{count} draft is ready in `letter list`. Nothing has been sent.",
                "{count} drafts are ready in `letter list`. Nothing has been sent.",
            )
        )
    shape = introduction_json(begun.introduction)
    return Output(
        {**shape, "drafts": [draft_json(bench, one) for one in begun.drafts], "missing": list(begun.missing)}, lines
    )


def introduction_json(made: Introduction) -> Shape:
    """An introduction."""
    return {
        "id": made.id, "between": [_person_json(each) for each in made.people], "why": made.why or None,
        "state": spoken(state(made, clock.now())), "created_at": iso(made.created_at),
        "introduced_at": iso(made.introduced_at), "outcome": made.outcome or None, "closed_at": iso(made.closed_at),
        "message": named("O", made.introduced_outbox_id),
    }  # fmt: skip


def _person_json(each: Person) -> Shape:
    return {
        "member": person(each.member_id, each.name), "asked_at": iso(each.asked_at), "said": each.said or None,
        "draft": each.draft_id, "message": named("O", each.outbox_id),
    }  # fmt: skip
