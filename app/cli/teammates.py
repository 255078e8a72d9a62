"""`teammate add|edit|list|show|remove|bring-back|thank`: the people who help, and what lies with them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.shapes import Shape
from app.handoffs import STATE_NAMES, Handoff, Load, state
from app.teammates import FILE_COLUMNS, FORMATS, Teammate, absence
from app.workbench import Workbench

_SHOWN = 10
"""Hand-offs that `show` lists for people; JSON has all."""


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("teammate", tr("the people who help you; they never log in here"))
    made = group.add("add", new, tr("add a teammate"))
    made.add_argument("name", metavar=tr("NAME"))
    _fields(made)
    made = group.add("edit", edit, tr("change a teammate; what you leave out stays as it is"))
    _whom(made)
    made.add_argument("--name", metavar=tr("NAME"), help=tr("their new name"))
    _fields(made)
    made = group.add("list", everybody, tr("list teammates, with how many hand-offs they have open"))
    made.add_argument("--all", action="store_true", help=tr("include those who have left"))
    limit(made)
    _whom(group.add("show", show, tr("show a teammate with their hand-offs and what you thanked them for")))
    _whom(group.add("remove", remove, tr("stop offering a teammate; their hand-offs stay")))
    _whom(group.add("bring-back", bring_back, tr("bring back a teammate who had left")))
    made = group.add("thank", thank, tr("note a word of thanks to a teammate, or draft the letter that says it"))
    _whom(made)
    made.add_argument("words", metavar=tr("WORDS"), help=tr("what you thank them for"))
    made.add_argument("--for", dest="handoff", metavar=tr("H-..."), help=tr("the hand-off that it is about"))
    made.add_argument("--letter", action="store_true", help=tr("also draft a letter to them; nothing is sent"))


def _whom(made: ArgumentParser) -> None:
    made.add_argument("whom", metavar=tr("TEAMMATE"), help=tr("a name or address, or the start of one"))


def _fields(made: ArgumentParser) -> None:
    made.add_argument("--team", metavar=tr("TEAM"), help=tr("the team they work in"))
    made.add_argument("--role", metavar=tr("ROLE"), help=tr("what they do there"))
    made.add_argument("--email", metavar=tr("ADDRESS"), help=tr("their e-mail address"))
    made.add_argument("--languages", metavar=tr("L"), help=tr("the languages they speak: cs,en"))
    made.add_argument(
        "--subject", metavar=tr("SUBJECT"), action="append", help=tr("what they help with; can be repeated")
    )
    made.add_argument("--note", metavar=tr("TEXT"), help=tr("what is worth knowing about them"))
    made.add_argument("--away-from", metavar=tr("DATE"), help=tr("the first day away"))
    made.add_argument("--away-until", metavar=tr("DATE"), help=tr("the last day away"))
    made.add_argument("--stand-in", metavar=tr("TEAMMATE"), help=tr('who stands in for them; "" for nobody'))
    made.add_argument(
        "--columns",
        metavar=tr("COLUMNS"),
        help=tr("the columns of their file, from {columns}; “” for all").format(columns=",".join(FILE_COLUMNS)),
    )
    made.add_argument("--separator", metavar=tr("SEPARATOR"), help=tr("what separates its columns: , ; or tab"))
    made.add_argument("--format", choices=tuple(FORMATS), help=tr("the kind of file they prefer"))


def _given(bench: Workbench, asked: Namespace) -> dict[str, object]:
    """What was typed, by field; dates and the stand-in read. Raises UserError for a date or a name that is none."""
    simple = {
        "team": asked.team, "role": asked.role, "email": asked.email, "languages": asked.languages,
        "subjects": asked.subject, "note": asked.note, "file_columns": asked.columns,
        "file_separator": asked.separator, "file_format": asked.format,
    }  # fmt: skip
    given: dict[str, object] = {key: value for key, value in simple.items() if value is not None}
    for key in ("away_from", "away_until"):
        typed = getattr(asked, key)
        if typed is not None:
            given[key] = bench.dates.day(typed)
    if asked.stand_in is not None:
        given["stand_in_id"] = bench.teammates.named(asked.stand_in).id if asked.stand_in.strip() else None
    return given


def new(bench: Workbench, asked: Namespace) -> Output:
    """Add a teammate."""
    number = bench.teammates.add(asked.name, **_given(bench, asked))
    teammate = bench.teammates.get(number)
    said = tr("You can now hand off conversations to {name}.").format(name=teammate.name)
    return Output(teammate_json(teammate, bench), [said, *_away(teammate, bench)])


def _away(teammate: Teammate, bench: Workbench) -> list[str]:
    """When they are away and who stands in, as a line; none if they are not."""
    everyone = {mate.id: mate for mate in bench.teammates.all(archived=True)}
    away = absence(teammate, everyone, clock.local(clock.now()).date())
    return [tr("{name}: {away}.").format(name=teammate.name, away=away)] if away else []


def edit(bench: Workbench, asked: Namespace) -> Output:
    """Change a teammate. Raises UserError where nothing is to be changed."""
    mate, given = bench.teammates.named(asked.whom), _given(bench, asked)
    if asked.name is not None:
        given["name"] = asked.name
    if not given:
        raise UserError(tr("Say what to change about {name}; --help lists what there is.").format(name=mate.name))
    bench.teammates.edit(mate.id, given)
    changed = bench.teammates.get(mate.id)
    return Output(
        teammate_json(changed, bench), [tr("{name} saved.").format(name=changed.name), *_away(changed, bench)]
    )


def everybody(bench: Workbench, asked: Namespace) -> Output:
    """List teammates by name."""
    teammates = bench.teammates.all(archived=asked.all)[: asked.limit]
    loads, today = _loads(bench), clock.local(clock.now()).date()
    everyone = {mate.id: mate for mate in bench.teammates.all(archived=True)}
    cells = [
        (
            mate.name,
            mate.team,
            mate.email,
            ", ".join(mate.languages),
            tr("{count} open").format(count=loads.get(mate.id, Load()).open),
            tr("left") if mate.archived else absence(mate, everyone, today),
            ", ".join(mate.subjects),
        )
        for mate in teammates
    ]
    shapes = [teammate_json(mate, bench, loads) for mate in teammates]
    return Output(shapes, table(cells) or [tr("No teammates yet.")])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show a teammate, also one who has left."""
    mate = bench.teammates.named(asked.whom, archived=True)
    loads, today = _loads(bench), clock.local(clock.now()).date()
    load, thanks, theirs = (
        loads.get(mate.id, Load()),
        bench.teammates.thanks(mate.id),
        bench.handoffs.of_teammate(mate.id),
    )
    everyone = {one.id: one for one in bench.teammates.all(archived=True)}
    rows = (
        (tr("Team"), " · ".join(filter(None, (mate.team, mate.role)))),
        (tr("E-mail"), mate.email),
        (tr("Languages"), ", ".join(mate.languages)),
        (tr("Helps with"), ", ".join(mate.subjects)),
        (tr("Away"), absence(mate, everyone, today)),
        (tr("Note"), one_line(mate.note)),
        (tr("Hand-offs"), _counts(load)),
        (tr("Usually takes"), usual_words(load)),
        (tr("In time"), load.in_time_words),
        (tr("Asked often"), load.too_often),
    )
    lines = [
        mate.name if not mate.archived else tr("{name} (left)").format(name=mate.name),
        *table([row for row in rows if row[1]]),
        *[_line(handoff, state(handoff, today)) for handoff in theirs[:_SHOWN]],
        *[tr("Thanked {when}: {words}").format(when=when(one.at), words=one_line(one.words)) for one in thanks],
    ]
    shape = teammate_json(mate, bench, loads) | {
        "handoffs": [ids.display(ids.HANDOFF, one.id) for one in theirs],
        "thanks": [
            {"at": iso(one.at), "words": one.words,
             "handoff": ids.display(ids.HANDOFF, one.handoff_id) if one.handoff_id else None}
            for one in thanks
        ],
    }  # fmt: skip
    return Output(shape, lines)


