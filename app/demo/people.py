"""The demo's members, with their identities on all channels."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.message import Author
from app.base.text import fold
from app.demo.planting import Plant, Planting
from app.members import identities
from app.members.records import reindex


def plant(planting: Planting, kinds: Mapping[str, str]) -> None:
    """Create one member per person; `kinds` maps the accounts' keys to kinds of channel."""
    heard = {(entry["from"], talk["account"]) for talk in planting.talks for entry in talk["message"]}
    for key, who in planting.people.items():
        names = {"in_person": who["name"], **who["identities"]}
        if (key, "in_person") not in heard:  # only people who spoke in person have such an identity
            del names["in_person"]
        number = planting.members[key] = planting.bench.members.add(who["name"], **_member_columns(who))
        _add_identities(
            planting, number, who["name"], {kind: names[account] for account, kind in kinds.items() if account in names}
        )


def author_key(handle: str) -> str:
    """Return the author key of a handle in the demo."""
    return fold(handle)


def _member_columns(who: Plant) -> dict[str, object]:
    """Return a person's data as columns of `member`."""
    line, postal_code, city, country = (*who.get("address", ()), "", "", "", "")[:4]
    return {
        "language": who.get("language", ""),
        "kind": who.get("kind", "customer"),
        "greeting": who.get("greeting", ""),
        "fits": who.get("fits", False),
        "fits_why": who.get("fits_why", ""),
        "note": who.get("note", "").strip(),
        "city": city or who.get("city", ""),
        "recipient": who["name"] if line else "",
        "address_1": line,
        "postal_code": postal_code,
        "country": country,
        "email": who["identities"].get("email", ""),
        "company": who.get("company", ""),
    }


def _add_identities(planting: Planting, member: int, name: str, handles: Mapping[str, str]) -> None:
    """Add these identities to a member, before any message is stored.

    If intake created them, it would create one member per channel for the same person.
    """
    with planting.bench.store.write() as conn:
        for kind, handle in handles.items():
            identities.add(conn, kind, Author(author_key(handle), handle, name), member)
        reindex(conn, member)
