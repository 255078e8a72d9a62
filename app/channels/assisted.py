"""Channels without an API open to everyone, and unknown places: the person reads and posts there.

Their messages arrive by notification e-mail (app.intake.notices), by CSV or typed by hand; a reply is copied to the
clipboard, the page opens, and the person confirms that it is posted. Why there is no API client for them:
docs/decisions/0010. One file instead of a package each, because a channel here is nothing but this description.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_, tr
from app.channels.channel import NONE, Can, Channel, Field, Manners, Window

if TYPE_CHECKING:
    from app.channels.base import Session

OTHER = "other"
_PAGE = Field(
    "page",
    N_("Address of your page"),
    required=False,
    help=N_("It opens when you post a reply to a message that has no link of its own."),
)
_HANDLE = Field("handle", N_("Your name there"), required=False, help=N_("Messages under this name count as yours."))
_NOTICES = Field(
    "notices",
    N_("Notification e-mails come from"),
    required=False,
    help=N_("The address or domain they come from, separated by commas. Common ones are recognised automatically."),
)
_NUMBER = Field(
    "number",
    N_("Your number there"),
    required=False,
    help=N_("With the country code, such as +354 555 1234. Numbers without one are taken to be from your country."),
)
_PLACE = Channel(
    kind=OTHER,
    title=N_("Another place"),
    fields=(_PAGE, _HANDLE, _NOTICES),
    can=Can(private=True, sure=NONE),
    icon="globe",
    reply_words=N_("Answer on Another place"),
    live=False,
    extra={"own": "handle"},
    proof="assisted",
    peer="the clipboard, the browser and the person",
    line=N_("Any other place where members write"),
    handles=False,
)


def _assisted(
    kind: str, title: str, icon: str, limit: int | None, line: str, audience: str, reply_words: str,
    counts: str = "characters",
) -> Channel:  # fmt: skip
    return _PLACE._replace(
        kind=kind,
        title=title,
        icon=icon,
        line=line,
        audience=audience,
        reply_words=reply_words,
        can=_PLACE.can._replace(limit=limit, counts=counts),
        handles=True,
    )


def _reviews(kind: str, title: str, limit: int | None, line: str, reply_words: str) -> Channel:
    """A place of reviews: each is answered once, in public."""
    of = _assisted(kind, title, "star", limit, line, _ALL, reply_words)
    return of._replace(reviews=True, handles=False, can=of.can._replace(private=False))


def _chat(kind: str, title: str, icon: str, line: str, reply_words: str, chat: str = "") -> Channel:
    """A place of private conversations, where people are known by their phone number, or else by a name."""
    of = _assisted(kind, title, icon, None, line, "", reply_words)
    return of._replace(
        fields=(_NUMBER, _HANDLE), extra={"own": "handle number"}, private_by_default=True, by_phone=True, chat=chat,
    )  # fmt: skip


_POST, _THREAD, _ALL = (
    N_("Visible to everyone who can see the post."),
    N_("Visible to everyone who can read the thread."),
    N_("Visible to everyone."),
)
_SOCIAL = (
    _assisted(
        "facebook", N_("Facebook"), "thumbs-up", 8_000, N_("A page's comments and messages"), _POST,
        N_("Reply on Facebook"),
    )._replace(
        notice_domains=("facebookmail.com", "metamail.com", "business-updates.facebook.com"),
        hosts=("facebook.com", "fb.com", "messenger.com", "m.me"), also=("fb", "meta"),
    ),
    _assisted(
        "instagram", N_("Instagram"), "camera", 2_200, N_("Comments under your pictures"), _POST,
        N_("Reply on Instagram"),
    )._replace(notice_domains=("mail.instagram.com", "instagram.com"), hosts=("instagram.com",), also=("insta", "ig")),
    _assisted(
        "linkedin", N_("LinkedIn"), "briefcase", 1_250, N_("Comments under a page's posts"), _POST,
        N_("Reply on LinkedIn"),
    )._replace(notice_domains=("linkedin.com",), hosts=("linkedin.com", "lnkd.in")),
    _assisted(
        "reddit", N_("Reddit"), "message-circle", 10_000, N_("A subreddit's posts and comments"), _THREAD,
        N_("Reply on Reddit"),
    )._replace(notice_domains=("redditmail.com", "reddit.com"), hosts=("reddit.com", "redd.it")),
    _assisted(
        "threads", N_("Threads"), "at-sign", 500, N_("Responses to your threads"), _ALL, N_("Reply on Threads"),
    )._replace(notice_domains=("threads.net", "threads.com"), hosts=("threads.net", "threads.com")),
    _assisted(
        "x", N_("X"), "hash", 280, N_("Mentions and responses"), _ALL, N_("Reply on X"), "graphemes",
    )._replace(notice_domains=("x.com", "twitter.com"), hosts=("x.com", "twitter.com", "t.co"), also=("twitter",)),
    _assisted(
        "tiktok", N_("TikTok"), "music", 150, N_("Comments under your videos"), _POST, N_("Reply on TikTok"),
    )._replace(notice_domains=("tiktok.com",), hosts=("tiktok.com",)),
    _assisted(
        "youtube_notices", N_("YouTube (by notification e-mails)"), "play", 10_000,
        N_("Comments under your videos, without signing in"), _POST, N_("Reply on YouTube"),
    )._replace(
        notice_domains=("youtube.com",), hosts=("youtube.com", "youtu.be"), short=N_("YouTube"), handles=False,
    ),
)  # fmt: skip
_TRIPADVISOR = ("tripadvisor.com", "tripadvisor.com.gr", "tripadvisor.co.hu", "tripadvisor.cz", "tripadvisor.co.uk")
_REVIEWS = (
    _reviews(
        "google_reviews", N_("Google reviews"), 4_096, N_("What guests write on Google Maps"), N_("Reply on Google"),
    )._replace(
        notice_domains=(
            "businessprofile-noreply@google.com", "google-my-business-noreply@google.com",
            "googlemybusiness-noreply@google.com", "business-noreply@google.com", "maps-noreply@google.com",
            "business.google.com",
        ),
        hosts=("google.com", "goo.gl", "g.page", "c.gle"), also=("google", "google business profile", "google maps"),
        short=N_("Google"),
    ),
    _reviews("trustpilot", N_("Trustpilot"), None, N_("Customers' reviews"), N_("Reply on Trustpilot"))._replace(
        notice_domains=("trustpilot.com", "trustpilotmail.com"), hosts=("trustpilot.com",),
    ),
    _reviews("tripadvisor", N_("Tripadvisor"), None, N_("Travellers' reviews"), N_("Reply on Tripadvisor"))._replace(
        notice_domains=_TRIPADVISOR, hosts=_TRIPADVISOR,
    ),
)  # fmt: skip
_CHATS = (
    _chat(
        "whatsapp", N_("WhatsApp"), "message-circle-more", N_("Private messages, by phone number"),
        N_("Reply on WhatsApp"), "https://wa.me/{digits}",
    )._replace(hosts=("wa.me", "whatsapp.com")),
    _chat(
        "viber", N_("Viber"), "phone", N_("Private messages, by phone number"), N_("Reply on Viber"),
        "viber://chat?number=%2B{digits}",
    ),
    _chat(
        "signal", N_("Signal"), "shield", N_("Private messages, by phone number"), N_("Reply on Signal"),
        "https://signal.me/#p/{number}",
    )._replace(hosts=("signal.me",)),
    _chat("sms", N_("SMS"), "smartphone", N_("Text messages on your phone"), N_("Reply by SMS"), "sms:{number}")
    ._replace(also=("text message", "text messages")),
    _chat("messenger", N_("Messenger"), "messages-square", N_("Private messages on Facebook"), N_("Reply on Messenger"))
    ._replace(
        fields=(_PAGE, _HANDLE), extra={"own": "handle"}, by_phone=False,
        hosts=("messenger.com", "m.me", "facebook.com"), also=("facebook messenger",),
    ),
)  # fmt: skip
CHANNELS = {of.kind: of for of in (*_SOCIAL, *_REVIEWS, *_CHATS, _PLACE)}

_MANNERS = {
    "facebook": Manners(
        N_("Answer as the page, by first name, and soon: Facebook shows how fast you are. A like says thanks."),
        N_("Friends of whoever you answer may be shown it. The page's other admins read its messages too."),
    ),
    "instagram": Manners(
        N_("Short and warm, one or two emoji at most. A heart says thanks. Start with @name, or nobody is told."),
        N_("Whoever follows you or them can see it, and a public account's comments are found by search."),
    ),
    "linkedin": Manners(
        N_("People are here under their full names and jobs: be to the point and formal enough for their boss."),
        N_("Their contacts are shown what they comment on, and your answer with it."),
    ),
    "reddit": Manners(
        N_("Each subreddit has rules of its own: read them first. Advertising is voted down; say who you are."),
        N_("Anyone can read it, and deleted posts are kept by others."),
    ),
    "threads": Manners(
        N_("Talk, don't announce. Short replies in the thread that they belong to."),
        N_("Anyone can read it, on other servers too if the profile shares with them."),
    ),
    "x": Manners(
        N_("One thought in one post. Harsh words travel fast: sleep on an angry answer."),
        N_("Anyone can read and quote it. A reply is shown to those who follow you both."),
    ),
    "tiktok": Manners(
        N_("Light and quick, in the tone of the video. A heart says thanks."),
        N_("Anyone who can see the video can read it."),
    ),
    "youtube_notices": Manners(
        N_("Answer by name, briefly. A heart on a comment says thanks."),
        N_("Anyone who can see the video can read it."),
    ),
    **dict.fromkeys((of.kind for of in _REVIEWS), Manners(
        N_("Thank them, answer what they say, and never argue: the next guests read it. Nothing about who they are."),
        N_("Anyone can read it, and the writer is told of it."),
    )),
    **dict.fromkeys((of.kind for of in _CHATS if of.by_phone), Manners(
        N_("Write as you would to a friend, say who you are the first time, and mind the hour."),
        N_("In a group, everyone sees it, and your number too."),
    )),
    "messenger": Manners(
        N_("Write as you would to a friend, in short messages, and soon."),
        N_("In a group, everyone sees it. A page's other admins read its messages too."),
    ),
}  # fmt: skip
_DAY_SECONDS = 86_400
_META = (
    Window(
        _DAY_SECONDS,  # "standard messaging"; after a click on an ad that opens a chat it may be up to 7 days
        "https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/",
        N_("After that only a person may reply, for 7 days from their last message, and with no offers."),
    ),
    Window(
        7 * _DAY_SECONDS,  # the tag HUMAN_AGENT, of both Messenger and Instagram
        "https://developers.facebook.com/docs/messenger-platform/send-messages/message-tags/",
    ),
)
"""Meta's rules for what a page or a business account writes privately, counted from their last message (policy of 28
September 2026). They bind programs, such as an inbox for several places; that Meta's own apps let a person reply later
too is said by makers of such programs (help.keycrm.app, socialhubio.zendesk.com), and by Meta nowhere that was found.
WhatsApp has a window of 24 hours for programs on its Business Platform only, and not for the app that a person writes
in: so none here."""
_WINDOWS = dict.fromkeys(("facebook", "messenger", "instagram"), _META)
CHANNELS = {
    kind: of._replace(manners=_MANNERS.get(kind, Manners()), windows=_WINDOWS.get(kind, ()))
    for kind, of in CHANNELS.items()
}


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Raises Refused: assisted channels have no session."""
    from app.channels.base import Refused  # noqa: PLC0415  the form needs no session

    del fields, secrets
    msg = tr("This channel doesn't allow programs: read and reply there yourself, and Rapport keeps the text ready.")
    raise Refused(msg)
