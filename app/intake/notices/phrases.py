"""What notices say besides the member's words, in the five languages in which they come: verbs, labels, small print.

Only kinds of phrases, no service's sentences: how a letter is built tells which of its blocks is what, and these say of
a block what it can't be, or name the one who spoke.
"""

from __future__ import annotations

import re

from app.base.text import fold


def _folded(pattern: str) -> re.Pattern[str]:
    """A pattern for folded text, in which every sigma is the same."""
    return re.compile(pattern.replace("ς", "σ"))


# Verbs and nouns of somebody having spoken, by their stems, folded.
_SPOKE = (
    r"comment|repl(?:y|ied|ies)|mention|tagged|wrote|posted|messag|review|answer|sent you|left (?:you )?a|says?\b|said"
    r"|gave (?:you|us)|gaf (?:ther|ykkur)|adott|\bdala? (?:vam|ti)|εδωσε"
    r"|recommend|asked|quoted|respon|reacted|feedback|rated|inquiry|enquir|question|contact"
    r"|skrif|svar|nefnd|sendi|birti|athugasemd|ummael|umsogn|umsagn|skilabod|merkti|vitnadi|minntist|spurdi"
    r"|maelir med|maelti med"
    r"|hozzaszol|megjegyz|valasz|megemlit|emlitett|\birt(?:a|ak)?\b|kuldott|megjelol|komment|velemeny|ertekel|uzenet|idez"
    r"|kerdez|ajanl"
    r"|okomentov|komentar|odpove|zmini|oznaci|napsa|posla|prida|recenz|zprav|o?hodnocen|o?hodnoti|doporuc|reagoval|citova|dotaz"
    r"|σχολι|απαντ|ανεφερε|αναφερ|εγραψε|εστειλε|δημοσιευσε|κριτικη|αξιολογη|μηνυμα|επισημαν|παρεθεσε|αφησε|ρωτησε|συνιστα|προτειν"
)
SPOKE = _folded(_SPOKE)

# Of those: somebody answered us, so that our own words may be shown as well.
REPLIED = _folded(r"repl(?:y|ied)|respon|answer|svar|valasz|odpove|reagoval|απαντ")

# A sentence that leads over to the words: "Anna wrote:", "Comment:".
LEADS_OVER = _folded(r"[:：]\s*$")

_PRIVATE = _folded(r"\bmessaged?\b|\bmessages?\b|inmail|\bdm\b|chat|skilabod|uzenet|zprav|μηνυμα|μηνυματα")
_PUBLIC = _folded(
    r"comment|repl(?:y|ied)|mention|review|post|video|ummael|athugasemd|hozzasz|bejegyz|komentar|prispev|recenz|σχολι"
    r"|δημοσιευ|κριτικ"
)

# What greets: it names us, not the one who spoke.
GREETING = _folded(
    r"^(?:hi|hello|hey|dear|good (?:morning|day|evening)|hae|hallo|saeel|sael|godan dag|kaeri|kaera|szia|hello|kedves"
    r"|udv|tisztelt|ahoj|dobry den|mily|mila|vazen|zdravim|γεια|καλημερα|αγαπητ|χαιρετε)\b"
)

# Small print: the end of what a notice tells.
FOOTER = _folded(
    r"unsubscrib|you(?:'re| are| have been) receiv|you received this|this (?:e-?mail|message|notification) was"
    r"|was (?:intended|sent) (?:for|to)|don'?t want (?:to receive|these)|notification settings|email preferences"
    r"|manage (?:your )?(?:notif|e-?mail|preferences)|privacy policy|terms of|all rights reserved|©|\(c\) 20"
    r"|\b(?:inc|llc|ltd|gmbh|pbc|s\.a\.?)\b[.,].{0,80}\d|help cent(?:er|re)|do not reply|please don'?t reply"
    r"|afskra|tilkynninga(?:stilling|r)|thu faerd|thessi (?:tolvu)?postur|sent til|personuvernd"
    r"|leiratkoz|feliratkoz|ertesitesi|ezt az (?:e-?mailt|uzenetet|levelet)|adatvedel|azert kap|kuldtuk"
    r"|odhlasit|odhlaseni|nastaveni (?:oznameni|upozorneni)|tento e-?mail|tuto zpravu|zasady|dostavate"
    r"|ochrana (?:osob|soukr)"
    r"|καταργηση εγγραφης|απεγγραφ|ρυθμισεις (?:ειδοπ|email)|αυτο το (?:μηνυμα|email|e-mail)|λαμβανετε|απορρητ"
    r"|πολιτικη"
)

