"""A session of one Ghost integration: who we reply as, pulling, replying and moderating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from app.base import clock
from app.base.message import Change, Reply, Target
from app.base.text import words
from app.base.words import tr
from app.channels.base import DELETE, HIDE, SHOW, Above, Found, Page, PostAbove, Refused, Sent, TryLater, taken_away
from app.channels.ghost.above import post_above
from app.channels.ghost.comments import at_of, earlier, items, sent, to_html
from app.channels.ghost.site import ID, PAGE, Row, Site, is_not_found
from app.channels.http.parts import dicts
from app.mail.html import to_text

_MAX_DELETION_CHECKS = 100
_RECHECK_SECONDS = 3 * 86_400  # seconds during which a comment is checked for edits and deletion
_CLOCK_SLACK_SECONDS = 600
_STATUS = {HIDE: "hidden", SHOW: "published", DELETE: "deleted"}


class GhostSession:
    """A session of one integration of a site."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check."""
        self._site = Site(fields, secrets)
        self._email = fields.get("member", "").strip()
        self._me = fields.get("me", "") if fields.get("as", "") == self._email else ""

    def close(self) -> None:
        """Close the connections."""
        self._site.close()

    # --- who we are

    def check(self) -> Found:
        """Return the site's title and the member we reply as; warns if comments are turned off."""
        title = self._site.title()
        member, offered = self._member()
        self._me = str(member["id"])
        facts = {"me": self._me, "as": self._email, "home": self._site.home, "asked": self._site.asked}
        name = member.get("name") or member["email"]
        as_whom = tr("{title}: you reply as {name}.")
        if not self._enabled():
            as_whom = tr("{title}: you reply as {name}. Comments are turned off there.")
        elif member.get("can_comment") is False:
            as_whom = tr(
                "{title}: you read as {name}, whom the site doesn't let comment. Allow it under Members there."
            )
        # while several members can be chosen, none of them is stored as us for good
        own = (self._me,) if self._email or len(offered) < 2 else ()  # noqa: PLR2004  nobody to choose from
        return Found(
            as_whom.format(title=title, name=name),
            own,
            facts,
            {"member": offered},
        )

    def _member(self) -> tuple[Row, tuple[str, ...]]:
        """Return the member who replies, and the e-mails of all candidates: staff who are members too."""
        users = self._site.call("GET", "users/", params={"limit": PAGE})
        staff = [str(user["email"]).lower() for user in users if user.get("email")]
        wanted = self._email.lower().split() or staff
        members = {str(row["email"]).lower(): row for row in self._members({*wanted, *staff})}
        member = next((members[email] for email in wanted if email in members), None)
        if member is None:
            msg = tr(
                "Nobody on the staff is a member. Subscribe on the site with your e-mail first, then enter that "
                "e-mail here."
            )
            if self._email:
                msg = tr(
                    "There's no member with the e-mail {email}. Subscribe on the site with your e-mail first, then "
                    "enter that e-mail here."
                ).format(email=self._email)
            raise Refused(msg)
        return member, tuple(email for email in staff if email in members)

    def _members(self, emails: Iterable[str]) -> list[Row]:
        quoted = ",".join("'{}'".format(email.replace("\\", "").replace("'", "\\'")) for email in sorted(emails))
        asked = {"filter": f"email:[{quoted}]", "limit": PAGE}
        return [row for row in self._site.call("GET", "members/", params=asked) if row.get("id") and row.get("email")]

    def _enabled(self) -> bool:
        try:
            settings = self._site.call("GET", "settings/")
        except Refused:
            return True
        return not any(
            setting.get("key") == "comments_enabled" and setting.get("value") == "off" for setting in settings
        )

    def _own_id(self) -> str:
        self._me = self._me or str(self._member()[0]["id"])
        return self._me

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield comments of the last days, new or not; then older ones that were edited; then deletions."""
        me, last = self._own_id(), cursor.get("last", "")
        start, seen, now = earlier(last, _RECHECK_SECONDS), [""], 0
        for rows in self._site.walk("comments/", after=start):
            now = now or clock.now() + self._site.ahead
            seen += [str(row["id"]) for row in rows]
            last = max(last, seen[-1])
            yield Page(items(rows, me), {"last": last})
        if cursor.get("seen") and start.strip("0"):
            for rows in self._site.walk("comments/", f"+id:<='{start}'+updated_at:>='{cursor['seen']}'"):
                yield Page(items(rows, me), {})
        missing = sorted({name for name in cursor.get("young", "").split() if name > start}.difference(seen))
        young = [*missing[_MAX_DELETION_CHECKS:], *(name for name in seen if name > earlier(last, _RECHECK_SECONDS))]
        moved = {"seen": _filter_time(now or clock.now() + self._site.ahead), "young": " ".join(young)}
        yield Page(
            tuple(
                taken_away(name, int(name[:8], 16)) for name in missing[:_MAX_DELETION_CHECKS] if self._is_gone(name)
            ),
            moved,
        )

    def _is_gone(self, number: str) -> bool:
        answer = self._site.ask("GET", f"comments/{number}/")
        rows = dicts(answer.as_dict().get("comments"))
        return is_not_found(answer) or bool(rows and rows[0].get("status") == "deleted")

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._site, above)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply below the first comment of the conversation."""
        if not ID.fullmatch(reply.thread):
            msg = tr("Rapport doesn't know which comment this belongs to, so it can't reply there.")
            raise Refused(msg)
        body = {"member_id": self._own_id(), "parent_id": reply.thread, "html": to_html(reply.text)}
        if reply.parent and reply.parent != reply.thread:
            body["in_reply_to_id"] = reply.parent
        made = self._site.call("POST", "comments/", writing=True, json={"comments": [body]})
        return sent(made[0], reply.post_url)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text, to the same comment, from ten minutes before the reply on."""
        path, meant = f"comments/{reply.thread}/replies/", words(reply.text)
        for rows in self._site.walk(path, f"+member_id:'{self._own_id()}'"):
            for row in rows:
                text, since = to_text(str(row.get("html") or "")), reply.at + self._site.ahead - _CLOCK_SLACK_SECONDS
                same = words(text) == meant if meant else text.strip() == reply.text.strip()
                if same and (at_of(row) or since) >= since and _answers(row, reply):
                    return sent(row, reply.post_url)
        return None

    def moderate(self, verb: str, on: Target) -> None:
        """Hide, show or delete a comment; showing it undoes both."""
        body = {"comments": [{"id": on.message, "status": _STATUS[verb]}]}
        self._site.call("PUT", f"comments/{on.message}/", writing=True, json=body)

    def withdraw(self, change: Change) -> None:
        """Delete our comment; the Admin API has no call that gives it other words."""
        body = {"comments": [{"id": change.remote_id, "status": _STATUS[DELETE]}]}
        if not self._is_gone(change.remote_id):
            self._site.call("PUT", f"comments/{change.remote_id}/", writing=True, json=body)

    def reads(self, change: Change) -> str | None:
        """How our comment reads now; None if it is deleted."""
        answer = self._site.ask("GET", f"comments/{change.remote_id}/")
        if is_not_found(answer):
            return None
        answer.raise_for_status(writing=False)
        rows = dicts(answer.as_dict().get("comments"))
        if not rows:
            raise TryLater(tr("{host} sent an unexpected response.").format(host=answer.host))
        return None if rows[0].get("status") == "deleted" else to_text(str(rows[0].get("html") or ""))


def _answers(row: Row, reply: Reply) -> bool:
    """Whether a comment answers what the reply does; where that was deleted, Ghost keeps no trace of it."""
    to = str(row.get("in_reply_to_id") or "")
    return not to or to == (reply.parent or reply.thread)


def _filter_time(now: int) -> str:
    """Format the time ten minutes before `now` for a filter of Ghost's."""
    return f"{datetime.fromtimestamp(now - _CLOCK_SLACK_SECONDS, UTC):%Y-%m-%d %H:%M:%S}"
