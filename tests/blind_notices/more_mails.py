"""Thirty more notices, built in other ways than those of mails.py and just as blind: written from how such mails look.

Here the words also stand in hidden preheaders, beside words of the page itself, above suggested people and posts, in
front of "See more" (then they end with the place's own "…"), and links lead through each place's real kind of redirect.
The link of an entry is where its button leads in the end, without what only follows the reader around.
The people and their words are invented.
"""

from __future__ import annotations

from urllib.parse import quote

from tests.blind_notices import more_places
from tests.blind_notices.more_places import PAD, STORES, _shown
from tests.blind_notices.writing import TO, Entry, Notice, _both, _head, _html

META = "Meta Platforms, Inc., Attention: Community Support, 1 Meta Way, Menlo Park, CA 94025"


# --- Facebook ---------------------------------------------------------------------------------------------------------


def _nd(link: str, kind: str = "nd") -> str:
    """Facebook's own redirect: the path stands first in the query, then what it was asked with, then the tracking."""
    path = link.removeprefix("https://www.facebook.com/").replace("?", "&").replace("&", "&amp;")
    return f"https://www.facebook.com/{kind}/?{path}&amp;aref=1762160&amp;medium=email&amp;mid=64b2Ga1c&amp;bcode=2.17621.Abz&amp;n_m=lemonade%40sitrona.example"


def _fb_story(told: str, author: str, when: str, body: str, buttons: tuple[str, str], link: str) -> str:
    there, who = _nd(link), _nd("https://www.facebook.com/profile.php?id=61550") + "&amp;lloc=image"
    first, second = buttons
    return f"""<table border="0" width="100%" cellspacing="0" cellpadding="0" style="border-collapse:collapse;"><tr><td width="15" style="display:block;width:15px;">&nbsp;&nbsp;&nbsp;</td><td>
<table border="0" width="100%" cellspacing="0" cellpadding="0"><tr><td height="28" style="line-height:28px;">&nbsp;</td></tr><tr><td><span class="mb_text" style="font-size:16px;line-height:21px;color:#141823;"><span style="font-size:16px">{told}</span></span></td></tr>
<tr><td height="14" style="line-height:14px;">&nbsp;</td></tr><tr><td style="border:solid 1px #dfe1e5;padding:15px"><table border="0" cellspacing="0" cellpadding="0"><tr>
<td valign="top" style="padding-right:10px;font-size:0px;"><a href="{who}"><img src="https://scontent.example/p200x200/1_n.jpg?oh=x&amp;oe=Y" width="50" height="50" alt="{author}" style="border:0;"></a></td>
<td width="100%" valign="middle"><table border="0"><tr><td><a href="{who}" style="color:#3b5998;font-weight:bold;">{author}</a></td></tr><tr><td style="font-size:12px;color:#90949c">{when}</td></tr></table></td></tr>
<tr><td height="12" colspan="3"></td></tr><tr><td colspan="3"><span class="mb_text" style="color:#141823">{body}</span></td></tr></table></td></tr>
<tr><td height="14">&nbsp;</td></tr><tr><td><table border="0"><tr><td><a href="{there}&amp;like=1" style="color:#4b4f56"><img src="https://static.example/like.png" width="16" alt=""> {first}</a></td><td width="12"></td>
<td bgcolor="#1877f2"><a href="{there}" style="color:#fff;text-decoration:none"><center><font size="3"><span style="white-space:nowrap;font-weight:bold">{second}</span></font></center></a></td></tr></table></td></tr></table></td></tr></table>"""


