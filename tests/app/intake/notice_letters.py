# ruff: noqa: E501  HTML as services write it, in long lines
"""Notices as services build them, with the right answers: builders by layout, words in five languages.

The layouts are what such letters have in common, each written in another of the ways in which HTML letters are written:
nested tables with MSO comments, divs, blocks parted by line breaks, capital tags, preheaders that one sees or does not,
links that count clicks, avatars, buttons, small print, digests. Names and words are made up.
"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import quote


class Letter(NamedTuple):
    """A notice: how it came, and what is right: (who, words, link) of each message that it tells of."""

    name: str
    kind: str
    sender: str
    subject: str
    html: str
    right: tuple[tuple[str, str, str], ...]
    plain: str = ""
    sender_name: str = ""
    public: bool = True
    stars: int = 0

    def octets(self) -> bytes:
        """The letter as it comes."""
        head = (
            f"From: =?utf-8?B?{b64encode(self.sender_name.encode()).decode()}?= <{self.sender}>\r\nTo: us@stand.example\r\n"
            f"Subject: =?utf-8?B?{b64encode(self.subject.encode()).decode()}?=\r\nMessage-ID: <{abs(hash(self.name))}@made>\r\n"
            "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        )
        html = b64encode(self.html.encode()).decode()
        if not self.html:
            plain = b64encode(self.plain.encode()).decode()
            return (
                f"{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{plain}\r\n"
            ).encode()
        if not self.plain:
            return (
                f"{head}Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{html}\r\n"
            ).encode()
        plain = b64encode(self.plain.encode()).decode()
        return (
            f"{head}Content-Type: multipart/alternative; boundary=b0\r\n\r\n"
            f"--b0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{plain}\r\n"
            f"--b0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{html}\r\n--b0--\r\n"
        ).encode()


class Tongue(NamedTuple):
    """What services write in one language, and people of its country."""

    who: str
    other: str
    words: tuple[str, ...]
    commented: str
    replied: str
    sent: str
    reviewed: str
    see: str
    answer: str
    hello: str
    ours: str
    foot: str
    more: str
    ago: str
    new: str


TONGUES = {
    "en": Tongue(
        "Anna Bell", "Marcus O’Neill",
        (
            "Where do you sell the quince one? I looked in three shops and nobody had it.",
            "Is it vegan?", "Best lemonade in town, thank you 🍋🍋", "The bottle came broken. What do I do now?",
            "Do you ship to Ireland? My sister would love a box for her birthday, and I can't find it on your page.",
        ),
        "{who} commented on your post.", "{who} replied to your comment", "{who} sent you a message",
        "{who} left a review for Stand Lemonade", "See comment", "Reply", "Hi Jana,", "Your post",
        "This message was sent to us@stand.example. If you don't want to receive these emails in the future, please"
        " unsubscribe. Place Inc., 1 Hacker Way, 94025", "See more", "2 hours ago", "New comment from {who}",
    ),
    "is": Tongue(
        "Guðrún Þórðardóttir", "Ægir Jónsson",
        (
            "Flaskan kom brotin, hvað geri ég?", "Er þetta vegan?", "Besta límonaðið í bænum, takk fyrir mig 🍋",
            "Hvar fæ ég þetta á Akureyri? Ég hef leitað í öllum búðum hér og enginn kannast við ykkur.",
            "Mamma elskar kvíðið ykkar, hvenær kemur það aftur?",
        ),
        "{who} skrifaði ummæli við færsluna þína.", "{who} svaraði ummælum þínum", "{who} sendi þér skilaboð",
        "{who} skrifaði umsögn um Stand Lemonade", "Skoða ummæli", "Svara", "Hæ Jana,", "Færslan þín",
        "Þessi póstur var sendur til us@stand.example. Þú getur afskráð þig hér. Tilkynningastillingar. © Place ehf.",
        "Sjá meira", "fyrir 2 klst.", "Ný ummæli frá {who}",
    ),
    "hu": Tongue(
        "Kővári Zsófia", "Őry Béla",
        (
            "Imádom ezt az ízt, mikor lesz megint?", "Vegán?", "A legjobb limonádé a városban, köszönöm 🍋",
            "Törötten érkezett az üveg. Most mit csináljak?",
            "Szállítotok Debrecenbe is? A nővéremnek vennék egy dobozzal a születésnapjára.",
        ),
        "{who} hozzászólt a bejegyzésedhez.", "{who} válaszolt a hozzászólásodra", "{who} üzenetet küldött neked",
        "{who} véleményt írt a következőről: Stand Lemonade", "Hozzászólás megtekintése", "Válasz", "Szia Jana!",
        "A bejegyzésed",
        "Ezt az üzenetet a(z) us@stand.example címre küldtük. Leiratkozás. Értesítési beállítások. Place Kft.",
        "Továbbiak", "2 órája", "Új hozzászólás tőle: {who}",
    ),
    "cs": Tongue(
        "Jiří Čapek", "Alena Malá",
        (
            "Dorazila včera a byla skvělá, díky moc za rychlost!", "Je to veganské?",
            "Nejlepší limonáda ve městě 🍋 děkujeme", "Láhev přišla rozbitá. Co mám teď dělat?",
            "Posíláte i na Slovensko? Sestra by chtěla krabici k narozeninám a na stránkách to nevidím.",
        ),
        "{who} okomentoval váš příspěvek.", "{who} odpověděl na váš komentář", "{who} vám poslal zprávu",
        "{who} napsal recenzi na Stand Lemonade", "Zobrazit komentář", "Odpovědět", "Dobrý den, Jano,",
        "Váš příspěvek",
        "Tento e-mail byl odeslán na us@stand.example. Odhlásit se z odběru. Nastavení oznámení. Place s.r.o.",
        "Zobrazit více", "před 2 hodinami", "Nový komentář od {who}",
    ),
    "el": Tongue(
        "Ελένη Παπαδάκη", "Γιώργος Δήμου",
        (
            "Πολύ όμορφη ιδέα, συγχαρητήρια στην ομάδα!", "Είναι βίγκαν;", "Η καλύτερη λεμονάδα της πόλης 🍋 ευχαριστώ",
            "Το μπουκάλι ήρθε σπασμένο. Τι κάνω τώρα;",
            "Στέλνετε και στην Κρήτη; Η αδερφή μου θα ήθελε ένα κουτί για τα γενέθλιά της.",
        ),
        "Ο χρήστης {who} σχολίασε τη δημοσίευσή σας.", "{who} απάντησε στο σχόλιό σας", "{who} σας έστειλε μήνυμα",
        "{who} έγραψε κριτική για το Stand Lemonade", "Προβολή σχολίου", "Απάντηση", "Γεια σου Jana,",
        "Η δημοσίευσή σας",
        "Αυτό το μήνυμα στάλθηκε στο us@stand.example. Κατάργηση εγγραφής. Ρυθμίσεις ειδοποιήσεων. Place Α.Ε.",
        "Δείτε περισσότερα", "πριν από 2 ώρες", "Νέο σχόλιο από {who}",
    ),
}  # fmt: skip

POST = "Our summer lemonade is here: quince, rhubarb and plain lemon, at the market from Saturday."
PIXEL = '<img src="https://t.example/o.gif?x=1" width="1" height="1" alt="" style="display:block;border:0">'


def _nested(title: str, preheader: str, inside: str, foot: str) -> str:
    """Tables in tables, with the comments that Outlook reads, and a preheader that nobody sees."""
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><title>'
        f"{escape(title)}</title><style>.a{{color:#fff}} @media only screen{{.b{{display:none}}}}</style></head>"
        '<body style="margin:0" bgcolor="#ffffff"><span style="display:none;font-size:1px;color:#fff;max-height:0">'
        f'{escape(preheader)} &zwnj;&nbsp;&zwnj;&nbsp;</span><table border="0" width="100%" cellspacing="0"'
        ' style="border-collapse:collapse"><tr><td width="100%" align="center"><!--[if mso]><table width="600"><tr><td>'
        '<![endif]--><table border="0" cellspacing="0" cellpadding="0" width="600" style="border-collapse:collapse">'
        f'<tr><td height="20" style="line-height:20px" colspan="3">&nbsp;</td></tr>{inside}'
        f'<tr><td style="font-size:11px;color:#aaaaaa;padding:10px">{foot}</td></tr></table><!--[if mso]></td></tr>'
        f"</table><![endif]--></td></tr></table>{PIXEL}</body></html>"
    )


def _button(href: str, text: str) -> str:
    return (
        '<tr><td><table border="0" cellpadding="0" cellspacing="0"><tr><td style="background-color:#1877f2;border-radius:6px;'
        f'padding:8px 20px" align="center"><a href="{escape(href)}" style="color:#ffffff;text-decoration:none">'
        f'<font size="3"><span style="font-weight:bold;white-space:nowrap">{escape(text)}</span></font></a></td></tr>'
        "</table></td></tr>"
    )


def facebook(language: str, tongue: Tongue) -> Letter:
    """Avatar and name in one row, the words in a box below, one button; the comment is cut by “See more”."""
    who, words = tongue.who, tongue.words[0]
    target = f"https://www.facebook.com/stand/posts/{len(who)}123?comment_id=77"
    link = f"https://l.facebook.com/l.php?u={quote(target, safe='')}&h=AT0x"
    inside = (
        '<tr><td><a href="https://www.facebook.com/"><img src="https://s.example/logo.png" width="24" alt="Facebook">'
        "</a></td></tr>"
        f'<tr><td style="font-size:16px;color:#141823;padding:10px 0"><a href="https://www.facebook.com/anna.b" style="color:'
        f'#3b5998"><b>{escape(who)}</b></a> {escape(tongue.commented.format(who="").strip().replace("Ο χρήστης ", ""))}</td></tr>'
        '<tr><td><table style="border-left:2px solid #ccd0d5"><tr><td valign="top"><img src="https://s.example/a.jpg"'
        f' width="40" alt="{escape(who)}"></td><td style="padding-left:10px"><div><b>{escape(who)}</b></div>'
        f'<div style="font-size:12px;color:#90949c">{tongue.ago}</div><div style="padding-top:6px">{escape(words)}</div>'
        f"</td></tr></table></td></tr>{_button(link, tongue.see)}"
    )
    html = _nested("Facebook", f"{who}: {words[:20]}", inside, escape(tongue.foot))
    return Letter(
        f"facebook {language}", "facebook", "notification@facebookmail.com", tongue.commented.format(who=who), html,
        ((who, words, target),), sender_name="Facebook",
    )  # fmt: skip


def instagram(language: str, tongue: Tongue) -> Letter:
    """Everything centred; a large heading with the handle, our picture, the words in a paragraph of their own."""
    who, words = tongue.who.split()[0].lower() + ".b_" + language, tongue.words[1]
    target = f"https://www.instagram.com/p/Cx{language}9/c/1800/"
    html = f"""<HTML><BODY><CENTER><DIV style="width:430px;font-family:Helvetica"><IMG SRC="https://i.example/l.png"
 ALT="Instagram"><BR><BR><P style="font-size:18px">{tongue.commented.format(who=f'<A HREF="https://www.instagram.com/u/"><STRONG>{who}</STRONG></A>').rstrip(".")}</P>
