"""The posts of the demo: they are bundled with it, so nothing is fetched."""

from __future__ import annotations

from app.base import resources
from app.channels.base import Above, PostAbove


def post_above(above: Above) -> PostAbove | None:
    """Return the demo's post with that address or title; None for any other."""
    for post in resources.table("demo", "posts.toml").get("post", ()):
        if (above.url and post.get("url") == above.url) or (not above.url and post["title"] == above.title):
            name = post.get("picture", "")
            picture = resources.ROOT.joinpath("demo", name).read_bytes() if name else b""
            words = "\n\n".join(filter(None, (post.get("text", ""), post.get("more", ""))))
            return PostAbove(post["title"], words, post.get("url", ""), picture)
    return None
