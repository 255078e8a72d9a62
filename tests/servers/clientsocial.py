"""The part of the played Mastodon that is about people: who is muted and blocked, what is reported, what a token may.

As https://docs.joinmastodon.org has it in /methods/accounts (#mute, #block, #relationships, #lookup),
/methods/admin/reports, /methods/apps#verify_credentials and /api/oauth-scopes, read 2026-11.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

from app.base import clock
from tests.servers.played import Call, Reply

OUTSIDE = Reply({"error": "This action is outside the authorized scopes"}, 403)
NOT_ALLOWED = Reply({"error": "This action is not allowed"}, 403)
NOT_FOUND = Reply({"error": "Record not found"}, 404)
_RELATION = re.compile(r"/api/v1/accounts/(\d+)/(mute|unmute|block|unblock)")
_REPORT = re.compile(r"/api/v1/admin/reports(?:/(\d+)(?:/(resolve|reopen))?)?")


def covers(granted: str, scope: str) -> bool:
    """Whether scopes cover one: "write" is all of "write:mutes" and the others (/api/oauth-scopes)."""
    return any(scope == one or scope.startswith(f"{one}:") for one in granted.split())


class People:
    """Mutes, blocks and reports; the accounts are those that `account` has made."""

    def __init__(self) -> None:
        self.accounts: dict[str, dict[str, Any]] = {}
        self.muted: dict[str, int] = {}
        """Account id -> seconds, 0 for ever."""
        self.blocked: set[str] = set()
        self.blocked_by: set[str] = set()
        self.reports: dict[str, dict[str, Any]] = {}
        self.moderator = False
        self._reports = itertools.count(1)

    def report(self, who: dict[str, Any], of: dict[str, Any], comment: str, *statuses: dict[str, Any]) -> str:
        """Somebody asks the moderators to look at an account, and at some of its statuses."""
        number = str(next(self._reports))
        self.reports[number] = {
            "id": number, "action_taken": False, "action_taken_at": None, "category": "spam", "comment": comment,
            "forwarded": False, "created_at": clock.iso(clock.now()), "updated_at": clock.iso(clock.now()),
            "account": _admin(who), "target_account": _admin(of), "assigned_account": None,
            "action_taken_by_account": None, "statuses": list(statuses), "rules": [{"id": "2", "text": "No selling"}],
        }  # fmt: skip
        return number

    def people(
        self, call: Call, granted: str, page: Callable[[Call, list[dict[str, Any]], int], Reply]
    ) -> Reply | None:
        """The answer to what is asked about people; None where it is about something else."""
        if call.path == "/api/v1/accounts/relationships":
            asked = call.every.get("id[]", [])
            return Reply([self._relation(one) for one in asked]) if covers(granted, "read:follows") else OUTSIDE
        if call.path == "/api/v1/accounts/lookup":
            return self._look_up(call.query["acct"].lower())
        if relation := _RELATION.fullmatch(call.path):
            return self._relate(relation[1], relation[2], call, granted)
        if report := _REPORT.fullmatch(call.path):
            return self._reported(report[1], report[2], call, granted, page)
        return None

    def _look_up(self, acct: str) -> Reply:
        """Without a scope; an account of this server is found by its full name as well."""
        names = {acct, acct.removesuffix("@lemonade.example")}
        return next((Reply(one) for one in self.accounts.values() if one["acct"].lower() in names), NOT_FOUND)

    def _relation(self, number: str) -> dict[str, Any]:
        return {
            "id": number, "following": False, "blocking": number in self.blocked, "muting": number in self.muted,
            "blocked_by": number in self.blocked_by, "domain_blocking": False,
        }  # fmt: skip

    def _relate(self, number: str, what: str, call: Call, granted: str) -> Reply:
        if not covers(granted, "write:mutes" if "mute" in what else "write:blocks"):
            return OUTSIDE
        if number not in self.accounts:
            return NOT_FOUND
        if what == "mute":
            self.muted[number] = int((call.body or {}).get("duration", 0))
        elif what == "block":
            self.blocked.add(number)
        else:
            self.muted.pop(number, None) if what == "unmute" else self.blocked.discard(number)
        return Reply(self._relation(number))

    def _reported(
        self, number: str | None, act: str | None, call: Call, granted: str,
        page: Callable[[Call, list[dict[str, Any]], int], Reply],
    ) -> Reply:  # fmt: skip
        if not covers(granted, "admin:write:reports" if act else "admin:read:reports"):
            return OUTSIDE
        if not self.moderator:
            return NOT_ALLOWED
        if number is None:
            wanted = call.query.get("resolved") == "true"
            return page(call, [one for one in self.reports.values() if one["action_taken"] == wanted], 200)
        if number not in self.reports:
            return NOT_FOUND
        if act:
            self.reports[number] |= {"action_taken": act == "resolve", "updated_at": clock.iso(clock.now())}
        return Reply(self.reports[number])


def _admin(account: dict[str, Any]) -> dict[str, Any]:
    """An account as moderators see it: /entities/Admin_Account."""
    there = account["acct"].partition("@")[2] or None
    return {"id": account["id"], "username": account["username"], "domain": there, "account": account}