<A HREF="{target}"><IMG SRC="https://i.example/p.jpg" width=300></A>
<P style="font-size:16px;line-height:22px">{escape(words)}</P>
<A HREF="{target}" style="background:#0095f6;color:#fff;padding:9px 30px;display:inline-block;border-radius:5px">{tongue.see}</A>
<P style="font-size:10px;color:#8e8e8e">{escape(tongue.foot)}<BR>© Instagram. Meta Platforms, Inc., 1601 Willow Road,
 Menlo Park, CA 94025</P></DIV></CENTER></BODY></HTML>"""
    return Letter(
        f"instagram {language}", "instagram", "no-reply@mail.instagram.com", tongue.commented.format(who=who).rstrip("."),
        html, ((who, words, target),), sender_name="Instagram",
    )  # fmt: skip


def threads(language: str, tongue: Tongue) -> Letter:
    """Divs without a table; our own post above the words, under a label; the sender's name is the writer's."""
    who, words = tongue.who, tongue.words[2]
    target = f"https://www.threads.net/@stand/post/Q{language}77xyz"
    html = (
        f'<div style="max-width:480px;margin:auto"><div style="color:#999;font-size:13px">{tongue.ours}</div>'
        f'<div style="border:1px solid #ddd;border-radius:8px;padding:12px">{POST}</div>'
        f'<div style="margin-top:16px"><img src="https://i.example/a.png" alt="{escape(who)}" width="36">'
        f'<span style="font-weight:600">{escape(who)}</span> <span style="color:#999">{tongue.ago}</span></div>'
        f'<div style="border:1px solid #ddd;border-radius:8px;padding:12px">{escape(words)}</div>'
        f'<div><a class="cta" href="{target}">{tongue.answer}</a></div>'
        f'<div style="font-size:11px;color:#777777">{escape(tongue.foot)}</div></div>'
    )
    return Letter(
        f"threads {language}", "threads", "noreply@mail.threads.net", tongue.replied.format(who=who), html,
        ((who, words, target),), sender_name=f"{who} (Threads)",
    )  # fmt: skip


def linkedin(language: str, tongue: Tongue) -> Letter:
    """A name, a headline below it, the words; two buttons; a plain part that says little; a long small print."""
    who, words = tongue.who, tongue.words[4]
    target = f"https://www.linkedin.com/feed/update/urn:li:activity:70{len(words)}?commentUrn=urn%3Ali%3Acomment%3A1"
    link = target.replace("/feed/", "/comm/feed/") + "&trk=eml-email_notif"
    right = link
    inside = (
        '<tr><td style="padding:24px"><table role="presentation" width="100%"><tbody><tr><td align="left"><a'
        ' href="https://www.linkedin.com/comm/feed/?trk=logo"><img alt="LinkedIn" src="https://l.example/l.png"></a></td>'
        '<td align="right"><a href="https://www.linkedin.com/comm/in/us?trk=me"><img alt="Jana Nováková" class="rounded"'
        ' src="https://l.example/me.png"></a></td></tr></tbody></table></td></tr>'
        f'<tr><td style="padding:0 24px"><h2 style="font-size:20px">{escape(tongue.commented.format(who=who))}</h2></td></tr>'
        '<tr><td style="padding:0 24px"><table role="presentation"><tr><td width="48"><a href="https://www.linkedin.com/comm'
        f'/in/them?trk=pic"><img src="https://l.example/p.jpg" alt="{escape(who)}" width="48"></a></td><td>'
        f'<a href="https://www.linkedin.com/comm/in/them?trk=name" style="font-weight:bold">{escape(who)}</a>'
        '<p style="color:#737373;font-size:14px">Head of Sales at Kowalski &amp; Sons | Speaker | Beekeeper</p></td></tr></table>'
        f'</td></tr><tr><td style="padding:12px 24px;font-size:16px">{escape(words)}</td></tr>{_button(link, tongue.see)}'
        f'<tr><td><a href="{link}&like=1" style="color:#0a66c2">{tongue.answer}</a></td></tr>'
    )
    html = _nested("LinkedIn", words[:30], inside, escape(tongue.foot))
    return Letter(
        f"linkedin {language}", "linkedin", "notifications-noreply@linkedin.com", tongue.commented.format(who=who), html,
        ((who, words, right),), sender_name="LinkedIn", plain=f"{tongue.see}: {link}\n\n----------------\n\n{tongue.foot}\n",
    )  # fmt: skip


def x(language: str, tongue: Tongue) -> Letter:
    """Name and handle in one cell, the words with our handle and a link, parted by line breaks only."""
    who, said = tongue.other, tongue.words[3]
    target = f"https://x.com/them/status/1860{len(said)}"
    link = f"https://x.com/i/redirect?url={quote(target + '?s=20&refsrc=email', safe='')}&t=1&cn=x"
    html = (
        '<table><tr><td class="avatar"><img src="https://p.example/1.jpg" width="48" alt=""></td><td style="padding:5px">'
        f'<strong style="font-size:16px">{escape(who)}</strong> <span style="color:#8899a6">@them_{language}</span><br>'
        f'<span style="font-size:15px"><a href="https://x.com/stand">@stand</a> {escape(said)}</span><br>'
        f'<span style="color:#8899a6;font-size:12px">10:04 - 21 Nov 2026</span></td></tr><tr><td colspan="2"><a'
        f' href="{escape(link)}" style="background-color:#000;color:#fff;padding:10px 24px;border-radius:20px">{tongue.answer}</a>'
        f'</td></tr><tr><td colspan="2" style="font-size:11px;color:#8899a6">{escape(tongue.foot)}</td></tr></table>'
    )
    return Letter(
        f"x {language}", "x", "notify@x.com", tongue.replied.format(who=f"{who} (@them_{language})"), html,
        ((who, f"@stand {said}", f"{target}?s=20&refsrc=email"),), sender_name="X",
    )  # fmt: skip


def reddit(language: str, tongue: Tongue) -> Letter:
    """A user's name with a time after it, the words as a quotation, a redirect with the address in its path."""
    who, words = "u/quince_fan_" + language, tongue.words[3] + "\n" + tongue.words[1]
    target = f"https://www.reddit.com/r/lemonade/comments/1a{language}/summer/kx9/"
    link = (
        "https://click.redditmail.com/CL0/"
        + target.replace("/", "%2F").replace("%2F", "//", 0)
        + "/1/0100018c-aa-000000/Zz=351"
    )
    heading = tongue.replied.format(who=who)
    html = (
        '<body><table width="100%"><tr><td align="center"><table width="600"><tr><td><img alt="Reddit"'
        f' src="https://r.example/l.png"></td></tr><tr><td style="font-size:20px;font-weight:700">{escape(heading)}</td></tr>'
        f'<tr><td><span style="font-weight:bold">{who}</span> <span style="color:#787c7e;font-size:12px">· {tongue.ago}</span>'
        f'</td></tr><tr><td style="border-left:4px solid #edeff1;padding-left:8px"><p>{escape(words).replace(chr(10), "<br/>")}'
        f'</p></td></tr><tr><td><a href="{link}" style="border-radius:999px;background-color:#0079d3;padding:8px 16px;'
        f'color:white">{tongue.see}</a></td></tr><tr><td><a href="https://www.reddit.com/r/lemonade/">r/lemonade</a></td></tr>'
        f'<tr><td style="font-size:12px;color:#878a8c">{escape(tongue.foot)} <a href="https://www.reddit.com/mail/unsubscribe/'
        'abc">Unsubscribe</a></td></tr></table></td></tr></table></body>'
    )
    return Letter(
        f"reddit {language}", "reddit", "noreply@redditmail.com", heading, html, ((who, words, target),), sender_name="Reddit",
    )  # fmt: skip


