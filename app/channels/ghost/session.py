"""One integration at work: as whom we answer, what is new, answers, and what is hidden or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from app.base import clock
from app.base.message import Reply
from app.base.text import words
from app.base.words import tr
from app.channels.base import DELETE, HIDE, SHOW, Found, Page, Refused, Sent, taken_away
from app.channels.ghost.comments import at_of, earlier, items, sent, to_html
from app.channels.ghost.site import ID, NOT_FOUND, PAGE, Row, Site
from app.channels.http.parts import dicts
from app.mail.html import to_text

_GONE_MOST = 100
_YOUNG = 3 * 86_400  # how long a comment is looked at again for what became of it
_SLACK = 600
_STATUS = {HIDE: "hidden", SHOW: "published", DELETE: "deleted"}


class GhostSession:
    """One integration of a site."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """As the form has it, with the facts of the last check."""
        self._site = Site(fields, secrets)
        self._email = fields.get("member", "").strip()
        self._me = fields.get("me", "") if fields.get("as", "") == self._email else ""

    def close(self) -> None:
        """Hang up."""
        self._site.close()

    # --- who we are

    def check(self) -> Found:
        """The site, and as whom we answer there."""
        title = self._site.title()
        member, offered = self._member()
        self._me = str(member["id"])
        facts = {"me": self._me, "as": self._email, "home": self._site.home, "asked": self._site.asked}
        name = member.get("name") or member["email"]
        as_whom = tr("{title}: you reply as {name}.")
        if not self._enabled():
            as_whom = tr("{title}: you reply as {name}. Comments are turned off there.")
        # where one of several is still to be chosen, the others are not us for good
        own = (self._me,) if self._email or len(offered) < 2 else ()  # noqa: PLR2004
        return Found(
            as_whom.format(title=title, name=name),
            own,
            facts,
            {"member": offered},
        )

    def _member(self) -> tuple[Row, tuple[str, ...]]:
        """The member who answers, and the e-mails of all who might: the staff who are members too."""
        users = self._site.call("GET", "users/", params={"limit": PAGE})
        staff = [str(user["email"]).lower() for user in users if user.get("email")]
        wanted = self._email.lower().split() or staff
        members = {str(row["email"]).lower(): row for row in self._members({*wanted, *staff})}
        found = next((members[email] for email in wanted if email in members), None)
        if found is None:
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
        return found, tuple(email for email in staff if email in members)

    def _members(self, emails: Iterable[str]) -> list[Row]:
        quoted = ",".join("'{}'".format(email.replace("\\", "").replace("'", "\\'")) for email in sorted(emails))
        asked = {"filter": f"email:[{quoted}]", "limit": PAGE}
        return [row for row in self._site.call("GET", "members/", params=asked) if row.get("id") and row.get("email")]

    def _enabled(self) -> bool:
        try:
            told = self._site.call("GET", "settings/")
        except Refused:
            return True
        return not any(one.get("key") == "comments_enabled" and one.get("value") == "off" for one in told)

    def _own_id(self) -> str:
        self._me = self._me or str(self._member()[0]["id"])
        return self._me

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What is new and what became of the last days' comments, then what changed of older ones and what is gone."""
        me, last = self._own_id(), cursor.get("last", "")
        start, seen, now = earlier(last, _YOUNG), [""], 0
        for rows in self._site.walk("comments/", after=start):
            now = now or clock.now() + self._site.ahead
            seen += [str(row["id"]) for row in rows]
            last = max(last, seen[-1])
            yield Page(items(rows, me), {"last": last})
        if cursor.get("seen") and start.strip("0"):
            for rows in self._site.walk("comments/", f"+id:<='{start}'+updated_at:>='{cursor['seen']}'"):
                yield Page(items(rows, me), {})
        missing = sorted({one for one in cursor.get("young", "").split() if one > start}.difference(seen))
        young = [*missing[_GONE_MOST:], *(one for one in seen if one > earlier(last, _YOUNG))]
        moved = {"seen": _moment(now or clock.now() + self._site.ahead), "young": " ".join(young)}
        yield Page(
            tuple(taken_away(one, int(one[:8], 16)) for one in missing[:_GONE_MOST] if self._is_gone(one)), moved
        )

    def _is_gone(self, number: str) -> bool:
        answer = self._site.ask("GET", f"comments/{number}/")
        rows = dicts(answer.as_dict().get("comments"))
        return answer.status == NOT_FOUND or bool(rows and rows[0].get("status") == "deleted")

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Comment below the first comment of the conversation."""
        if not ID.fullmatch(reply.thread):
            msg = tr("Rapport doesn't know which comment this belongs to, so it can't reply there.")
            raise Refused(msg)
        body = {"member_id": self._own_id(), "parent_id": reply.thread, "html": to_html(reply.text)}
        if reply.parent and reply.parent != reply.thread:
            body["in_reply_to_id"] = reply.parent
        made = self._site.call("POST", "comments/", writing=True, json={"comments": [body]})
        return sent(made[0], reply.post_url)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look among our comments below the same one for these words, since a little before they were written."""
        path, meant = f"comments/{reply.thread}/replies/", words(reply.text)
        for rows in self._site.walk(path, f"+member_id:'{self._own_id()}'"):
            for row in rows:
                said, since = to_text(str(row.get("html") or "")), reply.at + self._site.ahead - _SLACK
                same = words(said) == meant if meant else said.strip() == reply.text.strip()
                if same and (at_of(row) or since) >= since:
                    return sent(row, reply.post_url)
        return None

    def moderate(self, verb: str, remote_id: str) -> None:
        """Hide, show or delete a comment; showing it takes back both."""
        body = {"comments": [{"id": remote_id, "status": _STATUS[verb]}]}
        self._site.call("PUT", f"comments/{remote_id}/", writing=True, json=body)


def _moment(now: int) -> str:
    """A time as a filter of Ghost's finds it, a little before `now`."""
    return f"{datetime.fromtimestamp(now - _SLACK, UTC):%Y-%m-%d %H:%M:%S}"