def _fb_page(hidden: str, middle: str, foot: str) -> str:
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional //EN"><html><head><title>Facebook</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>@media all and (max-device-width: 480px){{*[class].ib_row{{padding:0 0 0 12px!important}}}} .mb_text{{word-break:break-word}}</style></head>
<body style="margin:0;padding:0;" dir="ltr" bgcolor="#ffffff"><table border="0" cellspacing="0" cellpadding="0" align="center" id="email_table"><tr><td id="email_content"><table border="0" width="100%"><tr><td height="1" colspan="3" style="line-height:1px;"><span style="color:#FFFFFF;font-size:1px;opacity:0;mso-hide:all;">{hidden}{PAD}</span></td></tr>
<tr><td><table border="0" width="100%"><tr><td width="32"><a href="https://www.facebook.com/nd/?notifications&amp;aref=1762160&amp;medium=email"><img src="https://static.example/rsrc/fb.png" width="32" height="32"></a></td><td width="100%"><a href="https://www.facebook.com/nd/?notifications&amp;aref=1762160&amp;medium=email" style="color:#3b5998;font-size:19px">Facebook</a></td></tr></table></td></tr>
<tr><td style="border-top:solid 1px #e5e5e5">{middle}</td></tr><tr><td style="font-size:11px;color:#aaaaaa;line-height:16px">{foot}</td></tr></table>
<span style="width:320px"><img src="https://www.facebook.com/email_open_log_pic.php?mid=64b2Ga1c" style="border:0;width:1px;height:1px;"></span></td></tr></table></body></html>"""


def _facebook_notices() -> list[Notice]:
    mail, found = "Facebook <notification@facebookmail.com>", []
    link = "https://www.facebook.com/permalink.php?story_fbid=pfbid0Rh&id=61550&comment_id=98231"
    words = "We drove ninety miles for the blackcurrant one and it was worth every single one of them, although I do have a bone to pick with whoever drew your map…"
    body = f'{_shown(words)} <a href="{_nd(link)}" style="color:#90949c">See more</a>'
    told = f'<a href="{_nd("https://www.facebook.com/r.achterberg")}" style="color:#3b5998">Rosalind Achterberg</a> commented on your <a href="{_nd(link)}">post</a>.'
    middle = _fb_story(told, "Rosalind Achterberg", "November 3 at 8:41 AM", body, ("Like", "View comment"), link)
    foot = f"This message was sent to <a href='mailto:{TO}'>{TO}</a>. If you don't want to receive these emails from Meta in the future, please <a href='https://www.facebook.com/o.php?k=AS1&amp;mid=64b2'>unsubscribe</a>.<br>{META}<br>To help keep your account secure, please don't forward this email. <a href='https://www.facebook.com/email_forward_notice/?mid=64b2'>Learn more</a>"
    hidden = f'Rosalind Achterberg wrote: "{_shown(words)}" - Reply to this email to comment on this post.'
    head = _head(
        mail, "Rosalind Achterberg commented on your post", "Tue, 03 Nov 2026 08:41:20 -0800", 101, "facebookmail.com"
    )
    found.append(
        Notice(
            "facebook_see_more",
            "facebook",
            "en",
            _html(head, _fb_page(hidden, middle, foot)),
            (Entry("Rosalind Achterberg", words, link),),
        )
    )

    link = "https://www.facebook.com/sitrona/posts/pfbid0Kx?comment_id=4410&reply_comment_id=4417"
    words = "Takk fyrir svarið 🙏 Þá kem ég við á fimmtudaginn.\n\nEigið þið líka glerflöskur sem má skila?"
    told = "<a href='https://www.facebook.com/nd/?hallgrimur.dagur&amp;aref=1762160&amp;medium=email'>Hallgrímur Dagur Oddsson</a> svaraði athugasemd þinni."
    middle = _fb_story(
        told, "Hallgrímur Dagur Oddsson", "4. nóvember kl. 19:12", _shown(words), ("Líkar þetta", "Svara"), link
    )
    middle += """<table width="100%" bgcolor="#f5f6f7"><tr><td colspan="3" style="font-size:14px;font-weight:bold">Fólk sem þú gætir þekkt</td></tr><tr><td><img alt="Birta Líf Kjartansdóttir" src="https://scontent.example/b.jpg" width="40"></td><td><b>Birta Líf Kjartansdóttir</b><br>12 sameiginlegir vinir</td><td><a href="https://www.facebook.com/nd/?friends&amp;aref=1&amp;medium=email">Bæta við sem vini</a></td></tr></table>"""
    foot = f"Þessi skilaboð voru send til {TO}. Ef þú vilt ekki fá þennan tölvupóst frá Meta í framtíðinni skaltu <a href='https://www.facebook.com/o.php?k=AS2'>segja upp áskriftinni</a>.<br>{META}"
    head = _head(
        mail,
        "Hallgrímur Dagur Oddsson svaraði athugasemd þinni",
        "Wed, 04 Nov 2026 19:12:40 +0000",
        102,
        "facebookmail.com",
    )
    found.append(
        Notice(
            "facebook_reply_icelandic",
            "facebook",
            "is",
            _html(head, _fb_page("Hallgrímur Dagur Oddsson svaraði athugasemd þinni.", middle, foot), "base64"),
            (Entry("Hallgrímur Dagur Oddsson", words, link),),
        )
    )
    return [*found, _facebook_digest(mail), _facebook_plain(mail)]


def _facebook_digest(mail: str) -> Notice:
    said = (
        ("Χρυσάνθη Βλάχου", "σχολίασε τη δημοσίευσή σας", "Πού θα σας βρούμε το Σάββατο; Θα έρθουμε με τα παιδιά από τη Λαμία.", "Πριν από 2 ώρες"),
        ("Στέλιος Δημητρακόπουλος", "απάντησε στο σχόλιό σας", "Απάντηση παρακαλώ", "Πριν από 5 ώρες"),
        ("Μαρίνα Κ.", "ανέφερε τη Σελίδα σας σε ένα σχόλιο", "Εγώ παραγγέλνω πάντα από το sitrona.example/shop και έρχεται σε δύο μέρες 🍋", "Χθες στις 21:40"),
    )  # fmt: skip
    rows, entries = "", []
    for n, (who, did, what, when) in enumerate(said):
        link = f"https://www.facebook.com/permalink.php?story_fbid=pfbid0Gr&id=61550&comment_id={7001 + n}"
        rows += f"""<table role="presentation" width="100%" style="border-bottom:1px solid #e4e6eb"><tr><td width="48" valign="top" rowspan="3"><img src="https://scontent.example/{n}.jpg" width="40" height="40" style="border-radius:20px" alt="Φωτογραφία προφίλ: {who}"></td>
