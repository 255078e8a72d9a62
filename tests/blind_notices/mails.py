"""Thirty notices, written after how such mails look, by somebody who had not seen what reads them.

Each is what one place sends to the keeper of a page, in one of five languages: tables within tables, a preheader that
nobody sees, a link that leads through the place's own redirect, a footer. The people and their words are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from tests.blind_notices import places
from tests.blind_notices.writing import FILL, Entry, Notice, _both, _head, _html


def _facebook(intro: str, author: str, words: str, button: str, link: str, foot: str, preheader: str) -> str:
    wrapped = f"https://www.facebook.com/n/?{link.removeprefix('https://www.facebook.com/')}&amp;aref=17&amp;medium=email&amp;mid=64x"
    picture = "https://scontent.example/v/t1.jpg"
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><title>Facebook</title>
<style>@media all and (max-width: 480px){{*[class].ib_t{{min-width:100% !important}}}}</style></head>
<body style="margin:0;" dir="ltr" bgcolor="#ffffff">
<table border="0" cellspacing="0" cellpadding="0" align="center" id="email_table"><tr><td id="email_content" style="font-family:Helvetica Neue,Helvetica,Arial">
<table border="0" width="100%"><tr><td colspan="3" style="line-height:1px;font-size:1px;color:#fff;display:none">{preheader}{FILL}</td></tr>
<tr><td width="15">&nbsp;</td><td><a href="https://www.facebook.com/nd/?lloc=logo"><img src="https://static.example/fb.png" width="32" height="32" alt="Facebook"></a></td></tr></table>
<table border="0" width="100%"><tr><td width="15">&nbsp;</td><td><table><tr>
<td valign="top"><a href="{wrapped}"><img src="{picture}" width="50" height="50" style="border-radius:50%" alt=""></a></td>
<td width="10">&nbsp;</td><td><span class="mb_text" style="font-size:16px;line-height:21px;color:#141823">{intro.format(author=f"<b>{author}</b>")}</span></td></tr></table></td></tr></table>
<table border="0" width="100%"><tr><td width="15">&nbsp;</td><td style="background:#f2f2f2;border-radius:12px;padding:12px">
<span style="font-size:14px;color:#333"><b>{author}</b><br>{words}</span></td></tr></table>
<table border="0"><tr><td height="16"></td></tr><tr><td><a href="{wrapped}" style="text-decoration:none"><table><tr><td bgcolor="#1877f2" style="border-radius:6px;padding:8px 16px"><font color="#fff" size="3">{button}</font></td></tr></table></a></td></tr></table>
<table border="0" width="100%"><tr><td style="font-size:11px;color:#aaa;border-top:1px solid #e5e5e5">{foot}</td></tr></table>
<img src="https://www.facebook.com/email_open_log_pic.php?mid=64x" width="1" height="1"></td></tr></table></body></html>"""


