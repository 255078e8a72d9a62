"""Our reactions to comments and discussions: GitHub's emoji, and the upvote that sorts them."""

from __future__ import annotations

from app.base.message import Reaction
from app.base.words import tr
from app.channels.base import Refused
from app.channels.github import queries
from app.channels.github.asking import Asking, Missing
from app.channels.github.reading import CONTENTS, UPVOTE
from app.channels.github.sending import NO_LONGER
from app.channels.http.parts import as_dict, dicts


class Reacting:
    """Gives reactions for one token, and takes them back."""

    def __init__(self, asking: Asking) -> None:
        """`asking` is the client."""
        self._asking = asking

    def react(self, reaction: Reaction) -> None:
        """React to a comment or discussion; one of ours that is there stays."""
        has = self.state(reaction)
        if has is None:
            raise Refused(tr(NO_LONGER))
        if not has:
            self._change(reaction, queries.REACT, queries.UPVOTE)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back; done where there is none."""
        if self.state(reaction):
            self._change(reaction, queries.UNREACT, queries.UNVOTE)

    def _change(self, reaction: Reaction, query: str, vote: str) -> None:
        if reaction.what == UPVOTE:
            self._asking.ask(vote, writing=True, id=reaction.remote_id)
        else:
            self._asking.ask(query, writing=True, id=reaction.remote_id, what=_content(reaction))

    def state(self, reaction: Reaction) -> bool | None:
        """Whether ours is there; None if the comment or discussion is not."""
        try:
            node = as_dict(self._asking.ask(queries.REACTED, id=reaction.remote_id).get("node"))
        except Missing:
            return None
        if not node or node.get("deletedAt"):
            return None
        if reaction.what == UPVOTE:
            return bool(node.get("viewerHasUpvoted"))
        content, groups = _content(reaction), dicts(node.get("reactionGroups"), "content")
        return any(group["content"] == content and group.get("viewerHasReacted") for group in groups)


def _content(reaction: Reaction) -> str:
    """The name of a reaction in GitHub's schema; raises Refused for an emoji that is none there."""
    known = CONTENTS.get(reaction.what)
    if known is None:
        msg = tr("GitHub has no reaction “{emoji}”.").format(emoji=reaction.what)
        raise Refused(msg)
    return known
