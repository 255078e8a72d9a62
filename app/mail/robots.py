"""Whether a machine wrote a letter by itself, so that nobody waits for an answer to it.

Sources: RFC 3834 (automatic responses: Auto-Submitted, the empty return path), RFC 2369 and 2919 (headers of lists),
RFC 9078 (reactions); Microsoft's `X-MS-Exchange-Generated-Message-Source`; and Precedence, X-Autoreply and
X-Autorespond, which no standard defines and many responders write. A subject alone proves nothing: people, too, write
“Out of office”. Nor does X-Auto-Response-Suppress: it asks the receiver's machine to be silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.base.message import Report

BOUNCE, LATE, RECEIPT, AWAY, REACTION, NEWSLETTER, AUTOMATIC, FORGED = (
    "bounce", "late", "receipt", "away", "reaction", "newsletter", "automatic", "forged"
)  # fmt: skip
"""Why a letter is quiet: it was not delivered, is late, was delivered or opened; its writer is away; an emoji; sent to
many; anything else that a machine wrote; it pretends to come from a place that it does not come from (see intake)."""
_REPORTED = {"failed": BOUNCE, "delayed": LATE, "delivered": RECEIPT, "opened": RECEIPT}
_SYSTEM = re.compile(r"(?:mailer[-_.]?daemon|postmaster|mail[-_.]?delivery(?:[-_.]?subsystem)?)@", re.IGNORECASE)
_RESPONDERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-ms-exchange-generated-message-source")
_SIGNS = frozenset([*_RESPONDERS, "auto-submitted", "precedence", "list-unsubscribe"])
"""Headers that a machine's letter has; nearly all mail has none of them, and is not looked at further."""


def why_quiet(head: Mapping[str, str], address: str, report: Report | None, *, reaction: bool = False) -> str:
    """Which of the reasons above keeps a letter from `address` quiet; "" where a person may have written it."""
    if report is not None:
        return _REPORTED[report.action]
    if reaction or _is_system(address):
        return REACTION if reaction else AUTOMATIC
    if _SIGNS.isdisjoint(head):
        return AUTOMATIC if _no_return(head) else ""
    return _by_signs(head)


def _by_signs(head: Mapping[str, str]) -> str:
    submitted = head.get("auto-submitted", "").partition(";")[0].strip().lower()
    precedence = head.get("precedence", "").strip().lower()
    if submitted == "auto-replied" or precedence in ("auto_reply", "auto-reply") or _responded(head):
        return AWAY
    if "list-post" not in head and ("list-unsubscribe" in head or precedence in ("bulk", "junk", "list")):
        return NEWSLETTER
    return AUTOMATIC if submitted not in ("", "no") or _no_return(head) else ""


@lru_cache(maxsize=4_096)
def _is_system(address: str) -> bool:
    return _SYSTEM.match(address) is not None


def _responded(head: Mapping[str, str]) -> bool:
    return any(head.get(name, "").strip().lower() not in ("", "no", "false") for name in _RESPONDERS)


def _no_return(head: Mapping[str, str]) -> bool:
    """Whether nothing may be sent back to it: bounces and responders leave with an empty return path."""
    return head.get("return-path", "").replace(" ", "") == "<>"