def _line(handoff: Handoff, state: str) -> str:
    words = (ids.display(ids.HANDOFF, handoff.id), tr(STATE_NAMES[state]), handoff.member, one_line(handoff.ask, 60))
    return "  " + "  ".join(filter(None, words))


def _counts(load: Load) -> str:
    return tr("{open} open, {late} of them late, {back} came back, {closed} closed").format(
        open=load.open, late=load.late, back=load.came_back, closed=load.closed
    )


def usual_words(load: Load) -> str:
    """How long they usually take, in words; "" if they have answered nothing within a year."""
    if load.usual_days is None:
        return ""
    one = tr("1 working day (median of the last year)")
    days = tr("{days} working days (median of the last year)").format(days=f"{load.usual_days:g}")
    return one if load.usual_days == 1 else days


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Stop offering a teammate; says how many open hand-offs stay with them."""
    mate = bench.teammates.named(asked.whom)
    bench.teammates.archive(mate.id)
    left = bench.teammates.get(mate.id)
    lines = [tr("{name} is no longer offered. Their hand-offs stay.").format(name=mate.name)]
    waiting = _loads(bench).get(mate.id, Load()).open
    if waiting:
        lines.append(tr("Still waiting with them: {count}. See: handoff list").format(count=waiting))
    return Output(teammate_json(left, bench), lines)


def bring_back(bench: Workbench, asked: Namespace) -> Output:
    """Offer a teammate again who had left."""
    mate = bench.teammates.named(asked.whom, archived=True)
    if not mate.archived:
        raise UserError(tr("{name} hasn't left.").format(name=mate.name))
    bench.teammates.bring_back(mate.id)
    return Output(
        teammate_json(bench.teammates.get(mate.id), bench), [tr("{name} is offered again.").format(name=mate.name)]
    )


def thank(bench: Workbench, asked: Namespace) -> Output:
    """Keep a word of thanks; with a letter, show its words."""
    mate = bench.teammates.named(asked.whom, archived=True)
    handoff = None if asked.handoff is None else bench.handoffs.get(ids.number(ids.HANDOFF, asked.handoff)).id
    if asked.letter and not bench.following.can_write_to(mate.id):
        words = tr("There's no e-mail address for {name}, or no account that sends e-mail. Leave out --letter.")
        raise UserError(words.format(name=mate.name))
    draft = bench.following.thank(mate.id, asked.words, handoff) if asked.letter else None
    if draft is None:
        bench.teammates.thank(mate.id, asked.words, handoff)
        lines = [tr("Noted. Rapport doesn't tell {name}: do that yourself, or use --letter.").format(name=mate.name)]
    else:
        said = tr("Noted. The letter to {name} is drafted, not sent: letter {number}.")
        lines = [said.format(name=mate.name, number=draft.id), "", draft.subject, "", draft.text]
    shape = {
        "teammate": mate.name, "words": asked.words.strip(), "thanks": len(bench.teammates.thanks(mate.id)),
        "letter": draft.id if draft is not None else None, "text": draft.text if draft is not None else None,
    }  # fmt: skip
    return Output(shape, lines)


def _loads(bench: Workbench) -> dict[int, Load]:
    return bench.handoffs.loads(bench.blocks.working(clock.now()).free)


def teammate_json(teammate: Teammate, bench: Workbench, loads: dict[int, Load] | None = None) -> Shape:
    """The JSON of a teammate; the counts are of hand-offs, `usual_days` the median of working days until an answer.

    `in_time` says how many were answered by the day they were needed, of those with a day that are answered or late.
    """
    stand_in = bench.teammates.get(teammate.stand_in_id).name if teammate.stand_in_id else None
    load = (_loads(bench) if loads is None else loads).get(teammate.id, Load())
    return {
        "name": teammate.name, "team": teammate.team, "role": teammate.role, "email": teammate.email,
        "languages": list(teammate.languages), "subjects": list(teammate.subjects), "note": teammate.note,
        "away_from": teammate.away_from or None, "away_until": teammate.away_until or None, "stand_in": stand_in,
        "left": teammate.archived, "columns": list(teammate.file_columns or FILE_COLUMNS),
        "separator": teammate.file_separator, "format": teammate.file_format,
        "open": load.open, "late": load.late, "came_back": load.came_back, "closed": load.closed,
        "usual_days": load.usual_days, "in_time": {"in_time": load.in_time, "of": load.timed},
        "asked_too_often": load.too_often or None,
    }  # fmt: skip
