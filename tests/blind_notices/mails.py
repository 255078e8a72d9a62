"""Thirty notices, written after how such mails look, by somebody who had not seen what reads them.

Each is what one place sends to the keeper of a page, in one of five languages: tables within tables, a preheader that
nobody sees, a link that leads through the place's own redirect, a footer. The people and their words are invented.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

TO = "lemonade@sitrona.example"


class Entry(NamedTuple):
    """What somebody said: the author as shown, their words, the link behind the button, the stars of a review."""

    author: str
    words: str
    link: str
    stars: int = 0


class Notice(NamedTuple):
    """A mail of a place of this kind, and what it tells."""

    name: str
    kind: str
    language: str
    raw: bytes
    entries: tuple[Entry, ...]


def _head(sender: str, subject: str, date: str, number: int, domain: str) -> str:
    encoded = "=?utf-8?B?" + base64.b64encode(subject.encode()).decode() + "?="
    name, _, address = sender.rpartition(" <")
    shown = (
        f'"{name}" <{address}'
        if name.isascii()
        else "=?utf-8?B?" + base64.b64encode(name.encode()).decode() + f"?= <{address}"
    )
    return (
        f"Return-Path: <bounce-{number}@{domain}>\r\n"
        f"Authentication-Results: mx.sitrona.example; dkim=pass header.d={domain}; spf=pass\r\n"
        f"Date: {date}\r\nFrom: {shown}\r\nTo: <{TO}>\r\nSubject: {encoded}\r\n"
        f"Message-ID: <n{number}.{number * 7919}@{domain}>\r\nMIME-Version: 1.0\r\n"
    )


def _part(kind: str, text: str, coding: str) -> str:
    octets = text.replace("\n", "\r\n").encode()
    body = base64.encodebytes(octets).decode() if coding == "base64" else quopri.encodestring(octets).decode()
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}"


def _html(head: str, page: str, coding: str = "quoted-printable") -> bytes:
    return (head + _part("html", page, coding)).encode()


def _both(head: str, text: str, page: str, coding: str = "quoted-printable") -> bytes:
    mark = "=_alt_5f3"
    return (
        f'{head}Content-Type: multipart/alternative; boundary="{mark}"\r\n\r\n--{mark}\r\n{_part("plain", text, coding)}\r\n'
        f"--{mark}\r\n{_part('html', page, coding)}\r\n--{mark}--\r\n"
    ).encode()


FILL = "&zwnj;&nbsp;" * 40


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


def _youtube_notices() -> list[Notice]:
    found = []
    for number, name, language, line, title, who, words, link, buttons, foot in (
        (
            19,
            "youtube_comment",
            "en",
            "{} commented on your video",
            "How we wash 4,000 bottles",
            "@BarnabyFixes",
            "The rinse arm at 2:10 looks bent to me. Is that on purpose?",
            "https://www.youtube.com/watch?v=aB3&lc=Ugx1",
            ("REPLY", "VIEW COMMENT"),
            "If you no longer wish to receive emails about comments and replies, you can unsubscribe. © 2026 Google LLC d/b/a YouTube, 901 Cherry Ave, San Bruno, CA 94066",
        ),
        (
            20,
            "youtube_czech",
            "cs",
            "Uživatel {} okomentoval vaše video",
            "Limonáda za pět minut",
            "@zuzka.vari",
            "Použila jsem med místo cukru a vyšlo to skvěle 🍋",
            "https://www.youtube.com/watch?v=cD4&lc=Ugx2",
            ("ODPOVĚDĚT", "ZOBRAZIT KOMENTÁŘ"),
            "Pokud si již nepřejete dostávat e-maily o komentářích, můžete se odhlásit. © 2026 Google LLC, 901 Cherry Ave, San Bruno, CA 94066",
        ),
        (
            21,
            "youtube_icelandic",
            "is",
            "{} svaraði athugasemd þinni",
            "Heimsókn í gróðurhúsið",
            "@steini-b",
            "Takk fyrir svarið! Ég kem þá við á laugardaginn.",
            "https://www.youtube.com/watch?v=eF5&lc=Ugx3",
            ("SVARA", "SKOÐA"),
            "Ef þú vilt ekki fá fleiri tölvupósta um athugasemdir geturðu afskráð þig. © 2026 Google LLC, 901 Cherry Ave, San Bruno, CA 94066",
        ),
    ):
        went = f"https://www.youtube.com/attribution_link?a=q1&amp;u={quote(link.removeprefix('https://www.youtube.com') + '&feature=em-comments', safe='')}"
        page = f"""<html><body style="margin:0"><table width="100%"><tr><td align="center"><table width="600"><tr><td><a href="https://www.youtube.com"><img src="https://www.gstatic.example/yt.png" width="90" alt="YouTube"></a></td></tr>
