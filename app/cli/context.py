"""`show --post`: the post that a conversation stands under, fetched because it was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.output import Output
from app.cli.shapes import Shape
from app.mail.pictures import kind_of
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.channels.base import PostAbove


def with_post(bench: Workbench, number: int, output: Output, picture: Path | None) -> Output:
    """Add the whole post to what is shown of a conversation; save its picture to a file if one is given.

    Raises UserError where the post can't be had, or has no picture to save; ExistsError if there is such a file.
    """
    offer, post = bench.context.offer(number), bench.context.fetch(number)
    if picture is not None:
        _save(post, picture)
    shape = cast("Shape", output.data)
    above = cast("Shape", shape["post"]) | {"fetched": _post_json(post, offer.hosts if offer else ())}
    return Output({**shape, "post": above}, [*_post_lines(post), "", *output.lines])


def _save(post: PostAbove, file: Path) -> None:
    from app.csvfile import in_place  # noqa: PLC0415  it takes longer than a frame to load, and is rarely needed

    if not post.picture:
        raise UserError(post.without or tr("The post has no picture."))
    with in_place(file, replace=False) as temporary:
        temporary.write_bytes(post.picture)


def _post_json(post: PostAbove, hosts: tuple[str, ...]) -> Shape:
    picture = {"bytes": len(post.picture), "kind": kind_of(post.picture)} if post.picture else None
    return {
        "title": post.title, "url": post.url or None, "text": post.text, "picture": picture,
        "without_picture": post.without or None, "asked": list(hosts),
    }  # fmt: skip


def _post_lines(post: PostAbove) -> list[str]:
    lines = [tr("The post: {title}").format(title=post.title), *([f"  {post.url}"] if post.url else [])]
    lines += [f"  {line}" for line in post.text.splitlines()]
    if post.picture:
        lines.append("  " + counted(len(post.picture), "[picture, {count:,} byte]", "[picture, {count:,} bytes]"))
    return [*lines, *([f"  [{post.without}]"] if post.without else [])]
