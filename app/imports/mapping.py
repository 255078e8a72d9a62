"""Which column of a table is which field: guessed from headers in many languages, corrected by a person, remembered.

Fields of messages: see MESSAGE; of members: see MEMBER, and `on:KIND` for a member's handle on a channel of that kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app import text
from app.errors import UserError

MESSAGES, MEMBERS = "messages", "members"
MESSAGE = (
    "author", "handle", "email", "text", "at", "title", "channel", "thread", "parent", "direction", "url", "post_url",
    "language", "remote_id",
)  # fmt: skip
MEMBER = (
    "name", "first_name", "middle_name", "last_name", "email", "phone", "company", "job_title", "website", "city",
    "country", "address_1", "address_2", "postal_code", "language", "note",
)  # fmt: skip
ON = "on:"
HANDLES = ("instagram", "facebook", "tiktok", "youtube", "x", "linkedin", "mastodon", "bluesky", "discord", "slack",
           "telegram", "whatsapp", "reddit", "wordpress", "discourse", "ghost", "github", "matrix", "threads", "forum")  # fmt: skip
_OTHER_NAMES = {"twitter": "x", "fb": "facebook", "insta": "instagram", "ig": "instagram", "blog": "wordpress",
                "e mail": "email", "mail": "email", "toot": "mastodon", "yt": "youtube", "bsky": "bluesky"}  # fmt: skip
_NOT_WORDS = re.compile(r"[\W_]+")

# Headers as people and programs write them (English, Icelandic, Hungarian, Czech, Greek, German, French, Spanish), folded
# before they are compared. The order of fields decides between two that share a header.
_MESSAGE_WORDS = {
    "text": "text|message|body|content|comment|comment text|post raw|caption|note text|texti|skilaboð|ummæli|athugasemd|"
    "innihald|szöveg|üzenet|hozzászólás|tartalom|zpráva|text zprávy|komentář|obsah|κείμενο|μήνυμα|σχόλιο|περιεχόμενο|"
    "nachricht|kommentar|inhalt|texte|commentaire|mensaje|comentario|texto",
    "at": "at|date|time|sent at|created at|created|timestamp|datetime|date time|posted|posted at|published|"
    "comment create timestamp|sent|when|dagsetning|dags|tími|sent kl|dátum|időpont|idő|ideje|kelt|datum|čas|odesláno|"
    "datum a čas|vytvořeno|ημερομηνία|ώρα|ημερομηνία και ώρα|στάλθηκε|zeit|zeitpunkt|fecha|hora|heure",
    "handle": "handle|author handle|username|user name|user|screen name|account name|login|notandanafn|felhasználónév|"
    "felhasználó|uživatelské jméno|uživatel|přezdívka|όνομα χρήστη|χρήστης|benutzername|benutzer|pseudo|usuario",
    "author": "author|author name|name|from|from name|sender|member|commenter|display name|höfundur|nafn|sendandi|frá|"
    "szerző|név|feladó|küldő|autor|jméno|odesílatel|od|συγγραφέας|όνομα|αποστολέας|από|verfasser|absender|von|auteur|nom|"
    "remitente|nombre|channel id",
    "email": "email|e mail|mail|email address|author email|from email|from address|netfang|tölvupóstur|e mail cím|email cím|"
    "e mailová adresa|emailová adresa|ηλεκτρονικό ταχυδρομείο|διεύθυνση email|e mail adresse|courriel|correo",
    "title": "title|subject|post title|topic title|topic|headline|titill|efni|fyrirsögn|cím|tárgy|téma|název|předmět|titulek|"
    "nadpis|τίτλος|θέμα|betreff|titel|titre|sujet|objet|asunto|título",
    "channel": "channel|source|platform|network|rás|miðill|csatorna|forrás|platforma|kanál|zdroj|κανάλι|πηγή|πλατφόρμα|kanal|"
    "quelle|canal",
    "thread": "conversation id|conversation|thread|thread id|topic id|ticket id|ticket|case|samtal|þráður|beszélgetés|szál|"
    "konverzace|vlákno|συνομιλία|νήμα|top level comment id|video id",
    "parent": "parent id|parent|reply to|in reply to|parent comment id|svar við|válasz erre|odpověď na|απάντηση σε",
    "direction": "direction|inbound outbound|type of message|stefna|átt|irány|směr|κατεύθυνση|richtung|sens|dirección",
    "url": "url|link|permalink|address|comment url|message url|slóð|tengill|hivatkozás|odkaz|σύνδεσμος",
    "post_url": "post url|page url|video url|topic url|article url",
    "language": "language|lang|locale|tungumál|nyelv|jazyk|γλώσσα|sprache|langue|idioma",
    "remote_id": "id|message id|comment id|remote id|post id|uid|guid|auðkenni|azonosító|identifikátor|αναγνωριστικό",
}
_MEMBER_WORDS = {
    "first_name": "first name|given name|firstname|fornafn|keresztnév|utónév|jméno křestní|křestní jméno|μικρό όνομα|vorname|"
    "prénom|nombre de pila",
    "middle_name": "middle name|additional name|millinafn|prostřední jméno",
    "last_name": "last name|family name|surname|lastname|eftirnafn|föðurnafn|vezetéknév|családnév|příjmení|επώνυμο|επίθετο|"
    "nachname|nom de famille|apellido|apellidos",
    "name": "name|full name|member|display name|contact name|nafn|fullt nafn|név|teljes név|jméno|celé jméno|jméno a příjmení|"
    "όνομα|ονοματεπώνυμο|name vollständig|nom|nombre",
    "email": "email|e mail|mail|email address|primary email|e mail 1 value|e mail address|netfang|tölvupóstur|e mail cím|"
    "email cím|e mailová adresa|emailová adresa|ηλεκτρονικό ταχυδρομείο|διεύθυνση email|e mail adresse|courriel|correo",
    "phone": "phone|phone number|mobile|mobile phone number|telephone|phone 1 value|sími|símanúmer|farsími|telefon|"
    "telefonszám|mobil|telefonní číslo|τηλέφωνο|κινητό|telefonnummer|téléphone|teléfono",
    "company": "company|company name|organization|organisation|organization name|organization 1 name|fyrirtæki|cég|cégnév|"
    "szervezet|firma|společnost|organizace|εταιρεία|οργανισμός|unternehmen|entreprise|empresa",
    "job_title": "job title|title|position|role|organization title|organization 1 title|starfsheiti|staða|beosztás|munkakör|"
    "pozice|pracovní pozice|funkce|θέση|τίτλος|beruf|poste|cargo",
    "website": "website|website url|web|url|homepage|website 1 value|vefsíða|vefur|honlap|weboldal|webové stránky|ιστοσελίδα|"
    "ιστότοπος|webseite|site web|sitio web",
    "city": "city|town|location|address 1 city|borg|bær|staður|város|település|město|obec|πόλη|stadt|ort|ville|ciudad",
    "country": "country|country region|address 1 country|land|ország|země|stát|χώρα|pays|país",
    "address_1": "address|street|street address|address 1|address 1 street|shipping address|heimilisfang|cím|utca|adresa|ulice|"
    "διεύθυνση|οδός|adresse|straße|rue|dirección",
    "address_2": "address 2|street address 2|address line 2",
    "postal_code": "postal code|zip|zip code|postcode|address 1 postal code|póstnúmer|irányítószám|psč|τ κ|ταχυδρομικός κώδικας|"
    "plz|code postal|código postal",
    "language": "language|preferred language|lang|locale|tungumál|nyelv|jazyk|γλώσσα|sprache|langue|idioma",
    "note": "note|notes|bio|description|comments|athugasemd|athugasemdir|megjegyzés|jegyzet|poznámka|poznámky|σημείωση|"
    "σημειώσεις|notiz|notizen|remarque|nota|notas",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table holds (messages or members) and the field of each column, in the columns' order; "" is left out.

    `personal` names the kind of channel of a personal export, whose every row we wrote ourselves; "" for other tables.
    """

    holds: str
    fields: tuple[str, ...]
    personal: str = ""

    def column(self, field: str) -> int | None:
        """The number of the column with that field, None where there is none."""
        return self.fields.index(field) if field in self.fields else None


