"""The rhythm of care: with whom we want to be in touch every so many days, and with whom it is time.

Real contact counts: their messages and ours to them, talks in person or by phone that were written down, and gifts
that arrived. Posts of ours, bulk mail and reactions are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.errors import UserError
from app.base.text import fold
from app.base.words import counted, tr
from app.gifts.rows import ARRIVES_IN
from app.inbox.elsewhere import ASIDE, has
from app.involvement.silence import DAY_SECONDS
from app.involvement.upkeep import DEED
from app.store.sqlite import Connection

_WEEK, _MONTH, _YEAR = 7, 30, 365
MOST_DAYS = 5 * _YEAR
"""No rhythm is longer."""
_UNITS: dict[int, tuple[str, ...]] = {
    1: ("d day days", "dag daga dagar degi", "nap napon naponta napja", "den dny dní dnech denně", "μέρα μέρες ημέρες"),
    _WEEK: (
        "w wk week weeks", "vika viku vikna vikur", "hét hetes héten hetente", "týden týdny týdnů týdně",
        "εβδομάδα εβδομάδες",
    ),
    _MONTH: (
        "m mo month months", "mánuður mánuð mánaða mánuði mánuðir mánuðum", "hónap hónapban havonta hónaponta",
        "měsíc měsíce měsíců měsíčně", "μήνα μήνας μήνες",
    ),
    91: ("quarter quarters", "ársfjórðung ársfjórðungs", "negyedév negyedévente", "čtvrtletí čtvrtletně", "τρίμηνο"),
    _YEAR: ("y year years", "ár ára ári", "év évben évente", "rok roky roku let ročně", "χρόνο χρόνος χρόνια έτος έτη"),
}  # fmt: skip
"""By how many days they have: in English, Icelandic, Hungarian, Czech and Greek."""
_DAYS = {fold(word): days for days, told in _UNITS.items() for words in told for word in words.split()}
_SINGLE = {
    "daily": 1, "weekly": _WEEK, "fortnightly": 2 * _WEEK, "monthly": _MONTH, "quarterly": 91, "yearly": _YEAR,
    "kethetente": 2 * _WEEK, "felevente": 182, "pulrocne": 182, fold("κάθε εξάμηνο"): 182,
}  # fmt: skip
_HALF = {fold(word) for word in ("half", "půl", "fél", "hálft", "hálfs", "μισό", "μισού")}
_NUMBERS = {
    fold(word): number
    for number, words in {
        1: "a an one every ein einn eitt egy egyszer jeden jedna jedno ένας μία ένα κάθε",
        2: "two other second tveir tvær tvo tveggja annan aðra ket ketto kettő két dva dvě δύο δυο",
        3: "three þrír þrjár þrjá þriggja harom három tri tři τρεις τρία",
        4: "four fjórir fjórar fjóra fjögurra négy čtyři τέσσερις τέσσερα",
        5: "five fimm öt pět πέντε",
        6: "six sex hat šest έξι",
    }.items()
    for word in words.split()
}
_DIGITS, _PARTS = 5, 8
"""Of a number that is a count of days, and words of what is typed that are looked at."""
_NEVER = {fold(word) for word in ("", "none", "never", "off", "0", "nikdy", "soha", "aldrei", "ποτέ")}
_DUE = f"""
SELECT p.id, p.name, p.rhythm_days, max(coalesce(p.last_at, 0),
  coalesce((SELECT max(o.at) FROM identity i CROSS JOIN conversation c ON c.identity_id = i.id
    CROSS JOIN message o ON o.conversation_id = c.id AND o.out AND o.failed = '' AND NOT {has(ASIDE, "o")}
    WHERE i.member_id = p.id), 0),
  coalesce((SELECT max(o.at) FROM identity i CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id
    AND {DEED} CROSS JOIN message o ON o.conversation_id = m.conversation_id AND o.out AND o.failed = ''
    AND o.id > m.id AND NOT {has(ASIDE, "o")} WHERE i.member_id = p.id), 0),
  coalesce((SELECT max(CASE g.state WHEN 'shipped' THEN g.state_at + :arrives ELSE g.state_at END) FROM gift g
    WHERE g.member_id = p.id AND (g.state IN ('arrived', 'thanked', 'story')
      OR g.state = 'shipped' AND g.state_at + :arrives <= :now)), 0)
  ) AS last_at, p.created_at
FROM member p WHERE p.rhythm_days > 0 AND p.merged_into IS NULL AND p.do_not_contact = 0
"""


class Due(NamedTuple):
    """With whom it is time to be in touch: `last_at` was the last contact (Unix seconds), None if there was none.

    `late_days` is for how long it has been time.
    """

    member_id: int
    name: str
    last_at: int | None
    every_days: int
    late_days: int


def due(conn: Connection, now: int) -> list[Due]:
    """With whom it is time, the longest overdue for their rhythm first."""
    found = []
    for number, name, every, last_at, created_at in conn.execute(_DUE, {"now": now, "arrives": ARRIVES_IN}):
        late = (now - (last_at or created_at)) // DAY_SECONDS - every
        if late >= 0:
            found.append(Due(number, name, last_at or None, every, late))
    return sorted(found, key=lambda one: (-one.late_days / one.every_days, one.member_id))


def typed(words: str) -> int:
    """How many days a rhythm means that was typed: "3 months", "every week", „hetente“, "každé 2 týdny"; 0 for none.

    A month is 30 days, a year 365. Raises UserError for what is no rhythm, or a longer one than MOST_DAYS.
    """
    folded = fold(words.strip())
    if folded in _NEVER:
        return 0
    if folded in _SINGLE:
        return _SINGLE[folded]
    number = days = 0
    half = False
    for part in re.findall(r"[0-9]+|[^\W\d_]+", folded)[:_PARTS]:
        if part.isdigit() and len(part) < _DIGITS:
            number = int(part)
        elif part in _DAYS:
            days = _DAYS[part]
        elif part in _NUMBERS:
            number = max(number, _NUMBERS[part])
        half |= part in _HALF
    found = days // 2 if half else days * (number or 1)
    if not days or found > MOST_DAYS:
        msg = tr("“{text}” isn't a rhythm up to 5 years. Write it like “3 months” or “every 2 weeks”.")
        raise UserError(msg.format(text=words.strip()[:60]))
    return found


def phrase(days: int) -> str:
    """A rhythm in words: "every 3 months", "every week"; "" for none."""
    if not days:
        return ""
    unit = next((unit for unit in (_YEAR, _MONTH, _WEEK) if days % unit == 0), 1)
    many = days // unit
    if unit == _YEAR:
        return counted(many, "every year", "every {count} years")
    if unit == _MONTH:
        return counted(many, "every month", "every {count} months")
    if unit == _WEEK:
        return counted(many, "every week", "every {count} weeks")
    return counted(many, "every day", "every {count} days")
