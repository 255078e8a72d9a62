"""`embargo list|add|show|change|told|news|leave|lift`: subjects that may not be mentioned before a certain day."""

from __future__ import annotations

from argparse import Namespace

from app.base import dates, ids
from app.base.errors import NotFoundError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.facts import begin_drafts, told_cells, told_json, values_of
from app.cli.output import Output, one_line, table
from app.cli.shapes import Shape
from app.facts.embargoes import Embargo
from app.facts.rows import SETTLED
from app.workbench import Workbench

_SUBJECT = N_("the subject, or its number in `embargo list`")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("embargo", tr("subjects that may not be mentioned before a certain day"))
    limit(group.add("list", show_list, tr("list embargoed subjects, the next day first")))
    made = group.add("add", new, tr("stop replies that mention a subject before a certain day"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr("what it is about"))
    _about(made, required=True)
    made = group.add("show", show, tr("show a subject with its words, its holding line and the news"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))
    made = group.add("change", change, tr("change the words, the day, the holding line or the news"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))
    _about(made, required=False)
    made = group.add("told", show_told, tr("list who got the holding line and hasn't heard the news yet"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))
    limit(made)
    made = group.add("news", news, tr("from its day on: draft the news for everybody who got the holding line"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))
    made = group.add("leave", leave, tr("leave somebody who got the holding line without the news"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-...: the conversation in which they got it"))
    made = group.add("lift", lift, tr("lift it: stop no more replies, and offer nobody the news"))
    made.add_argument("subject", metavar=tr("SUBJECT"), help=tr(_SUBJECT))


def _about(made: Parser, *, required: bool) -> None:
    made.add_argument(
        "--word", action="append", required=required, default=None if required else [], metavar=tr("WORD"),
        help=tr("a word that stops a reply, with * for any ending; may be given several times"),
    )  # fmt: skip
    made.add_argument("--until", required=required, default="", metavar=tr("DATE"), help=tr("from then on it's public"))
    made.add_argument(
        "--holding", action="append", required=required, default=None if required else [], metavar=tr("WORDS"),
        help=tr("what may be said meanwhile; “is=...” for one language; may be given several times"),
    )  # fmt: skip
    made.add_argument(
        "--news", action="append", default=[], metavar=tr("WORDS"),
        help=tr("what may be said from then on; “is=...” for one language; may be given several times"),
    )  # fmt: skip


def embargo_json(bench: Workbench, embargo: Embargo) -> Shape:
    """The JSON of an embargo."""
    return {
        "number": embargo.id, "subject": embargo.subject, "words": list(embargo.words), "until": embargo.day,
        "released": embargo.is_released, "key": embargo.line.key,
        "holding": {value.language or "all": value.words for value in embargo.line.values},
        "news": {language or "all": words for language, words in embargo.news.items()},
        "waiting": len(bench.embargoes.waiting(embargo)),
    }  # fmt: skip


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List embargoed subjects."""
    every = bench.embargoes.listed()[: asked.limit]
    cells = [(str(one.id), one.subject, _until(one), _waiting(bench, one)) for one in every]
    return Output([embargo_json(bench, one) for one in every], table(cells) or [tr("Nothing is embargoed.")])


def _until(one: Embargo) -> str:
    day = dates.written(one.day)
    return tr("public since {day}").format(day=day) if one.is_released else tr("not before {day}").format(day=day)


def _waiting(bench: Workbench, one: Embargo) -> str:
    many = len(bench.embargoes.waiting(one))
    return counted(many, "{count} person got the holding line", "{count} people got the holding line") if many else ""


def new(bench: Workbench, asked: Namespace) -> Output:
    """Embargo a subject."""
    day = bench.dates.day(asked.until)
    number = bench.embargoes.add(asked.subject, asked.word, day, values_of(asked.holding), values_of(asked.news))
    made = bench.embargoes.get(number)
    said = tr("Until {day}, replies about “{subject}” are stopped. A template can say the holding line: {blank}")
    words = said.format(subject=made.subject, day=dates.written(made.day), blank=f"{{{{fact:{made.line.key}}}}}")
    return Output(embargo_json(bench, made), [words])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show one."""
    one = bench.embargoes.named(asked.subject)
    lines = [f"{one.subject}  {_until(one)}", tr("Words: {words}").format(words=", ".join(one.words))]
    lines += table([(value.language or tr("all languages"), value.words) for value in one.line.values])
    lines += [tr("News:"), *table(one.news.items())] if one.news else [tr("The news aren't written yet.")]
    lines += [_waiting(bench, one)] if _waiting(bench, one) else []
    return Output(embargo_json(bench, one), lines)


def change(bench: Workbench, asked: Namespace) -> Output:
    """Change one; what isn't named stays."""
    one = bench.embargoes.named(asked.subject)
    holding = {value.language: value.words for value in one.line.values}
    bench.embargoes.change(
        one.id, one.subject, asked.word or one.words, bench.dates.day(asked.until) if asked.until else one.day,
        {**holding, **values_of(asked.holding)}, {**one.news, **values_of(asked.news)},
    )  # fmt: skip
    changed = bench.embargoes.get(one.id)
    return Output(embargo_json(bench, changed), [f"{changed.subject}  {_until(changed)}"])


def show_told(bench: Workbench, asked: Namespace) -> Output:
    """List who got the holding line."""
    one = bench.embargoes.named(asked.subject)
    found = bench.embargoes.waiting(one)[: asked.limit]
    lines = table(told_cells(got)[:-1] for got in found)
    shapes = [{**told_json(got), "state": "waiting"} for got in found]
    return Output(shapes, lines or [tr("Nobody waits for the news.")])


def news(bench: Workbench, asked: Namespace) -> Output:
    """Draft the news for everybody who waits; exit status 1 where a draft couldn't be begun."""
    one = bench.embargoes.let_out(bench.embargoes.named(asked.subject).id)
    return begin_drafts(bench, bench.embargoes.waiting(one))


def leave(bench: Workbench, asked: Namespace) -> Output:
    """Leave it at the holding line with whoever got it in a conversation."""
    one = bench.embargoes.named(asked.subject)
    talk = bench.inbox.current(ids.number(ids.CONVERSATION, asked.id))
    found = [got for got in bench.embargoes.waiting(one) if got.conversation_id == talk]
    if not found:
        msg = tr("Nobody in {conversation} waits for the news on “{subject}”.")
        raise NotFoundError(msg.format(conversation=asked.id, subject=one.subject))
    left = [bench.embargoes.leave(one.id, got.id) for got in found]
    said = counted(len(left), "Left as it is: {count} person.", "Left as it is: {count} people.")
    return Output([{**told_json(got), "state": SETTLED} for got in left], [said])


def lift(bench: Workbench, asked: Namespace) -> Output:
    """Lift one."""
    one = bench.embargoes.remove(bench.embargoes.named(asked.subject).id)
    said = tr("“{subject}” no longer stops any reply: {words}.")
    return Output({"subject": one.subject, "lifted": True}, [said.format(subject=one.subject, words=_list(one))])


def _list(one: Embargo) -> str:
    return one_line(", ".join(one.words), 80)
