"""GraphQL queries to GitHub, their rate limits and errors.

Queries follow the published schema (https://docs.github.com/public/fpt/schema.docs.graphql), limits
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api: 5,000 points an hour;
beyond, a 200 with an error of type RATE_LIMIT (formerly RATE_LIMITED) and x-ratelimit-remaining 0. Secondary limits
are a 200, 403 or 429, with or without Retry-After; mutations should be at least a second apart.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http
from app.channels.http.parts import as_dict, dicts

if TYPE_CHECKING:
    from app.channels.http import Response

_RESERVED_POINTS = 200  # points that reading leaves for replies, and for the person's other programs
_MINUTE_SECONDS = 60
_MUTATION_GAP_SECONDS = 1.0  # seconds between two mutations
_LIMIT_TEXT = re.compile(r"rate limit|submitted too quickly|abuse detection", re.IGNORECASE)
# errors that are never a rate limit
_NO_LIMIT_TYPES = ("NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES", "UNPROCESSABLE")
_BAD_TOKEN = N_(
    "GitHub doesn't accept this token. Create one under Settings > Developer settings > "
    "Personal access tokens, for this repository, with “Discussions: Read and write”."
)
_SCOPES = N_("This token isn't allowed to do that. Give it “Discussions: Read and write” for this repository.")

WHO = "author { login url ... on Node { id } ... on User { name } }"
_COMMENT = (
    "fragment Said on DiscussionComment { id body createdAt url isMinimized minimizedReason deletedAt viewerDidAuthor"
    f" reactionGroups {{ content viewerHasReacted }} {WHO} }}"
)
_REPLIES = "replies(first: 50, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...Said } }"
CHECK = """
query($owner: String!, $name: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) { nameWithOwner hasDiscussionsEnabled isPrivate }
}"""
LISTED = f"""
query($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    isPrivate
    discussions(first: 50, after: $after, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ id title body url createdAt updatedAt viewerDidAuthor {WHO} }}
    }}
  }}
}}"""
COMMENTS = f"""
query($id: ID!, $after: String) {{
  node(id: $id) {{
    ... on Discussion {{
      id title body url createdAt updatedAt viewerDidAuthor reactionGroups {{ content viewerHasReacted }} {WHO}
      comments(first: 50, after: $after) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...Said {_REPLIES.replace("after: $after", "after: null")} }}
      }}
    }}
  }}
}}
{_COMMENT}"""
REPLIES = f"""
query($id: ID!, $after: String) {{ node(id: $id) {{ ... on DiscussionComment {{ {_REPLIES} }} }} }}
{_COMMENT}"""
LATEST = f"""
query($id: ID!, $before: String) {{
  node(id: $id) {{
    ... on Discussion {{
      comments(last: 50, before: $before) {{ pageInfo {{ hasPreviousPage startCursor }} nodes {{ ...Said }} }}
    }}
    ... on DiscussionComment {{
      replies(last: 50, before: $before) {{ pageInfo {{ hasPreviousPage startCursor }} nodes {{ ...Said }} }}
    }}
  }}
}}
{_COMMENT}"""
STANDING = """
query($id: ID!) {
  node(id: $id) {
    __typename
    ... on DiscussionComment { id isMinimized minimizedReason deletedAt replyTo { id } discussion { id } }
  }
}"""
ADD = f"""
mutation($discussion: ID!, $to: ID, $body: String!) {{
  addDiscussionComment(input: {{discussionId: $discussion, replyToId: $to, body: $body}}) {{ comment {{ ...Said }} }}
}}
{_COMMENT}"""
MINIMIZE = """
mutation($id: ID!, $why: ReportedContentClassifiers!) {
  minimizeComment(input: {subjectId: $id, classifier: $why}) { minimizedComment { isMinimized } }
}"""
UNMINIMIZE = """
mutation($id: ID!) {
  unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } }
}"""
REACTED = """
query($id: ID!) {
  node(id: $id) {
    __typename
    ... on Reactable { reactionGroups { content viewerHasReacted } }
    ... on DiscussionComment { deletedAt }
  }
}"""
REACT = """
mutation($id: ID!, $what: ReactionContent!) {
  addReaction(input: {subjectId: $id, content: $what}) { reaction { content } }
}"""
UNREACT = """
mutation($id: ID!, $what: ReactionContent!) {
  removeReaction(input: {subjectId: $id, content: $what}) { reaction { content } }
}"""
DELETE_COMMENT = "mutation($id: ID!) { deleteDiscussionComment(input: {id: $id}) { comment { id } } }"
DELETE_DISCUSSION = "mutation($id: ID!) { deleteDiscussion(input: {id: $id}) { discussion { id } } }"


class Missing(Refused):
    """The object does not exist, or is not visible to us."""


class Asking:
    """A GraphQL client for one token."""

    def __init__(self, server: str, token: str) -> None:
        """`server` is the API's address: GitHub's own, or https://HOST/api of a GitHub Enterprise Server."""
        self._http = Http(server, {"Authorization": f"Bearer {token}", "Accept": "application/json"})
        self.ahead = 0
        """Seconds by which GitHub's clock is ahead of ours, as of the last query."""
        self.scant: TryLater | None = None
        """Set once so few points are left that reading has to wait."""
        self._limited: tuple[float, str] | None = None
        self._mutated = -_MUTATION_GAP_SECONDS

    def ask(self, query: str, *, writing: bool = False, **variables: object) -> dict[str, Any]:
        """Return a query's `data`; raises one of the four errors. `writing`: it must not be applied twice.

        Until a rate limit is over, every call raises TryLater at once: clients that go on may be banned.
        """
        self._wait(query)
        try:
            return self._send(query, writing=writing, variables=variables)
        except TryLater as why:
            if why.after is not None:
                self._limited = (time.monotonic() + why.after, str(why))
            raise

    def _wait(self, query: str) -> None:
        if self._limited is not None:
            until, sentence = self._limited
            if (left := until - time.monotonic()) > 0:
                raise TryLater(sentence, int(left) + 1)
        if query.lstrip().startswith("mutation"):
            time.sleep(max(0.0, self._mutated + _MUTATION_GAP_SECONDS - time.monotonic()))
            self._mutated = time.monotonic()

    def _send(self, query: str, *, writing: bool, variables: Mapping[str, object]) -> dict[str, Any]:
        answer = self._http.raw("POST", "graphql", json={"query": query, "variables": variables}, writing=writing)
        now = clock.now()
        self.ahead = answer.ahead(now)
        left = answer.headers.get("x-ratelimit-remaining", "")
        if left.isdecimal() and int(left) < _RESERVED_POINTS:
            until = answer.headers.get("x-ratelimit-reset", "")
            wait = int(until) - now - self.ahead if until.isdecimal() else _MINUTE_SECONDS
            self.scant = TryLater(tr("GitHub's API limit for this hour is nearly used up."), max(1, wait))
        body = answer.as_dict()
        if answer.status in (401, 403, 429):
            raise _denied(answer, now)
        answer.raise_for_status(writing=writing)
        wrong, data = body.get("errors"), as_dict(body.get("data"))
        if writing and any(value is not None for value in data.values()):
            return data  # it was accepted; the errors only concern parts of the returned data
        if wrong or not isinstance(body.get("data"), dict):
            errors = dicts(wrong) or [{"message": body.get("message")}]
            raise self._error(next(filter(_is_limit, errors), errors[0]), answer, writing=writing)
        return data

    @staticmethod
    def _error(wrong: Mapping[str, Any], answer: Response, *, writing: bool) -> Exception:
        """Return the exception for an entry of `errors`; one without a type is an internal failure of GitHub's."""
        kind, text = str(wrong.get("type") or ""), " ".join(str(wrong.get("message") or "").split())[:160].rstrip(".")
        if _is_limit(wrong) or (
            kind and kind not in _NO_LIMIT_TYPES and answer.headers.get("x-ratelimit-remaining") == "0"
        ):
            spent = tr("GitHub's API limit for this hour is used up.")
            short = tr("GitHub has asked Rapport to wait.")
            points = kind.startswith("RATE_LIMIT") and "secondary" not in text
            return TryLater(spent if points else short, answer.after(clock.now()) or _MINUTE_SECONDS)
        if writing and (not kind or kind.startswith("RESOURCE_LIMIT")):
            return UnknownOutcome(tr("GitHub failed while accepting this. It may or may not have arrived."))
        if not kind:
            return TryLater(tr("GitHub isn't answering this right now."))
        if kind == "INSUFFICIENT_SCOPES":
            return AuthNeeded(tr(_SCOPES))
        if kind == "NOT_FOUND":
            return Missing(tr("GitHub found nothing there: {said}.").format(said=text))
        return Refused(
            tr("{advice} GitHub says: {said}.").format(advice=tr(_SCOPES), said=text)
            if kind == "FORBIDDEN"
            else tr("GitHub refused the request: {said}.").format(said=text)
        )

    def close(self) -> None:
        """Close the connections; never raises."""
        self._http.close()


def _is_limit(wrong: Mapping[str, Any]) -> bool:
    """Whether an error is a rate limit: nothing was accepted, and a retry later will work."""
    named = (wrong.get("type"), wrong.get("code"), as_dict(wrong.get("extensions")).get("code"))
    limited = any(str(name).upper().startswith(("RATE_LIMIT", "GRAPHQL_RATE_LIMIT")) for name in named)
    return limited or bool(_LIMIT_TEXT.search(str(wrong.get("message") or "")))


def _denied(answer: Response, now: int) -> Exception:
    """Return the exception for a 401, 403 or 429; nothing was accepted."""
    text, wait = answer.error_text(), answer.after(now)
    if answer.status == 401:  # noqa: PLR2004  "Bad credentials"
        return AuthNeeded(tr(_BAD_TOKEN))
    if wait is not None or answer.status == 429 or _LIMIT_TEXT.search(text):  # noqa: PLR2004  "Too Many Requests"
        return TryLater(tr("GitHub has asked Rapport to wait."), wait or _MINUTE_SECONDS)
    return AuthNeeded(
        tr("{advice} GitHub says: {said}.").format(advice=tr(_SCOPES), said=text) if text else tr(_SCOPES)
    )