# What a button or a link says, and what interfaces write around words.
CHROME = _folded(
    r"^(?:(?:view|see|read|show|open|go to|reply|respond|answer|like|react|write|manage|report|visit|follow|accept"
    r"|confirm|download|get|install|learn|check|join|share|edit|delete|approve|moderate|update|turn|log ?in|sign ?in)\b"
    r"|(?:skoda(?:du)?|sja(?:du)?|lesa|lestu|svara(?:du)?|opna(?:du)?|fara|fardu|skrifa(?:du)?|lika[rd]?|nanar"
    r"|stjorna(?:du)?)\b"
    r"|megtekint|megnez|megnyit|valasz(?:olj|olas|$)|tetszik|elolvas|ugras|nezd|tovabb|bejelentkez|kezel|kommentel"
    r"|zobrazit|odpovedet|otevrit|precist|prejit|to se mi libi|prihlasit|spravovat|reagovat|videt|podivat"
    r"|προβολη|δειτε|δες\b|απαντησ(?:τε|η$)|ανοιξ|διαβασ|μου αρεσει|μεταβαση|συνδε|διαχειρ|εμφανιση)"
)
MORE = _folded(
    r"\s{0,4}(?:\.{3})?\s{0,4}[\[(]?(?:see more|read more|show more|view more|more|see full review|continue reading"
    r"|read full \w+|sja meira|lesa meira|meira|tovabbiak(?: megjelenitese)?|tovabb|bovebben|tobb"
    r"|zobrazit vice|vice|cist dal|dalsi|δειτε περισσοτερα|περισσοτερα|διαβαστε περισσοτερα)"
    r"[\])]?\s{0,4}[.»>→]?\s{0,4}$"
)
MORE_PLAIN = re.compile(
    r" (?:See more|Read more|Show more|Sjá meira|Lesa meira|Továbbiak megjelenítése|Zobrazit více|Číst dál"
    r"|Δείτε περισσότερα|Διαβάστε περισσότερα)$"
)
MORE_MARKED = _folded(r"(?:\.{3}|…)\s*")

# Whose words follow, if not the member's: our own post, shown beside what was said to it.
OURS = _folded(
    r"(?:^|\b)(?:your (?:post|comment|photo|video|tweet|reply|thread|answer|message|review|reel|story|status|article)"
    r"|you (?:wrote|said|posted|commented|replied)|in (?:reply|response) to|replying to"
    r"|original (?:post|message|comment)"
    r"|you(?:$|:)|(?:faersl(?:an|u)|ummaelin?|athugasemdi?n?|myndi?n?|myndband(?:id)?|svari?d?) (?:thin|thitt|ykkar)\b"
    r"|thu skrifadir|i svari vid|upprunaleg"
    r"|(?:a|az) (?:te )?(?:bejegyzesed|hozzaszolasod|fotod|videod|posztod)"
    r"|(?:az on|onok) (?:bejegyz|hozzasz|foto|vide|poszt|cikk)\w*|ezt irtad|valasz erre"
    r"|eredeti (?:bejegy|hozz|poszt)"
    r"|(?:vas|tvuj|vase|tvoje) (?:prispev|koment|fotk|vide|fotografi)\w*|napsali jste|v odpovedi na|puvodni"
    r"|(?:η δημοσιευση|το σχολιο|το βιντεο|η φωτογραφια) (?:σας|σου)|γραψατε|σε απαντηση|αρχικ)"
)