def _facebook_notices() -> list[Notice]:
    mail = "Facebook <notification@facebookmail.com>"
    found = []
    link = "https://www.facebook.com/sitrona/posts/pfbid02abc?comment_id=553"
    words = "Is the rhubarb one back this spring? My kids ask every single week."
    page = _facebook(
        "{author} commented on your post.", "Harriet O'Dowd", words, "View on Facebook", link,
        "This message was sent to lemonade@sitrona.example. If you don't want to receive these emails from Meta in the future, please <a href='https://www.facebook.com/o.php?k=1'>unsubscribe</a>.<br>Meta Platforms, Inc., Attention: Community Support, 1 Meta Way, Menlo Park, CA 94025",
        "Harriet O'Dowd commented on your post.",
    )  # fmt: skip
    head = _head(
        mail, "Harriet O'Dowd commented on Sítróna's post", "Tue, 03 Nov 2026 09:14:02 -0800", 1, "facebookmail.com"
    )
    found.append(
        Notice("facebook_comment", "facebook", "en", _html(head, page), (Entry("Harriet O'Dowd", words, link),))
    )

    link = "https://www.facebook.com/sitrona/posts/pfbid0zz1?comment_id=771&reply_comment_id=772"
    words = "Mamma bjó til svona límonaði þegar ég var lítil. Er hægt að fá uppskriftina?"
    page = _facebook(
        "{author} nefndi síðuna þína í athugasemd.", "Þorgerður Ísfold Bergsdóttir", words, "Sjá athugasemd", link,
        "Þessi skilaboð voru send til lemonade@sitrona.example. Ef þú vilt ekki fá þennan tölvupóst frá Meta skaltu <a href='https://www.facebook.com/o.php?k=2'>segja upp áskrift</a>.",
        "Þorgerður Ísfold Bergsdóttir nefndi síðuna þína",
    )  # fmt: skip
    head = _head(
        mail,
        "Þorgerður Ísfold Bergsdóttir nefndi Sítrónu í athugasemd",
        "Wed, 04 Nov 2026 19:40:00 +0000",
        2,
        "facebookmail.com",
    )
    found.append(
        Notice(
            "facebook_mention",
            "facebook",
            "is",
            _html(head, page, "base64"),
            (Entry("Þorgerður Ísfold Bergsdóttir", words, link),),
        )
    )

    link = "https://www.facebook.com/sitrona/reviews?review_id=9020"
    words = "Nagyon kedves kiszolgálás, és a bodzás fröccs verhetetlen. A parkolás viszont nehéz."
    page = _facebook(
        "{author} ajánlja a következőt: <b>Sítróna</b>.", "Bíró Kincső", words, "Ajánlás megtekintése", link,
        "Az üzenet címzettje: lemonade@sitrona.example. Ha nem szeretnél ilyen e-maileket kapni a Metától, <a href='https://www.facebook.com/o.php?k=3'>iratkozz le</a>.",
        "Bíró Kincső új ajánlást írt",
    )  # fmt: skip
    head = _head(mail, "Bíró Kincső ajánlja az oldaladat", "Fri, 06 Nov 2026 07:01:44 +0100", 3, "facebookmail.com")
    found.append(
        Notice("facebook_recommendation", "facebook", "hu", _html(head, page), (Entry("Bíró Kincső", words, link),))
    )

    said = (
        ("Marek Doležal", "Kde vás najdeme v Olomouci?"),
        ("Ivana Š.", "Já bych prosila <3 víc máty, míň cukru."),
        ("Jaroslav Kubát", "Koukněte na https://limo.example/test, tam vás chválí."),
    )
    blocks, entries = "", []
    for n, (who, what) in enumerate(said):
        there = f"https://www.facebook.com/sitrona/posts/pfbid9?comment_id={400 + n}"
        shown = what.replace("<", "&lt;")
        blocks += f"""<tr><td style="padding:10px 0;border-bottom:1px solid #ddd"><table><tr><td rowspan="2"><img src="https://scontent.example/{n}.jpg" width="40" alt="{who}"></td>
<td><a href="{there}&amp;notif_t=feed_comment" style="color:#385898"><b>{who}</b></a> <span style="color:#65676b">okomentoval(a) váš příspěvek</span></td></tr><tr><td style="color:#1c1e21">„{shown}“</td></tr></table></td></tr>"""
        entries.append(Entry(who, what, f"{there}&notif_t=feed_comment"))
    page = f"""<html><body><div style="display:none;max-height:0">Máte 3 nová oznámení{FILL}</div><center><table width="430">
<tr><td><img alt="Facebook" src="https://static.example/fb.png"></td></tr><tr><td><h2>Máte 3 nová oznámení</h2></td></tr>{blocks}
<tr><td align="center"><a href="https://www.facebook.com/notifications/?ref=email">Zobrazit všechna oznámení</a></td></tr>
<tr><td style="font-size:11px">Tato zpráva byla odeslána na adresu lemonade@sitrona.example. Pokud si tyto e-maily nepřejete dostávat, <a href="https://www.facebook.com/o.php?k=4">odhlaste se</a>.</td></tr></table></center></body></html>"""
    head = _head(mail, "Máte 3 nová oznámení", "Sat, 07 Nov 2026 08:00:00 +0100", 4, "facebookmail.com")
    found.append(Notice("facebook_digest", "facebook", "cs", _html(head, page, "base64"), tuple(entries)))
    return found


