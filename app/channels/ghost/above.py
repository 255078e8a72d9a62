"""The post that comments stand under, with its feature image (Admin API, posts/slug)."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from app.channels.base import Above, PostAbove
from app.channels.ghost.site import Site, is_not_found
from app.channels.http.picture import own_picture


def post_above(site: Site, above: Above) -> PostAbove | None:
    """Fetch a post by the last part of its address; None if it is not there."""
    slug = unquote(urlsplit(above.url).path.rstrip("/").rpartition("/")[2])
    if not slug:
        return None
    path, asked = f"posts/slug/{quote(slug, safe='')}/", {"formats": "plaintext"}
    if is_not_found(site.ask("GET", path, params=asked)):
        return None
    row = next(iter(site.call("GET", path, params=asked)), None)
    if row is None:
        return None
    picture, why = own_picture(str(row.get("feature_image") or ""), above.hosts)
    words = str(row.get("plaintext") or row.get("custom_excerpt") or "")
    return PostAbove(str(row.get("title") or ""), words, str(row.get("url") or above.url), picture, why)
