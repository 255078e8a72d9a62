# ruff: noqa: E501  HTML as services write it, in long lines
"""More notices, built otherwise: names without a colon, several divs, pictures of emoji, visible preheaders, declined names."""

from __future__ import annotations

from typing import Any

from tests.app.intake.notice_letters import Letter
from tests.app.intake.worded_letters import FOOT_CS, FOOT_EL, FOOT_EN, FOOT_HU, FOOT_IS

BUILT: list[Letter] = []


def _case(
    name: str, kind: str, sender: str, subject: str, html: str, right: tuple[tuple[str, str, str], ...], **rest: Any
) -> None:
    BUILT.append(Letter(name, kind, sender, subject, html, right, **rest))


_case(
    "bold lead no colon",
    "instagram",
    "no-reply@mail.instagram.com",
    "anna.bell commented on your photo",
    '<table><tr><td><img src=l alt="Instagram"></td></tr><tr><td><table><tr><td><img src=p alt=""></td><td><a href="https://www.instagram.com/anna.bell" style="font-weight:600">anna.bell</a> Where do you sell this one? <img src="e" alt="😍"><br><span style="color:#8e8e8e;font-size:12px">3h</span></td></tr></table></td></tr><tr><td><a href="https://www.instagram.com/p/B12/" style="background-color:#3897f0;color:#fff">View Comment</a></td></tr></table>'
    + FOOT_EN,
    (("anna.bell", "Where do you sell this one? 😍", "https://www.instagram.com/p/B12/"),),
    sender_name="Instagram",
)
_case(
    "all in one td",
    "facebook",
    "notification@facebookmail.com",
    "Béla Őry hozzászólt a fényképedhez.",
    '<table><tr><td>Szia Jana!<br><br>Béla Őry hozzászólt a fényképedhez:<br><br>„Ez melyik piac? Holnap is ott lesztek?”<br><br><a href="https://www.facebook.com/photo/?fbid=100&comment_id=7">Válasz Bélának</a><br><br>Köszönjük,<br>A Facebook csapata</td></tr></table>'
    + FOOT_HU,
    (("Béla Őry", "Ez melyik piac? Holnap is ott lesztek?", "https://www.facebook.com/photo/?fbid=100&comment_id=7"),),
    sender_name="Facebook",
)
_case(
    "visible preheader",
    "linkedin",
    "notifications-noreply@linkedin.com",
    "Ægir Jónsson svaraði ummælum þínum",
    '<div style="font-size:2px;color:#f3f2ef">Ægir Jónsson: Takk fyrir svarið, en hvenær…</div><table><tr><td><b>Ægir Jónsson</b> svaraði ummælum þínum</td></tr><tr><td>Ummælin þín</td></tr><tr><td style="background:#eee">Við opnum aftur í vor!</td></tr><tr><td><b>Ægir Jónsson</b></td></tr><tr><td style="background:#eee">Takk fyrir svarið, en hvenær opnið þið nákvæmlega?</td></tr><tr><td><a class=button href="https://www.linkedin.com/feed/update/urn:li:activity:5?replyUrn=1">Sjá svar</a></td></tr>'
    + FOOT_IS
    + "</table>",
    (
        (
            "Ægir Jónsson",
            "Takk fyrir svarið, en hvenær opnið þið nákvæmlega?",
            "https://www.linkedin.com/feed/update/urn:li:activity:5?replyUrn=1",
        ),
    ),
    sender_name="LinkedIn",
)
_case(
    "from only",
    "facebook",
    "notification+zj4@facebookmail.com",
    "New comment on your post",
    '<div><span style="display:block;font-weight:bold">Marcus O\'Neill</span><span style="display:block">Can the kids come along on Sunday, or is it adults only?</span><span style="display:block"><a href="https://www.facebook.com/stand/posts/pfbid0xyz?comment_id=1" style="background:#1877f2;color:#fff">Comment</a></span></div>'
    + FOOT_EN,
    (
        (
            "Marcus O'Neill",
            "Can the kids come along on Sunday, or is it adults only?",
            "https://www.facebook.com/stand/posts/pfbid0xyz?comment_id=1",
        ),
    ),
    sender_name="Marcus O'Neill",
)
_case(
    "local guide",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "You've got a new 5-star review",
    '<table><tr><td align=center><img alt="Google Business Profile logo"></td></tr><tr><td align=center style="font-size:22px">Stand Lemonade got a new review</td></tr><tr><td><table style="border:1px solid #ddd"><tr><td><div>Kateřina Veselá</div><div style="color:#70757a;font-size:12px">Local Guide · 38 reviews</div><div style="color:#fbbc04">★★★★★</div><div style="color:#70757a;font-size:12px">a day ago</div><div>Nejlepší limonáda široko daleko.</div><div>Obsluha úsměv od ucha k uchu!</div></td></tr></table></td></tr><tr><td align=center><a href="https://c.gle/ABCdef123xyz" style="background:#1a73e8;color:#fff;padding:10px">Reply to Kateřina</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Kateřina Veselá",
            "Nejlepší limonáda široko daleko.\nObsluha úsměv od ucha k uchu!",
            "https://c.gle/ABCdef123xyz",
        ),
    ),
    sender_name="Google Business Profile",
    stars=5,
)
_case(
    "yt reply in answer",
    "youtube_notices",
    "no-reply@youtube.com",
    "Alena Malá odpověděla na váš komentář",
    '<div style="font-family:Roboto"><p>Alena Malá odpověděla na váš komentář u videa <a href="https://www.youtube.com/watch?v=q9">400 citronů</a></p><blockquote style="color:#606060">Děkujeme za sledování!</blockquote><table><tr><td><img alt="Alena Malá"></td><td><p><b>@alenamala</b> <span style="color:#606060">před 5 minutami</span></p><p>A kde se dá ta limonáda koupit v Ostravě?</p></td></tr></table><p><a style="background:#065fd4;color:#fff" href="https://www.youtube.com/watch?v=q9&lc=UgyA.B">ODPOVĚDĚT</a></p></div>'
    + FOOT_CS,
    (("Alena Malá", "A kde se dá ta limonáda koupit v Ostravě?", "https://www.youtube.com/watch?v=q9&lc=UgyA.B"),),
    sender_name="YouTube",
)
_case(
    "tp verified",
    "trustpilot",
    "noreply@trustpilot.com",
    "Nová 4hvězdičková recenze od Pavla D.",
    '<table><tr><td>Trustpilot</td></tr><tr><td>Právě jste obdrželi novou recenzi</td></tr><tr><td><img alt="4 hvězdičky"></td></tr><tr><td><b>Pavel D.</b> <span style="color:#777">✓ Ověřeno</span></td></tr><tr><td><b>Rychlé dodání</b></td></tr><tr><td>Objednáno v pondělí, ve středu doma. Jen jedna etiketa byla odřená.</td></tr><tr><td><a class="btn" href="https://cs.trustpilot.com/reviews/77aa88">Odpovědět na recenzi</a></td></tr></table>'
    + FOOT_CS,
    (
        (
            "Pavel D.",
            "Objednáno v pondělí, ve středu doma. Jen jedna etiketa byla odřená.",
            "https://cs.trustpilot.com/reviews/77aa88",
        ),
    ),
    sender_name="Trustpilot",
    stars=4,
)
_case(
    "x dm",
    "x",
    "info@x.com",
    "Sofia L. sent you a Direct Message",
    '<table><tr><td><h2>You have a new message</h2></td></tr><tr><td><b>Sofia L.</b> @sofial</td></tr><tr><td><div style="background:#eff3f4;border-radius:16px;padding:12px">hi! do you cater for birthdays? 🎂 20 kids, first week of june</div></td></tr><tr><td><a href="https://x.com/messages/123-456?s=01" style="background:#1d9bf0;border-radius:999px;color:#fff">View message</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Sofia L.",
            "hi! do you cater for birthdays? 🎂 20 kids, first week of june",
            "https://x.com/messages/123-456?s=01",
        ),
    ),
    sender_name="X",
    public=False,
)
_case(
    "reddit dm",
    "reddit",
    "noreply@redditmail.com",
    "u/kx_17 sent you a message",
    '<div><p><a href="https://www.reddit.com/user/kx_17">u/kx_17</a></p><p><b>Bottles for a wedding</b></p><p>Hello,</p><p>could you do 120 small bottles with our own label?</p><p>Thanks!</p><p><a href="https://www.reddit.com/message/messages/2abc" style="background:#ff4500;color:#fff">Reply</a></p></div>'
    + FOOT_EN,
    (
        (
            "u/kx_17",
            "Hello,\n\ncould you do 120 small bottles with our own label?\n\nThanks!",
            "https://www.reddit.com/message/messages/2abc",
        ),
    ),
    sender_name="Reddit",
    public=False,
)
_case(
    "digest more",
    "instagram",
    "no-reply@mail.instagram.com",
    "anna.b, petr_v and 3 others commented on your post",
    "<table><tr><td>Instagram</td></tr>"
    + "".join(
        f'<tr><td><table><tr><td><img alt="{u}"></td><td><b>{u}</b> {t}<br><a href="https://www.instagram.com/p/Zz/c/{i}/">Reply</a></td></tr></table></td></tr>'
        for i, (u, t) in enumerate([("anna.b", "so pretty!! 🍋"), ("petr_v", "kolik stojí ten velký?")])
    )
    + '<tr><td>and 3 more comments</td></tr><tr><td><a class="button" href="https://www.instagram.com/p/Zz/">See all comments</a></td></tr></table>'
    + FOOT_EN,
    (
        ("anna.b", "so pretty!! 🍋", "https://www.instagram.com/p/Zz/c/0/"),
        ("petr_v", "kolik stojí ten velký?", "https://www.instagram.com/p/Zz/c/1/"),
    ),
    sender_name="Instagram",
)
_case(
    "nested quotes",
    "linkedin",
    "notifications-noreply@linkedin.com",
    "Anna Bell mentioned Stand Lemonade in a comment",
    '<p>Anna Bell mentioned <b>Stand Lemonade</b> in a comment.</p><p>“My daughter calls it “the yellow one” and refuses anything else. Well done @Stand Lemonade!”</p><p><a href="https://www.linkedin.com/feed/update/urn:li:ugcPost:70?commentUrn=2" style="border:1px solid;padding:8px;display:inline-block">View comment</a></p>'
    + FOOT_EN,
    (
        (
            "Anna Bell",
            "My daughter calls it “the yellow one” and refuses anything else. Well done @Stand Lemonade!",
            "https://www.linkedin.com/feed/update/urn:li:ugcPost:70?commentUrn=2",
        ),
    ),
    sender_name="LinkedIn",
)
_case(
    "ta el",
    "tripadvisor",
    "members@e.tripadvisor.com",
    "Νέα κριτική για το Stand Lemonade",
    '<table><tr><td>Tripadvisor</td></tr><tr><td>Αγαπητέ ιδιοκτήτη,</td></tr><tr><td>Το Stand Lemonade έλαβε μια νέα κριτική!</td></tr><tr><td><table><tr><td>Κριτική από: <b>Μαρία_ταξιδεύει</b></td></tr><tr><td><img alt="5 από 5 αστέρια"></td></tr><tr><td><b>Απλά τέλειο</b></td></tr><tr><td>Δροσερή λεμονάδα, φιλικοί άνθρωποι και σκιά για τα παιδιά.</td></tr></table></td></tr><tr><td bgcolor="#00aa6c"><a href="https://www.tripadvisor.com.gr/ShowUserReviews-g3-d4-r5.html">Απαντήστε στην κριτική</a></td></tr></table>'
    + FOOT_EL,
    (
        (
            "Μαρία_ταξιδεύει",
            "Δροσερή λεμονάδα, φιλικοί άνθρωποι και σκιά για τα παιδιά.",
            "https://www.tripadvisor.com.gr/ShowUserReviews-g3-d4-r5.html",
        ),
    ),
    sender_name="Tripadvisor",
    stars=5,
)
_case(
    "threads is quote",
    "threads",
    "no-reply@mail.threads.com",
    "sigga.jons vitnaði í þráðinn þinn",
    '<div><p><b>sigga.jons</b> vitnaði í þráðinn þinn</p><div style="border-left:2px solid #000;padding-left:8px">Þetta er ástæðan fyrir því að ég keyri til Akureyrar.</div><p><a style="background:#000;color:#fff" href="https://www.threads.com/@sigga.jons/post/DX9">Skoða þráð</a></p></div><table>'
    + FOOT_IS
    + "</table>",
    (
        (
            "sigga.jons",
            "Þetta er ástæðan fyrir því að ég keyri til Akureyrar.",
            "https://www.threads.com/@sigga.jons/post/DX9",
        ),
    ),
    sender_name="Threads",
)
_case(
    "tt several tracking",
    "tiktok",
    "no-reply@mail.tiktok.com",
    "lemon_lili: mikor lesz új íz?",
    '<table><tr><td><img alt="TikTok"></td></tr><tr><td>Új hozzászólásod érkezett</td></tr><tr><td><b>lemon_lili</b></td></tr><tr><td>mikor lesz új íz?</td></tr><tr><td><a href="https://click.tiktok.com/f/a/xyz~~/AAQ~/Rg?target=https%3A%2F%2Fwww.tiktok.com%2F%40stand%2Fvideo%2F7399" style="background:#fe2c55;color:#fff">Megnézem</a></td></tr></table>'
    + FOOT_HU,
    (("lemon_lili", "mikor lesz új íz?", "https://www.tiktok.com/@stand/video/7399"),),
    sender_name="TikTok",
)
_case(
    "mso + ghost table",
    "facebook",
    "notification@facebookmail.com",
    "Petr Hanák odpověděl na váš komentář.",
    '<!DOCTYPE html><html><head><meta charset=utf-8><title>Facebook</title></head><body><!--[if mso]><p>Outlook</p><![endif]--><div style="display:none!important">Petr Hanák odpověděl na váš komentář.</div><table role=presentation width=100%><tbody><tr><td>&nbsp;</td><td width=600><table><tr><td><img alt="" src=f></td><td>Facebook</td></tr></table><table><tr><td><p>Ahoj Stand,</p><p><strong>Petr Hanák</strong> odpověděl na váš komentář k příspěvku „Otevíráme v sobotu“.</p></td></tr><tr><td><table style="background-color:#f0f2f5"><tr><td><strong>Petr Hanák</strong></td></tr><tr><td>Super, přijdeme i s babičkou. Bude i ta bezová?</td></tr><tr><td style="color:#65676b">21. listopadu v 10:04</td></tr></table></td></tr><tr><td><a href="https://www.facebook.com/stand/posts/44?comment_id=1&amp;reply_comment_id=2&amp;notif_id=3">Zobrazit odpověď</a></td></tr></table></td></tr></tbody></table></body></html>'
    + FOOT_CS,
    (
        (
            "Petr Hanák",
            "Super, přijdeme i s babičkou. Bude i ta bezová?",
            "https://www.facebook.com/stand/posts/44?comment_id=1&reply_comment_id=2&notif_id=3",
        ),
    ),
    sender_name="Facebook",
)
_case(
    "google caps",
    "google_reviews",
    "businessprofile-noreply@google.com",
    "Anna Bell reviewed Stand Lemonade",
    '<TABLE><TR><TD><FONT SIZE=5>Anna Bell reviewed your business</FONT></TD></TR><TR><TD>Rating: 1 out of 5 stars</TD></TR><TR><TD><FONT COLOR="#444444">"Closed at three although the sign says five. Drove 40 minutes for nothing."</FONT></TD></TR><TR><TD><A HREF="https://business.google.com/reviews/l/9/r/8">READ AND REPLY</A></TD></TR><TR><TD>Stand Lemonade, Laugavegur 1, Reykjavík</TD></TR></TABLE>'
    + FOOT_EN,
    (
        (
            "Anna Bell",
            "Closed at three although the sign says five. Drove 40 minutes for nothing.",
            "https://business.google.com/reviews/l/9/r/8",
        ),
    ),
    sender_name="Google Business Profile",
    stars=1,
)
_case(
    "linkedin hu message with preview",
    "linkedin",
    "messaging-digest-noreply@linkedin.com",
    "Szabó Réka üzenetet küldött neked",
    '<table><tr><td>Új üzeneted érkezett</td></tr><tr><td><table><tr><td><img alt="Szabó Réka profilképe"></td><td><h3>Szabó Réka</h3><p style="color:rgba(0,0,0,.6)">Rendezvényszervező</p></td></tr></table></td></tr><tr><td><p style="white-space:pre-wrap">Szia Jana! Május 12-én lenne egy 80 fős céges piknikünk, tudnátok jönni a standdal?</p><p><a href="https://www.linkedin.com/comm/messaging/thread/2-xyz/?lipi=1" style="background:#0a66c2;color:#fff;border-radius:20px;padding:8px">Üzenet megtekintése</a></p></td></tr></table>'
    + FOOT_HU,
    (
        (
            "Szabó Réka",
            "Szia Jana! Május 12-én lenne egy 80 fős céges piknikünk, tudnátok jönni a standdal?",
            "https://www.linkedin.com/comm/messaging/thread/2-xyz/?lipi=1",
        ),
    ),
    sender_name="LinkedIn",
    public=False,
)
_case(
    "yt comment with timestamp",
    "youtube_notices",
    "noreply@youtube.com",
    'Sofia Lampraki commented on your video "How we press 400 lemons"',
    '<table><tr><td><a href="https://www.youtube.com/watch?v=v1"><img src=thumb></a></td><td><b>How we press 400 lemons</b><br>Stand Lemonade</td></tr><tr><td colspan=2><table><tr><td><img src=a></td><td>Sofia Lampraki<br>At <a href="https://www.youtube.com/watch?v=v1&t=125">2:05</a> you say sugar first, but in the recipe it is the other way round. Which one is right?</td></tr></table></td></tr><tr><td colspan=2><a href="https://www.youtube.com/watch?v=v1&lc=UgX1&feature=em-comments" style="background:#c00;color:#fff">Reply</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "Sofia Lampraki",
            "At 2:05 you say sugar first, but in the recipe it is the other way round. Which one is right?",
            "https://www.youtube.com/watch?v=v1&lc=UgX1&feature=em-comments",
        ),
    ),
    sender_name="YouTube",
)
_case(
    "tp 3 reviews digest",
    "trustpilot",
    "noreply@trustpilot.com",
    "You received 2 new reviews yesterday",
    "<div><h2>2 new reviews</h2>"
    + "".join(
        f'<div style="border-bottom:1px solid #ddd"><img alt="{st} stars"><p><strong>{ti}</strong></p><p>{t}</p><p style="color:#666">by {u}</p><a href="https://business.trustpilot.com/reviews/{i}a1">Reply</a></div>'
        for i, (u, st, ti, t) in enumerate(
            [
                ("Hannah B.", 5, "Lovely", "Came in two days, packed with care."),
                ("Jiří Č.", 2, "Meh", "Half of the labels were torn."),
            ]
        )
    )
    + "</div>"
    + FOOT_EN,
    (
        ("Hannah B.", "Came in two days, packed with care.", "https://business.trustpilot.com/reviews/0a1"),
        ("Jiří Č.", "Half of the labels were torn.", "https://business.trustpilot.com/reviews/1a1"),
    ),
    sender_name="Trustpilot",
)
_case(
    "threads el mention",
    "threads",
    "no-reply@mail.threads.net",
    "Ο χρήστης nikos.d σας ανέφερε στο Threads",
    '<center><table width=420><tr><td><img alt="Threads"></td></tr><tr><td>Ο χρήστης <a href="https://www.threads.net/@nikos.d">nikos.d</a> σας ανέφερε</td></tr><tr><td style="border:1px solid #dbdbdb;border-radius:12px;padding:14px"><b>nikos.d</b> <span style="color:#999">1 ώ.</span><br>Αν πάτε Ρέικιαβικ περάστε από τους <a href="https://www.threads.net/@stand">@stand</a> 🍋</td></tr><tr><td><a href="https://www.threads.net/@nikos.d/post/Cq1" style="background:#000;color:#fff;padding:10px 20px">Προβολή</a></td></tr></table></center>'
    + FOOT_EL,
    (("nikos.d", "Αν πάτε Ρέικιαβικ περάστε από τους @stand 🍋", "https://www.threads.net/@nikos.d/post/Cq1"),),
    sender_name="Threads",
)
_case(
    "reddit post comment long",
    "reddit",
    "noreply@redditmail.com",
    "New comment on your post",
    '<table><tr><td>Hi u/stand_lemonade,</td></tr><tr><td>Someone commented on your post in <a href="https://www.reddit.com/r/iceland">r/Iceland</a></td></tr><tr><td><a href="https://www.reddit.com/r/iceland/comments/ab1/opening/">Opening a lemonade stand in January, ask us anything</a></td></tr><tr><td><table><tr><td><a href="https://www.reddit.com/user/frost_bite"><b>frost_bite</b></a> · 4h ago</td></tr><tr><td>Why January? Genuinely curious.<br><br>Also: do you serve it hot?</td></tr></table></td></tr><tr><td><a href="https://www.reddit.com/r/iceland/comments/ab1/opening/k77/?utm_source=email&utm_medium=x" class="button">Reply</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "frost_bite",
            "Why January? Genuinely curious.\n\nAlso: do you serve it hot?",
            "https://www.reddit.com/r/iceland/comments/ab1/opening/k77/?utm_source=email&utm_medium=x",
        ),
    ),
    sender_name="Reddit",
)
_case(
    "ig is comment",
    "instagram",
    "no-reply@mail.instagram.com",
    "sunna_r skrifaði ummæli: „Vá, hvar fæst þetta?“",
    '<table><tr><td align=center><a href="https://www.instagram.com/?utm=1"><img alt="Instagram"></a></td></tr><tr><td align=center><a href="https://www.instagram.com/sunna_r"><img alt="sunna_r"></a></td></tr><tr><td align=center>sunna_r skrifaði ummæli við myndina þína</td></tr><tr><td align=center><img alt="" src=pic width=300></td></tr><tr><td align=center><b>sunna_r</b> Vá, hvar fæst þetta?</td></tr><tr><td align=center><a href="https://www.instagram.com/p/Dd1/" style="background:#4cb5f9;color:#fff">Skoða mynd</a></td></tr></table><table>'
    + FOOT_IS
    + "</table>",
    (("sunna_r", "Vá, hvar fæst þetta?", "https://www.instagram.com/p/Dd1/"),),
    sender_name="Instagram",
)
_case(
    "ta en management",
    "tripadvisor",
    "tripadvisor@e.tripadvisor.com",
    "A traveller just reviewed Stand Lemonade",
    '<table><tr><td>Stand Lemonade, you have a new review!</td></tr><tr><td><table bgcolor="#f2f2f2"><tr><td>GraceW_Cardiff<br>Cardiff, UK</td><td>5 bubbles<br>Reviewed 2 days ago</td></tr><tr><td colspan=2><a href="https://www.tripadvisor.com/ShowUserReviews-g1-d2-r77.html">"Worth the detour"</a></td></tr><tr><td colspan=2>Friendly staff and proper lemons. The children were allowed to squeeze their own. Read more</td></tr></table></td></tr><tr><td><a href="https://www.tripadvisor.com/ManagementCenter-d2?r=77" style="background:#34e0a1;padding:10px">Respond now</a></td></tr></table>'
    + FOOT_EN,
    (
        (
            "GraceW_Cardiff",
            "Friendly staff and proper lemons. The children were allowed to squeeze their own.",
            "https://www.tripadvisor.com/ManagementCenter-d2?r=77",
        ),
    ),
    sender_name="Tripadvisor",
    stars=5,
)
_case(
    "x hu mention rtl handle",
    "x",
    "notify@x.com",
    "دانا (@dana_x) megemlített téged",
    '<table><tr><td><strong>دانا</strong><span> @dana_x</span></td></tr><tr><td dir=rtl>يا جماعة @stand عندهم أفضل ليمونادة 🍋</td></tr><tr><td><a href="https://x.com/dana_x/status/5551?cn=x" style="background:#1d9bf0;color:#fff">Bejegyzés megtekintése</a></td></tr></table>'
    + FOOT_HU,
    (("دانا", "يا جماعة @stand عندهم أفضل ليمونادة 🍋", "https://x.com/dana_x/status/5551?cn=x"),),
    sender_name="X",
)
_case(
    "plain fb is",
    "facebook",
    "notification@facebookmail.com",
    "Ægir Jónsson nefndi Stand Lemonade í athugasemd",
    "",
    (
        (
            "Ægir Jónsson",
            "Prófið @Stand Lemonade, þau eru á Laugavegi.",
            "https://www.facebook.com/permalink.php?story_fbid=3&id=4&comment_id=5",
        ),
    ),
    plain="Hæ Jana,\n\nÆgir Jónsson nefndi Stand Lemonade í athugasemd.\n\nÆgir skrifaði: „Prófið @Stand Lemonade, þau eru á Laugavegi.“\n\nSkoða athugasemd\nhttps://www.facebook.com/permalink.php?story_fbid=3&id=4&comment_id=5\n\n======================================\nÞessi skilaboð voru send til us@stand.example. Ef þú vilt ekki fá þessa tölvupósta frá Facebook í framtíðinni geturðu afskráð þig:\nhttps://www.facebook.com/o.php?k=AS\nMeta Platforms, Inc., Attention: Community Support, 1 Facebook Way, Menlo Park, CA 94025\n",
    sender_name="Facebook",
)
_case(
    "plain reddit",
    "reddit",
    "noreply@redditmail.com",
    "u/zest replied to your comment in r/hungary",
    "",
    (("u/zest", "Jó, de mikor lesz gluténmentes sütitek is?", "https://www.reddit.com/r/hungary/comments/1/x/2/"),),
    plain="u/zest replied to your comment in r/hungary\n\nYour comment:\n> Szombaton nyolctól vagyunk a piacon.\n\nu/zest:\nJó, de mikor lesz gluténmentes sütitek is?\n\nView reply: https://www.reddit.com/r/hungary/comments/1/x/2/\n\nUnsubscribe: https://www.reddit.com/mail/unsub\n",
    sender_name="Reddit",
)
