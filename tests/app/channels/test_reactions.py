"""What the channels say of their reactions."""

from __future__ import annotations

import re

import pytest

from app.base.emoji import is_emoji
from app.channels.channel import FAVOURITE, LIKE, Channel
from app.channels.registry import known

REACT = [of for of in known() if of.can.react is not None]


@pytest.mark.parametrize("of", REACT, ids=lambda of: of.kind)
def test_each_says_what_can_be_given_and_who_sees_it(of: Channel) -> None:
    assert of.can.react is not None
    assert len(set(of.can.react.offered)) == len(of.can.react.offered) > 0
    assert all(what in (LIKE, FAVOURITE) or is_emoji(what) for what in of.can.react.offered)
    for seen in filter(None, (of.can.react.seen, of.can.react.private_seen)):
        assert set(re.findall(r"{(\w+)}", seen)) <= {"name"}
        assert seen.format(name="Anna").endswith(".")
    assert of.can.react.seen
    assert not of.can.cannot_react


def test_the_first_ones_can_react() -> None:
    assert {"mastodon", "bluesky", "matrix", "github", "discourse"} <= {of.kind for of in REACT}