<tr><td style="font-size:20px">{line.format(who)}</td></tr>
<tr><td><table><tr><td width="120"><a href="{went}"><img src="https://i.ytimg.example/1.jpg" width="120" alt=""></a></td><td style="font-weight:500">{title}</td></tr></table></td></tr>
<tr><td style="border-top:1px solid #eee"><table><tr><td valign="top"><img src="https://yt3.example/a.jpg" width="40" alt=""></td><td><div style="font-size:13px;font-weight:500">{who}</div><div style="font-size:14px">{words}</div></td></tr></table></td></tr>
<tr><td><a href="{went}&amp;reply=1" style="color:#065fd4">{buttons[0]}</a> &nbsp; <a href="{went}" style="color:#065fd4">{buttons[1]}</a></td></tr>
<tr><td style="font-size:11px;color:#757575"><a href="https://support.google.com/youtube">Help center</a> • <a href="https://www.youtube.com/email_unsubscribe?uid=1">Email options</a><br>{foot}</td></tr></table></td></tr></table></body></html>"""
        head = _head(
            "YouTube <noreply@youtube.com>",
            f'{line.format(who)}: "{title}"',
            "Fri, 20 Nov 2026 13:13:00 +0000",
            number,
            "youtube.com",
        )
        found.append(Notice(name, "youtube", language, _html(head, page), (Entry(who, words, link),)))
    return found


def _tiktok_notices() -> list[Notice]:
    found = []
    for number, name, language, line, who, words, link, button, foot in (
        (
            22,
            "tiktok_comment",
            "en",
            "{} commented on your video",
            "zestyjo",
            "ok but where do I BUY it",
            "https://www.tiktok.com/@sitrona/video/7301?cid=88",
            "View comment",
            "This email was generated for @sitrona. You can unsubscribe from these emails. TikTok, 5800 Bristol Pkwy, Culver City, CA 90230",
        ),
        (
            23,
            "tiktok_hungarian",
            "hu",
            "{} hozzászólt a videódhoz",
            "limonade.queen",
            "Melyik a legkevésbé édes? 🍋🍋",
            "https://www.tiktok.com/@sitrona/video/7302?cid=89",
            "Hozzászólás megnézése",
            "Ezt az e-mailt @sitrona részére küldtük. Leiratkozás. TikTok Technology Limited, 10 Earlsfort Terrace, Dublin",
        ),
    ):
        page = f"""<html><body><div style="background:#f8f8f8"><div style="width:552px;margin:0 auto;background:#fff"><div><img src="https://p16.example/tiktok.png" alt="TikTok" height="32"></div>
<div style="padding:32px"><div style="font-size:24px;font-weight:700">{line.format(who)}</div>
<div style="display:flex;margin-top:20px"><img src="https://p16.example/ava.jpg" style="width:48px;border-radius:24px" alt=""><div><div style="font-weight:600">{who}</div><div style="color:#161823">{words}</div></div></div>
<a href="{link}&amp;enter_from=email_comment&amp;_r=1" style="display:block;background:#fe2c55;color:#fff;text-align:center">{button}</a></div>
<div style="font-size:12px;color:#8a8b91">{foot}</div></div></div></body></html>"""
        head = _head(
            "TikTok <noreply@service.tiktok.com>",
            line.format(who),
            "Sat, 21 Nov 2026 18:08:00 +0000",
            number,
            "service.tiktok.com",
        )
        found.append(Notice(name, "tiktok", language, _html(head, page), (Entry(who, words, link),)))
    return found


def _google_notices() -> list[Notice]:
    found = []
    for number, name, language, subject, line, who, stars, starred, words, link, button, foot in (
        (
            24,
            "google_review",
            "en",
            "Dermot Quill left a review for Sítróna Lemonade Bar",
            "Dermot Quill left a review for Sítróna Lemonade Bar",
            "Dermot Quill",
            2,
            "2 out of 5 stars",
            "Lovely drinks, but we waited forty minutes at the counter on a quiet Tuesday and nobody said a word.",
            "https://business.google.com/reviews/l/044?review=A1",
            "Read review",
            "You received this email because you manage Sítróna Lemonade Bar on Google. Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043 Unsubscribe",
        ),
        (
            25,
            "google_czech",
            "cs",
            "Nová recenze na firmu Sítróna",
            "Uživatel Libuše Tichá napsal recenzi na firmu Sítróna",
            "Libuše Tichá",
            5,
            "5 z 5 hvězdiček",
            "Milá obsluha a konečně limonáda, která není přeslazená. Vrátíme se i s vnoučaty.",
            "https://business.google.com/reviews/l/044?review=A2",
            "Přečíst recenzi",
            "Tento e-mail jste obdrželi, protože spravujete firmu Sítróna na Googlu. Odhlásit odběr",
        ),
    ):
        went = f"https://notifications.google.com/g/p/AD-xx{number}?continue={quote(link, safe='')}"
        glyphs = "".join(
            f'<img src="https://www.gstatic.example/star_{"on" if n < stars else "off"}.png" width="16" alt="{"★" if n < stars else "☆"}">'
            for n in range(5)
        )
        page = f"""<html><body><table width="100%" bgcolor="#fff"><tr><td align="center"><table width="520"><tr><td><img src="https://www.gstatic.example/gbp.png" alt="Google Business Profile"></td></tr>
