"""Who deserves a gift, who is left out and why, and which item suits. Pure: all facts are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.deserving.rows import LET_DOWN, OCCASION_OF, REASONS, SUITS, Deed, LeftOut, Offer, Person, Proposal, Terms

_DAY_SECONDS = 86_400
_OUTSIDE = ("vendor", "applicant", "press")
_STAFF = "staff"


def decide(
    deeds: Iterable[Deed],
    people: Mapping[int, Person],
    offers: Sequence[Offer],
    terms: Terms,
    now: int,
    today: str,
) -> tuple[list[Proposal], list[LeftOut]]:
    """Return who is proposed, and who is left out; each member once, with all their reasons.

    `now` in Unix seconds, `today` its local day (YYYY-MM-DD). The weightiest reason comes first, then who has had the
    fewest gifts.
    """
    by_member: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.member_id in people:
            by_member[deed.member_id].append(deed)
    proposed, left_out = [], []
    for number, found in by_member.items():
        person = people[number]
        ranked = tuple(sorted(found, key=lambda deed: (REASONS.index(deed.kind), -deed.at)))
        again = ranked[0].what if ranked[0].kind in ("lost", "returned") else ""
        item = suiting(offers, person, OCCASION_OF[ranked[0].kind], terms, again)
        why = left_out_for(person, ranked, item, offers, terms, now, today)
        if why:
            left_out.append(LeftOut(person, ranked, why))
        else:
            proposed.append(Proposal(person, ranked, item))
    return sorted(proposed, key=_weight), sorted(left_out, key=lambda one: (one.person.name, one.person.id))


def _weight(one: Proposal) -> tuple[int, int, int, int, int]:
    first = one.deeds[0]
    return REASONS.index(first.kind), one.person.had_count, -first.number, -first.at, one.person.id


def left_out_for(
    person: Person,
    deeds: Sequence[Deed],
    item: Offer | None,
    offers: Sequence[Offer],
    terms: Terms,
    now: int,
    today: str,
) -> str:
    """Why a member with these reasons gets no gift for now, the first of LEFT_OUT_NAMES that holds; "" for none."""
    cap = terms.servant_worth
    checks = {
        "staff": person.kind == _STAFF,
        "teammate": person.is_teammate,
        "outside": person.kind in _OUTSIDE,
        "minor": person.minor,
        "no_gifts": person.do_not_gift,
        "no_contact": person.do_not_contact and not person.has_address,
        "not_now": person.passed_until >= today,
        "idea": bool(person.idea),
        "cool_down": cooling(person, terms, now) and not any(deed.kind in LET_DOWN for deed in deeds),
        "year": 0 < terms.year_worth <= person.year_sum,
        "public_servant": person.public_servant
        and (person.year_sum >= cap or (item is None and any(offer.worth for offer in offers))),
    }
    return next((why for why, holds in checks.items() if holds), "")


def cooling(person: Person, terms: Terms, now: int) -> bool:
    """Whether somebody had a gift within the cool-down."""
    return bool(person.last_at) and now - person.last_at < terms.cool_down_days * _DAY_SECONDS


def suiting(offers: Sequence[Offer], person: Person, occasion: str, terms: Terms, again: str = "") -> Offer | None:
    """The item that suits best: one they have not had, that does not run low, of the likeliest kind, worth the most.

    What got lost or came back (`again`, its name) is best sent again. What comes in sizes is last: nobody knows theirs.
    None where nothing is within what they may still get this year, or may accept. What has no worth is no risk but to
    a public servant.
    """
    room = [limit - person.year_sum for limit in (terms.year_worth,) if limit]
    if person.public_servant:
        room.append(terms.servant_worth - person.year_sum)
    most = min(room, default=None)
    kinds = SUITS[occasion]
    within = [
        offer
        for offer in offers
        if (most is None or offer.worth <= most) and (offer.worth or not person.public_servant)
    ]
    return min(
        within,
        key=lambda offer: (
            not again or offer.name != again,
            offer.id in person.had,
            offer.low,
            offer.sized,
            kinds.index(offer.kind),
            -offer.worth,
            offer.name,
            offer.id,
        ),
        default=None,
    )