def _instagram_notices() -> list[Notice]:
    def page(line: str, handle: str, words: str, link: str, button: str, foot: str) -> str:
        went = f"https://instagram.com/accounts/email_redirect/?u={quote(link, safe='')}&amp;s=em"
        return f"""<html><head></head><body style="font-family:Roboto"><table width="100%"><tbody><tr><td align="center"><table width="420"><tbody>
<tr><td><img src="https://static.example/ig.png" alt="" height="28"></td></tr>
<tr><td><table><tbody><tr><td><img src="https://cdn.example/{handle}.jpg" width="48" height="48" alt=""></td>
<td><p style="font-size:16px">{line.format(who=f'<a href="https://www.instagram.com/{handle}/" style="color:#000;font-weight:600">{handle}</a>')}</p></td></tr></tbody></table></td></tr>
<tr><td style="padding:16px"><p style="font-size:18px;line-height:24px;color:#262626">{words}</p></td></tr>
<tr><td align="center"><a href="{went}" style="background:#47a2ea;color:#fff;padding:10px">{button}</a></td></tr>
<tr><td style="font-size:11px;color:#999">© Instagram. Meta Platforms, Inc., 1601 Willow Road, Menlo Park, CA 94025<br>{foot}</td></tr>
</tbody></table></td></tr></tbody></table></body></html>"""

    mail, domain = "Instagram <no-reply@mail.instagram.com>", "mail.instagram.com"
    found = []
    link, words = (
        "https://www.instagram.com/p/DAbcd12/c/178/",
        "Το κίτρινο μπουκάλι είναι υπέροχο! 😍 Στέλνετε και στην Κρήτη;",
    )
    html = page(
        "Ο χρήστης {who} σχολίασε τη δημοσίευσή σας.",
        "nefeli.kr",
        words,
        link,
        "Προβολή σχολίου",
        "Αυτό το μήνυμα στάλθηκε στη διεύθυνση lemonade@sitrona.example. <a href='https://instagram.com/emails/unsub'>Κατάργηση εγγραφής</a>",
    )
    head = _head(mail, "Νέο σχόλιο στη δημοσίευσή σας", "Mon, 09 Nov 2026 11:30:00 +0200", 5, domain)
    found.append(Notice("instagram_comment", "instagram", "el", _html(head, html), (Entry("nefeli.kr", words, link),)))

    link, words = (
        "https://www.instagram.com/p/DXyz99/c/22/",
        "@sitrona and @lime.club, when is the next tasting? View comment section below, half of us ask 😂",
    )
    html = page(
        "{who} mentioned you in a comment:",
        "tom_pours",
        words,
        link,
        "View comment",
        "This message was sent to sitrona and intended for lemonade@sitrona.example. Not your account? <a href='https://instagram.com/remove'>Remove your email</a> from this account.",
    )
    head = _head(mail, "tom_pours mentioned you in a comment", "Tue, 10 Nov 2026 21:00:12 +0000", 6, domain)
    text = f"tom_pours mentioned you in a comment:\n\n{words}\n\nView comment: {link}\n\nThis message was sent to sitrona and intended for lemonade@sitrona.example.\n© Instagram. Meta Platforms, Inc., 1601 Willow Road, Menlo Park, CA 94025\n"
    found.append(
        Notice("instagram_mention", "instagram", "en", _both(head, text, html), (Entry("tom_pours", words, link),))
    )

    link, words = "https://www.instagram.com/p/DQq1/c/9/", "Milyen jól néz ki! Cukormentes is lesz?"
    html = page(
        "{who} hozzászólt a bejegyzésedhez:",
        "csilla_kertje",
        words,
        link,
        "Hozzászólás megtekintése",
        "Ezt az üzenetet a következő címre küldtük: lemonade@sitrona.example. <a href='https://instagram.com/emails/unsub'>Leiratkozás</a>",
    )
    head = _head(mail, "csilla_kertje hozzászólt a bejegyzésedhez", "Wed, 11 Nov 2026 06:45:00 +0100", 7, domain)
    found.append(
        Notice(
            "instagram_hungarian",
            "instagram",
            "hu",
            _html(head, html, "base64"),
            (Entry("csilla_kertje", words, link),),
        )
    )
    return found


