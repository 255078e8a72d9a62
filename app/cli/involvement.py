"""`member pin|rhythm|involvement|fits` and `audience show|set`: how far members take part, and whom it is all for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from app.base import ids
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output, iso, table
from app.cli.search import member_of
from app.cli.shapes import Shape
from app.involvement import LEVEL_NAMES, LEVELS, NONE, Deeds
from app.involvement.rhythm import phrase, typed
from app.workbench import Workbench

_MEMBER = N_("P-..., or words from the name")
_SIGNS: Mapping[str, Callable[[Workbench], list[int]]] = {
    "quiet": lambda bench: [one.member_id for one in bench.involvement.gone_quiet()],
    "new": lambda bench: [one.member_id for one in bench.involvement.newcomers()],
    "second": lambda bench: [one.member_id for one in bench.involvement.second_time()],
    "back": lambda bench: [one.member_id for one in bench.involvement.came_back()],
    "due": lambda bench: [one.member_id for one in bench.involvement.due()],
}


def filters(made: ArgumentParser) -> None:
    """Add the options of `member list` that say how far somebody takes part; `narrowed` reads them."""
    made.add_argument("--involvement", choices=LEVELS, default="", help=tr("only those who take part so far"))
    made.add_argument("--fits", action="store_true", help=tr("only those marked as the ideal audience"))
    only = made.add_mutually_exclusive_group()
    only.add_argument("--quiet", action="store_true", help=tr("only those who have gone quiet, the keenest first"))
    only.add_argument("--new", action="store_true", help=tr("only those who wrote for the first time and wait"))
    only.add_argument("--second", action="store_true", help=tr("only those who came a second time lately"))
    only.add_argument("--back", action="store_true", help=tr("only those who had gone quiet and wrote again"))
    only.add_argument("--due", action="store_true", help=tr("only those with whom it's time to be in touch"))


def narrowed(bench: Workbench, asked: Namespace, found: list[int]) -> list[int]:
    """Those of the members that the options ask for; a list of who is new or quiet has an order of its own."""
    for sign, members in _SIGNS.items():
        if getattr(asked, sign):
            among = set(found)
            found = [number for number in members(bench) if number in among]
    if asked.involvement:
        level = bench.involvement.at(asked.involvement)
        found = [number for number in found if number in level]
    if asked.fits:
        fitting = bench.involvement.fitting()
        found = [number for number in found if number in fitting]
    return found


def is_narrow(asked: Namespace) -> bool:
    """Whether `narrowed` has anything to do, so that all members have to be looked at."""
    return bool(asked.involvement or asked.fits or any(getattr(asked, sign) for sign in _SIGNS))


def member_commands(group: Commands) -> None:
    """Add the commands about a member."""
    made = group.add("pin", pin, tr("say how far a member takes part, whatever they do"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument("level", choices=(*LEVELS, NONE), help=tr("none: by what they do"))
    made = group.add("rhythm", keep_rhythm, tr("say how often you want to be in touch with a member"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument(
        "rhythm", metavar=tr("RHYTHM"), help=tr('such as "3 months" or "every 2 weeks"; none for no wish')
    )
    made = group.add("fits", mark, tr("mark a member as the ideal audience, with your reason"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument("why", metavar=tr("WHY"), nargs="*", help=tr("why they fit"))
    made.add_argument("--no", action="store_true", help=tr("take the mark away"))
    made = group.add("involvement", show, tr("show how far a member takes part, or how many members do"))
    made.add_argument("member", metavar=tr("MEMBER"), nargs="?", help=tr(_MEMBER))
    made.add_argument("--recount", action="store_true", help=tr("count everything anew first"))


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("audience", tr("whom the community is for"))
    group.add("show", show_audience, tr("show whom it is for, and how much of this month's talk is with them"))
    made = group.add("set", describe, tr("say whom the community is for"))
    made.add_argument("description", metavar=tr("TEXT"), help=tr("whom it is for, in a few sentences"))
    made.add_argument(
        "--criterion",
        metavar=tr("TEXT"),
        action="append",
        default=[],
        help=tr("how to recognise them; can be repeated"),
    )


def pin(bench: Workbench, asked: Namespace) -> Output:
    """Pin a member's level."""
    number = member_of(bench, asked.member)
    bench.involvement.pin([number], "" if asked.level == NONE else asked.level)
    return _of_member(bench, number)