<td><a href="{_nd(link, "n")}" style="color:#050505;text-decoration:none"><strong>{who}</strong> {did}.</a></td></tr><tr><td><div style="background:#f0f2f5;border-radius:18px;padding:8px 12px">{_shown(what)}</div></td></tr><tr><td style="font-size:12px;color:#65676b">{when}</td></tr></table>"""
        entries.append(Entry(who, what, link))
    liked = """<table role="presentation" width="100%"><tr><td width="48"><img src="https://scontent.example/9.jpg" width="40" alt="Φωτογραφία προφίλ: Νεκτάριος Ζ."></td><td><strong>Νεκτάριος Ζ.</strong> και 14 ακόμη άτομα αντέδρασαν στη δημοσίευσή σας.</td></tr></table>"""
    middle = f"""<h1 style="font-size:20px">Έχετε 4 νέες ειδοποιήσεις</h1>{rows}{liked}<table align="center"><tr><td bgcolor="#e7f3ff" style="padding:8px"><a href="https://www.facebook.com/n/?notifications&amp;aref=3&amp;medium=email">Προβολή όλων των ειδοποιήσεων</a></td></tr></table>"""
    foot = f"Αυτό το μήνυμα στάλθηκε στη διεύθυνση {TO}. Αν δεν θέλετε να λαμβάνετε αυτά τα email από τη Meta στο μέλλον, <a href='https://www.facebook.com/o.php?k=AS3'>καταργήστε την εγγραφή σας</a>.<br>{META}"
    head = _head(mail, "Έχετε 4 νέες ειδοποιήσεις", "Thu, 05 Nov 2026 08:00:11 +0200", 103, "facebookmail.com")
    page = _fb_page("Χρυσάνθη Βλάχου, Στέλιος Δημητρακόπουλος και άλλοι", middle, foot)
    return Notice("facebook_digest_greek", "facebook", "el", _html(head, page, "base64"), tuple(entries))


def _facebook_plain(mail: str) -> Notice:
    link = "https://www.facebook.com/sitrona/posts/pfbid0Hu?comment_id=5120"
    words = "Tegnap vettem kettőt a piacon, de az egyik kupakja alól szivárgott. Ki lehet cserélni?"
    there = _nd(link, "n").replace("&amp;", "&")
    text = f"""Szendrei Boglárka hozzászólt a bejegyzésedhez.

Szendrei Boglárka ezt írta:
„{words}”

Válaszolj erre az e-mailre, ha hozzá szeretnél szólni a bejegyzéshez.

A hozzászólások megtekintéséhez kövesd az alábbi hivatkozást:
{there}

Köszönettel:
A Facebook csapata


