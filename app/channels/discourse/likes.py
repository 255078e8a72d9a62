"""Likes: post actions of type 2, as a post's `actions_summary` tells what we may do and have done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.message import OwnReaction, Reaction
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.channel import LIKE
from app.channels.discourse.reading import raise_for
from app.channels.discourse.site import FORBIDDEN, Site
from app.channels.http.parts import dicts

_LIKE = 2  # post_action_types of site.json
_NOT_ALLOWED = N_("{host} doesn't let this login like posts. Its key needs every scope, or the right to write.")
_TOO_LATE = N_("{host} only lets a like be taken back for a while after it was given.")


def like(site: Site, reaction: Reaction) -> None:
    """Like a post, unless we do already."""
    post = site.post(reaction.remote_id)
    if post is None or post.get("deleted_at"):
        msg = tr("That post is no longer on {host}.").format(host=site.host)
        raise Refused(msg)
    if not _action(post).get("acted"):
        body = {"id": post["id"], "post_action_type_id": _LIKE, "flag_topic": "false"}
        _ask(site, "POST", "post_actions.json", _NOT_ALLOWED, json=body)


def unlike(site: Site, reaction: Reaction) -> None:
    """Take our like back; done where there is none."""
    post = site.post(reaction.remote_id)
    if post is not None and _action(post).get("acted"):
        _ask(site, "DELETE", f"post_actions/{post['id']}.json", _TOO_LATE, params={"post_action_type_id": _LIKE})


def is_liked(site: Site, reaction: Reaction) -> bool:
    """Whether we like the post now."""
    post = site.post(reaction.remote_id)
    return post is not None and bool(_action(post).get("acted"))


def told_of(post: Mapping[str, Any]) -> OwnReaction | None:
    """What a post tells of a like of ours; None if it tells nothing of likes."""
    if not isinstance(post.get("actions_summary"), list):
        return None
    return OwnReaction(str(post["id"]), LIKE, bool(_action(post).get("acted")))


def _action(post: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the post tells of likes; {} for nothing."""
    return next((one for one in dicts(post.get("actions_summary")) if one.get("id") == _LIKE), {})


def _ask(site: Site, method: str, path: str, forbidden: str, **more: Any) -> None:  # noqa: ANN401  as Http takes them
    answer = site.raw(method, path, writing=True, **more)
    if answer.status == FORBIDDEN:
        raise Refused(tr(forbidden).format(host=answer.host))
    raise_for(answer, writing=True)
