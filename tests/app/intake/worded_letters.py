# ruff: noqa: E501  HTML as services write it, in long lines
"""Notices worded as services word them in five languages, each built in a way of its own, with what is right of each."""

from __future__ import annotations

from typing import Any

from tests.app.intake.notice_letters import Letter

FOOT_IS = '<tr><td style="font-size:12px;color:#777">Þú færð þennan tölvupóst af því að þú ert skráð/ur. <a href="https://x.example/unsub">Afskrá</a> · Persónuverndarstefna</td></tr>'
FOOT_HU = '<div style="font-size:11px;color:#888">Azért kaptad ezt az e-mailt, mert feliratkoztál az értesítésekre. <a href="https://x.example/unsub">Leiratkozás</a></div>'
FOOT_CS = '<p><small>Tento e-mail jsme odeslali, protože máte zapnutá oznámení. <a href="https://x.example/unsub">Odhlásit odběr</a></small></p>'
FOOT_EL = '<p style="color:#999;font-size:12px">Λαμβάνετε αυτό το email επειδή έχετε ενεργοποιήσει τις ειδοποιήσεις. <a href="https://x.example/unsub">Κατάργηση εγγραφής</a></p>'
FOOT_EN = '<p style="color:#999;font-size:12px">You are receiving this because you have notifications turned on. <a href="https://x.example/unsub">Unsubscribe</a> | <a href="https://x.example/help">Help</a></p>'
WORDED: list[Letter] = []


def _case(
    name: str, kind: str, sender: str, subject: str, html: str, right: tuple[tuple[str, str, str], ...], **rest: Any
) -> None:
    WORDED.append(Letter(name, kind, sender, subject, html, right, **rest))


