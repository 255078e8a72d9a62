"""Words by which help is told from talk, in five languages: what seeks it, what is none, and how it is thanked for."""

from __future__ import annotations

from app.base.phrases import Phrases

OPENERS = Phrases({
    "en": (
        "what; when; where; which; who; why; how; does anyone; does anybody; has anyone; has anybody; do you know;"
        " is there; is it; is that; are there; can i; can you; could i; could you; should i; any idea; any ideas;"
        " any tips; any advice; anyone know; anybody know; do i; does it; did i; will it; would it; if i"
    ),
    "el": (
        "ποιος; ποια; ποιο; ποιοι; πότε; πού; πώς; γιατί; τι; πόσο; πόση; πόσα; μήπως; ξέρει κανείς; υπάρχει; μπορώ"
    ),
    "hu": (
        "ki; mi; mit; miért; mikor; meddig; hol; hova; honnan; hogyan; hogy lehet; mennyi; mennyit; melyik; milyen;"
        " hány; tudja valaki; tud valaki; lehet; szabad"
    ),
    "cs": (
        "kdo ví; co; čeho; kdy; kde; kam; odkud; proč; jak; kolik; který; která; jaký; jaká; neví; nevíte; dá se; lze"
    ),
    "is": (
        "hver; hvað; hvenær; hvar; hvert; hvaðan; hvernig; hvers vegna; af hverju; hvaða; hvor; hversu; veit einhver;"
        " veit; er hægt; má; get ég; kann einhver"
    ),
})  # fmt: skip
"""What a question begins with, where it has no mark of one."""

SEEKS = Phrases({
    "en": (
        "need help; i need some help; any tips; any advice; any ideas; no idea how; no idea why; can t figure out;"
        " can t work out; don t know how; don t know why; don t understand; help me; i m stuck; i am stuck;"
        " would be grateful; looking for advice; please help; advice wanted; wondering if; wondering how;"
        " wondering whether; wondering why"
    ),
    "el": (
        "χρειάζομαι βοήθεια; βοήθεια; δεν ξέρω πώς; δεν καταλαβαίνω; δεν ξέρω γιατί; καμιά ιδέα; κάποια ιδέα;"
        " κόλλησα; κάποια συμβουλή; όποιος ξέρει"
    ),
    "hu": (
        "segítsetek; segítség; segítséget; nem tudom hogyan; nem tudom miért; nem értem; nem jövök rá; ötlet;"
        " ötletet; tanács*; elakadtam; valaki tudja; aki tudja"
    ),
    "cs": (
        "poraďte; poradíte; poradí; poradit; pomozte; pomoc; nevím jak; nevím proč; nechápu; nerozumím; nějaký tip;"
        " nějaké tipy; nějaká rada; nemůžu přijít; netuším; zasekl*"
    ),
    "is": (
        "vantar hjálp; hjálp; getur einhver; veit ekki hvernig; veit ekki hvers vegna; veit ekki af hverju;"
        " skil ekki; einhver ráð; góð ráð; er föst; er fastur; ráðleggingar"
    ),
})  # fmt: skip
"""Words that seek help without a question."""