def _threads_notices() -> list[Notice]:
    found = []
    for number, name, language, line, who, words, link, button, foot in (
        (
            8,
            "threads_reply",
            "en",
            "{} replied to your thread",
            "maeve.reads",
            "Honestly the ginger one got me through exams. Never change the recipe!",
            "https://www.threads.net/@maeve.reads/post/C9x1",
            "See reply",
            "You are receiving this because you have notifications turned on for Threads. Unsubscribe",
        ),
        (
            9,
            "threads_czech",
            "cs",
            "Uživatel {} odpověděl na vaše vlákno",
            "pavel.hory",
            "A co vratné lahve? Ty bych bral hned.",
            "https://www.threads.net/@pavel.hory/post/C9x2",
            "Zobrazit odpověď",
            "Tento e-mail dostáváte, protože máte zapnutá oznámení. Odhlásit odběr",
        ),
    ):
        page = f"""<html><body style="background:#fafafa"><span style="color:transparent;visibility:hidden;opacity:0;height:0;width:0;font-size:0">{line.format(who)}</span>
<div style="max-width:480px;margin:auto;background:#fff"><div style="padding:24px"><img src="https://static.example/threads.png" alt="Threads" width="24"></div>
<h1 style="font-size:20px">{line.format(who)}</h1>
<div style="border:1px solid #dbdbdb;border-radius:12px;padding:16px"><div><img src="https://cdn.example/a.jpg" width="36" alt=""> <strong>{who}</strong> <span style="color:#999">2h</span></div><div style="margin-top:8px">{words}</div></div>
<div style="text-align:center;padding:24px"><a href="{link}?xmt=AQG&amp;utm_source=email" style="display:inline-block;background:#000;color:#fff;border-radius:8px">{button}</a></div>
<div style="color:#999;font-size:12px">{foot}<br>Meta Platforms Ireland Ltd., Merrion Road, Dublin 4</div></div></body></html>"""
        head = _head(
            "Threads <no-reply@mail.threads.net>",
            line.format(who),
            "Thu, 12 Nov 2026 16:20:00 +0000",
            number,
            "mail.threads.net",
        )
        found.append(Notice(name, "threads", language, _html(head, page), (Entry(who, words, link),)))
    return found


