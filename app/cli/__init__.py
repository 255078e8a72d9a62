"""The shell face: the same desks as the window, for scripts, cron and tests. None opens a window or imports Qt."""

from app.cli.running import run

__all__ = ["run"]