========================================
Az üzenet címzettje: {TO}. Ha a jövőben nem szeretnél ilyen e-maileket kapni a Metától, az alábbi hivatkozásra kattintva leiratkozhatsz:
https://www.facebook.com/o.php?k=AS4&u=61550&mid=64b2Ga1c
{META}
"""
    head = _head(
        mail,
        "Szendrei Boglárka hozzászólt a bejegyzésedhez",
        "Fri, 06 Nov 2026 10:22:00 +0100",
        104,
        "facebookmail.com",
    )
    raw = f"{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text.replace(chr(10), chr(13) + chr(10))}"
    return Notice(
        "facebook_plain_hungarian", "facebook", "hu", raw.encode(), (Entry("Szendrei Boglárka", words, link),)
    )


# --- Instagram and Threads --------------------------------------------------------------------------------------------


def _instagram(title: str, who: str, body: str, button: str, there: str, foot: str) -> str:
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="viewport" content="width=device-width"><style type="text/css">a{{text-decoration:none}}</style></head><body bgcolor="#fafafa"><div style="display:none!important;visibility:hidden;max-height:0;overflow:hidden">{title}{PAD}</div>
<table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"><table width="430" style="max-width:430px"><tr><td style="padding:20px 0"><table width="100%"><tr><td align="left"><img src="https://static.example/ig-wordmark.png" height="29" alt="Instagram"></td><td align="right"><img src="https://static.example/me.jpg" width="28" alt="sitrona"></td></tr></table></td></tr>
<tr><td style="border-bottom:1px solid #dbdbdb;font-size:0">&nbsp;</td></tr><tr><td><table width="100%"><tr><td width="62" valign="top"><a href="https://www.instagram.com/{who}/?utm_source=instagram&amp;utm_medium=email"><img src="https://cdn.example/{who}.jpg" width="52" height="52" style="border-radius:50%" alt="{who}"></a></td>
<td valign="top"><p style="margin:0;font-size:16px;color:#262626">{title}</p></td><td width="52" align="right"><a href="{there}"><img src="https://cdn.example/post.jpg" width="44" alt=""></a></td></tr></table></td></tr>
<tr><td style="padding:14px 0">{body}</td></tr><tr><td align="center"><table><tr><td bgcolor="#0095f6" style="border-radius:4px;padding:9px 40px"><a href="{there}" style="color:#ffffff;font-weight:600">{button}</a></td></tr></table></td></tr>
<tr><td align="center" style="padding:22px 0">{STORES}</td></tr><tr><td align="center" style="font-size:11px;color:#999">{foot}</td></tr></table></td></tr></table><img src="https://www.instagram.com/email_open_log_pic.php?id=1" width="1" height="1"></body></html>"""