ABOUT_US = Phrases({
    "en": (
        "aren t; isn t; don t you; wasn t; doesn t it; who wants; who needs; who would; who d; who else; who s in;"
        " who is in; who s coming; who is coming; anyone up; anybody up; who s up; what do you drink;"
        " what do you think; what s your favourite; what is your favourite; what s your favorite;"
        " which do you prefer; what are you; poll; guess what; guess who; whose turn; who took; who won; who are you;"
        " what about you; how about you; who s from; who is from; who lives; are you coming; see you; may i take;"
        " can i take; can i have; may i have; could i have"
    ),
    "el": (
        "δεν είναι; έτσι δεν; ποιος θέλει; ποιος θα; ποιοι θα; ποιος έρχεται; ποιος είναι από; ποιος άλλος;"
        " τι πίνετε; τι λέτε; εσείς; εσύ τι; ποιο σας αρέσει; ποιο είναι το αγαπημένο; ποιος μένει; μπορώ να πάρω;"
        " να πάρω"
    ),
    "hu": (
        "ugye; nem gyönyörű; nem szép; ki kér; ki jön; ki kérne; ki szeretne; kinek kell; ki van benne; ki lakik;"
        " ki vinne; melyik a kedvenc*; mit isztok; mit gondoltok; ti mit; és ti; kérdőív*; szavaz*;"
        " melyik jut eszetekbe; ki volt; ki nyert; elvihetem; kaphatok egyet"
    ),
    "cs": (
        "není ta; není to; že jo; že ano; kdo by; kdo chce; kdo jde; kdo přijde; kdo je z; kdo další; kdo bere;"
        " kdo bydlí; co pijete; co myslíte; co vy; a vy; jaká je vaše oblíbená; který je váš oblíbený; hlasujte;"
        " anketa; kdo vyhrál; kdo pojede; můžu si vzít; mohu si vzít"
    ),
    "is": (
        "eru ekki; er ekki; er þetta ekki; hver vill; hver kemur; hverjir koma; hver er með; hver er frá;"
        " hverjir eru; hver býr; hvað drekkið; hvað finnst; hvað segið; en þið; en þú; könnun; uppáhalds*; hver vann;"
        " hver á; hverjum vantar; má ég taka; má ég fá; get ég fengið"
    ),
})  # fmt: skip
"""Questions after people and their tastes: an answer to these is talk, or a hand put up, and no help."""

NO_ANSWER = Phrases({
    "en": (
        "same here; here as well; here too; same for me; me too; same question; same problem; same issue;"
        " i have the same; having the same; following this; bump; i d like to know; i would like to know;"
        " also interested; interested too; i wonder too; no idea; no clue; not sure either; i don t know; dunno;"
        " i thought it was; did you find; did you ever find; count me in; i m in; i want one; i ll take; mine please;"
        " i d love to; i am also; i m also; we ll be there; see you there; don t ask me; good question;"
        " great question; any news; ask the; beats me; my question exactly; was about to ask; wondering the same;"
        " asked myself the same; i have that too; happens to me too; was wondering about that"
    ),
    "el": (
        "κι εγώ το ίδιο; και εγώ το ίδιο; κι εμένα; και μένα; κι εγώ αναρωτιέμαι; κι εγώ έχω; με ενδιαφέρει κι εμένα;"
        " ιδέα δεν έχω; δεν έχω ιδέα; δεν ξέρω; ούτε εγώ ξέρω; ίδιο πρόβλημα; ίδια απορία; καλή ερώτηση; κι εγώ θέλω;"
        " μέσα κι εγώ; είμαι μέσα; βρήκες άκρη; κανένα νέο; ακολουθώ; μη ρωτάς εμένα; θέλω κι εγώ; το ίδιο κι εδώ"
    ),
    "hu": (
        "engem is; én is szeretném; nekem is; nálam is ugyanez; ugyanez nálam; ugyanez a; ugyanaz a; fogalmam sincs;"
        " nem tudom; passz; jó kérdés; én is kérek; én is jövök; én is kérnék; benne vagyok; megtaláltad;"
        " van már hír; kíváncsi vagyok; én is kíváncsi; követem; lövésem sincs; én is ezt; én se tudom; ezt én is"
    ),
    "cs": (
        "mě taky; mne také; mně taky; mi taky; taky bych; taky by mě; to by mě; zajímalo by mě; mám to samé;"
        " mám stejný; to samé; stejný problém; stejná otázka; nemám tušení; netuším; nevím; dobrá otázka;"
        " přidávám se; počítej se mnou; počítejte se mnou; jdu do toho; beru; já chci; přišel jsi na to;"
        " přišla jsi na to; nějaké novinky; sleduju; u mě taky; to nevím ani; taky nevím; ani já nevím; taky se ptám"
    ),
    "is": (
        "sama hér; ég líka; mig líka; mér líka; sama spurning; sama vandamál; hef ekki hugmynd; ekki hugmynd;"
        " veit ekki; ég veit það ekki; góð spurning; ég er með; ég vil líka; má ég vera með; ég tek undir;"
        " væri líka til; vil líka vita; langar líka að vita; einhverjar fréttir; fannstu út; fylgist með;"
        " ég kem líka; sama hjá mér"
    ),
})  # fmt: skip
"""What answers nobody: me too, no idea, a hand put up."""

