"""What the window looks after every two seconds: other programs, what has fallen due, and what can't be written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import UserError
from app.store.obstacles import LOST

if TYPE_CHECKING:
    from app.store.obstacles import Obstacle
    from app.workbench import Workbench
    from ui.shell.window import Window

_BEATS_PER_WAKE = 10


def look_at_pen(bench: Workbench, window: Window) -> Obstacle | None:
    """Say above the pages what keeps the file from being written to, which is returned, and whose desk it is."""
    found = bench.store.obstacle()
    is_lost = found is not None and found.kind in LOST
    if is_lost:
        _keep_replaced(bench)
    else:
        bench.is_back()
    window.strips.show_obstacle(found, bench.replaced.line() if is_lost else "")
    window.strips.show_loan(bench.loan() if found is None else None)
    return found


def _keep_replaced(bench: Workbench) -> None:
    """Have what is open kept as a backup, on a worker; where that fails, at every beat anew."""
    if bench.replaced.kept is None:
        bench.jobs.submit(lambda _job: bench.replaced.keep(), key="replaced")


def beat(bench: Workbench, window: Window, count: int) -> None:
    """Look whether another program wrote to the file, and every tenth time, from 0 on, for what has fallen due.

    Where nothing can be written it is said above the pages, and what is due waits.
    """
    bench.store.poll_other_processes()
    found = look_at_pen(bench, window)
    if found is None:
        bench.start()
    if count % _BEATS_PER_WAKE == 0:
        if found is None:
            with suppress(UserError):  # another program is writing: it is tried again
                bench.inbox.wake(clock.now())
            bench.see_to_the_day()
        window.strips.show_damage(bench.file_trouble())
