"""The command line: the same desks as the window, for scripts, cron and tests. Opens no window, imports no Qt."""

from app.cli.running import run

__all__ = ["run"]
