"""What every channel says of the posts that can be published there, whichever it is."""

from __future__ import annotations

from string import Formatter

import pytest

from app.channels.channel import Channel
from app.channels.registry import known
from app.outbox.venues import Venue, matching, posting

WITH_POSTS = [of for of in known() if of.can.post is not None]


@pytest.mark.parametrize("of", WITH_POSTS, ids=lambda of: of.kind)
def test_it_says_who_sees_a_post_and_what_its_venues_are_called(of: Channel) -> None:
    how = of.can.post
    assert how is not None
    assert {name for _, name, _, _ in Formatter().parse(how.audience)} <= {None, "venue"}
    assert how.audience.endswith(".")
    assert how.venue_word[:1].isupper()
    keys = [key for key, _ in how.venues]
    assert len(set(keys)) == len(keys)
    assert all(key and name for key, name in how.venues)
    assert of.can.reply  # what it begins is gone on with


@pytest.mark.parametrize("of", known(), ids=lambda of: of.kind)
def test_by_hand_there_are_posts_where_there_is_a_public(of: Channel) -> None:
    how = posting(of.kind, "assisted")
    assert (how is None) == (of.reviews or of.private_by_default)
    assert posting(of.kind, "file") is None
    assert posting(of.kind, "live") is of.can.post


def test_nothing_typed_means_no_venue_and_two_of_a_name_stay_two() -> None:
    same = [Venue("1", "News"), Venue("2", "news"), Venue("3", "#Older news")]
    assert matching(same, "  ") == []
    assert matching(same, "#") == []
    assert matching(same, "NEWS") == same[:2]
    assert matching(same, "2") == [same[1]]
    assert matching(same, "older") == [same[2]]