def folded(header: str) -> str:
    """A header as it is compared: `E-mail 1 - Value` and `e mail 1 value` are one."""
    return _NOT_WORDS.sub(" ", text.fold(header)).strip()


def _index(words: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Folded header -> (field, rank of the word among the field's)."""
    found: dict[str, tuple[str, int]] = {}
    for field, spoken in words.items():
        for rank, word in enumerate(spoken.split("|")):
            found.setdefault(folded(word), (field, rank))
    return found


_PERSONAL = {  # headers by which an export of what one person wrote is known
    "discourse": {"topic title", "post raw", "created at"},
    "youtube": {"comment id", "video id", "comment text"},
}
_FORUM_LIST = {"username", "last seen at", "group names"}  # Discourse's list of its members
_MESSAGE_INDEX, _MEMBER_INDEX = _index(_MESSAGE_WORDS), _index(_MEMBER_WORDS)


def guess(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> Layout:
    """The likeliest mapping; `chosen` (header -> field) goes before every guess. UserError for a header or field unknown."""
    named = _named(header, chosen or {})
    messages = _fill(
        header, _MESSAGE_INDEX, {place: field for place, field in named.items() if not _only_member(field)}
    )
    members = _fill(header, _MEMBER_INDEX, {place: field for place, field in named.items() if not _only_message(field)})
    members = _handles(header, members, named)
    if not _is_messages(messages, members, named):
        return Layout(MEMBERS, members)
    titles = {folded(title) for title in header}
    personal = next((kind for kind, telling in _PERSONAL.items() if telling <= titles), "")
    return Layout(MESSAGES, messages, personal)


def _only_member(field: str) -> bool:
    return field != "" and field not in MESSAGE


def _only_message(field: str) -> bool:
    return field != "" and field not in MEMBER and not field.startswith(ON)


def _is_messages(messages: Sequence[str], members: Sequence[str], named: Mapping[int, str]) -> bool:
    if any(_only_message(field) for field in named.values()):
        return True
    if any(_only_member(field) for field in named.values()):
        return False
    if "text" not in messages:
        return "at" in messages and not {"name", "first_name", "email"} & set(members)
    return "at" in messages or "email" not in members


def _fill(header: Sequence[str], index: Mapping[str, tuple[str, int]], named: Mapping[int, str]) -> tuple[str, ...]:
    """Each field goes to the column whose header is its best word; a column that somebody named keeps that."""
    best: dict[str, tuple[int, int]] = {}
    for place, title in enumerate(header):
        field, rank = index.get(folded(title), ("", 0))
        if (
            field
            and place not in named
            and field not in named.values()
            and (field not in best or rank < best[field][0])
        ):
            best[field] = (rank, place)
    fields = [named.get(place, "") for place in range(len(header))]
    for field, (_, place) in best.items():
        fields[place] = field
    return tuple(fields)


def _handles(header: Sequence[str], fields: tuple[str, ...], named: Mapping[int, str]) -> tuple[str, ...]:
    """Columns called after a channel hold the members' handles there."""
    filled = list(fields)
    titles = [folded(title) for title in header]
    if _FORUM_LIST <= set(titles) and not filled[titles.index("username")]:
        filled[titles.index("username")] = f"{ON}discourse"
    for place, title in enumerate(header):
        kind = kind_of(folded(title).removesuffix(" handle").removesuffix(" username").removesuffix(" url"))
        if not filled[place] and place not in named and kind in HANDLES and f"{ON}{kind}" not in filled:
            filled[place] = f"{ON}{kind}"
    return tuple(filled)


def kind_of(name: str) -> str:
    """The kind of channel that a name in words speaks of: `Instagram DM` is instagram; `file` where none is known."""
    bare = folded(name)
    if bare in _OTHER_NAMES:
        return _OTHER_NAMES[bare]
    words = bare.split()
    known = (word for word in (*words, *(_OTHER_NAMES.get(word, "") for word in words)) if word in (*HANDLES, "email"))
    return next(known, "file")


def _named(header: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    places = {folded(title): place for place, title in reversed(list(enumerate(header)))}
    named: dict[int, str] = {}
    for title, field in chosen.items():
        if folded(title) not in places:
            msg = f"There is no column “{title}” in this file. Its columns are: {', '.join(header)}."
            raise UserError(msg)
        wanted = "" if field.strip() in ("", "-") else field.strip().casefold()
        if wanted and wanted not in MESSAGE and wanted not in MEMBER and not wanted.startswith(ON):
            msg = f"“{field}” is not a field. Choose one of: {', '.join(sorted({*MESSAGE, *MEMBER}))}, on:CHANNEL."
            raise UserError(msg)
        named[places[folded(title)]] = wanted
    return named


def missing(mapping: Layout) -> tuple[str, ...]:
    """The fields without which nothing can be brought in, that no column has yet."""
    have = set(mapping.fields)
    if mapping.holds == MESSAGES:
        who = bool(have & {"author", "handle", "email", "direction"} or mapping.personal)
        return (*(field for field in ("text", "at") if field not in have), *(() if who else ("author",)))
    who = bool(have & {"name", "first_name", "last_name", "email"}) or any(field.startswith(ON) for field in have)
    return () if who else ("name", "email")


def key_of(header: Iterable[str]) -> str:
    """The name under which a header's mapping is remembered; order and case of the columns do not count."""
    return json.dumps(sorted(folded(title) for title in header), ensure_ascii=False)