_case(
    "g cs",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Jan Novák přidal(a) recenzi firmy Stand Lemonade",
    '<table><tr><td><img src="g" alt="Google"></td></tr><tr><td><h2>Nová recenze firmy Stand Lemonade</h2></td></tr><tr><td><table><tr><td><img src="a"></td><td>Jan Novák<br><img src=s alt="Hodnocení 2 z 5"><br>před 3 hodinami</td></tr><tr><td colspan=2>Obsluha milá, ale limonáda vlažná a drahá. Čekal jsem víc.</td></tr></table></td></tr><tr><td><a href="https://business.google.com/reviews/l/123/r/AbC" style="background:#1a73e8;color:white;padding:10px">Odpovědět na recenzi</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "Jan Novák",
            "Obsluha milá, ale limonáda vlažná a drahá. Čekal jsem víc.",
            "https://business.google.com/reviews/l/123/r/AbC",
        ),
    ),
    sender_name="Firemní profil na Googlu",
    stars=2,
)
_case(
    "g el",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Ο χρήστης Νίκος Δήμου άφησε μια κριτική για την επιχείρηση Stand Lemonade",
    '<div><div>Γεια σας,</div><div><b>Νίκος Δήμου</b> άφησε μια κριτική 5 αστέρων για την επιχείρηση <b>Stand Lemonade</b></div><div style="padding:12px;background:#f1f3f4">Εξαιρετική εξυπηρέτηση! Θα ξανάρθουμε σίγουρα.</div><div><a href="https://search.google.com/local/reviews?placeid=ChIJ1">Δείτε την κριτική</a></div></div>'
    + FOOT_EL,
    (
        (
            "Νίκος Δήμου",
            "Εξαιρετική εξυπηρέτηση! Θα ξανάρθουμε σίγουρα.",
            "https://search.google.com/local/reviews?placeid=ChIJ1",
        ),
    ),
    sender_name="Google Business Profile",
    stars=5,
)
_case(
    "g is",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Jón Jónsson skildi eftir umsögn um Stand Lemonade",
    '<table><tr><td>Jón Jónsson skildi eftir umsögn</td></tr><tr><td>★★★☆☆</td></tr><tr><td>„Fínn drykkur en staðurinn var skítugur.“</td></tr><tr><td><a href="https://business.google.com/n/9/reviews/77" class="button">Svara umsögn</a></td></tr>'
    + FOOT_IS
    + "</table>",
    (("Jón Jónsson", "Fínn drykkur en staðurinn var skítugur.", "https://business.google.com/n/9/reviews/77"),),
    sender_name="Google Business Profile",
    stars=3,
)
_case(
    "tp hu",
    "trustpilot",
    "noreply@trustpilot.com",
    "Új 1 csillagos értékelés: Kiss Éva",
    '<div style="background:#fff"><p>Kedves Stand Lemonade!</p><p>Kiss Éva új értékelést írt rólad:</p><div style="border:1px solid #ccc;padding:16px"><div>★☆☆☆☆</div><div style="font-weight:700">Soha többet</div><div>Három hete rendeltem, azóta se csomag, se válasz.</div></div><p><a href="https://business.trustpilot.com/reviews/6123abc" style="background-color:#205cd4;color:#fff;padding:10px">Válasz az értékelésre</a></p></div>'
    + FOOT_HU,
    (
        (
            "Kiss Éva",
            "Három hete rendeltem, azóta se csomag, se válasz.",
            "https://business.trustpilot.com/reviews/6123abc",
        ),
    ),
    sender_name="Trustpilot",
    stars=1,
)
_case(
    "fb hu mention",
    "facebook",
    "notification@facebookmail.com",
    "Kovács Anna megemlített téged egy hozzászólásban.",
    '<table><tr><td><span style="color:#fff;font-size:1px">Kovács Anna megemlített téged</span></td></tr><tr><td>Szia Stand!</td></tr><tr><td><a href="https://www.facebook.com/anna"><b>Kovács Anna</b></a> megemlített téged egy hozzászólásban.</td></tr><tr><td style="border-left:3px solid #ddd">Kovács Anna<br>„<b>Stand Lemonade</b>, mikor jöttök Szegedre?”</td></tr><tr><td><a style="background:#1877f2" href="https://www.facebook.com/permalink.php?story_fbid=11&id=22&comment_id=33">Megtekintés a Facebookon</a></td></tr></table>'
    + FOOT_HU,
    (
        (
            "Kovács Anna",
            "Stand Lemonade, mikor jöttök Szegedre?",
            "https://www.facebook.com/permalink.php?story_fbid=11&id=22&comment_id=33",
        ),
    ),
    sender_name="Facebook",
)
_case(
    "li en page",
    "linkedin",
    "notifications-noreply@linkedin.com",
    "Petra Svobodová commented on Stand Lemonade's post",
    '<table><tr><td>LinkedIn</td></tr><tr><td>Stand Lemonade: new comment</td></tr><tr><td><table bgcolor="#f3f2ef"><tr><td><img alt="Petra Svobodová" src=a></td><td>Petra Svobodová<br><span style="color:#666">HR Business Partner at Velký Závod</span></td></tr><tr><td colspan=2>Congrats! We would love to have you at our summer party.<br/>How do we book?</td></tr></table></td></tr><tr><td><table><tr><td>Stand Lemonade</td></tr><tr><td>We won the regional taste award this week, and ...see more</td></tr></table></td></tr><tr><td><a href="https://www.linkedin.com/comm/feed/update/urn:li:activity:99?commentUrn=x&midToken=AQ" class="btn-primary">View comment</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Petra Svobodová",
            "Congrats! We would love to have you at our summer party.\nHow do we book?",
            "https://www.linkedin.com/comm/feed/update/urn:li:activity:99?commentUrn=x&midToken=AQ",
        ),
    ),
    sender_name="LinkedIn",
)
_case(
    "yt hu",
    "youtube_notices",
    "noreply@youtube.com",
    "Új hozzászólás: „400 citrom”",
    '<table><tr><td><img alt="YouTube" src=y></td></tr><tr><td>Őry Béla hozzászólt a videódhoz</td></tr><tr><td><a href="https://www.youtube.com/watch?v=zzz9">400 citrom</a></td></tr><tr><td><table><tr><td><img src=b></td><td><a href="https://www.youtube.com/channel/UCq">Őry Béla</a></td></tr><tr><td></td><td>Melyik géppel préselitek? Szeretnék egy ilyet otthonra.</td></tr></table></td></tr><tr><td><a href="https://www.youtube.com/watch?v=zzz9&lc=Ug12">VÁLASZ</a> <a href="https://www.youtube.com/comments?ar=1">ÖSSZES HOZZÁSZÓLÁS KEZELÉSE</a></td></tr></table>'
    + FOOT_HU,
    (
        (
            "Őry Béla",
            "Melyik géppel préselitek? Szeretnék egy ilyet otthonra.",
            "https://www.youtube.com/watch?v=zzz9&lc=Ug12",
        ),
    ),
    sender_name="YouTube",
)
_case(
    "ig el",
    "instagram",
    "no-reply@mail.instagram.com",
    "Η χρήστρια sofia.se.fos σχολίασε: «Πού το βρίσκω;»",
    '<table align=center><tr><td><img alt="Instagram"></td></tr><tr><td><img alt="Φωτογραφία προφίλ: sofia.se.fos"></td></tr><tr><td><a href="https://www.instagram.com/sofia.se.fos/">sofia.se.fos</a> σχολίασε τη δημοσίευσή σας.</td></tr><tr><td>Πού το βρίσκω; 😍</td></tr><tr><td><a href="https://www.instagram.com/p/Cy77/" style="background:#0095f6;color:#fff">Προβολή στο Instagram</a></td></tr></table>'
    + FOOT_EL,
    (("sofia.se.fos", "Πού το βρίσκω; 😍", "https://www.instagram.com/p/Cy77/"),),
    sender_name="Instagram",
)
_case(
    "threads digest",
    "threads",
    "no-reply@mail.threads.com",
    "You have 3 new replies",
    '<div><h1>3 new replies to your thread</h1><div><p style="color:#999">You</p><p>What should the next flavour be?</p></div>'
    + "".join(
        f'<div style="padding:10px"><a href="https://www.threads.com/@{u}"><strong>{u}</strong></a><span style="color:#999"> {h}h</span><p>{t}</p><a href="https://www.threads.com/@{u}/post/C{i}">View reply</a></div>'
        for i, (u, h, t) in enumerate(
            [("maria_k", 2, "Mastic!"), ("jonj", 3, "Rhubarb and liquorice, obviously."), ("b.ory", 5, "Meggy 🍒")]
        )
    )
    + "</div>"
    + FOOT_EN,
    (
        ("maria_k", "Mastic!", "https://www.threads.com/@maria_k/post/C0"),
        ("jonj", "Rhubarb and liquorice, obviously.", "https://www.threads.com/@jonj/post/C1"),
        ("b.ory", "Meggy 🍒", "https://www.threads.com/@b.ory/post/C2"),
    ),
    sender_name="Threads",
)
_case(
    "reddit mention",
    "reddit",
    "noreply@redditmail.com",
    "u/sour_puss mentioned you in r/budapest",
    '<table><tr><td><a href="https://www.reddit.com"><img alt="reddit logo"></a></td></tr><tr><td>u/stand_lemonade, you were mentioned</td></tr><tr><td><b>Where to drink when it is 38 degrees?</b></td></tr><tr><td>u/sour_puss</td></tr><tr><td>Try u/stand_lemonade on Saturday, they are at the market until two.</td></tr><tr><td><a href="https://www.reddit.com/r/budapest/comments/q1/where/z9/?context=3" style="background:#ff4500">View mention</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "u/sour_puss",
            "Try u/stand_lemonade on Saturday, they are at the market until two.",
            "https://www.reddit.com/r/budapest/comments/q1/where/z9/?context=3",
        ),
    ),
    sender_name="Reddit",
)
_case(
    "tt el",
    "tiktok",
    "noreply@tiktok.com",
    "Γιώργος Δ. απάντησε στο σχόλιό σας",
    '<div><table><tr><td>TikTok</td></tr><tr><td>Το σχόλιό σας: Ευχαριστούμε πολύ!</td></tr><tr><td><b>Γιώργος Δ.</b>: Πότε ανοίγετε στην Αθήνα;</td></tr><tr><td><a class="button" href="https://vm.tiktok.com/ZMabc12/">Απάντηση</a></td></tr></table></div>'
    + FOOT_EL,
    (("Γιώργος Δ.", "Πότε ανοίγετε στην Αθήνα;", "https://vm.tiktok.com/ZMabc12/"),),
    sender_name="TikTok",
)
_case(
    "ta cs",
    "tripadvisor",
    "noreply@tripadvisor.com",
    "Uživatel cestovatel_77 napsal recenzi na Stand Lemonade",
    '<table><tr><td>Tripadvisor</td></tr><tr><td>Dobrý den,</td></tr><tr><td>máte novou recenzi od uživatele <b>cestovatel_77</b>.</td></tr><tr><td>●●○○○ 21. listopadu 2026</td></tr><tr><td><b>„Zklamání“</b></td></tr><tr><td>Čekali jsme čtyřicet minut a dostali teplou limonádu.</td></tr><tr><td><a href="https://www.tripadvisor.cz/ShowUserReviews-g1-d2-r900.html">Přečíst celou recenzi</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "cestovatel_77",
            "Čekali jsme čtyřicet minut a dostali teplou limonádu.",
            "https://www.tripadvisor.cz/ShowUserReviews-g1-d2-r900.html",
        ),
    ),
    sender_name="Tripadvisor",
    stars=2,
)
_case(
    "x cs quote",
    "x",
    "notify@twitter.com",
    "Tomáš Dvořák citoval váš příspěvek",
    '<table><tr><td><b>Tomáš Dvořák</b> <span style="color:#657786">@tomdv · 2h</span></td></tr><tr><td>Tohle je přesně ten důvod, proč tam chodím.</td></tr><tr><td><table style="border:1px solid #ccd6dd;border-radius:12px"><tr><td><b>Stand Lemonade</b> @stand</td></tr><tr><td>Dnes zdarma voda pro všechny, je vedro.</td></tr></table></td></tr><tr><td><a href="https://twitter.com/tomdv/status/777?refsrc=email&t=9" style="background-color:#1da1f2;border-radius:20px">Zobrazit příspěvek</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "Tomáš Dvořák",
            "Tohle je přesně ten důvod, proč tam chodím.",
            "https://twitter.com/tomdv/status/777?refsrc=email&t=9",
        ),
    ),
    sender_name="Twitter",
)
_case(
    "fb msg is",
    "facebook",
    "notification@facebookmail.com",
    "Guðrún sendi þér skilaboð",
    '<table><tr><td>Guðrún Þórðardóttir sendi Stand Lemonade skilaboð</td></tr><tr><td>Guðrún Þórðardóttir</td></tr><tr><td style="background:#f0f0f0;border-radius:12px">Hæ! Eigið þið enn kvíðið á lager? Mig vantar tvær flöskur fyrir helgi.</td></tr><tr><td><a href="https://www.facebook.com/messages/t/100055?ref=email" style="background:#1877f2;color:#fff">Svara í Messenger</a></td></tr>'
    + FOOT_IS
    + "</table>",
    (
        (
            "Guðrún Þórðardóttir",
            "Hæ! Eigið þið enn kvíðið á lager? Mig vantar tvær flöskur fyrir helgi.",
            "https://www.facebook.com/messages/t/100055?ref=email",
        ),
    ),
    sender_name="Facebook",
    public=False,
)
_case(
    "fb cut cs",
    "facebook",
    "notification@facebookmail.com",
    "Alena Malá a další 4 lidé okomentovali váš příspěvek",
    '<table><tr><td>Alena Malá a další 4 lidé okomentovali váš příspěvek.</td></tr><tr><td><table><tr><td><img src=a alt=""></td><td><b>Alena Malá</b><br>Chodíme k vám s dětmi každou sobotu a letos poprvé jsme čekali půl hodiny. Nešlo by otevřít druhé okénko, aspoň když je vedro? Děti už<span>... </span><a href="https://www.facebook.com/stand/posts/7?comment_id=8">Zobrazit více</a></td></tr></table></td></tr><tr><td><a href="https://www.facebook.com/stand/posts/7?comment_id=8" style="background:#1877f2;color:#fff;padding:8px">Zobrazit</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "Alena Malá",
            "Chodíme k vám s dětmi každou sobotu a letos poprvé jsme čekali půl hodiny. Nešlo by otevřít druhé okénko, aspoň když je vedro? Děti už…",
            "https://www.facebook.com/stand/posts/7?comment_id=8",
        ),
    ),
    sender_name="Facebook",
)
_case(
    "ig hu story",
    "instagram",
    "no-reply@mail.instagram.com",
    "zsofi_k válaszolt a történetedre",
    '<div style="text-align:center"><img alt="Instagram"><p><b>zsofi_k</b> válaszolt a történetedre:</p><p style="background:#efefef;border-radius:20px;padding:10px">Ez hol van?? 😍😍</p><a href="https://www.instagram.com/direct/t/3402/" style="background:#3897f0;color:#fff;padding:8px 20px">Üzenet megnyitása</a></div>'
    + FOOT_HU,
    (("zsofi_k", "Ez hol van?? 😍😍", "https://www.instagram.com/direct/t/3402/"),),
    sender_name="Instagram",
    public=True,
)
_case(
    "plain g hu",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Nagy Péter értékelte a következőt: Stand Lemonade",
    "",
    (("Nagy Péter", "Finom, gyors, kedves. Csak így tovább!", "https://business.google.com/reviews/l/55/r/66"),),
    plain="Nagy Péter véleményt írt a következőről: Stand Lemonade\n\n5 csillag\n\nFinom, gyors, kedves. Csak így tovább!\n\nVálasz a véleményre:\nhttps://business.google.com/reviews/l/55/r/66\n\nGoogle Ireland Ltd, Gordon House, Dublin 4\nEzt az e-mailt azért kaptad, mert kezeled a(z) Stand Lemonade profilját. Leiratkozás: https://business.google.com/unsub\n",
    sender_name="Google Business Profile",
    stars=5,
)
_case(
    "plain li wrap",
    "linkedin",
    "messages-noreply@linkedin.com",
    "Anna Bell sent you a message",
    "",
    (
        (
            "Anna Bell",
            "Hello, we are looking for a drinks partner for our conference in May, about 300 people over two days. Would that be something for you?\n\nBest, Anna",
            "https://www.linkedin.com/messaging/thread/2-ab/",
        ),
    ),
    plain="Anna Bell sent you a message on LinkedIn\n\nHello, we are looking for a drinks partner for our conference in May,\nabout 300 people over two days. Would that be something for you?\n\nBest, Anna\n\nReply: https://www.linkedin.com/messaging/thread/2-ab/\n\n----------------------------------------\n\nThis email was intended for Jana (Owner at Stand Lemonade).\nUnsubscribe: https://www.linkedin.com/e/v2/unsub\nLinkedIn Corporation, 1000 W Maude Ave, Sunnyvale, CA 94085\n",
    sender_name="Anna Bell via LinkedIn",
    public=False,
)