def youtube(language: str, tongue: Tongue) -> Letter:
    """The video's title as a link above; name as a link, the words in the same cell; a relative redirect."""
    who, words = tongue.who, tongue.words[4]
    target = f"https://www.youtube.com/watch?v=dQw4{language}XcQ&lc=Ugx{language}AaABAg"
    link = f"https://www.youtube.com/attribution_link?a=Ab&u={quote(target.partition('.com')[2], safe='')}"
    html = (
        '<table width="100%" style="padding:0 40px"><tr><td><img src="https://y.example/logo.png" alt="YouTube"></td></tr>'
        f'<tr><td style="font-size:18px">{escape(tongue.new.format(who=who))}</td></tr><tr><td><a href="https://www.youtube.com/'
        f'watch?v=dQw4{language}XcQ&feature=em-comments" style="color:#167ac6">How we press 400 lemons before breakfast</a></td>'
        '</tr><tr><td><table><tr><td width="40" valign="top"><a href="https://www.youtube.com/channel/UC1"><img width="32"'
        f' src="https://y.example/a.jpg"></a></td><td><a href="https://www.youtube.com/channel/UC1" style="color:#333;'
        f'font-weight:bold">{escape(who)}</a><br>{escape(words)}</td></tr></table></td></tr><tr><td><a href="{escape(link)}"'
        f' style="background:#167ac6;color:#fff;padding:8px 12px">{tongue.answer}</a></td></tr><tr><td style="color:#999;'
        f'font-size:11px">{escape(tongue.foot)} ©2026 YouTube, LLC 901 Cherry Ave, San Bruno, CA 94066</td></tr></table>'
    )
    return Letter(
        f"youtube {language}", "youtube_notices", "noreply@youtube.com", tongue.new.format(who=who), html,
        ((who, words, target),), sender_name="YouTube",
    )  # fmt: skip