def _instagram_notices() -> list[Notice]:
    mail, domain, found = "Instagram <no-reply@mail.instagram.com>", "mail.instagram.com", []
    link = "https://www.instagram.com/p/DRk81aQ/c/18044/"
    words = "Okay so I finally tried the gooseberry 🫧🫧\n\nVerdict: my gran would have loved it, and she hated everything.\n\nBring it to Leeds!! 💛"
    paragraphs = "".join(f'<p style="margin:0 0 8px">{part}</p>' for part in words.split("\n\n"))
    body = f'<table width="100%" bgcolor="#efefef"><tr><td style="padding:12px">{paragraphs}</td></tr></table>'
    body += '<p style="font-weight:600">Suggested for you</p><table width="100%"><tr><td><img src="https://cdn.example/h.jpg" width="32" alt="hops.and.honey"></td><td><b>hops.and.honey</b><br><span style="color:#8e8e8e">12.4K followers</span></td><td><a href="https://www.instagram.com/hops.and.honey/?utm_source=instagram">Follow</a></td></tr></table>'
    foot = f"© Instagram. Meta Platforms, Inc., 1601 Willow Road, Menlo Park, CA 94025<br>This message was sent to {TO} and intended for sitrona. Not your account? <a href='https://instagram.com/accounts/remove/'>Remove your email</a> from this account. <a href='https://instagram.com/emails/unsubscribe/?ndid=1'>Unsubscribe</a>"
    there = link + "?utm_source=instagram&amp;utm_medium=email&amp;utm_campaign=comment_email&amp;ndid=64b2ga"
    page = _instagram(
        "<b>rosie.ferments</b> commented on your post", "rosie.ferments", body, "View Comment", there, foot
    )
    head = _head(mail, "rosie.ferments commented on your post", "Sat, 07 Nov 2026 12:00:31 -0800", 105, domain)
    found.append(
        Notice("instagram_paragraphs", "instagram", "en", _html(head, page), (Entry("rosie.ferments", words, link),))
    )

    link = "https://www.instagram.com/reel/DSa02mm/c/18121/"
    words = "@sitrona koukněte, tohle je přesně ten stánek z Kutné Hory, jak jsem o něm mluvila"
    body = f'<div style="border-left:3px solid #dbdbdb;padding-left:10px;color:#262626"><a href="https://www.instagram.com/sitrona/?utm_source=instagram" style="color:#00376b">@sitrona</a>{_shown(words.removeprefix("@sitrona"))}</div><div style="color:#8e8e8e;font-size:12px">před 3 h</div>'
    foot = f"© Instagram. Meta Platforms, Inc., 1601 Willow Road, Menlo Park, CA 94025<br>Tato zpráva byla odeslána na adresu {TO} a je určena pro uživatele sitrona. Není to váš účet? <a href='https://instagram.com/accounts/remove/'>Odeberte svůj e-mail</a> z tohoto účtu. <a href='https://instagram.com/emails/unsubscribe/?ndid=2'>Zrušit odběr</a>"
    there = f"https://l.instagram.com/?u={quote(link + '?utm_source=instagram&utm_medium=email', safe='')}&amp;e=AT0k9&amp;s=1"
    page = _instagram(
        "Uživatel <b>eliska.na.ceste</b> vás zmínil v komentáři",
        "eliska.na.ceste",
        body,
        "Zobrazit komentář",
        there,
        foot,
    )
    head = _head(
        mail, "Uživatel eliska.na.ceste vás zmínil v komentáři", "Sun, 08 Nov 2026 18:31:00 +0100", 106, domain
    )
    found.append(
        Notice(
            "instagram_mention_czech",
            "instagram",
            "cs",
            _html(head, page, "base64"),
            (Entry("eliska.na.ceste", words, link),),
        )
    )

    link = "https://www.instagram.com/p/DTb33xy/c/18500/r/18533/"
    words = "Ευχαριστώ πολύ! Και κάτι τελευταίο: το μέλι είναι από την Κρήτη ή από αλλού;"
    body = f'<table width="100%"><tr><td style="font-size:13px;color:#8e8e8e">Το σχόλιό σας:</td></tr><tr><td style="font-size:13px;color:#8e8e8e"><b>sitrona</b> Βάζουμε μόνο θυμαρίσιο μέλι.</td></tr><tr><td style="padding:8px 0 0 24px;font-size:15px"><b>thodoris_melissas</b> <span>{_shown(words)}</span></td></tr><tr><td style="padding-left:24px;font-size:12px;color:#8e8e8e">38 λ.</td></tr></table>'
    foot = f"© Instagram. Meta Platforms, Inc., 1601 Willow Road, Menlo Park, CA 94025<br>Αυτό το μήνυμα στάλθηκε στη διεύθυνση {TO} και προορίζεται για τον λογαριασμό sitrona. <a href='https://instagram.com/emails/unsubscribe/?ndid=3'>Κατάργηση εγγραφής</a>"
    page = _instagram(
        "Ο χρήστης <b>thodoris_melissas</b> απάντησε στο σχόλιό σας",
        "thodoris_melissas",
        body,
        "Προβολή απάντησης",
        link + "?utm_source=instagram&amp;utm_medium=email",
        foot,
    )
    head = _head(
        mail, "Ο χρήστης thodoris_melissas απάντησε στο σχόλιό σας", "Mon, 09 Nov 2026 09:05:00 +0200", 107, domain
    )
    found.append(
        Notice(
            "instagram_reply_greek", "instagram", "el", _html(head, page), (Entry("thodoris_melissas", words, link),)
        )
    )
    return found