<tr><td style="font-size:22px;padding:16px">{line}</td></tr>
<tr><td style="border:1px solid #dadce0;border-radius:8px;padding:20px"><table><tr><td><img src="https://lh3.example/p.jpg" width="40" alt=""></td><td><div style="font-weight:bold">{who}</div><div aria-label="{starred}">{glyphs}</div></td></tr></table><div style="padding-top:12px">{words}</div></td></tr>
<tr><td align="center"><a href="{went}" style="background:#1a73e8;color:#fff">{button}</a></td></tr>
<tr><td style="font-size:12px">{foot}</td></tr></table></td></tr></table></body></html>"""
        head = _head(
            "Google Business Profile <businessprofile-noreply@google.com>",
            subject,
            "Sun, 22 Nov 2026 17:00:00 +0100",
            number,
            "google.com",
        )
        found.append(Notice(name, "google", language, _html(head, page), (Entry(who, words, link, stars),)))
    return found


def _trustpilot_notices() -> list[Notice]:
    found = []
    for number, name, language, subject, line, who, stars, title, words, link, button, foot in (
        (
            26,
            "trustpilot_review",
            "en",
            "New 1-star review from Colette Marsh",
            "Sítróna just got a new review",
            "Colette Marsh",
            1,
            "Box arrived soaked",
            "Two of twelve bottles were broken and the card inside was pulp. Support has not written back in a week.",
            "https://www.trustpilot.com/reviews/6b1",
            "Reply to review",
            "You receive this email because you have a Trustpilot Business account. Pilestræde 58, 1112 Copenhagen, Denmark. Unsubscribe",
        ),
        (
            27,
            "trustpilot_greek",
            "el",
            "Νέα κριτική 4 αστέρων από Μάνος Περάκης",
            "Η Sítróna έλαβε μια νέα κριτική",
            "Μάνος Περάκης",
            4,
            "Γρήγορη αποστολή",
            "Ήρθε σε τρεις μέρες, όλα ακέραια. Θα ήθελα πιο μεγάλη συσκευασία.",
            "https://www.trustpilot.com/reviews/6b2",
            "Απάντηση στην κριτική",
            "Λαμβάνετε αυτό το email επειδή έχετε λογαριασμό Trustpilot Business. Pilestræde 58, 1112 Κοπεγχάγη. Κατάργηση εγγραφής",
        ),
    ):
        page = f"""<html><body><table width="600" align="center"><tr><td><img src="https://cdn.trustpilot.example/logo.png" alt="Trustpilot"></td></tr><tr><td><h1>{line}</h1></td></tr>
<tr><td bgcolor="#f1f1e8"><p><img src="https://cdn.trustpilot.example/stars-{stars}.png" alt="{stars} stars" width="120"></p><p style="font-size:12px">{who}</p><h3>{title}</h3><p>{words}</p></td></tr>
<tr><td><a href="https://ec2.trustpilot-mail.example/ls/click?upn=u001.zz{number}&amp;url={quote(link, safe="")}">{button}</a></td></tr><tr><td><small>{foot}</small></td></tr></table></body></html>"""
        head = _head(
            "Trustpilot <noreply.business@trustpilot.com>",
            subject,
            "Mon, 23 Nov 2026 09:09:00 +0100",
            number,
            "trustpilot.com",
        )
        found.append(
            Notice(name, "trustpilot", language, _html(head, page), (Entry(who, f"{title}\n\n{words}", link, stars),))
        )
    return found


def _tripadvisor_notice() -> Notice:
    words = "Kósý lítill staður við höfnina. Engiferlímonaðið var best, en tónlistin of hávær."
    link = "https://www.tripadvisor.com/ShowUserReviews-g1-d2-r955.html"
    page = f"""<html><body><div style="display:none">Umsögn frá Svanhildur P{FILL}</div><table width="580" align="center"><tr><td><img alt="Tripadvisor" src="https://static.tacdn.example/l.png"></td></tr>