def _linkedin_notices() -> list[Notice]:
    def page(line: str, who: str, headline: str, words: str, link: str, button: str, foot: str) -> str:
        there = f"{link}?trk=eml-email_notification_single-comment-0-hero&amp;midToken=AQH&amp;midSig=1x"
        return f"""<html xmlns="http://www.w3.org/1999/xhtml"><body dir="ltr" class="font-sans"><div style="display:none;max-height:0px;overflow:hidden">{line.format(who)} &#847;&zwnj; &#847;&zwnj; &#847;&zwnj;</div>
<table role="presentation" width="512" align="center"><tbody><tr><td style="padding:24px"><table role="presentation" width="100%"><tbody><tr><td align="left"><a href="https://www.linkedin.com/comm/feed/"><img alt="LinkedIn" src="https://static.example/li.png" width="84"></a></td>
<td align="right"><a href="https://www.linkedin.com/comm/in/me"><img alt="Marta Zelená" src="https://media.example/me.jpg" width="32"></a></td></tr></tbody></table></td></tr>
<tr><td><h2 style="font-size:24px">{line.format(who)}</h2></td></tr>
<tr><td style="border:1px solid #e6e9ec;border-radius:8px"><table role="presentation"><tbody><tr><td><a href="https://www.linkedin.com/comm/in/x1"><img src="https://media.example/p.jpg" alt="{who}" width="56"></a></td>
<td><a href="https://www.linkedin.com/comm/in/x1" style="color:#000"><strong>{who}</strong></a><p style="color:#666;font-size:12px">{headline}</p></td></tr>
<tr><td colspan="2"><p style="font-size:16px">{words}</p></td></tr></tbody></table></td></tr>
<tr><td align="center"><a href="{there}"><span>{button}</span></a></td></tr>
<tr><td style="font-size:12px;color:#666">{foot}<br>© 2026 LinkedIn Corporation, 1000 West Maude Avenue, Sunnyvale, CA 94085. LinkedIn and the LinkedIn logo are registered trademarks of LinkedIn.</td></tr></tbody></table></body></html>"""

    mail, domain = "LinkedIn <notifications-noreply@linkedin.com>", "linkedin.com"
    found = []
    words = "We had your lemonade at the Brno meet-up and half the room asked who makes it. Would you sponsor the spring one?"
    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:72011"
    html = page(
        "{} commented on your post",
        "Priya Raghunathan",
        "Head of Events at Northgate • 2nd",
        words,
        link,
        "View comment",
        "This email was intended for Marta Zelená (Community at Sítróna). <a href='https://www.linkedin.com/help'>Learn why we included this.</a> You are receiving LinkedIn notification emails. <a href='https://www.linkedin.com/comm/psettings'>Unsubscribe</a>",
    )
    text = f"Priya Raghunathan commented on your post\n\nPriya Raghunathan\nHead of Events at Northgate\n\n{words}\n\nView comment:\n{link}?trk=eml-email_notification_single-comment-0-hero\n\n----------------------------------------\n\nThis email was intended for Marta Zelená (Community at Sítróna)\nUnsubscribe: https://www.linkedin.com/comm/psettings\n© 2026 LinkedIn Corporation, 1000 West Maude Avenue, Sunnyvale, CA 94085.\n"
    head = _head(mail, "Priya Raghunathan commented on your post", "Fri, 13 Nov 2026 10:05:00 +0000", 10, domain)
    found.append(
        Notice(
            "linkedin_comment", "linkedin", "en", _both(head, text, html), (Entry("Priya Raghunathan", words, link),)
        )
    )

    words = "Skvělý příběh. Kolik lidí dnes ve výrobě pracuje?"
    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:72012"
    html = page(
        "{} okomentoval váš příspěvek",
        "Ondřej Hlaváček",
        "Výrobní ředitel, Moravské sklárny",
        words,
        link,
        "Zobrazit komentář",
        "Tento e-mail byl určen pro uživatele Marta Zelená. <a href='https://www.linkedin.com/comm/psettings'>Zrušit odběr</a>",
    )
    head = _head(mail, "Ondřej Hlaváček okomentoval váš příspěvek", "Mon, 16 Nov 2026 08:12:00 +0100", 11, domain)
    found.append(
        Notice("linkedin_czech", "linkedin", "cs", _html(head, html), (Entry("Ondřej Hlaváček", words, link),))
    )

    words = "Συγχαρητήρια για το βραβείο! Θα σας δούμε στην έκθεση της Θεσσαλονίκης;"
    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:72013"
    html = page(
        "Ο/Η {} σας ανέφερε σε ένα σχόλιο",
        "Αριστέα Κωνσταντινίδου",
        "Υπεύθυνη προμηθειών στην Αίθριο",
        words,
        link,
        "Δείτε το σχόλιο",
        "Αυτό το email προορίζεται για: Marta Zelená. <a href='https://www.linkedin.com/comm/psettings'>Διαγραφή</a>",
    )
    head = _head(
        mail, "Ο/Η Αριστέα Κωνσταντινίδου σας ανέφερε σε ένα σχόλιο", "Tue, 17 Nov 2026 12:12:00 +0200", 12, domain
    )
    found.append(
        Notice(
            "linkedin_greek",
            "linkedin",
            "el",
            _html(head, html, "base64"),
            (Entry("Αριστέα Κωνσταντινίδου", words, link),),
        )
    )
    return found


