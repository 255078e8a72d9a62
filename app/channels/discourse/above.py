"""The topic that a post stands in: its title, its first post, and its picture."""

from __future__ import annotations

from urllib.parse import urljoin

from app.channels.base import Above, PostAbove
from app.channels.discourse.reading import as_int, posts_of
from app.channels.discourse.site import Site
from app.channels.discourse.words import words_of
from app.channels.http.parts import as_dict
from app.channels.http.picture import own_picture


def post_above(site: Site, above: Above) -> PostAbove | None:
    """Fetch a topic by its number, which its address ends with; None if it is not there, or not shown to us."""
    number = as_int(above.url.rstrip("/").rpartition("/")[2]) or as_int(above.thread)
    about = site.about(number) if number else None
    if not about:
        return None
    posts = posts_of(as_dict(about.get("post_stream")).get("posts"))
    words = next((words_of(post, site.server) for post in posts if post.get("post_number") == 1), "")
    address = str(about.get("image_url") or "")
    picture, why = own_picture(urljoin(f"{site.server}/", address) if address else "", above.hosts)
    return PostAbove(str(about.get("title") or ""), words, above.url, picture, why)
