"""Notices as they come, mostly in HTML, in five languages: who spoke, what they said, and where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.message import Incoming
from app.intake import notices
from app.intake.notices import links, reading
from app.mail import blocks
from app.mail.parse import parse
from tests.app.intake.built_letters import BUILT
from tests.app.intake.further_letters import FURTHER
from tests.app.intake.near_letters import NEAR
from tests.app.intake.notice_letters import Letter, letters
from tests.app.intake.odd_letters import ODD
from tests.app.intake.worded_letters import WORDED

OWN = ("Stand Lemonade",)


@pytest.mark.parametrize("letter", [*letters(), *ODD, *WORDED, *BUILT, *FURTHER, *NEAR], ids=lambda letter: letter.name)
def test_a_notice_is_read_by_how_it_is_built(letter: Letter) -> None:
    mail = parse(letter.octets())
    assert notices.kind(mail.author.key, {}) == letter.kind
    found = notices.read(mail, letter.kind, {}, OWN)
    assert tuple((one.author.name, one.text, one.url) for one in found) == letter.right
    assert len({one.remote_id for one in found}) == len(found)
    assert {one.public for one in found} == {letter.public}
    if letter.stars:
        assert found[0].title.startswith("★" * letter.stars + "☆" * (5 - letter.stars))


def test_read_again_it_is_the_same_messages() -> None:
    for letter in ODD:
        mail = parse(letter.octets())
        assert notices.read(mail, letter.kind, {}, OWN) == notices.read(mail, letter.kind, {}, OWN)


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://www.youtube.com/watch?v=abc&lc=Ugx", "https://www.youtube.com/watch?v=abc"),
        ("https://www.facebook.com/permalink.php?story_fbid=1&id=2&comment_id=3",
         "https://www.facebook.com/permalink.php?story_fbid=1&id=2"),
        ("https://x.com/a/status/9?s=20#top", "https://x.com/a/status/9"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_page_is_told_from_what_is_on_it(link: str, page: str) -> None:
    assert links.page(link) == page


def test_two_people_s_messages_are_never_one_conversation() -> None:
    texts: list[Incoming] = []
    for who in ("Anna Bell", "Ægir Jónsson"):
        html = f"<p><b>{who}</b> sent you a message</p><blockquote>Are you open on Sunday?</blockquote>"
        html += '<a role="button" href="https://www.linkedin.com/messaging/">Reply</a>'
        letter = Letter(who, "linkedin", "messages-noreply@linkedin.com", f"{who} sent you a message", html, ())
        texts += notices.read(parse(letter.octets()), "linkedin")
    assert len(texts) == len({one.thread for one in texts}) == 2


@given(st.text(st.sampled_from("<>/=\"' abtdprimgliq&#;:0“”★\n"), max_size=400))
def test_no_html_is_too_odd(html: str) -> None:
    found = blocks.of_html(html)
    assert all(block.text for block in found)
    reading.Reading(found, "Anna Bell commented", "", (), ()).members_words()


def test_deep_and_long_html_ends() -> None:
    assert blocks.of_html("<div><table><tr><td>" * 20_000 + "Anna")
    assert len(blocks.of_html("<p>a</p>" * 20_000)) == blocks.BLOCKS_MAX


REACTED = (
    "<p><b>Anna Bell</b> and 14 others reacted to your post.</p>"
    "<p><a role=button href='https://facebook.com/n/?a/posts/9&aref=1'>View post</a></p>"
    "<p><b>People you may know</b></p><p><b>Ægir Jónsson</b><br>12 mutual friends</p>"
)
RECAP = (
    "<h1>Your weekly recap</h1><p><b>1,204</b> views</p><p><a class=btn href='https://facebook.com/a'>See more</a></p>"
    "<p><b>Pages you may like</b></p><p><b>Lemon Works</b><br>12K followers</p>"
)


@pytest.mark.parametrize(
    ("subject", "html"),
    [("Anna Bell and 14 others reacted to your post", REACTED), ("Your weekly recap is here", RECAP)],
)
def test_where_nobody_spoke_there_is_nothing(subject: str, html: str) -> None:
    letter = Letter(subject, "facebook", "notification@facebookmail.com", subject, html, ())
    assert notices.read(parse(letter.octets()), "facebook") == ()