def _threads_notices() -> list[Notice]:
    mail, found = "Threads <no-reply@mail.threads.com>", []
    mails = (
        ("threads_reply_hungarian", "hu", "{} válaszolt a bejegyzésedre", "gergo.a.konyhabol", "Ezt ki kell próbálnom! A linkelt recept jó: https://recept.example/bodza", "Válasz megtekintése", "2 ó", "Ezek is érdekelhetnek", "Az e-mailt a következő címre küldtük:", "Leiratkozás"),
        ("threads_mention", "en", "{} mentioned you on Threads", "wren.on.wheels", "Dear @sitrona, please open a stall anywhere near Totnes. I'm not asking, I'm begging 😂", "View on Threads", "2h", "Trending on Threads", "This email was sent to", "Unsubscribe"),
    )  # fmt: skip
    for n, (name, language, told, who, words, button, ago, more, sent, leave) in enumerate(mails):
        link = f"https://www.threads.com/@{who}/post/DQ7w{n}"
        there = f"https://l.threads.com/?u={quote(link + '?xmt=AQF0aa', safe='')}&amp;e=AT1x"
        page = f"""<!doctype html><html lang="{language}"><body style="background:#fff"><span style="display:none;font-size:0">{told.format(who)}: {_shown(words)}{PAD}</span><div style="max-width:480px;margin:auto"><div style="text-align:center"><a href="https://www.threads.com/?utm_source=email"><img src="https://static.example/threads.png" alt="Threads" width="40"></a></div>
<h2 style="text-align:center">{told.format(f"@{who}")}</h2><a href="{there}" style="display:block;border:1px solid #d9d9d9;border-radius:16px;padding:16px;color:#000;text-decoration:none"><div><img src="https://cdn.example/{who}.jpg" alt="{who}" width="36" style="vertical-align:middle"> <strong>{who}</strong> <span style="color:#999">{ago}</span></div><div style="margin-top:10px">{_shown(words)}</div></a>
<div style="text-align:center;margin:20px"><a href="{there}" style="background:#000;color:#fff;border-radius:10px;padding:12px 60px;display:inline-block">{button}</a></div><h3>{more}</h3><div style="border-top:1px solid #eee;padding:12px"><strong>stevia.skeptic</strong><div>Hot take: nobody ever needed a diet shrub.</div><a href="https://www.threads.com/@stevia.skeptic/post/DX1?xmt=A">stevia.skeptic</a></div>
<div style="font-size:11px;color:#999;text-align:center">{sent} {TO}. <a href="https://www.threads.com/settings/email?n={n}">{leave}</a><br>© Meta Platforms Ireland Ltd., Merrion Road, Dublin 4, D04 X2K5, Ireland</div></div></body></html>"""
        head = _head(mail, told.format(f"@{who}"), "Tue, 10 Nov 2026 07:45:00 +0000", 108 + n, "mail.threads.com")
        found.append(Notice(name, "threads", language, _html(head, page), (Entry(who, words, link),)))
    return found


# --- LinkedIn ---------------------------------------------------------------------------------------------------------


