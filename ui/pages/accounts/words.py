"""What channels are called where one chooses among them, and the words for what a field offers."""

from __future__ import annotations

from app.channels.base import Channel, Field
from ui.look import icons
from ui.look.text import tr

_LINES = {
    "bluesky": "Responses to your posts, and mentions",
    "discord": "A server's channels, through your own bot",
    "discourse": "A forum's topics and private messages",
    "email": "A mailbox that members write to",
    "feed": "Comments and posts from any site with RSS or Atom",
    "ghost": "Comments under a Ghost site's posts",
    "github": "A repository's discussions",
    "isso": "Comments on a site that uses Isso",
    "mastodon": "Mentions and responses, on any server",
    "matrix": "The rooms you are in",
    "slack": "Your workspace's channels",
    "telegram": "Groups and chats, through your own bot",
    "wordpress": "Comments under a blog's posts",
    "youtube": "Comments under your videos",
    "facebook": "A page's comments and messages",
    "instagram": "Comments under your pictures",
    "linkedin": "Comments under a page's posts",
    "reddit": "A subreddit's posts and comments",
    "threads": "Responses to your threads",
    "x": "Mentions and responses",
    "in_person": "What members tell you face to face",
    "other": "Any other place where members write",
}
_CHOICES = {
    ("smtp_security", ""): "Same as the incoming server",
    ("", ""): "Default",
    ("", "tls"): "TLS",
    ("", "starttls"): "STARTTLS",
    ("", "none"): "None (this machine only)",
    ("", "yes"): "Yes",
    ("", "no"): "No",
}


def line(channel: Channel) -> str:
    """In a few words what a channel is: as it says itself, as we know it, or who hears an answer there."""
    return tr(channel.line or _LINES.get(channel.kind, "") or channel.audience)


def sign(channel: Channel) -> str:
    """The name of the channel's own icon, where there is one of that name; else our sign for its kind."""
    try:
        icons.source(channel.icon)
    except KeyError:
        return icons.for_channel(channel.kind)
    return channel.icon


def choice(field: Field, value: str) -> str:
    """The words for one of a field's choices; the value itself where nobody has better ones."""
    return tr(_CHOICES.get((field.key, value)) or _CHOICES.get(("", value)) or value)
