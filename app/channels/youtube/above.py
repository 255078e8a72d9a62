"""The video that comments stand under, with its thumbnail (videos.list)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from app.channels.base import Above, PostAbove
from app.channels.http.parts import as_dict
from app.channels.http.picture import own_picture
from app.channels.youtube.google import Google
from app.channels.youtube.reading import rows_of

_SIZES = ("standard", "high", "medium", "default")


def post_above(google: Google, above: Above) -> PostAbove | None:
    """Fetch a video by the number in its address; None if it is not there. Costs one unit of the day's quota."""
    number = next(iter(parse_qs(urlsplit(above.url).query).get("v", ())), "")
    rows = rows_of(google.call("GET", "videos", {"part": "snippet", "id": number})) if number else []
    if not rows:
        return None
    snippet = as_dict(rows[0].get("snippet"))
    sizes = as_dict(snippet.get("thumbnails"))
    address = next((str(url) for size in _SIZES if (url := as_dict(sizes.get(size)).get("url"))), "")
    picture, why = own_picture(address, above.hosts)
    return PostAbove(str(snippet.get("title") or ""), str(snippet.get("description") or ""), above.url, picture, why)
