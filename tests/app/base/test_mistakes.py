"""What is said of a bug of ours is true: where the details are, and whether they could be written at all."""

from __future__ import annotations

from pathlib import Path

from app.base.mistakes import our_mistake


def test_the_log_is_named_where_it_is_known_and_only_promised_where_it_was_written() -> None:
    """Details are in the log only if they could be written there."""
    log = Path("/home/jana/rapport.log")
    assert our_mistake().endswith("Details are in the log.")
    assert our_mistake(log).endswith(f"Details are in the log: {log}.")
    assert our_mistake(log, logged=False).endswith(f"The log couldn't be written to {log}.")
