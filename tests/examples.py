"""How much is tried: all of it, or under `--quick` what takes two minutes."""

from __future__ import annotations

import os

from hypothesis import settings

QUICK = "RAPPORT_QUICK"
"""Set in the environment where tests run with `--quick`."""


def quick() -> bool:
    """Whether this run leaves out what is slow."""
    return os.environ.get(QUICK) == "1"


def examples(most: int) -> settings:
    """So many, where each takes long; fewer where the profile of the run asks for fewer, as `--quick` does."""
    return settings(max_examples=min(most, settings().max_examples))
