"""What is said in a promise, and what takes it back, in English, Icelandic, Hungarian, Czech and Greek: a table.

Words stand as they are spelled and are folded (`app/base/text.py`) before they are looked for. Phrases are separated by
semicolons; in them, `*` is any ending, `..` up to four words, `(a|b)` either, and `(a )?` what may be left out.

A language says: `deeds`, what we say we will do, in the first person (for the languages that have no future tense, the
present of verbs that are only said of what is still to be done); `now`, deeds that are also said of this moment, so
that only a day makes a promise of them; `vows`, which promise by themselves; `told`, what the member will hear or get,
and `goes`, what will go or come, which both need a `thing` that is promised or a day; `ours`, by which it is ours to
tell. `before` a deed, `after` it, or anywhere in its `clause` or `sentence` stands what makes it none; `carriers` are
others who promise deliveries; `splits` are the words that begin another clause.
"""

from __future__ import annotations

from app.promises.words.czech import CZECH
from app.promises.words.english import ENGLISH
from app.promises.words.greek import GREEK
from app.promises.words.hungarian import HUNGARIAN
from app.promises.words.icelandic import ICELANDIC
from app.promises.words.kinds import Words

__all__ = ["WORDS", "Words"]

WORDS: dict[str, Words] = {"en": ENGLISH, "is": ICELANDIC, "hu": HUNGARIAN, "cs": CZECH, "el": GREEK}
"""Language -> its words."""