def tiktok(language: str, tongue: Tongue) -> Letter:
    """One sentence with the name, and the words in quotation marks after a colon."""
    who, words = tongue.other, tongue.words[2]
    marks = {"en": "“”", "is": "„“", "hu": "„”", "cs": "„“", "el": "«»"}[language]
    target = f"https://www.tiktok.com/@stand/video/73{len(words)}0001"
    wrapped = urlsafe_b64encode(target.encode()).decode().rstrip("=")
    heading = tongue.commented.format(who=f"<b>{escape(who)}</b>").rstrip(".")
    html = (
        f'<div style="background:#f8f8f8"><div style="background:#ffffff;padding:20px"><p>{tongue.hello}</p>'
        f'<p style="font-size:17px">{heading}: {marks[0]}{escape(words)}{marks[1]}</p>'
        f'<p><a style="background-color:#fe2c55;padding:10px" href="https://www.tiktok.com/link/v2/{wrapped}">{tongue.see}</a></p>'
        f'<p style="color:rgb(140,140,140);font-size:10pt">{escape(tongue.foot)}</p></div></div>'
    )
    return Letter(
        f"tiktok {language}", "tiktok", "noreply@account.tiktok.com", tongue.commented.format(who=who), html,
        ((who, words, target),), sender_name="TikTok",
    )  # fmt: skip


