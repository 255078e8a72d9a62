# ruff: noqa: E501  HTML as services write it, in long lines
"""More notices: groups, lists of comments, stars without words, private messages, plain letters; with what is right."""

from __future__ import annotations

from typing import Any

from tests.app.intake.notice_letters import Letter
from tests.app.intake.worded_letters import FOOT_CS, FOOT_EL, FOOT_EN, FOOT_HU, FOOT_IS

FURTHER: list[Letter] = []


def _case(
    name: str, kind: str, sender: str, subject: str, html: str, right: tuple[tuple[str, str, str], ...], **rest: Any
) -> None:
    FURTHER.append(Letter(name, kind, sender, subject, html, right, **rest))


_case(
    "fb group style",
    "facebook",
    "groupupdates@facebookmail.com",
    "Jana Dvořáková zmínila vás v komentáři ve skupině Limonády z Brna",
    '<table><tr><td style="font-size:14px"><a href="https://www.facebook.com/groups/1">Limonády z Brna</a></td></tr><tr><td><a href="https://www.facebook.com/jana"><span style="font-weight:bold">Jana Dvořáková</span></a> <span style="color:#777">21. listopadu 10:04</span></td></tr><tr><td>Zkuste Stand Lemonade, mají nejlepší rebarborovou!</td></tr><tr><td><a href="https://www.facebook.com/groups/1/posts/55/?comment_id=66">Zobrazit komentář</a> · <a href="https://www.facebook.com/groups/1/settings">Upravit nastavení</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "Jana Dvořáková",
            "Zkuste Stand Lemonade, mají nejlepší rebarborovou!",
            "https://www.facebook.com/groups/1/posts/55/?comment_id=66",
        ),
    ),
    sender_name="Facebook",
)
_case(
    "li comment list",
    "linkedin",
    "notifications-noreply@linkedin.com",
    "Anna Bell and 1 other commented on your post",
    '<table><tr><td>Jana, you have new comments</td></tr><tr><td>Your post</td></tr><tr><td style="background:#eef3f8">We are looking for two people to squeeze lemons this summer.</td></tr>'
    + "".join(
        f'<tr><td><table><tr><td><img src=x alt="{u}"></td><td><strong>{u}</strong><br><span style="color:#666;font-size:12px">{h}</span></td></tr><tr><td colspan=2>{t}</td></tr><tr><td colspan=2><a href="https://www.linkedin.com/feed/update/urn:li:activity:8?commentUrn={i}">Reply</a></td></tr></table></td></tr>'
        for i, (u, h, t) in enumerate(
            [
                ("Anna Bell", "Teacher", "My son would love to, he is 17. Too young?"),
                ("Petr Hanák", "Student at VUT", "Is housing included?"),
            ]
        )
    )
    + "</table>"
    + FOOT_EN,
    (
        (
            "Anna Bell",
            "My son would love to, he is 17. Too young?",
            "https://www.linkedin.com/feed/update/urn:li:activity:8?commentUrn=0",
        ),
        ("Petr Hanák", "Is housing included?", "https://www.linkedin.com/feed/update/urn:li:activity:8?commentUrn=1"),
    ),
    sender_name="LinkedIn",
)
_case(
    "google hu noquote",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Kiss Éva értékelte a(z) Stand Lemonade vállalkozást",
    '<table align=center><tr><td><h1>Kiss Éva véleményt írt</h1></td></tr><tr><td>Stand Lemonade · Kossuth tér 1, Debrecen</td></tr><tr><td><table style="border:1px solid #dadce0"><tr><td>Kiss Éva</td></tr><tr><td><img alt="Értékelés: 3/5"></td></tr><tr><td>A limonádé jó, a kiszolgálás lassú.<br>A gyerekek élvezték.</td></tr></table></td></tr><tr><td><a href="https://business.google.com/reviews/l/7/r/9?hl=hu" style="background:#1a73e8;color:#fff">Válasz</a></td></tr></table>'
    + FOOT_HU,
    (
        (
            "Kiss Éva",
            "A limonádé jó, a kiszolgálás lassú.\nA gyerekek élvezték.",
            "https://business.google.com/reviews/l/7/r/9?hl=hu",
        ),
    ),
    sender_name="Google Cégprofil",
    stars=3,
)
_case(
    "stars only",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Pavel D. left a 5-star rating for Stand Lemonade",
    '<table><tr><td>Pavel D. left a rating</td></tr><tr><td>★★★★★</td></tr><tr><td><a href="https://business.google.com/reviews/l/7/r/10" style="background:#1a73e8;color:#fff">Reply</a></td></tr></table>'
    + FOOT_EN,
    (("Pavel D.", "★★★★★", "https://business.google.com/reviews/l/7/r/10"),),
    sender_name="Google Business Profile",
    stars=5,
)
_case(
    "x is like digest",
    "x",
    "notify@x.com",
    "Sigga (@sigga_j) svaraði færslunni þinni",
    '<table><tr><td>Í svari til <a href="https://x.com/stand">@stand</a></td></tr><tr><td><b>Sigga</b> @sigga_j · 5m</td></tr><tr><td>Loksins! Verðið þið líka á Menningarnótt?</td></tr><tr><td><img src=h alt="Reply"> <img src=h alt="Like"></td></tr><tr><td><a class="button" href="https://x.com/sigga_j/status/42?t=1">Svara</a></td></tr></table><table>'
    + FOOT_IS
    + "</table>",
    (("Sigga", "Loksins! Verðið þið líka á Menningarnótt?", "https://x.com/sigga_j/status/42?t=1"),),
    sender_name="X",
)
_case(
    "tiktok en bold comment",
    "tiktok",
    "noreply@service.tiktok.com",
    "sam_the_lemon commented: what's the song??",
    '<div><img alt="TikTok"><h2>sam_the_lemon commented on your video</h2><p style="font-size:20px;font-weight:bold">what\'s the song??</p><a href="https://www.tiktok.com/@stand/video/7?comment_id=9" style="background:#fe2c55;color:#fff">Reply</a></div>'
    + FOOT_EN,
    (("sam_the_lemon", "what's the song??", "https://www.tiktok.com/@stand/video/7?comment_id=9"),),
    sender_name="TikTok",
)
_case(
    "ig dm cs",
    "instagram",
    "no-reply@mail.instagram.com",
    "petra.v vám poslala zprávu",
    '<table><tr><td><img alt="Instagram"></td></tr><tr><td><b>petra.v</b> vám poslala zprávu.</td></tr><tr><td><div style="background:#efefef;border-radius:18px">Ahoj! Děláte i svatby? 🥂</div></td></tr><tr><td><a href="https://www.instagram.com/direct/t/17/" style="background:#0095f6;color:#fff">Odpovědět</a></td></tr></table>'
    + FOOT_CS,
    (("petra.v", "Ahoj! Děláte i svatby? 🥂", "https://www.instagram.com/direct/t/17/"),),
    sender_name="Instagram",
    public=False,
)
_case(
    "tp el",
    "trustpilot",
    "noreply@trustpilot.com",
    "Νέα κριτική 3 αστέρων από Κώστας Μ.",
    '<div style="padding:20px"><p>Γεια σας Stand Lemonade,</p><p>Ο/Η <b>Κώστας Μ.</b> μόλις έγραψε μια κριτική:</p><blockquote style="border-left:4px solid #00b67a"><p><img alt="3 αστέρια"></p><p>Καλή γεύση, αλλά το κουτί ήταν ανοιχτό όταν έφτασε.</p></blockquote><p><a href="https://gr.trustpilot.com/reviews/5f5f" style="background:#1b6aea;color:#fff">Απαντήστε τώρα</a></p></div>'
    + FOOT_EL,
    (("Κώστας Μ.", "Καλή γεύση, αλλά το κουτί ήταν ανοιχτό όταν έφτασε.", "https://gr.trustpilot.com/reviews/5f5f"),),
    sender_name="Trustpilot",
    stars=3,
)
_case(
    "yt plain",
    "youtube_notices",
    "noreply@youtube.com",
    'New comment on "400 lemons"',
    "",
    (
        (
            "Hannah Brandt",
            "Where did you get the press? Mine broke after two summers.",
            "https://www.youtube.com/watch?v=x7&lc=Ugz",
        ),
    ),
    plain="Hannah Brandt commented on your video\n\n400 lemons\nhttp://www.youtube.com/watch?v=x7\n\nWhere did you get the press? Mine broke after two summers.\n\nREPLY\nhttps://www.youtube.com/watch?v=x7&lc=Ugz\n\nMANAGE ALL COMMENTS\nhttps://www.youtube.com/comments\n\nIf you no longer wish to receive emails about comments you can unsubscribe.\n©2026 YouTube, LLC 901 Cherry Ave, San Bruno, CA 94066\n",
    sender_name="YouTube",
)
_case(
    "reply all cz reddit html quote",
    "reddit",
    "noreply@redditmail.com",
    "u/brno_pije odpověděl(a) na váš příspěvek v r/brno",
    '<table><tr><td><p>u/brno_pije odpověděl(a) na váš příspěvek</p></td></tr><tr><td style="background:#f6f7f8"><b>Stánek na Zelňáku</b><br>Od soboty tam jsme.</td></tr><tr><td><table><tr><td>u/brno_pije · 1 h</td></tr><tr><td>Konečně! Do kolika?</td></tr></table></td></tr><tr><td><a href="https://www.reddit.com/r/brno/comments/s1/stanek/p2/" style="background:#0079d3;color:#fff">Zobrazit</a></td></tr></table>'
    + FOOT_CS,
    (("u/brno_pije", "Konečně! Do kolika?", "https://www.reddit.com/r/brno/comments/s1/stanek/p2/"),),
    sender_name="Reddit",
)
_case(
    "li el headline",
    "linkedin",
    "notifications-noreply@linkedin.com",
    "Γιώργος Δήμου σχολίασε τη δημοσίευσή σας",
    '<table><tr><td><img alt="LinkedIn"></td><td align=right>Jana Nováková</td></tr><tr><td colspan=2><table><tr><td><a href="https://www.linkedin.com/comm/in/gdimou"><img alt="Γιώργος Δήμου"></a></td><td><a href="https://www.linkedin.com/comm/in/gdimou"><b>Γιώργος Δήμου</b></a><br><span style="font-size:12px;color:#666">Chef στο Μικρό Λιμάνι</span></td></tr><tr><td colspan=2>Μπράβο σας! Θα θέλαμε να σας έχουμε στο μενού μας. <a href="https://www.linkedin.com/comm/feed/update/urn:li:activity:31?commentUrn=5">…περισσότερα</a></td></tr></table></td></tr><tr><td colspan=2><a href="https://www.linkedin.com/comm/feed/update/urn:li:activity:31?commentUrn=5" style="border:1px solid #0a66c2;border-radius:16px;padding:6px 16px">Προβολή σχολίου</a></td></tr></table>'
    + FOOT_EL,
    (
        (
            "Γιώργος Δήμου",
            "Μπράβο σας! Θα θέλαμε να σας έχουμε στο μενού μας.…",
            "https://www.linkedin.com/comm/feed/update/urn:li:activity:31?commentUrn=5",
        ),
    ),
    sender_name="LinkedIn",
)
_case(
    "fb en page review",
    "facebook",
    "pageupdates@facebookmail.com",
    "Anna Bell recommends Stand Lemonade",
    '<table><tr><td><b>Anna Bell</b> recommends <b>Stand Lemonade</b>.</td></tr><tr><td style="border-left:4px solid #ccc">Went there with 12 colleagues and everybody found something. The ginger one is strong!</td></tr><tr><td><a href="https://www.facebook.com/anna/posts/10?ref=notif" style="background:#4267b2;color:#fff">See recommendation</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Anna Bell",
            "Went there with 12 colleagues and everybody found something. The ginger one is strong!",
            "https://www.facebook.com/anna/posts/10?ref=notif",
        ),
    ),
    sender_name="Facebook",
)
_case(
    "google question",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Anna Bell asked a question about Stand Lemonade",
    '<table><tr><td>New question</td></tr><tr><td>Anna Bell</td></tr><tr><td>Is there a place to change a baby?</td></tr><tr><td><a href="https://business.google.com/n/1/questions/abc123def" style="background:#1a73e8;color:#fff">Answer</a></td></tr></table>'
    + FOOT_EN,
    (("Anna Bell", "Is there a place to change a baby?", "https://business.google.com/n/1/questions/abc123def"),),
    sender_name="Google Business Profile",
)
_case(
    "x en mention thread words with link",
    "x",
    "notify@x.com",
    "Kristín (@kristin_is) mentioned you",
    '<table><tr><td>Kristín</td><td style="color:#657786">@kristin_is</td></tr><tr><td colspan=2>@stand is this you in the paper? <a href="https://t.co/AbC123">ruv.is/frett/2026/limo…</a></td></tr><tr><td colspan=2><a href="https://x.com/kristin_is/status/90210?s=19" style="background:#000;color:#fff">View</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Kristín",
            "@stand is this you in the paper? ruv.is/frett/2026/limo…",
            "https://x.com/kristin_is/status/90210?s=19",
        ),
    ),
    sender_name="X",
)
_case(
    "threads hu list",
    "threads",
    "no-reply@mail.threads.com",
    "2 új válasz érkezett",
    "<div>"
    + "".join(
        f'<div><div><span style="font-weight:600">{u}</span> <span style="color:#999">{h} órája</span></div><div>{t}</div></div>'
        for u, h, t in [("kata.b", 1, "Én a bodzásra szavazok!"), ("zoli", 2, "málna")]
    )
    + '<a href="https://www.threads.com/@stand/post/QQ1" style="background:#000;color:#fff">Összes válasz</a></div>'
    + FOOT_HU,
    (
        ("kata.b", "Én a bodzásra szavazok!", "https://www.threads.com/@stand/post/QQ1"),
        ("zoli", "málna", "https://www.threads.com/@stand/post/QQ1"),
    ),
    sender_name="Threads",
)
_case(
    "tp is",
    "trustpilot",
    "noreply@trustpilot.com",
    "Ný 5 stjörnu umsögn frá Guðrúnu Þ.",
    '<table><tr><td>Trustpilot</td></tr><tr><td>Guðrún Þ. skrifaði umsögn um Stand Lemonade</td></tr><tr><td><img alt="5 stjörnur"></td></tr><tr><td>Hröð sending og allt heilt. Takk!</td></tr><tr><td><a class=btn href="https://www.trustpilot.com/reviews/99zz">Svara umsögn</a></td></tr>'
    + FOOT_IS
    + "</table>",
    (("Guðrún Þ.", "Hröð sending og allt heilt. Takk!", "https://www.trustpilot.com/reviews/99zz"),),
    sender_name="Trustpilot",
    stars=5,
)
_case(
    "ta hu",
    "tripadvisor",
    "noreply@tripadvisor.com",
    "Új értékelés a következőről: Stand Lemonade",
    '<table><tr><td>Kedves Tulajdonos!</td></tr><tr><td>utazo_bela értékelte a vállalkozását.</td></tr><tr><td>●●●●●</td></tr><tr><td><b>Kihagyhatatlan</b></td></tr><tr><td>Frissen préselt, nem cukros, és kutyát is lehet vinni.</td></tr><tr><td><a href="https://www.tripadvisor.co.hu/ShowUserReviews-g8-d9-r10.html" style="background:#00aa6c">Értékelés megtekintése</a></td></tr></table>'
    + FOOT_HU,
    (
        (
            "utazo_bela",
            "Frissen préselt, nem cukros, és kutyát is lehet vinni.",
            "https://www.tripadvisor.co.hu/ShowUserReviews-g8-d9-r10.html",
        ),
    ),
    sender_name="Tripadvisor",
    stars=5,
)
_case(
    "ig cs tagged",
    "instagram",
    "no-reply@mail.instagram.com",
    "brno_foodie vás označil v příspěvku",
    '<table><tr><td><b>brno_foodie</b> vás označil v příspěvku</td></tr><tr><td><img src=p width=400></td></tr><tr><td><b>brno_foodie</b> Sobotní ráno na Zelňáku 🍋 @stand #brno</td></tr><tr><td><a href="https://www.instagram.com/p/E5x/" style="background:#0095f6;color:#fff">Zobrazit příspěvek</a></td></tr></table>'
    + FOOT_CS,
    (("brno_foodie", "Sobotní ráno na Zelňáku 🍋 @stand #brno", "https://www.instagram.com/p/E5x/"),),
    sender_name="Instagram",
)
_case(
    "yt cs plainlinks",
    "youtube_notices",
    "noreply@youtube.com",
    "Petr Hanák zmínil váš kanál v komentáři",
    "",
    (("Petr Hanák", "Mrkněte na @stand, ti to dělají stejně.", "https://www.youtube.com/watch?v=m3&lc=Ugk"),),
    plain="Petr Hanák zmínil váš kanál v komentáři\n\nPetr Hanák\nMrkněte na @stand, ti to dělají stejně.\n\nZobrazit komentář <https://www.youtube.com/watch?v=m3&lc=Ugk>\n\nNastavení oznámení <https://www.youtube.com/account_notifications>\n© 2026 Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043\n",
    sender_name="YouTube",
)