def _x_notices() -> list[Notice]:
    found = []
    for number, name, language, subject, who, handle, words, link, button, foot in (
        (
            13,
            "x_mention",
            "en",
            "Gus Albright (@gusalb) mentioned you on X",
            "Gus Albright",
            "gusalb",
            "@sitrona why does the lid of the 1 l bottle leak? Second one this month",
            "https://x.com/gusalb/status/1990001",
            "View post",
            "Settings | Help | Opt-out | Download app. This email was meant for @sitrona. X Corp., 865 FM 1209, Building 2, Bastrop, TX 78602",
        ),
        (
            14,
            "x_icelandic",
            "is",
            "Kolbrún Ýr (@kolla_yr) svaraði færslunni þinni",
            "Kolbrún Ýr",
            "kolla_yr",
            "@sitrona Hvar á Akureyri fæst þetta?",
            "https://x.com/kolla_yr/status/1990002",
            "Skoða svar",
            "Stillingar | Hjálp | Afskrá. Þessi póstur var ætlaður @sitrona. X Corp., 865 FM 1209, Building 2, Bastrop, TX 78602",
        ),
        (
            15,
            "x_hungarian",
            "hu",
            "Válasz tőle: Lőrincz Ábel (@abel_l)",
            "Lőrincz Ábel",
            "abel_l",
            "@sitrona Küldtök Szegedre is? A boltban azt mondták, hogy igen.",
            "https://x.com/abel_l/status/1990003",
            "Bejegyzés megtekintése",
            "Beállítások | Súgó | Leiratkozás. Ez az e-mail a következő felhasználónak szól: @sitrona. X Corp., 865 FM 1209, Building 2, Bastrop, TX 78602",
        ),
    ):
        went = f"https://x.com/i/redirect?url={quote(link + '?t=1&cn=bWVudGlvbg&refsrc=email', safe='')}&amp;t=1&amp;cn=bWVu"
        page = f"""<html><head><title>{subject}</title></head><body bgcolor="#F5F8FA"><table class="main" align="center" width="420"><tbody>
<tr><td class="hidden" style="display:none !important;visibility:hidden;mso-hide:all;font-size:1px">{who}: {words[:40]}</td></tr>
<tr><td class="logo"><a href="https://x.com"><img src="https://ea.example/x.png" width="24" alt="X"></a></td></tr>
<tr><td class="tweet"><table><tbody><tr><td class="avatar"><img src="https://pbs.example/u.png" width="48" alt=""></td><td class="name"><a href="https://x.com/{handle}?refsrc=email"><span style="font-weight:bold">{who}</span> <span style="color:#8899a6">@{handle}</span></a></td></tr>
<tr><td colspan="2" class="tweet-text" style="font-size:22px">{words.replace("@sitrona", '<a href="https://x.com/sitrona">@sitrona</a>')}</td></tr>
<tr><td colspan="2" class="time" style="color:#8899a6">08:14 - 18 Nov 26</td></tr></tbody></table></td></tr>
<tr><td class="button"><a href="{went}"><strong>{button}</strong></a></td></tr>
<tr><td class="footer" style="font-size:11px">{foot}</td></tr></tbody></table></body></html>"""
        head = _head(
            "X <notify@x.com>" if number != 14 else f"{who} (via X) <notify@x.com>",
            subject,
            "Wed, 18 Nov 2026 08:20:00 +0000",
            number,
            "x.com",
        )
        found.append(Notice(name, "x", language, _html(head, page), (Entry(who, words, link),)))
    return found