# “You: ...”, as a conversation shows what we said.
YOURS = _folded(r"(?:you|we|thu|thid|te|ti|on|vy|ty|my|εσεισ|εσυ) ?: ")

# When, how many, where: lines that stand between a name and its words.
# What may follow a day that is a time, and no sentence's beginning: an hour, a mark, or nothing.
_DAY = r"(?=\W{0,4}(?:(?:at|v|ve|kl|o|στισ|στι)\b\W{0,4})?(?:\d|[·•|]|$))"
# A figure tells a time only with a unit or a month behind it: “3 bottles please” and “2 hrnky” are words of somebody's.
_UNITS = (
    r"h|hrs?|hours?|d|days?|m|mins?|minutes?|mo|mos|months?|w|wks?|weeks?|s|secs?|seconds?|y|yrs?|years?"
    r"|klst|klukkustund\w{0,4}|dag(?:ur|ar|a|s)?|vik(?:a|u|ur|na)|man|manud\w{1,3}|minut\w{1,4}|sekund\w{0,4}|ar(?:um|a|i)?"
    r"|ora(?:ja)?|o|perc(?:e|el)?|p|nap(?:ja|pal)?|het(?:e|tel)?|ho|honap(?:ja|pal)?|ev(?:e|vel)?"
    r"|hod|hodin\w{0,3}|dn[iuya]|dnem|den|tyd|tyden|tydn\w{1,3}|mes|mesic\w{0,3}|rok\w{0,2}|lety?"
    r"|ω|ωρ\w{1,3}|λ|λεπτ\w{0,2}|μερ\w{1,3}|ημερ\w{1,3}|εβδ\w{0,8}|μην\w{0,3}|ετ\w{1,2}|χρον\w{1,3}|δευτ\w{0,8}"
)
_MONTHS = (
    r"jan|feb|mar|apr|ma[iy]|jun|jul|aug|agu|sept?|o[ck]t|nov|de[cs]|szept|led|uno|bre|dub|kve|cer|cvn|cvc|srp|zari|rij"
    r"|lis|pro|ιαν|φεβ|μαρ|απρ|μαι|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ"
)
_WHEN = (
    rf"\W*\d{{1,2}}(?:[./:] ?\d|\.? (?:de |of )?(?:{_MONTHS})\w{{0,8}}"
    r"(?=\W*$|\W+\d|\W*[·•|,]|\W*(?:at|kl|v|ve|στισ)\b))"
    rf"|\d{{1,4}} ?(?:{_UNITS})(?=\W*$|\W*[·•|,(]|\W+\d|\W*(?:ago|sidan|ezelott|zpet|πριν)\b)"
)
_COUNTED = (
    r"\d+ (?:like|comment|repl(?:y|ies)|upvote|follower|review|view|star|point|contribution|photo|helpful)\w{0,2}"
    r"(?=\W*$|\W*[·•|,(]|\W+\d|\W+(?:on|by|from|for|in|and|vote)\b)"
)
META = _folded(
    rf"^(?:{_WHEN}|{_COUNTED}"
    r"|just now\b|(?:yesterday|today|i dag|i gaer|ma|tegnap|most|dnes|vcera|σημερα|χθεσ|μολισ)\b"
    + _DAY
    + r"|(?:an?|one) \w{1,10} ago\b|a (?:minute|moment|few)\b|an hour\b|\d+ \w+ ago"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.? \d"
    r"|fyrir \d|rett i thessu|pred \d|prave ted\b"
    r"|πριν (?:απο )?\d|\d{4}[.-]"
    r"|rated\b|rating\b|reviewed (?:on|in)\b|verified\b|local guide|date of\b|wrote a review"
    r"|posted\b|commented$|via |1st\b|2nd\b|3rd\b|[·•|])"
)
# The same in small print, where any count is one: “48 sledujících”.
META_SMALL = _folded(rf"{META.pattern}|^\W*\d{{1,2}}[./: ]|^\d+ (?:like|comment|repl|upvote|follower|review|view|star)")
STARS = _folded(
    r"(?P<drawn>[★⭐✭●]{1,5})(?P<blank>[☆✩○]{0,4})"
    r"|(?P<of>\b[0-5](?:[.,]\d)?)\s?(?:/|out of|of|z|ze|af|a|-?bol|απο|στουσ|στα)\s?(?:5|otbol|peti|fimm)\b"
    r"|(?P<given>\b[1-5])[\s-]?(?:stars?|stjornur?|csillag\w{0,4}|hvezd\w{0,5}|hviezd\w{0,4}|αστερ\w{0,4}|bubbles?"
    r"|hvezdick\w{0,3}|stjarna)\b"
)

