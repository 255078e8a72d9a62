"""Sentences for the voice rules of demo and starters: ordinary ones that no rule may stop, and some that are stopped.

The ordinary ones hold promises, days and times as they are said in each language, and words that a rule comes near.
"""

from __future__ import annotations

ORDINARY = {
    "en": (
        "You should have it by Friday, and I don’t miss the sugar either.",
        "Cure the lemons in salt for three weeks; we cured ours in the cellar, to compensate for the acidity.",
        "Bake it into an apple turnover. Good for you!",
        "The shop on the corner has shut, but I’ll look into it on Monday morning and answer here.",
        "I’ll write the day after tomorrow, at half past two, even without news.",
        "You’ll have the price list within a fortnight. I promise.",
        "My mother lives at the end of the road, and the flavours are the same as last year.",
    ),
    "is": (
        "Læknar mæla með vatni, en ég skrifa þér á morgun, líka þótt ekkert sé að frétta.",
        "Þá er ég rólegur. Staðurinn er rólegur líka.",
        "Við fengum tilboð frá prentsmiðjunni og fjárfestum í nýjum tappa.",
        "Keppinautarnir í uppskriftakeppninni eru ellefu. Leitið að lykilorðinu „mynta“.",
        "Þú færð svar í síðasta lagi á föstudaginn, kl. hálf þrjú. Ég lofa því.",
        "Ég kanna þetta á mánudagsmorgun, eftir viku eða hálfan mánuð.",
    ),
    "hu": (
        "Móron is lesz kóstoló, és 2027-es izgalmas terveink is vannak.",
        "A jövő évi izlandi utunk még messze van; új személyi számítógépet viszont veszünk.",
        "A telefonszámla a postán van, a kedvezményezett neve rajta.",
        "Mielőbbi gyógyulást! A márciusi forradalmi dal is szólt.",
        "Holnap írok, akkor is, ha nincs hírem. Péntekig választ kapsz, megígérem.",
        "Jövő kedden fél háromkor utánanézek, és két hét múlva visszajövök a válasszal.",
    ),
    "cs": (
        "Měl jste pravdu a měla jste ji i vy. Čůrek vody stačí.",
        "Slévejte to přes plátno, jako ve slévárně. Viděli jsme je v akci!",
        "Konkurence, které se bojíme! Brzké uzdravení, ať se brzo uzdraví i dcera.",
        "Láhev má patentní uzávěr. Přitom je to jen drát.",
        "Zítra se vám ozvu, i kdyby nebylo nic nového. Slibuju, že v pátek dorazí.",
        "Příští úterý v půl třetí to zjistím a za čtrnáct dní odepíšu.",
    ),
    "el": (
        "Διαβάστε την Πολιτική Απορρήτου. Η θάλασσα ηρέμησε.",
        "Η προσφορά μας στον σύλλογο ήταν δέκα μπουκάλια.",
        "Χρειάζομαι μόνο τον ταχυδρομικό κωδικό σου, με την Τρίτη να έρχεται.",
        "Θα σου γράψω αύριο, ακόμη κι αν δεν έχω νέα. Το υπόσχομαι.",
        "Ως την Παρασκευή στις δυόμισι θα έχεις απάντηση, ή σε δύο εβδομάδες.",
    ),
}

STOPPED = {
    "en": (
        "we will pay you back", "I credit your account", "next year’s flavours", "new flavours for next year",
        "it cures a cold", "a cure for colds", "you should have known", "don’t miss out", "our turnover",
    ),
    "is": (
        "peninginn til baka", "við bakfærum", "kennitöluna þína", "heimilisföng", "birginum okkar", "birgja okkar",
        "til afeitrunar", "lækning við kvefi", "læknar kvef", "lækkar kólesteról", "brögðum 2027", "brögðin árið 2027",
        "bragðtegundirnar fyrir 2027", "vertu róleg",
    ),
    "hu": (
        "visszautaljuk", "pénzvisszatérítés", "jóváírjuk", "fizetjük vissza", "térítjük vissza", "meggyógyítja",
        "csökkenti a koleszterint", "szabadalom", "nyugodjon meg", "meg kell értenie", "2027-es ízeink",
        "ízek 2027-ben", "jövőre új ízek", "a telefonszámodat", "személyi számát", "akcióban",
    ),
    "cs": (
        "s vrácením peněz", "peníze vám vrátíme", "vrátím vám peníze", "příchuť 2027", "příchutěmi na rok 2027",
        "hubnoucí čaj", "zhubnete", "léčba", "snížení cholesterolu", "telefonním číslem", "čísla karet",
        "rodného čísla", "vaše adresa", "teplotu lisování", "našeho dodavatele", "patent", "revolučního",
        "za to nemůžeme", "slevu", "to jste měl vědět",
    ),
    "el": (
        "επιστροφή των χρημάτων", "τα λεφτά σου πίσω", "τα χρήματά σας πίσω", "γεύση του 2027", "γεύσεις το 2027",
        "θεραπεία", "αδυνάτισμα", "χοληστερόλη", "η διεύθυνσή σας", "αριθμός της κάρτας", "του τζίρου", "Α.Φ.Μ.",
        "τον προμηθευτή μας", "κορυφαίας ποιότητας", "ηρεμήστε",
    ),
}  # fmt: skip

FORMS = {
    "en": ("healing", "good for your health", "paid you back", "credited your account"),
    "is": (
        "kennitölur",
        "skaðabótum",
        "peningurinn til baka",
        "borgum til baka",
        "birgi okkar",
        "birginn okkar",
        "birgjum okkar",
        "róleg öll",
    ),
    "hu": ("nyugodj meg", "a lakcímed", "barmok", "barmot"),
    "cs": (
        "příchutím 2027",
        "příchutěmi 2027",
        "léčit",
        "vaší adresy",
        "při teplotě lisování",
        "blbci",
        "držte hubu",
        "není naše vina",
    ),
    "el": ("επιστρέψουμε χρήματα", "τηλέφωνό σας", "αριθμός κάρτας", "ο κωδικός σου"),
}
"""Further forms, each found by the demo's rules or the starter's."""

NEAR = {
    "en": ("apple turnover", "lives at the end", "to compensate for the acidity", "Moroni"),
    "is": ("rólegur staður", "tilboð frá prentsmiðjunni", "lykilorð í leitinni", "hágæða"),
    "hu": ("2027-es izgalmas tervek", "jövő évi izlandi utunk", "személyi számítógép", "a jelszava: kitartás"),
    "cs": ("slévárna", "Měl jste pravdu", "viděli jsme je v akci", "čůrek vody", "přitom"),
    "el": ("Πολιτική Απορρήτου", "η θάλασσα ηρέμησε", "η προσφορά μας στον σύλλογο", "ταχυδρομικό κωδικό σου"),
}
"""Words that come near a rule of either and are none of its words."""
