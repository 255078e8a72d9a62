# ruff: noqa: E501 (a mail's lines are as long as they are)
"""The second half of mails.py: video, reviews and web forms."""

from __future__ import annotations

from urllib.parse import quote

from tests.blind_notices.writing import FILL, Entry, Notice, _head, _html, _part


def youtube_notices() -> list[Notice]:
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


def tiktok_notices() -> list[Notice]:
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


def google_notices() -> list[Notice]:
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


def trustpilot_notices() -> list[Notice]:
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


def tripadvisor_notice() -> Notice:
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


def form_notices() -> list[Notice]:
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