# Names that are nobody's: what interfaces call somebody they don't name.
NOBODY = frozenset(
    fold(name)
    for name in (
        "i", "we", "he", "she", "they", "it", "én", "mi", "já", "my", "ég", "við", "εγώ", "εμείς",
        "someone", "somebody", "meta", "admin", "moderator", "automoderator",
        "a user", "user", "anonymous", "you", "me", "customer", "guest", "member", "new",
        "notifications", "notification", "no reply", "noreply", "support", "team", "comments", "comment", "new comment",
        "from", "reply", "review", "new review", "message", "new message", "einhver", "valaki",
        "někdo", "κάποιος", "inbox",
        "home", "profile", "settings", "help", "video", "post", "photo", "story", "reel", "community", "author",
        "business", "business profile", "your post", "feed", "tilkynningar", "értesítések", "oznámení", "ειδοποιήσεις",
        "translate", "see translation", "like", "share", "view", "updates", "hotels", "restaurants", "top fan",
        "verified", "verified review", "new comments", "messaging", "mentions", "unread messages", "traveller",
        "traveler", "host", "fyrirtækjaprófíll", "cégprofil", "firemní profil",
        "profil firmy", "προφίλ επιχείρησης", "vendég", "a traveller",
        "a traveler", "visitor", "follower", "viewer", "reader", "cestovatel", "zákazník",
        "návštěvník", "látogató", "ügyfél", "vásárló", "utazó", "gestur", "viðskiptavinur", "notandi", "επισκέπτης",
        "πελάτης", "ταξιδιώτης", "a customer", "a guest", "a member", "one person", "people",
    )
)  # fmt: skip

# What tells of a login, a sale, a recap: no member speaks in it.
NOT_SAID = _folded(
    r"password|passcode|(?:security|login|log-in|verification|confirmation|sign-in) (?:code|alert|notice)"
    r"|new (?:login|sign-?in)|suspicious"
    r"|two-factor|verify your|confirm your|your (?:invoice|receipt|subscription|order)|payment|billing"
    r"|people you may know|suggested|recommended for you|trending|weekly (?:digest|recap|summary|report)|your week"
    r"|performance (?:report|summary)|who viewed|appeared in \d|profile views|boost your|promote|ads? manager"
    r"|advertis"
    r"|job alert|jobs? for you|invit(?:ed|ation)|connection request|friend request|follow(?:ed|ing) you|new follower"
    r"|lykilord|oryggis|innskraning|aukastadfesting|vikulegt|yfirlit"
    r"|jelszo|biztonsagi|bejelentkezes|hitelesito|heti|osszefoglalo|ismeros"
    r"|heslo|bezpecnost|prihlaseni|overovaci|tydenni|souhrn|prehled|zadost o pratel"
    r"|κωδικο|ασφαλεια|συνδεση|επαληθευ|εβδομαδια|συνοψη|αιτημα"
)


# Senders of a place that never tell of what was said there.
IDLE_SENDER = re.compile(
    r"(?:security|advertis|ads?[-_.]|jobs?[-_.]|invitations?|birthday|friends?uggest|friendupdates|newsletter|marketing|news"
    r"|posts?-recap|stories-recap|recap|billing|payments?|verify|registration|account)[^@]{0,40}@"
)


def is_private(heading: str) -> bool:
    """Whether a notice's folded heading tells of a message to us alone."""
    return _PRIVATE.search(heading) is not None and _PUBLIC.search(heading) is None