def _linkedin(hidden: str, told: str, person: tuple[str, str], body: str, button: tuple[str, str], foot: str) -> str:
    who, headline = person
    there, label = button
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html;charset=utf-8"><style>@media screen and (max-width:480px){{.mercado-container{{width:100%!important}}}}</style></head><body dir="ltr" class="font-sans bg-color-background-canvas" style="margin:0;background:#f3f2f0">
<div class="h-0 opacity-0 text-transparent invisible overflow-hidden w-0" data-email-preheader="true" style="visibility:hidden;height:0;width:0;overflow:hidden;opacity:0;mso-hide:all">{hidden}</div><div style="visibility:hidden;height:0;opacity:0">{"&#9; &#847; " * 40}</div>
<table role="presentation" valign="top" border="0" cellspacing="0" cellpadding="0" width="512" align="center" class="mercado-container" style="background:#fff"><tbody><tr><td style="padding:24px"><table role="presentation" width="100%"><tbody><tr><td align="left"><a href="https://www.linkedin.com/comm/feed/?lipi=urn%3Ali%3Apage%3Aemail_x&amp;midToken=AQE"><img alt="LinkedIn" src="https://static.example/in.png" width="84"></a></td><td align="right"><a href="https://www.linkedin.com/comm/in/sitrona?midToken=AQE"><img alt="Sítróna" src="https://static.example/me.jpg" width="32"></a></td></tr></tbody></table></td></tr>
<tr><td style="padding:0 24px"><h2 style="font-size:24px;font-weight:500;margin:0">{told}</h2></td></tr>
<tr><td style="padding:16px 24px"><table role="presentation" width="100%" style="border:1px solid #e0dfdd;border-radius:8px"><tbody><tr><td width="56" valign="top" style="padding:12px"><a href="https://www.linkedin.com/comm/in/someone-a1b2?midToken=AQE"><img alt="{who}" src="https://media.example/{len(who)}.jpg" width="48" style="border-radius:100%"></a></td>
<td style="padding:12px 12px 12px 0"><table role="presentation"><tbody><tr><td><a href="https://www.linkedin.com/comm/in/someone-a1b2?midToken=AQE" style="color:#282828;font-weight:600">{who}</a> <span style="color:#666">· 2.</span></td></tr><tr><td style="font-size:12px;color:#666">{headline}</td></tr><tr><td style="padding-top:8px"><p style="margin:0;font-size:14px;white-space:pre-line">{body}</p></td></tr></tbody></table></td></tr></tbody></table></td></tr>
<tr><td align="center" style="padding:8px 24px 24px"><!--[if mso]><v:roundrect href="{there}" style="height:42px;v-text-anchor:middle" arcsize="120%"><center>{label}</center></v:roundrect><![endif]--><!--[if !mso]><!-- --><a href="{there}" aria-label="{label}" style="border:1px solid #0a66c2;border-radius:24px;color:#0a66c2;padding:10px 24px;display:inline-block">{label}</a><!--<![endif]--></td></tr>
<tr><td bgcolor="#f3f2f0" style="padding:24px;font-size:12px;color:#666">{foot}</td></tr></tbody></table><img alt="" role="presentation" src="https://www.linkedin.com/emimp/ip_x.gif" style="width:1px;height:1px"></body></html>"""


def _comm(link: str, sign: str = "&amp;") -> str:
    tail = (
        "lipi=urn%3Ali%3Apage%3Aemail_email_notification_single%3BRp3%2Bq%3D%3D",
        "midToken=AQE9xC",
        "midSig=1xk2",
        "trk=eml-email_notification_single-notif_cta",
        "trkEmail=eml-cta-null-4fz~m9-null-null",
        "eid=4fz-m9",
        "otpToken=MTQwNz%3D",
    )
    return link + ("&amp;" if "?" in link and sign == "&amp;" else "&" if "?" in link else "?") + sign.join(tail)


def _linkedin_notices() -> list[Notice]:
    mail, found = "LinkedIn <notifications-noreply@linkedin.com>", []
    company = "© 2026 LinkedIn Ireland Unlimited Company, Wilton Plaza, Wilton Place, Dublin 2. LinkedIn is a registered business name of LinkedIn Ireland Unlimited Company. LinkedIn and the LinkedIn logo are registered trademarks of LinkedIn."
    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:7390114"
    words = "Lovely to see a drinks brand publish its actual water usage.\n\nWould you share the method? Our own numbers are at https://oyelaran.example/water-audit and I'd like to compare."
    text = f"""Marguerite Oyelaran commented on your post

Marguerite Oyelaran
Procurement lead at Tall Hat Events | Speaker

{words}

View comment: {_comm(link, "&")}

----------------------------------------

This email was intended for Sítróna (Makers of lemonade)
Learn why we included this: https://www.linkedin.com/help/linkedin/answer/4788?lang=en&lipi=urn%3Ali%3Apage%3Aemail
You are receiving LinkedIn notification emails.

Unsubscribe: https://www.linkedin.com/comm/psettings/email-unsubscribe?midToken=AQE9xC
Help: https://www.linkedin.com/help/linkedin/answer/67?lang=en