def _reddit_notices() -> list[Notice]:
    found = []
    for number, name, language, line, who, words, link, button, foot in (
        (
            16,
            "reddit_comment",
            "en",
            "u/{} replied to your post in r/Lemonade",
            "fizzy_otter",
            "First, thank you for answering here at all.\n\nSecond: the new cap. It does not close. I have tried three bottles and every one of them leaks in the bag.\n\nThird, please bring back the glass.",
            "https://www.reddit.com/r/Lemonade/comments/1abc/x/ko1/",
            "View Reply",
            "This email was intended for u/sitrona_hq. Unsubscribe from comment reply messages, or visit your settings to manage what emails Reddit sends you. 548 Market St., #16093, San Francisco, CA 94104-5401",
        ),
        (
            17,
            "reddit_mention",
            "en",
            "u/{} mentioned you in r/iceland",
            "ragnar-the-dry",
            "paging u/sitrona_hq: is the Selfoss stand open on Sundays",
            "https://www.reddit.com/r/iceland/comments/2def/y/ko2/",
            "View Comment",
            "This email was intended for u/sitrona_hq. Unsubscribe from username mention messages.",
        ),
        (
            18,
            "reddit_greek",
            "el",
            "Ο/Η u/{} απάντησε στη δημοσίευσή σας στο r/greece",
            "lemonis82",
            "Το δοκίμασα στο Ναύπλιο, καλό αλλά πολύ γλυκό για μένα.",
            "https://www.reddit.com/r/greece/comments/3ghi/z/ko3/",
            "Προβολή απάντησης",
            "Αυτό το email προορίζεται για u/sitrona_hq. Κατάργηση εγγραφής από αυτά τα μηνύματα.",
        ),
    ):
        went = f"https://click.redditmail.com/CL0/{quote(link + '?$deep_link=true&correlation_id=7&ref=email', safe='')}/1/0100/abc=123"
        paragraphs = "".join(f"<p>{one}</p>" for one in words.split("\n\n"))
        page = f"""<html><body><div style="display:none">{line.format(who)}{FILL}</div><table width="600" align="center"><tr><td><img src="https://www.redditstatic.example/logo.png" alt="Reddit"></td></tr>
<tr><td style="font-size:18px;font-weight:bold">{line.format(who)}</td></tr>
<tr><td><table style="border-left:4px solid #ff4500"><tr><td><span style="font-size:12px;color:#7c7c7c">u/{who} · 3h · 1 vote</span></td></tr><tr><td class="md">{paragraphs}</td></tr></table></td></tr>
<tr><td><a href="{went}" style="background:#ff4500;color:#fff">{button}</a></td></tr><tr><td style="color:#a5a4a4;font-size:11px">{foot}</td></tr></table></body></html>"""
        head = _head(
            "Reddit <noreply@redditmail.com>",
            line.format(who),
            "Thu, 19 Nov 2026 20:31:00 +0000",
            number,
            "redditmail.com",
        )
        found.append(
            Notice(
                name,
                "reddit",
                language,
                _html(head, page, "base64" if number == 18 else "quoted-printable"),
                (Entry(f"u/{who}", words, link),),
            )
        )
    return found


_PLACES: tuple[Callable[[], list[Notice]], ...] = (
    _facebook_notices, _instagram_notices, _threads_notices, _linkedin_notices, _x_notices, _reddit_notices,
    places.youtube_notices, places.tiktok_notices, places.google_notices, places.trustpilot_notices, lambda: [places.tripadvisor_notice()],
    places.form_notices,
)  # fmt: skip


def notices() -> list[Notice]:
    """All thirty."""
    return [notice for place in _PLACES for notice in place()]