def google(language: str, tongue: Tongue) -> Letter:
    """A review: the name, drawn stars, the words; the business's name and address in between."""
    who, words = tongue.who, tongue.words[0]
    target = f"https://business.google.com/reviews/l/01{len(words)}5/r/AbFvO{language}"
    link = f"https://www.google.com/url?q={quote(target, safe='')}&sa=D&ust=17"
    inside = (
        '<tr><td><img src="https://g.example/g.png" alt="Google Business Profile"></td></tr><tr><td style="font-size:24px;'
        f'text-align:center">{escape(tongue.reviewed.format(who=who))}</td></tr><tr><td style="text-align:center"><div'
        ' style="font-weight:500">Stand Lemonade</div><div style="color:#5f6368;font-size:12px">Laugavegur 1, Reykjavík</div>'
        '</td></tr><tr><td><table style="border:1px solid #dadce0;border-radius:8px"><tr><td><img width="40"'
        f' src="https://g.example/a.png"></td><td><div style="font-weight:bold">{escape(who)}</div><div><span style="color:'
        f'#fbbc04">★★★★☆</span></div><div style="font-size:14px">{escape(words)}</div></td></tr></table></td></tr>'
        f"{_button(link, tongue.answer)}"
    )
    html = _nested("Google", "", inside, escape(tongue.foot))
    return Letter(
        f"google {language}", "google_reviews", "businessprofile-noreply@google.com", tongue.reviewed.format(who=who), html,
        ((who, words, target),), sender_name="Google Business Profile", stars=4,
    )  # fmt: skip


