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
