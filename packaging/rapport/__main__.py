"""`python -m rapport`: the same as the command `rapport`."""

from __future__ import annotations

from rapport import start

if __name__ == "__main__":
    raise SystemExit(start())
