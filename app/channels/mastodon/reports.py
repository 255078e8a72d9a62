"""The reports that wait for the moderators of a server: each a private message of whoever made it.

By https://docs.joinmastodon.org/methods/admin/reports and /entities/Admin_Report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.base import clock
from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels.base import PAGE, Page
from app.channels.http.parts import as_dict, dicts
from app.channels.mastodon.reading import author, link, moment, text_of, valid_rows, who_is
from app.channels.mastodon.server import Server

REPORT = "report-"
"""What the remote id of a report begins with."""
_MAX_PAGES, _MAX_LOOKED_UP = 10, 20
_CURSOR = "reports"
_FORBIDDEN = 403
_NO_LONGER = N_("{host} no longer lets this account read the reports. Check it under Accounts.")


def is_report(remote_id: str) -> bool:
    """Whether a message is a report."""
    return remote_id.startswith(REPORT)


def _numbers(written: str) -> list[str]:
    """The open reports that were known, as they are in the cursor."""
    try:
        return [number for number in json.loads(written or "[]") if isinstance(number, str)]
    except (ValueError, TypeError):
        return []


class Reports:
    """The reports of a server, read by one of its moderators."""

    def __init__(self, server: Server, domain: str) -> None:
        """`domain` is the one of the server's accounts."""
        self._server, self._domain = server, domain

    def pull(self, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield the reports that are open and new to us, then those that were open and are closed now."""
        known = set(_numbers(cursor.get(_CURSOR, "")))
        still: dict[str, None] = {}
        items: list[Incoming | None] = []
        older: dict[str, object] = {}
        for _ in range(_MAX_PAGES):
            answer = self._server.raw("GET", "/api/v1/admin/reports", scoped=True, params={"limit": PAGE, **older})
            if answer.status == _FORBIDDEN:
                yield Page((), {}, trouble=tr(_NO_LONGER).format(host=answer.host))
                return
            problem = answer.problem(clock.now(), writing=False)
            if problem is not None:
                if getattr(problem, "limited", False):
                    raise problem
                yield Page((), {}, trouble=str(problem))
                return
            rows = valid_rows(answer.json())
            still.update((str(row["id"]), None) for row in rows)
            items += [self._converted(row) for row in rows if str(row["id"]) not in known]
            mark = link(answer, "next", "max_id")
            if not rows or not mark or mark == older.get("max_id"):
                break
            older = {"max_id": mark}
        closed, left = self._closed([number for number in known if number not in still])
        found = [item for item in (*reversed(items), *closed) if item is not None]
        if found or still.keys() != known:
            mark = json.dumps([*still, *left])
            for begin in range(0, max(len(found), 1), PAGE):
                last = begin + PAGE >= len(found)
                yield Page(tuple(found[begin : begin + PAGE]), {_CURSOR: mark} if last else {})

    def _closed(self, numbers: list[str]) -> tuple[list[Incoming | None], list[str]]:
        """Reports that are no longer open, as they stand now; and those to be looked up the next time."""
        items: list[Incoming | None] = []
        for number in numbers[:_MAX_LOOKED_UP]:
            answer = self._server.raw("GET", f"/api/v1/admin/reports/{number}", scoped=True)
            if answer.ok:
                items.append(self._converted(answer.as_dict()))
        return items, numbers[_MAX_LOOKED_UP:]

    def _converted(self, report: Mapping[str, Any]) -> Incoming | None:
        try:
            return self._incoming(report)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None  # a malformed row must not block the others

    def _incoming(self, report: Mapping[str, Any]) -> Incoming:
        by, of = (as_dict(as_dict(report[name]).get("account")) for name in ("account", "target_account"))
        target = who_is(of, self._domain)
        number = f"{REPORT}{report['id']}"
        return Incoming(
            number, moment(report["created_at"]), self._words(report, target), author(by, self._domain), thread=number,
            title=tr("Report about @{name}").format(name=target), public=False, post_url=str(of.get("url") or ""),
            upstream="" if report.get("action_taken") is True else "reported",
            about=next((str(status["id"]) for status in dicts(report.get("statuses"), "id")), ""),
        )  # fmt: skip

    def _words(self, report: Mapping[str, Any], target: str) -> str:
        """Why it was made, the rules that it names, and what was reported, quoted."""
        why = str(report.get("comment") or "").strip()
        kind = f"[{report['category']}]" if report.get("category") in ("spam", "legal", "violation") else ""
        rules = [f"- {rule['text']}" for rule in dicts(report.get("rules"), "text")]
        quotes = [
            "\n".join(f"> {line}" for line in f"@{target}: {text_of(status, set())}".splitlines())
            for status in dicts(report.get("statuses"), "id")
        ]
        return "\n\n".join(filter(None, (kind, why, "\n".join(rules), *quotes))) or f"@{target}"