THANKS = Phrases({
    "en": (
        "thank you; thanks; thx; cheers; that worked; it worked; works now; that works; it works; that did it;"
        " did the trick; solved; fixed; sorted; lifesaver; life saver; saved me; saved my; you re right;"
        " you were right; perfect; brilliant; exactly what i needed; that helped; that helps; very helpful; clear as;"
        " i owe you; will try; i ll try"
    ),
    "el": (
        "ευχαριστώ; ευχαριστούμε; σ ευχαριστώ; να σαι καλά; να είσαι καλά; δούλεψε; λύθηκε; έσωσες; σώθηκα; τέλειο;"
        " τέλεια; είχες δίκιο; βοήθησε; βοήθησες; το έλυσα; θα το δοκιμάσω; πέτυχε; αυτό ήταν; μου έφτιαξες"
    ),
    "hu": (
        "köszönöm; köszi; köszönet; kösz; hálás; megmentett*; működik; sikerült; bejött; megoldód*; megoldott*;"
        " igazad volt; igazad lett; tökéletes; segítettél; kipróbálom; ez az; megvan; ez volt az; megjavult"
    ),
    "cs": (
        "děkuju; děkuji; díky; dík; zachráněno; zachránil*; funguje; pomohlo; vyřešeno; povedlo se; vyšlo to; drží;"
        " měl jsi pravdu; měla jsi pravdu; super; paráda; zkusím; to je ono; už to jde; klobouk dolů; už to chodí"
    ),
    "is": (
        "takk; þakka; þúsund þakkir; þetta virkaði; virkar núna; virkar; tókst; bjargaði; bjargaðir; leyst; hárrétt;"
        " frábært; snilld; þú hafðir rétt; prófa þetta; prófa það; ég prófa; þetta hjálpaði; gekk"
    ),
})  # fmt: skip
"""How whoever asked says that it helped, or is going to be tried."""

DISAGREES = Phrases({
    "en": (
        "yes but; no but; that s not; that is not; that didn t; that doesn t; didn t help; doesn t help; didn t work;"
        " tried that; already tried; not what i asked; i asked; but the question; still doesn t; still not; nonsense;"
        " i disagree"
    ),
    "el": (
        "ναι αλλά; όχι αλλά; δεν βοήθησε; δεν δούλεψε; το δοκίμασα ήδη; άλλο ρώτησα; δεν ρώτησα αυτό; διαφωνώ;"
        " δεν είναι έτσι"
    ),
    "hu": (
        "igen de; nem de; nem segített; nem működött; már próbáltam; nem ezt kérdeztem; nem értek egyet; ez nem;"
        " nem jött be"
    ),
    "cs": (
        "ano ale; jo ale; ne ale; nepomohlo; nefungovalo; to už jsem zkoušel*; už jsem zkusil*;"
        " na to jsem se neptal*; nesouhlasím; to není pravda; to neplatí"
    ),
    "is": (
        "já en; nei en; hjálpaði ekki; virkaði ekki; búinn að prófa; búin að prófa; ég spurði ekki; ósammála;"
        " það er ekki rétt"
    ),
})  # fmt: skip
"""How whoever asked says that it did not help; it counts only at the beginning or without thanks."""