def trustpilot(language: str, tongue: Tongue) -> Letter:
    """A review with a picture of stars and a title; the writer's name is cut ("Jana N.")."""
    who, words = f"{tongue.who.split()[0]} {tongue.who.split()[1][0]}.", tongue.words[3]
    target = f"https://businessapp.b2b.trustpilot.com/reviews/65{len(words)}abc/reply"
    html = (
        '<table bgcolor="#f7f7f7" width="100%"><tr><td><table bgcolor="#ffffff" width="580" align="center"><tr><td'
        f' class="logo">Trustpilot</td></tr><tr><td style="padding:20px"><p>{tongue.hello}</p><p style="font-size:18px">'
        f'{escape(tongue.reviewed.format(who=who))}</p><img src="https://tp.example/stars-2.png" alt="2 stars" width="128">'
        f'<p style="font-weight:bold">{who}</p><p>{escape(words)}</p><a href="{target}" style="display:inline-block;padding:12px;'
        f'border:1px solid #205cd4;color:#205cd4">{tongue.answer}</a></td></tr></table><p style="font-size:12px;color:#6c6c85">'
        f"{escape(tongue.foot)} Trustpilot A/S, Pilestræde 58, 1112 Copenhagen</p></td></tr></table>"
    )
    return Letter(
        f"trustpilot {language}", "trustpilot", "noreply@trustpilot.com", tongue.reviewed.format(who=who), html,
        ((who, words, target),), sender_name="Trustpilot", stars=2,
    )  # fmt: skip


