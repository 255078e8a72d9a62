"""`block`: when the person works; and parking at the end of it."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock
from app.base.errors import UserError
from app.base.words import counted, tr
from app.blocks import Planned
from app.blocks.words import spelled, written
from app.calendar.working import WORKING_DAYS, WorkingTime
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape, conversation_json
from app.workbench import Workbench

_DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("block", tr("say when you work; waiting times count those hours alone"))
    made = group.add("add", add_blocks, tr("add working blocks, such as: block add Tue 17-19, Sat 10-12"))
    made.add_argument("words", metavar=tr("WORDS"), nargs="+", help=tr("days and hours, in any of the five languages"))
    limit(group.add("list", show, tr("list the working blocks, and say which is next")))
    made = group.add("remove", remove, tr("remove a working block"))
    made.add_argument("block", metavar=tr("BLOCK"), nargs="+", help=tr("its number, or its day and hours"))
    group.add("park", park, tr("snooze what waits and isn't late until the next block starts"))


def _shape(planned: Planned, working: WorkingTime, now: int) -> Shape:
    block = planned.block
    return {
        "id": planned.id, "weekday": _DAY_KEYS[block.weekday], "starts": _hour(block.starts), "ends": _hour(block.ends),
        "next_at": iso(WorkingTime((block,), working.free).next_block(now).starts),
    }  # fmt: skip


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _listed(bench: Workbench, most: int | None = None) -> Output:
    now, planned = clock.now(), bench.blocks.all()[:most]
    working = bench.blocks.working(now)
    upcoming = working.next_block(now)
    shape = [_shape(one, working, now) for one in planned]
    lines = table([(str(one.id), spelled(one.block)) for one in planned])
    if not planned:
        lines = [tr("No working blocks yet: {days} counts until you add some.").format(days=written(WORKING_DAYS))]
    says = tr("Now, until {when}.") if upcoming.starts <= now else tr("Next: {when}.")
    moment = when(upcoming.ends if upcoming.starts <= now else upcoming.starts)
    return Output(shape, [*lines, says.format(when=moment)])


def show(bench: Workbench, asked: Namespace) -> Output:
    """List the blocks."""
    return _listed(bench, asked.limit)


def add_blocks(bench: Workbench, asked: Namespace) -> Output:
    """Add blocks, and list them all."""
    bench.blocks.add(" ".join(asked.words))
    return _listed(bench)


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Remove a block by its number or its words."""
    from app.blocks.words import understood  # noqa: PLC0415  only for words

    typed = " ".join(asked.block).strip()
    if typed.isdecimal():
        bench.blocks.remove(int(typed))
        return _listed(bench)
    wanted = set(understood(typed))
    found = [planned for planned in bench.blocks.all() if planned.block in wanted]
    if len(found) < len(wanted):
        msg = tr("There's no block “{typed}”. `block list` shows them.").format(typed=typed)
        raise UserError(msg)
    for planned in found:
        bench.blocks.remove(planned.id)
    return _listed(bench)


def park(bench: Workbench, _asked: Namespace) -> Output:
    """Park what can wait until the next block."""
    now = clock.now()
    bench.inbox.wake(now)
    parked = bench.park(now)
    rows = bench.inbox.rows(parked.numbers)
    shape = {
        "parked": [conversation_json(row) for row in rows], "until": iso(parked.until), "late": parked.late,
    }  # fmt: skip
    words = counted(
        len(rows), "{count} conversation is parked until {when}.", "{count} conversations are parked until {when}.",
        when=when(parked.until),
    )  # fmt: skip
    nothing = tr("Nothing waits that can be parked.")
    return Output(shape, [sentence for sentence in (words if rows else nothing, parked.remark) if sentence])
