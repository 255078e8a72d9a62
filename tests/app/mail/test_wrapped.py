"""Links that count who follows them lead to what is written in them; others stay as they are."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.wrapped import unwrapped

TARGET = "https://www.reddit.com/r/lemonade/comments/1/x/2/?a=1&b=2"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (f"https://l.example/l.php?u={quote(TARGET, safe='')}&h=AT0", TARGET),
        (f"https://a.example/c?x=1&url={quote(quote(TARGET, safe=''), safe='')}", TARGET),
        (f"https://a.example/r?to={quote('https://b.example/r?to=' + quote(TARGET, safe=''), safe='')}", TARGET),
        ("https://click.example/CL0/https:%2F%2Fwww.reddit.com%2Fr%2Fa%2F/1/0100018c7d9a1234-abcd-0000/Zz=9",
         "https://www.reddit.com/r/a/"),
        ("https://www.youtube.com/attribution_link?a=1&u=/watch%3Fv%3Dabc", "https://www.youtube.com/watch?v=abc"),
        (f"https://t.example/c/{urlsafe_b64encode(TARGET.encode()).decode()}", TARGET),
        ("https://a.example/settings?next=/login", "https://a.example/settings?next=/login"),
        ("https://a.example/post/1?ref=https://b.example/", "https://a.example/post/1?ref=https://b.example/"),
        ("https://www.facebook.com/nd/?permalink.php&story_fbid=p1&id=6&aref=17&medium=email&mid=6a&bcode=2.1&n_m=a%40b.example",
         "https://www.facebook.com/permalink.php?story_fbid=p1&id=6"),
        ("https://www.facebook.com/n/?lemonade/posts/12&comment_id=3&aref=1", "https://www.facebook.com/lemonade/posts/12?comment_id=3"),
        ("https://www.facebook.com/nd/?anna.bell&aref=1&lloc=image", "https://www.facebook.com/anna.bell"),
        ("https://a.example/search?lemonade&page=2", "https://a.example/search?lemonade&page=2"),
        ("https://[", "https://["),
        ("", ""),
    ],
)  # fmt: skip
def test_a_link_leads_to_what_is_written_in_it(link: str, target: str) -> None:
    assert unwrapped(link) == target


@given(st.text(max_size=300))
def test_no_link_is_too_odd(rest: str) -> None:
    assert isinstance(unwrapped(f"https://a.example/{rest}"), str)