def keep_rhythm(bench: Workbench, asked: Namespace) -> Output:
    """Set a member's rhythm."""
    number = member_of(bench, asked.member)
    bench.involvement.keep_rhythm([number], typed(asked.rhythm))
    return _of_member(bench, number)


def mark(bench: Workbench, asked: Namespace) -> Output:
    """Mark a member as the ideal audience."""
    number = member_of(bench, asked.member)
    bench.involvement.mark_fits([number], " ".join(asked.why), fits=not asked.no)
    member = bench.members.get(number)
    sentence = tr("{name} fits the audience: {why}") if member.fits_why else tr("{name} fits the audience.")
    if not member.fits:
        sentence = tr("{name} isn't marked as the audience.")
    data = {"id": ids.display("P", number), "name": member.name, "fits": member.fits, "fits_why": member.fits_why}
    return Output(data, [sentence.format(name=member.name, why=member.fits_why)])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show a member's involvement, or how many members have each level."""
    counted_all = bench.involvement.recount() if asked.recount else None
    if asked.member:
        return _of_member(bench, member_of(bench, asked.member))
    counts = bench.involvement.counts()
    data: Shape = {"levels": dict(counts), "recounted": counted_all}
    lines = [] if counted_all is None else [tr("Counted anew for {count} members.").format(count=counted_all)]
    return Output(data, lines + table([(tr(LEVEL_NAMES[level]), str(many)) for level, many in counts.items()]))


def _of_member(bench: Workbench, number: int) -> Output:
    member, standing = bench.members.get(number), bench.involvement.of(number)
    data: Shape = {
        "id": ids.display("P", member.id), "name": member.name, "level": standing.level or None,
        "pinned": standing.pinned, "since": iso(standing.since), "rhythm_days": standing.rhythm_days or None,
        **standing.deeds._asdict(),
    }  # fmt: skip
    level = tr(LEVEL_NAMES[standing.level]) if standing.level else tr("no level")
    head = tr("{name}: {level} (pinned)") if standing.pinned else tr("{name}: {level}")
    lines = [head.format(name=member.name, level=level), *deed_lines(standing.deeds)]
    lines += [tr("In touch {rhythm}").format(rhythm=phrase(standing.rhythm_days))] if standing.rhythm_days else []
    return Output(data, lines)


def deed_lines(deeds: Deeds) -> list[str]:
    """What somebody did, a line for each kind of deed."""
    return [
        counted(deeds.days, "wrote on {count} day", "wrote on {count} days"),
        counted(deeds.started, "started {count} conversation", "started {count} conversations"),
        counted(deeds.helped, "helped {count} time", "helped {count} times"),
        counted(deeds.cheered, "thanked or praised {count} time", "thanked or praised {count} times"),
    ]


def show_audience(bench: Workbench, _asked: Namespace) -> Output:
    """Show the audience and its share."""
    audience, share = bench.involvement.audience(), bench.involvement.share()
    data: Shape = {
        "description": audience.description, "criteria": list(audience.criteria), "members": share.marked,
        "conversations_this_month": share.conversations, "with_them": share.with_them, "percent": share.percent,
    }  # fmt: skip
    lines = [audience.description or tr("Not described yet: audience set TEXT")]
    lines += [f"- {line}" for line in audience.criteria]
    lines += [counted(share.marked, "{count} member fits", "{count} members fit")]
    sentence = tr("{with_them} of {conversations} conversations this month are with them ({percent}%)")
    lines += [sentence.format(with_them=share.with_them, conversations=share.conversations, percent=share.percent)]
    return Output(data, lines)


def describe(bench: Workbench, asked: Namespace) -> Output:
    """Describe the audience."""
    bench.involvement.describe_audience(asked.description, asked.criterion)
    return show_audience(bench, asked)