<tr><td style="font-size:20px">Þú fékkst nýja umsögn um Sítróna Bar</td></tr><tr><td><table><tr><td><img src="https://static.tacdn.example/a.jpg" alt=""></td><td><b>Svanhildur P</b><br><span style="color:#777">Akureyri, Ísland</span></td></tr></table></td></tr>
<tr><td><img src="https://static.tacdn.example/bubble_40.png" alt="4 af 5 kúlum"></td></tr><tr><td><b>Gott en hávært</b></td></tr><tr><td>„{words}“</td></tr>
<tr><td><a href="{link}?m=19904&amp;utm_source=owner_email">Svara umsögn</a></td></tr><tr><td style="font-size:10px">Tripadvisor LLC, 400 1st Avenue, Needham, MA 02494. Afskrá</td></tr></table></body></html>"""
    head = _head(
        "Tripadvisor <members@e.tripadvisor.com>",
        "Ný umsögn um Sítróna Bar",
        "Tue, 24 Nov 2026 14:00:00 +0000",
        28,
        "e.tripadvisor.com",
    )
    return Notice(
        "tripadvisor_review",
        "tripadvisor",
        "is",
        _html(head, page),
        (Entry("Svanhildur P", f"Gott en hávært\n\n{words}", link, 4),),
    )


def _form_notices() -> list[Notice]:
    words = (
        "Dobrý den,\n\nchtěl bych objednat 60 lahví na svatbu 12. června. Jde to i s vlastní etiketou?\n\nDěkuji, Radim"
    )
    rows = "".join(
        f'<tr bgcolor="#EAF2FA"><td colspan="2"><strong>{label}</strong></td></tr><tr bgcolor="#FFFFFF"><td width="20">&nbsp;</td><td>{value}</td></tr>'
        for label, value in (
            ("Jméno", "Radim Souček"), ("E-mail", '<a href="mailto:radim.soucek@posta.example">radim.soucek@posta.example</a>'),
            ("Telefon", "+420 601 555 010"), ("Zpráva", words.replace("\n", "<br />")),
        )
    )  # fmt: skip
    page = f'<html><head><title>Nový záznam</title></head><body><table width="99%" border="0" cellpadding="1" bgcolor="#EAEAEA"><tr><td><table width="100%" cellpadding="5" bgcolor="#FFFFFF">{rows}</table></td></tr></table></body></html>'
    head = _head(
        "Web Sítróna <wordpress@sitrona.example>",
        "Nová zpráva z kontaktního formuláře",
        "Wed, 25 Nov 2026 10:10:00 +0100",
        29,
        "sitrona.example",
    )
    first = Notice("form_czech", "form", "cs", _html(head, page), (Entry("Radim Souček", words, ""),))
    words = "Jó napot! A múlt heti rendelésem fele hiányzik (8 palack). Kérem, nézzenek utána."
    text = f"Feladó: Vadas Emőke <emoke.vadas@level.example>\nTárgy: Hiányos rendelés\n\nÜzenet:\n{words}\n\n-- \nEzt az e-mailt a(z) Sítróna (https://sitrona.example) kapcsolatfelvételi űrlapjáról küldték.\n"
    head = _head(
        "Sítróna <wordpress@sitrona.example>",
        'Sítróna "Hiányos rendelés"',
        "Thu, 26 Nov 2026 15:45:00 +0100",
        30,
        "sitrona.example",
    )
    head += "Reply-To: emoke.vadas@level.example\r\n"
    second = Notice(
        "form_hungarian",
        "form",
        "hu",
        (head + _part("plain", text, "quoted-printable")).encode(),
        (Entry("Vadas Emőke", words, ""),),
    )
    return [first, second]


_PLACES: tuple[Callable[[], list[Notice]], ...] = (
    _facebook_notices, _instagram_notices, _threads_notices, _linkedin_notices, _x_notices, _reddit_notices,
    _youtube_notices, _tiktok_notices, _google_notices, _trustpilot_notices, lambda: [_tripadvisor_notice()],
    _form_notices,
)  # fmt: skip


def notices() -> list[Notice]:
    """All thirty."""
    return [notice for place in _PLACES for notice in place()]