def tripadvisor(language: str, tongue: Tongue) -> Letter:
    """A review: bubbles as text, a title in bold, the words in quotation marks and cut."""
    who, words = tongue.other, tongue.words[4].rstrip(".?")
    target = f"https://www.tripadvisor.com/ShowUserReviews-g189970-d{len(words)}-r99{language}-Stand.html"
    html = (
        '<div align="center"><table width="600"><tr><td><img alt="Tripadvisor" src="https://ta.example/l.png"></td></tr>'
        f'<tr><td><h1 style="font-size:22px">{escape(tongue.reviewed.format(who=who))}</h1></td></tr><tr><td><b>{escape(who)}</b>'
        f'<br><span style="color:#767676">5 of 5 bubbles</span></td></tr><tr><td>“{escape(words)}… <a href="{target}#REVIEW">'
        f'{tongue.more}</a>”</td></tr><tr><td bgcolor="#00aa6c"><a href="{target}?m=66562" style="color:#000">{tongue.see}</a></td>'
        f'</tr><tr><td style="font-size:11px;color:#8c8c8c">{escape(tongue.foot)}</td></tr></table></div>'
    )
    return Letter(
        f"tripadvisor {language}", "tripadvisor", "members@e.tripadvisor.com", tongue.reviewed.format(who=who), html,
        ((who, f"{words}…", f"{target}?m=66562"),), sender_name="Tripadvisor", stars=5,
    )  # fmt: skip


def digest(language: str, tongue: Tongue) -> Letter:
    """Several people's comments in one letter: rows that are built alike."""
    rows, right = [], []
    for at, (who, words) in enumerate(
        ((tongue.who, tongue.words[0]), (tongue.other, tongue.words[3]), ("محمد علي", "رائع 🍋 شكرا"))
    ):
        target = f"https://www.facebook.com/stand/posts/5{at}1?comment_id={at}9"
        rows.append(
            f'<tr><td><img alt="{who}" src="https://s.example/{at}.jpg" width="40"></td><td><a href="https://www.facebook.com/u{at}"'
            f' style="font-weight:bold">{escape(who)}</a><div style="color:#90949c;font-size:12px">{tongue.ago}</div><div>'
            f'{escape(words)}</div><a href="{target}" style="color:#1877f2">{tongue.answer}</a></td></tr>'
        )
        right.append((who, words, target))
    inside = (
        '<tr><td style="font-size:18px">Stand Lemonade: 3 🔔</td></tr><tr><td><table>' + "".join(rows) + "</table></td></tr>"
        + _button("https://www.facebook.com/notifications", tongue.see)
    )  # fmt: skip
    return Letter(
        f"digest {language}", "facebook", "notification@facebookmail.com", "🔔 3: Stand Lemonade",
        _nested("Facebook", "3", inside, escape(tongue.foot)), tuple(right), sender_name="Facebook",
    )  # fmt: skip


def message(language: str, tongue: Tongue) -> Letter:
    """A private message; HTML and a plain part that has all, too."""
    who, words = tongue.other, f"{tongue.words[1]}\n{tongue.words[4]}"
    target = "https://www.linkedin.com/messaging/thread/2-Yz" + language + "09/"
    html = (
        f"<p>{tongue.hello}</p><p><b>{escape(who)}</b> {escape(tongue.sent.format(who='').strip())}</p><blockquote>"
        f'{escape(words).replace(chr(10), "<br>")}</blockquote><p><a href="{target}" role="button">{tongue.answer}</a></p>'
        f"<hr><small>{escape(tongue.foot)}</small>"
    )
    plain = (
        f"{tongue.hello}\n\n{tongue.sent.format(who=who)}\n\n{words}\n\n{tongue.answer}: {target}\n\n{tongue.foot}\n"
    )
    return Letter(
        f"message {language}", "linkedin", "messages-noreply@linkedin.com", tongue.sent.format(who=who), html,
        ((who, words, target),), plain=plain, sender_name=f"{who} via LinkedIn", public=False,
    )  # fmt: skip


BUILT = (
    facebook,
    instagram,
    threads,
    linkedin,
    x,
    reddit,
    youtube,
    tiktok,
    google,
    trustpilot,
    tripadvisor,
    digest,
    message,
)


def letters() -> Iterator[Letter]:
    """All of them, in every language."""
    for language, tongue in TONGUES.items():
        for build in BUILT:
            yield build(language, tongue)
