"""Notices of five services and of one's own, in five languages: who, what, where. What is none stays a mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.message import Author, Incoming
from app.intake.notices import kind, read


def mail(sender: str, subject: str, text: str, name: str = "") -> Incoming:
    return Incoming("<1@x>", 1_700_000_000, text, Author(sender, sender, name), title=subject, refs=("<0@x>",))


SMALL = "\n\nThis message was sent to you because of your notification settings. Unsubscribe: https://example.com/u?x=1"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "who", "words", "link"),
    [
        (
            "notification@facebookmail.com", "Anna Bell commented on your post.",
            "Hi Jana,\n\nAnna Bell commented on your post.\n\nAnna wrote: “Where do you sell the quince one?”\n\n"
            "See comment https://www.facebook.com/lemonade/posts/12?comment_id=34&notif_t=x" + SMALL,
            "Anna Bell", "Where do you sell the quince one?",
            "https://www.facebook.com/lemonade/posts/12?comment_id=34&notif_t=x",
        ),
        (
            "notification@facebookmail.com", "Guðrún Þórðardóttir svaraði ummælum þínum",
            "Guðrún skrifaði: „Flaskan kom brotin, hvað geri ég?“\n\nhttps://facebook.com/permalink.php?id=7" + SMALL,
            "Guðrún Þórðardóttir", "Flaskan kom brotin, hvað geri ég?", "https://facebook.com/permalink.php?id=7",
        ),
        (
            "no-reply@mail.instagram.com", "Kővári Zsófia hozzászólt a bejegyzésedhez",
            "Kővári Zsófia hozzászólt: „Imádom ezt az ízt, mikor lesz megint?”\nhttps://www.instagram.com/p/Cx1/",
            "Kővári Zsófia", "Imádom ezt az ízt, mikor lesz megint?", "https://www.instagram.com/p/Cx1/",
        ),
        (
            "notify@x.com", "Jiří Čapek replied to your post",
            "Jiří Čapek\n\nDorazila včera a byla skvělá, díky moc za rychlost!\n\n"
            "https://x.com/jiri/status/99?s=20" + SMALL,
            "Jiří Čapek", "Dorazila včera a byla skvělá, díky moc za rychlost!", "https://x.com/jiri/status/99?s=20",
        ),
        (
            "messages-noreply@linkedin.com", "Η Ελένη Παπαδάκη σχολίασε τη δημοσίευσή σας",
            "«Πολύ όμορφη ιδέα, συγχαρητήρια στην ομάδα!»\n\nhttps://www.linkedin.com/feed/update/urn:li:1?commentUrn=2",
            "Ελένη Παπαδάκη", "Πολύ όμορφη ιδέα, συγχαρητήρια στην ομάδα!",
            "https://www.linkedin.com/feed/update/urn:li:1?commentUrn=2",
        ),
        (
            "noreply@redditmail.com", "u/quince_fan replied to your comment in r/lemonade",
            '"You can freeze it too, works well."\n\nhttps://www.reddit.com/r/lemonade/comments/1/x/2/' + SMALL,
            "u/quince_fan", "You can freeze it too, works well.", "https://www.reddit.com/r/lemonade/comments/1/x/2/",
        ),
    ],
)  # fmt: skip
def test_a_notice_is_read_as_the_message_that_it_tells_of(
    sender: str, subject: str, text: str, who: str, words: str, link: str
) -> None:
    place = kind(sender, {})
    assert place
    (found,) = read(mail(sender, subject, text), place)
    assert (found.author.name, found.text, found.url) == (who, words, link)
    assert found.remote_id == "<1@x>"
    assert found.thread in (link.partition("?")[0].rstrip("/"), link)
    assert not found.refs


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        ("Ο χρήστης Νίκος Δήμου σχολίασε τη φωτογραφία σας", "Νίκος Δήμου"),
        ("Petr Hanák vás označil v komentáři", "Petr Hanák"),
        ("Alena Malá přidala komentář", "Alena Malá"),
        ("Kővári Zsófia megjelölt téged egy hozzászólásban", "Kővári Zsófia"),
        ("Ono Yoko replied to your post", "Ono Yoko"),
    ],
)
def test_who_spoke_is_the_name_alone(subject: str, who: str) -> None:
    (found,) = read(mail("notification@facebookmail.com", subject, "“Where is it sold?”"), "facebook")
    assert found.author.name == who


def test_a_place_of_ones_own_is_known_by_the_sender_that_was_named() -> None:
    extra = {"forum@club.example": "Club forum", "board.example": "Board"}
    assert kind("Forum@club.example", extra) == "Club forum"
    assert kind("x@mail.board.example", extra) == "Board"
    assert kind("anna@club.example", extra) == ""
    (found,) = read(
        mail("forum@club.example", "New reply", "What about the ginger one?\n\nhttps://club.example/t/5#3",
             "Bela Zöld via Club forum"),
        "other", extra,
    )  # fmt: skip
    assert (found.author.name, found.text) == ("Bela Zöld", "What about the ginger one?")
    assert found.url == "https://club.example/t/5#3"


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("security@facebookmail.com", "Your login code", "Your login code is 123456." + SMALL),
        ("notification@facebookmail.com", "Anna Bell commented on your post.", SMALL),
    ],
)
def test_what_tells_of_nobodys_words_stays_a_mail(sender: str, subject: str, text: str) -> None:
    assert read(mail(sender, subject, text, "Facebook"), "facebook") == ()


@pytest.mark.parametrize("sender", ["anna@facebookmail.com.evil.example", "anna@notfacebookmail.com", "", "x"])
def test_a_domain_that_only_looks_like_one_is_not(sender: str) -> None:
    assert kind(sender, {}) == ""


@given(st.text(max_size=200), st.text(max_size=2_000), st.text(max_size=60))
def test_no_mail_breaks_the_reading(subject: str, text: str, name: str) -> None:
    found = read(mail("notification@facebookmail.com", subject, text, name), "facebook")
    assert all(one.text and one.author.name and len(one.text) <= 4_000 for one in found)


def test_a_broken_link_is_no_link() -> None:
    (found,) = read(
        mail("n@facebookmail.com", "Anna commented on your post", "“What is in it?”\nhttps://[\n"), "facebook"
    )
    assert (found.text, found.url) == ("What is in it?", "")


@pytest.mark.parametrize(
    "said", ["3 bottles please", "3 lahve prosím", "2 hrnky", "5 doboz kérek", "3 dósir takk", "12 caps"]
)
@pytest.mark.parametrize("shown", ["{said}", "Anna Bell\n\n2h\n\n{said}", "Anna Bell\n\n12 Nov 2026\n\n{said}"])
def test_a_few_words_with_a_figure_before_them_are_what_somebody_said(said: str, shown: str) -> None:
    text = (
        "Anna Bell commented on your post.\n\n"
        + shown.format(said=said)
        + "\n\nhttps://www.facebook.com/stand/posts/1"
        + SMALL
    )
    letter = mail("notification@facebookmail.com", "Anna Bell commented on your post.", text)
    assert [(one.author.name, one.text) for one in read(letter, "facebook")] == [("Anna Bell", said)]
