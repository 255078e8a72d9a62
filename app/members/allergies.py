"""What is known of a member's allergies, beside what an item may hold: one decider for the window, the shell and files.

Known is what stands in their note, their dated notes and own fields. Where the words name nothing that is in the lists
below, somebody has to read both texts, so that is warned about as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.base.text import folded_words, preview
from app.base.words import tr
from app.gifts.rows import LEFT, Gift
from app.store.merged import current_member
from app.store.sqlite import Connection

WARNED = ("approved", *LEFT)
"""The states before which a gift is looked at, besides when it is logged or offered."""
_SAYS = ("allerg", "alerg", "ofnaem", "othol", "intoler", "αλλεργ", "δυσανεξ", "celia", "coelia", "coliak", "κοιλιοκ")
"""How words begin that say of somebody that they can't have something, folded, in five languages."""
_SAYS_ANYWHERE = ("allerg", "ofnaem", "othol", "erzeken")
"""The same where such a word is put together with another: lisztérzékeny, hnetuofnæmi."""
_NOT = frozenset(
    (
        "no",
        "not",
        "none",
        "nothing",
        "never",
        "ekki",
        "ekkert",
        "engin",
        "engar",
        "nem",
        "nincs",
        "semmi",
        "nema",
        "neni",
        "zadna",
        "zadne",
        "δεν",
        "καμια",
    )
)
_GROUPS = """
nut nuts almond hazelnut walnut cashew pistachio pecan hnet mondl valhnet heslihnet dio diot diora diofel
mogyoro mandula kesu orech oris mandl pistaci kesu καρυδ αμυγδαλ φουντουκ φιστικ καρπ;
peanut groundnut jardhnet foldimogyoro arasid burske αραπικ φιστικ;
milk lactos dairy butter cheese cream mjolk laktos rjom ost tej tejet tejre tejpor tejfeh tejcukor tejterm
kazein kasein laktoz vaj sajt mlek mlec smetan maslo γαλα γαλακτ λακτοζ βουτυρ τυρι;
gluten wheat flour celia coelia rye barley hveiti glut korn buza liszt rozs lepek lepk psenic mouk zito γλουτεν
σιταρ αλευρ κοιλιοκ;
egg eggs eggj tojas vejc vajic vajec αυγ αβγ;
soy soya soja szoja σογια;
sesame sesam szezam sezam σουσαμ;
lemon citrus orange lime sitron citrom narancs citron pomeranc λεμον εσπεριδ πορτοκαλ;
honey bee pollen hunang fjok mez mezes mezre meh medu medem medov vcel pyl μελι μελισσ γυρη;
fish shellfish crab shrimp prawn fisk skelfisk raekj hal kagylo rak ryb kreve ψαρ οστρακ γαριδ;
celery selleri seller zeller celer σελιν;
mustard sinnep mustar horcic μουσταρδ;
strawberr jardarber eper jahod φραουλ;
chocolat cocoa sukkul kako csokol kakao cokolad σοκολατ κακαο;
sulphit sulfit sulfat sulfit szulfit sirici θειωδ;
wool ull ullar gyapju vlna vlne μαλλι;
latex rubber gummi gumi λατεξ καουτσουκ;
nickel nikkel nikl νικελ;
perfume fragrance scent ilm ilmefn illat parfum vune αρωμα
"""
"""What people are allergic to: how the words for each begin, folded, in five languages."""
_EXACT = 3
"""A word of so few letters is that word alone: "med" begins too many others."""
_SENTENCE = re.compile(r"[^.!?;\n]+")
_KNOWN = """
SELECT '' AS field, note AS words FROM member WHERE id = ?1
UNION ALL SELECT '', text FROM member_note WHERE member_id = ?1
UNION ALL SELECT f.name, v.value FROM member_value v JOIN member_field f ON f.id = v.field_id WHERE v.member_id = ?1
"""
_HELD = """
WITH RECURSIVE inside (id) AS (
  VALUES (?) UNION SELECT p.item_id FROM gift_item_part p JOIN inside i ON p.box_id = i.id
) SELECT i.name, i.allergens FROM gift_item i JOIN inside USING (id) WHERE i.allergens <> '' ORDER BY i.id
"""
_MOST = 160


def warns(conn: Connection, member: int, item: int | None) -> str:
    """What is to be read before a member is given an item, or a box with it: both texts in a sentence; "" if nothing.

    Only an item with a note on what it may hold warns.
    """
    if item is None:
        return ""
    held = conn.execute(_HELD, (item,)).fetchall()
    if not held:
        return ""
    number = current_member(conn, member)
    for said in _statements(conn, number):
        for name, note in held:
            if _meets(said, note):
                row = conn.execute("SELECT name FROM member WHERE id = ?", (number,)).fetchone()
                sentence = tr("{name}: “{said}”. “{item}”: “{note}”. Make sure that they can have it.")
                return sentence.format(
                    name=row["name"], said=preview(said, _MOST), item=name, note=preview(note, _MOST)
                )
    return ""


def before(conn: Connection, gift: Gift, state: str) -> str:
    """The same of a gift that is to go to a state: before it is approved, and before it leaves us."""
    goes = state in WARNED and state != gift.state and gift.state not in LEFT
    return warns(conn, gift.member_id, gift.item_id) if goes else ""


def _statements(conn: Connection, member: int) -> Iterator[str]:
    """What is written about a member that says that they can't have something, sentence by sentence."""
    for field, words in conn.execute(_KNOWN, (member,)).fetchall():
        if words.strip() and field and _says(field):
            yield words
            continue
        for sentence in _SENTENCE.findall(words):
            if _says(sentence):
                yield sentence.strip()


def _says(sentence: str) -> bool:
    """Whether a sentence says that somebody can't have something, and not that they can."""
    words = folded_words(sentence).split()
    for place, word in enumerate(words):
        if word.startswith(_SAYS) or any(part in word for part in _SAYS_ANYWHERE):
            return not _NOT & set(words[max(0, place - 2) : place])
    return False


def _meets(said: str, note: str) -> bool:
    """Whether both name the same thing; True too where it can't be told what is said."""
    theirs, ours = folded_words(said).split(), folded_words(note).split()
    named = [stems for stems in _STEMS if _names(theirs, stems)]
    if not named:
        return True
    return any(_names(ours, stems) for stems in named)


def _names(words: list[str], stems: tuple[str, ...]) -> bool:
    return any(
        word == stem if len(stem) <= _EXACT else word.startswith(stem) or (len(stem) > 4 and stem in word)  # noqa: PLR2004
        for word in words
        for stem in stems
    )


_STEMS = tuple(tuple(dict.fromkeys(folded_words(group).split())) for group in _GROUPS.split(";"))