{company}
"""
    foot = f"This email was intended for Sítróna (Makers of lemonade)<br><a href='https://www.linkedin.com/help/linkedin/answer/4788'>Learn why we included this.</a><br>You are receiving LinkedIn notification emails.<br><a href='https://www.linkedin.com/comm/psettings/email-unsubscribe?midToken=AQE'>Unsubscribe</a> · <a href='https://www.linkedin.com/help'>Help</a><br>{company}"
    body = _shown(words).replace(
        "https://oyelaran.example/water-audit",
        '<a href="https://www.linkedin.com/comm/redir/redirect?url=https%3A%2F%2Foyelaran%2Eexample%2Fwater-audit&amp;urlhash=kk1">https://oyelaran.example/water-audit</a>',
    )
    page = _linkedin(
        "See what Marguerite said",
        "Marguerite Oyelaran commented on your post",
        ("Marguerite Oyelaran", "Procurement lead at Tall Hat Events | Speaker"),
        body,
        (_comm(link), "View comment"),
        foot,
    )
    head = _head(
        mail, "Marguerite Oyelaran commented on your post", "Wed, 11 Nov 2026 15:20:00 +0000", 110, "linkedin.com"
    )
    found.append(
        Notice("linkedin_both", "linkedin", "en", _both(head, text, page), (Entry("Marguerite Oyelaran", words, link),))
    )

    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:7390225"
    words = "Gratulálok! Két éve még a garázsban kóstoltuk az elsőt, most meg exportáltok. Kíváncsi lennék, hogyan oldottátok meg a hűtést szállítás közben, mert nálunk éppen ezen bukott el az egész…"
    body = f'{_shown(words)} <a href="{_comm(link)}" style="color:#666">Továbbiak</a>'
    foot = f"Ez az e-mail a következőnek szól: Sítróna (limonádékészítők)<br><a href='https://www.linkedin.com/help/linkedin/answer/4788'>Miért kaptam ezt az üzenetet?</a><br><a href='https://www.linkedin.com/comm/psettings/email-unsubscribe?midToken=AQF'>Leiratkozás</a> · <a href='https://www.linkedin.com/help'>Súgó</a><br>{company}"
    page = _linkedin(
        "Dr. Gyenes Botond hozzászólt a bejegyzéséhez",
        "Dr. Gyenes Botond hozzászólt a bejegyzéséhez",
        ("Dr. Gyenes Botond", "Logisztikai igazgató – Fagyos Kft."),
        body,
        (_comm(link), "Hozzászólás megtekintése"),
        foot,
    )
    head = _head(
        mail, "Dr. Gyenes Botond hozzászólt a bejegyzéséhez", "Thu, 12 Nov 2026 08:10:00 +0100", 111, "linkedin.com"
    )
    found.append(
        Notice(
            "linkedin_see_more_hungarian",
            "linkedin",
            "hu",
            _html(head, page, "base64"),
            (Entry("Dr. Gyenes Botond", words, link),),
        )
    )

    link = "https://www.linkedin.com/comm/feed/update/urn:li:activity:7390336"
    words = "Η Sítróna είναι το καλύτερο παράδειγμα που έχω δει φέτος για επαναχρησιμοποίηση φιάλης."
    body = f'<a href="https://www.linkedin.com/comm/company/sitrona?midToken=AQG" style="color:#0a66c2;font-weight:600">Η Sítróna</a>{_shown(words.removeprefix("Η Sítróna"))}'
    foot = f"Αυτό το email προορίζεται για: Sítróna (Παραγωγοί λεμονάδας)<br><a href='https://www.linkedin.com/comm/psettings/email-unsubscribe?midToken=AQG'>Κατάργηση εγγραφής</a> · <a href='https://www.linkedin.com/help'>Βοήθεια</a><br>{company}"
    extra = '<table role="presentation"><tbody><tr><td><h3>Άτομα που ίσως γνωρίζετε</h3></td></tr><tr><td><img alt="Λουκάς Φωτιάδης" src="https://media.example/l.jpg" width="32"> <b>Λουκάς Φωτιάδης</b><br>Οινολόγος<br><a href="https://www.linkedin.com/comm/in/loukas-f?midToken=AQG">Σύνδεση</a></td></tr></tbody></table>'
    page = _linkedin(
        "Δείτε την αναφορά",
        "Η Δέσποινα Καρρά ανέφερε τη σελίδα σας σε ένα σχόλιο",
        ("Δέσποινα Καρρά", "Σύμβουλος βιωσιμότητας στην Πράσινη Ρότα"),
        body,
        (_comm(link), "Προβολή σχολίου"),
        extra + foot,
    )
    head = _head(
        mail,
        "Η Δέσποινα Καρρά ανέφερε τη σελίδα σας σε ένα σχόλιο",
        "Fri, 13 Nov 2026 11:48:00 +0200",
        112,
        "linkedin.com",
    )
    found.append(
        Notice("linkedin_mention_greek", "linkedin", "el", _html(head, page), (Entry("Δέσποινα Καρρά", words, link),))
    )
    return found


def notices() -> list[Notice]:
    """Thirty mails of twelve kinds in five languages, each with what it tells."""
    return [
        *_facebook_notices(),
        *_instagram_notices(),
        *_threads_notices(),
        *_linkedin_notices(),
        *more_places.notices(),
    ]
