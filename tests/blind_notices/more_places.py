# ruff: noqa: E501 (a mail's lines are as long as they are)
"""The second half of more_mails.py: X, Reddit, YouTube, TikTok, places of reviews and web forms."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from tests.blind_notices.writing import TO, Entry, Notice, _both, _head, _html

PAD = "&#847;&zwnj;&nbsp;&#8199;&shy;" * 30
STORES = (
    '<a href="https://itunes.example/app"><img alt="Download on the App Store" src="https://static.example/as.png"></a>'
    '<a href="https://play.example/app"><img alt="Get it on Google Play" src="https://static.example/gp.png"></a>'
)


def _shown(words: str, between: str = "<br><br>") -> str:
    return escape(words, quote=False).replace("\n\n", between)


# --- X and Reddit -----------------------------------------------------------------------------------------------------


def _x_notices() -> list[Notice]:
    found = []
    mails = (
        ("x_reply", "en", "{} replied to your post", "Odalys 🌻 Finch", "odalysfinch", "@sitrona Third crate this month. Send help.\n\nOr a loyalty card.", "View on X", "You may also like", "This email was meant for @sitrona", "Unsubscribe", "2h"),
        ("x_mention_czech", "cs", "{} vás zmínil(a)", "Radovan Kejř", "kejr_radovan", "Kdo ještě nezkusil rakytník od @sitrona, ať se hlásí. A cena? 59 Kč, to je normální: sitrona.example/cenik", "Zobrazit na X", "Mohlo by se vám líbit", "Tento e-mail byl určen uživateli @sitrona", "Zrušit odběr", "14 min"),
        ("x_reply_greek", "el", "{} απάντησε στην ανάρτησή σας", "Ισμήνη", "ismini_grafei", "@sitrona Δηλαδή το μαγαζί στην Πάτρα έκλεισε; Κρίμα 😢", "Προβολή στο X", "Ίσως σας αρέσουν επίσης", "Αυτό το email προορίζεται για τον χρήστη @sitrona", "Κατάργηση εγγραφής", "1 ώ."),
    )  # fmt: skip
    for n, (name, language, told, who, handle, words, button, more, meant, leave, ago) in enumerate(mails):
        link = f"https://x.com/{handle}/status/19921100{n}"
        there = f"https://twitter.com/i/redirect?url={quote(link + '?refsrc=email&cn=cmVwbHk%3D', safe='')}&amp;t=1&amp;cn=cmVwbHk%3D&amp;sig=9f1c&amp;iid=5b2e&amp;uid=61550&amp;nid=27+1444"
        icons = "".join(
            f'<td width="70"><a href="{there}"><img src="https://static.example/{what}.png" width="18" alt="{what}"></a></td>'
            for what in ("Reply", "Repost", "Like")
        )
        page = f"""<html><head><meta name="x-apple-disable-message-reformatting"></head><body bgcolor="#e1e8ed"><span style="display:none">{told.format(who)}{PAD}</span><table class="collapse" id="header" align="center" width="500" bgcolor="#ffffff"><tbody><tr><td class="logo_space" height="22"></td></tr><tr align="right"><td><a href="https://x.com/?refsrc=email"><img src="https://static.example/x.png" width="32" alt="X"></a></td></tr>
<tr><td style="padding:12px 24px"><table><tbody><tr><td rowspan="2" width="56"><a href="https://twitter.com/i/redirect?url={quote("https://x.com/" + handle + "?refsrc=email", safe="")}&amp;sig=1"><img class="avatar" src="https://pbs.example/{handle}_reasonably_small.jpg" width="48" alt=""></a></td><td><span style="font-weight:700;color:#292f33">{who}</span></td></tr><tr><td><span style="color:#66757f">@{handle}</span> <span style="color:#66757f">· {ago}</span></td></tr></tbody></table></td></tr>
<tr><td class="tweet" style="padding:0 24px;font-size:18px" dir="auto">{_shown(words)}</td></tr><tr><td style="padding:12px 24px"><table><tbody><tr>{icons}</tr></tbody></table></td></tr>
<tr><td align="center"><table><tbody><tr><td class="button" style="background:#0f1419;border-radius:20px;padding:10px 30px"><a href="{there}" style="color:#fff"><strong>{button}</strong></a></td></tr></tbody></table></td></tr>
<tr><td style="padding:24px"><b>{more}</b><table><tbody><tr><td><img src="https://pbs.example/dl.jpg" width="32" alt=""></td><td><b>Daily Lemon</b> @dailylemon<br>48.1K followers<br>A lemon a day keeps the sailor okay.</td></tr></tbody></table></td></tr>
<tr><td align="center" style="font-size:12px;color:#8899a6"><a href="https://help.x.com">Help</a> | <a href="https://x.com/i/u?t=1&amp;sig=3">{leave}</a><br>{meant}.<br>X Corp. 865 FM 1209, Building 2, Bastrop, TX 78602</td></tr></tbody></table><img src="https://x.com/scribe/ibis?t=1" width="1" height="1" alt=""></body></html>"""
        head = _head(
            f"{who} (via X) <notify@x.com>" if n else "X <notify@x.com>",
            told.format(who),
            "Sat, 14 Nov 2026 20:02:00 +0000",
            113 + n,
            "x.com",
        )
        found.append(
            Notice(
                name,
                "x",
                language,
                _html(head, page, "base64" if n == 2 else "quoted-printable"),
                (Entry(who, words, link),),
            )
        )
    return found


def _reddit_notices() -> list[Notice]:
    found = []
    mails = (
        ("reddit_reply", "en", "u/pith_and_vinegar replied to your comment in r/Softdrinks", "u/pith_and_vinegar", "r/Softdrinks", "Is anyone else's bottle this cloudy?", "That makes sense, thanks.\n\nOne follow-up: does *unfiltered* also mean unpasteurised? My partner is pregnant.\n\nEdit: found it on the label, ignore me", "View Reply", "3h ago", "More posts you may like", "You received this because you have comment replies turned on.", "Unsubscribe", "softdrinks/comments/1q2aa/cloudy/nq71"),
        ("reddit_comment_czech", "cs", "u/kvasnice_v_lednici okomentoval(a) váš příspěvek v r/czech", "u/kvasnice_v_lednici", "r/czech", "Domácí limonády: ptejte se nás na cokoliv", "Proč v tom máte E300, když píšete „bez chemie“? Vysvětlete mi to <prosím>.", "Zobrazit komentář", "před 6 h", "Další příspěvky, které by se vám mohly líbit", "Tento e-mail jste dostali, protože máte zapnutá upozornění na komentáře.", "Zrušit odběr", "czech/comments/1q3bb/domaci/nq82"),
        ("reddit_mention_hungarian", "hu", "u/malnaszorp_83 megemlített téged itt: r/hungary", "u/malnaszorp_83", "r/hungary", "Melyik a legjobb kézműves üdítő?", "Szerintem u/sitrona_hq itt van redditen is, kérdezd meg őket: info@sitrona.example 😄", "Hozzászólás megtekintése", "11 órája", "További bejegyzések, amelyek érdekelhetnek", "Azért kaptad ezt az e-mailt, mert be van kapcsolva az említések értesítése.", "Leiratkozás", "hungary/comments/1q4cc/melyik/nq93"),
    )  # fmt: skip
    for n, (name, language, told, who, place, title, words, button, ago, more, why, leave, path) in enumerate(mails):
        link = f"https://www.reddit.com/r/{path}/"
        target = (
            link
            + f"?$deep_link=true&correlation_id=7d1f-{n}&ref=email_comment_reply&ref_campaign=email_comment_reply&ref_source=email&utm_content=post_body"
        )
        there = f"https://click.redditmail.com/CL0/{quote(target, safe=':$=')}/1/0100019a-44{n}-000000/sig{n}=367"
        page = f"""<!DOCTYPE html><html lang="en"><head><title></title></head><body style="background-color:#dae0e6"><div style="display:none;max-height:0px;overflow:hidden">{_shown(words, " ")}{PAD}</div><table width="100%" role="presentation"><tr><td align="center"><table width="600" bgcolor="#ffffff" role="presentation">
<tr><td style="padding:16px;border-bottom:1px solid #edeff1"><a href="https://click.redditmail.com/CL0/https:%2F%2Fwww.reddit.com%2F%3Fref=email/1/0100/z=1"><img alt="Reddit" height="24" src="https://static.example/reddit.png"></a></td><td align="right"><span style="color:#7c7c7c">sitrona_hq</span> <img alt="" src="https://static.example/snoo.png" width="20"></td></tr>
<tr><td colspan="2" style="padding:16px"><div style="color:#1a1a1b;font-size:20px">{told}</div></td></tr><tr><td colspan="2" style="padding:0 16px"><table role="presentation"><tr><td><img alt="" src="https://static.example/{n}.png" width="16"> <b>{place}</b></td></tr><tr><td><a href="{there}" style="font-size:16px;color:#222">{title}</a></td></tr></table></td></tr>
<tr><td colspan="2" style="padding:16px"><table role="presentation" style="border-left:2px solid #edeff1"><tr><td style="padding-left:12px;font-size:12px;color:#7c7c7c"><a href="https://click.redditmail.com/CL0/{quote("https://www.reddit.com/user/" + who[2:] + "/?ref=email", safe=":=")}/1/0100/a=1"><b>{who}</b></a> · {ago}</td></tr><tr><td style="padding-left:12px;font-size:14px"><div class="md"><p>{_shown(words, "</p><p>")}</p></div></td></tr><tr><td style="padding-left:12px;font-size:12px;color:#7c7c7c"><img alt="upvote" src="https://static.example/up.png" width="12"> 4 <img alt="downvote" src="https://static.example/down.png" width="12"></td></tr></table></td></tr>
<tr><td colspan="2" align="center"><a href="{there}" style="background:#0079d3;border-radius:999px;color:#fff;padding:8px 40px;display:inline-block">{button}</a></td></tr><tr><td colspan="2" style="padding:16px"><h3>{more}</h3><div><b>r/mildlyinteresting</b> · <span>u/tarmac_tom</span><br><a href="https://click.redditmail.com/CL0/https:%2F%2Fwww.reddit.com%2Fr%2Fmildlyinteresting%2F/1/0100/b=1">My lemon grew a thumb</a><br>8.1k votes · 312 comments</div></td></tr>
<tr><td colspan="2" align="center" style="font-size:11px;color:#7c7c7c">{STORES}<br>{why} <a href="https://click.redditmail.com/CL0/https:%2F%2Fwww.reddit.com%2Fmail%2Funsubscribe%2Fx/1/0100/c=1">{leave}</a><br>548 Market St., #16093, San Francisco, CA 94104-5401</td></tr></table></td></tr></table></body></html>"""
        head = _head(
            "Reddit <noreply@redditmail.com>", told, "Sun, 15 Nov 2026 13:37:00 +0000", 116 + n, "redditmail.com"
        )
        found.append(Notice(name, "reddit", language, _html(head, page), (Entry(who, words, link),)))
    return found


# --- YouTube and TikTok -----------------------------------------------------------------------------------------------


def _youtube(
    told: str, own: str, said: tuple[str, str, str], there: str, labels: tuple[str, str], tail: tuple[str, str]
) -> str:
    who, ago, words = said
    more, foot = tail
    quoted = (
        f'<tr><td style="padding:0 0 12px 0;color:#757575;font-size:13px">@sitrona<br>{own}</td></tr>' if own else ""
    )
    return f"""<html lang="und"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css">body,td,div,p,a{{font-family:Roboto,arial,sans-serif}}</style></head><body style="min-width:100%;padding:0"><div style="color:transparent;visibility:hidden;opacity:0;font-size:0px;border:0;max-height:1px;width:1px">{_shown(words, " ")}</div>
<table width="100%" border="0"><tbody><tr><td></td><td width="600" style="border:1px solid #ddd"><table width="100%"><tbody><tr><td style="padding:24px"><a href="https://www.youtube.com/?feature=em-logo"><img src="https://static.example/yt.png" alt="YouTube" height="26"></a></td></tr>
<tr><td style="padding:0 24px"><a href="{there}"><img src="https://i.example/vi/x/mqdefault.jpg" width="246" alt=""></a></td></tr><tr><td style="padding:12px 24px"><div style="font-size:18px;color:#212121">{told}</div></td></tr>
<tr><td style="padding:0 24px"><table width="100%"><tbody>{quoted}<tr><td><table><tbody><tr><td valign="top" width="44"><a href="https://www.youtube.com/channel/UCx?feature=em-comments"><img src="https://yt3.example/{who[1:]}=s88" width="32" height="32" style="border-radius:50%" alt="{who}"></a></td><td><a href="https://www.youtube.com/channel/UCx?feature=em-comments" style="color:#212121;text-decoration:none">{who}</a> <span style="color:#757575;font-size:12px">{ago}</span><div style="padding-top:6px;font-size:14px;line-height:20px">{_shown(words)}</div>
<table><tbody><tr><td><img src="https://static.example/thumb_up.png" width="14" alt=""></td><td><img src="https://static.example/thumb_down.png" width="14" alt=""></td></tr></tbody></table></td></tr></tbody></table></td></tr></tbody></table></td></tr>
<tr><td style="padding:24px"><table><tbody><tr><td style="background:#065fd4;border-radius:2px;padding:10px 16px"><a href="{there}" style="color:#fff;text-transform:uppercase">{labels[0]}</a></td><td width="8"></td><td style="padding:10px 16px"><a href="https://studio.youtube.com/channel/UCz/comments?feature=em" style="color:#065fd4;text-transform:uppercase">{labels[1]}</a></td></tr></tbody></table></td></tr>
{more}<tr><td style="padding:24px;font-size:11px;color:#757575;border-top:1px solid #ddd">{foot}<br>© 2026 Google LLC d/b/a YouTube, 901 Cherry Ave, San Bruno, CA 94066</td></tr></tbody></table></td><td></td></tr></tbody></table></body></html>"""


def _youtube_notices() -> list[Notice]:
    mail, found = "YouTube <noreply@youtube.com>", []
    watch = "https://www.youtube.com/watch?v="
    related = '<tr><td style="padding:0 24px"><b>Doporučená videa</b><table><tbody><tr><td><img src="https://i.example/r.jpg" width="120" alt=""></td><td><a href="https://www.youtube.com/watch?v=rr1&amp;feature=em-rec">Jak se dělá cider</a><br>Sad a lis<br>18 tis. zhlédnutí</td></tr></tbody></table></td></tr>'
    mails = (
        ("youtube_reply_icelandic", "is", "@fjola_i_vesturbae svaraði ummælum þínum við „Rabarbari frá A til Ö“", "Við notum bara íslenskan rabarbara.", ("@fjola_i_vesturbae", "fyrir 2 klst.", "Það er gott að heyra. En af hverju er þá sykur efst á listanum við 1:42?"), "Qa7&lc=UgzA.9x", ("Svara", "Skoða öll ummæli"), "", f"Þú færð þennan tölvupóst á {TO} vegna þess að þú valdir að fá tilkynningar um svör. <a href='https://www.youtube.com/email_unsubscribe?uid=1'>Segja upp áskrift</a>"),
        ("youtube_comment_czech", "cs", "Nový komentář k videu „Jak myjeme lahve“", "", ("@pan-Vyskocil-1958", "před 1 dnem", "Dobrý den,\n\nkolik stupňů má ta voda? U nás v pivovaru jsme jeli 78 °C.\n\nZdravím z Humpolce 🍺"), "Qb8&lc=UgzB", ("Odpovědět", "Spravovat všechny komentáře"), related, f"Tento e-mail jsme vám na adresu {TO} zaslali, protože dostáváte oznámení o komentářích. <a href='https://www.youtube.com/email_unsubscribe?uid=2'>Odhlásit odběr</a>"),
        ("youtube_mention", "en", "@TheLongWayToLunch mentioned you in a comment", "", ("@TheLongWayToLunch", "45 minutes ago", "Big thanks to @sitrona for the crate – full list of places we stopped at: https://lunch.example/iceland?day=3&stop=2"), "Qc9&lc=UgzC.8y", ("View comment", "Go to Studio"), "", f"This email was sent to {TO} because you chose to get updates about mentions. <a href='https://www.youtube.com/email_unsubscribe?uid=3'>Unsubscribe</a>"),
    )  # fmt: skip
    for n, (name, language, told, own, said, path, labels, more, foot) in enumerate(mails):
        link = watch + path
        target = "/" + link.removeprefix("https://www.youtube.com/") + "&feature=em-comments"
        there = f"https://www.youtube.com/attribution_link?a=k1{n}Zq&amp;u={quote(target, safe='/')}"
        head = _head(mail, told, "Mon, 16 Nov 2026 21:00:00 -0800", 119 + n, "youtube.com")
        page = _youtube(told, own, said, there, labels, (more, foot))
        text = f"{told}\n\n{said[0]} · {said[1]}\n{said[2]}\n\n{labels[0]}: {there.replace('&amp;', '&')}\n\n© 2026 Google LLC d/b/a YouTube, 901 Cherry Ave, San Bruno, CA 94066\n"
        found.append(
            Notice(
                name,
                "youtube",
                language,
                _both(head, text, page) if n == 2 else _html(head, page, "base64"),
                (Entry(said[0], said[2], link),),
            )
        )
    return found


def _tiktok_notices() -> list[Notice]:
    found = []
    mails = (
        ("tiktok_button_words", "en", "commented on your video", "view.from.pete", "view video", "View video", "2h ago", "Accounts you may like", "Follow", "This is an automatically generated email. Replies are not monitored.", "Unsubscribe"),
        ("tiktok_reply_greek", "el", "απάντησε στο σχόλιό σας", "xristina_kai_lemonia", "χαχα ναι!! 😂😂 το έκανα με σόδα και έγινε χάλια, τι φταίει;", "Προβολή σχολίου", "Πριν από 4 ώρες", "Λογαριασμοί που ίσως σας αρέσουν", "Ακολουθήστε", "Αυτό το email δημιουργήθηκε αυτόματα. Μην απαντήσετε.", "Κατάργηση εγγραφής"),
    )  # fmt: skip
    for n, (name, language, did, who, words, button, ago, more, follow, note, leave) in enumerate(mails):
        link = f"https://www.tiktok.com/@sitrona/video/74510{n}"
        there = f"https://www.tiktok.com/link/v2?aid=1988&amp;lang={language}&amp;scene=email&amp;target={quote(link + '?_r=1&utm_source=email&utm_campaign=comment', safe='')}"
        page = f"""<!DOCTYPE html><html><body style="margin:0;background:#f8f8f8"><div style="display:none;overflow:hidden;line-height:1px;opacity:0">{who} {did}{PAD}</div><table align="center" width="100%" role="presentation" style="max-width:37.5em;background:#fff"><tbody><tr style="width:100%"><td>
<table align="center" width="100%" role="presentation"><tbody><tr><td><img alt="TikTok" src="https://static.example/tiktok.png" width="118" style="display:block"></td></tr></tbody></table>
<p style="font-size:22px;font-weight:700">@{who} {did}</p><table align="center" width="100%" role="presentation" style="background:#f1f1f2;border-radius:8px"><tbody><tr><td style="width:56px;padding:16px"><img alt="{who}" src="https://p16.example/{who}.jpeg" width="48" style="border-radius:48px"></td><td><p style="font-weight:700;margin:0">{who}</p><p style="margin:4px 0;font-size:16px">{_shown(words)}</p><p style="margin:0;font-size:12px;color:#8a8b91">{ago}</p></td><td style="width:72px"><a href="{there}"><img alt="" src="https://p16.example/cover.jpeg" width="54"></a></td></tr></tbody></table>
<p style="text-align:center"><a href="{there}" target="_blank" style="background:#fe2c55;color:#fff;padding:14px 48px;display:inline-block"><span>{button}</span></a></p><hr><p><b>{more}</b></p><table width="100%" role="presentation"><tbody><tr><td>citrus.cadet</td><td>231K</td><td><a href="https://www.tiktok.com/@citrus.cadet?_r=1">{follow}</a></td></tr><tr><td>mint.condition</td><td>9,802</td><td><a href="https://www.tiktok.com/@mint.condition?_r=1">{follow}</a></td></tr></tbody></table>
{STORES}<p style="font-size:12px;color:#8a8b91">{note} <a href="https://www.tiktok.com/unsubscribe?t={n}">{leave}</a></p><p style="font-size:12px;color:#8a8b91">TikTok Technology Limited, The Sorting Office, Ropemaker Place, Dublin 2, D02 HD23, Ireland</p></td></tr></tbody></table></body></html>"""
        head = _head(
            "TikTok <notification@service.tiktok.com>",
            f"{who} {did}",
            "Tue, 17 Nov 2026 16:16:00 +0000",
            122 + n,
            "service.tiktok.com",
        )
        found.append(Notice(name, "tiktok", language, _html(head, page), (Entry(who, words, link),)))
    return found


# --- reviews ----------------------------------------------------------------------------------------------------------


def _google_notices() -> list[Notice]:
    found = []
    mails = (
        ("google_icelandic", "is", "Þorvaldur Gylfi Steinarsson skrifaði umsögn um Sítrónu", "Þorvaldur Gylfi Steinarsson", "Besta límonaðið á landinu, en hvar á fólk að sitja? Þrír stólar fyrir heilan hóp er of lítið.", 4, "Local Guide · 57 umsagnir", "Svara umsögn", "Stjörnugjöf: 4 af 5", "fyrir 5 klst.", "Þú fékkst þennan tölvupóst vegna þess að þú stýrir fyrirtækinu Sítrónu.", "Segja upp áskrift"),
        ("google_hungarian", "hu", "Pásztor Zsófia véleményt írt a következőről: Sítróna", "Pásztor Zsófia", "Drága és langyos volt.\n\nA pincér viszont aranyos, miatta kap két csillagot. Fotó: https://kep.example/p/81", 2, "3 vélemény", "Válasz a véleményre", "Értékelés: 2/5", "3 órája", "Azért kaptad ezt az e-mailt, mert te kezeled a Sítróna cégprofilját.", "Leiratkozás"),
    )  # fmt: skip
    for n, (name, language, told, who, words, stars, guide, button, rated, ago, why, leave) in enumerate(mails):
        link = f"https://business.google.com/n/5510{n}/reviews?reviewId=AbFvOq{n}"
        there = f"https://www.google.com/url?q={quote(link + '&utm_source=gmb&utm_medium=email', safe='')}&amp;source=gmail&amp;ust=1794900000000&amp;usg=AOvVaw{n}"
        row = "".join(
            f'<td><img src="https://gstatic.example/{"full" if at < stars else "empty"}.png" width="20" alt=""></td>'
            for at in range(5)
        )
        page = f"""<!DOCTYPE html><html lang="{language}"><head><meta name="format-detection" content="telephone=no"></head><body bgcolor="#FFFFFF"><div style="display:none;font-size:1px;max-height:0">{_shown(words, " ")}{PAD}</div><table width="100%" style="min-width:348px"><tbody><tr><td align="center"><table style="max-width:516px;border:1px solid #dadce0;border-radius:8px"><tbody>
<tr><td style="padding:32px" align="left"><img src="https://gstatic.example/gbp.png" width="180" alt="Google Business Profile"></td></tr><tr><td style="padding:0 32px;font-size:24px">{told}</td></tr>
<tr><td style="padding:24px 32px"><table width="100%" style="background:#f8f9fa"><tbody><tr><td width="56" valign="top" style="padding:16px"><img src="https://lh3.example/{n}=s64" width="40" style="border-radius:50%" alt="{who}"></td><td style="padding:16px 16px 16px 0"><div style="font-weight:500">{who}</div><div style="font-size:12px;color:#5f6368">{guide}</div><table title="{rated}" aria-label="{rated}"><tbody><tr>{row}<td style="font-size:12px;color:#5f6368">&nbsp;{ago}</td></tr></tbody></table><div style="font-size:14px;line-height:20px">{_shown(words, "<br/><br/>")}</div></td></tr></tbody></table></td></tr>
<tr><td style="padding:0 32px 32px"><a href="{there}" style="background-color:#1a73e8;border-radius:4px;color:#fff;padding:10px 24px;display:inline-block">{button}</a></td></tr></tbody></table><table style="max-width:516px"><tbody><tr><td style="font-size:11px;color:#757575;padding:16px">{why}<br><a href="https://notifications.google.com/g/p/AD-FnE{n}">{leave}</a><br>© 2026 Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043, USA</td></tr></tbody></table></td></tr></tbody></table></body></html>"""
        head = _head(
            "Google Business Profile <businessprofile-noreply@google.com>",
            told,
            "Wed, 18 Nov 2026 12:12:00 +0000",
            124 + n,
            "google.com",
        )
        found.append(Notice(name, "google", language, _html(head, page, "base64"), (Entry(who, words, link, stars),)))
    return found


def _trustpilot_notices() -> list[Notice]:
    found = []
    mails = (
        ("trustpilot_long", "en", "Ferdinand Okpara just left you a 2-star review", "Ferdinand Okpara", "GB · 2 reviews", "Nice drinks, shame about the courier", "The rhubarb cordial is superb and I'd order it again tomorrow.\n\nBut the courier left it on a wall in the rain, and your chat told me to \"Reply\" to an email that never came.", 2, "Rated 2 out of 5 stars", "Reply to review", "Date of experience: November 12, 2026", "You're receiving this email because you're an admin of sitrona.example on Trustpilot.", "Unsubscribe"),
        ("trustpilot_czech", "cs", "Nová 5hvězdičková recenze od uživatele Květoslava Hrubešová", "Květoslava Hrubešová", "CZ · 1 recenze", "Rychle a poctivě", "Objednáno v úterý, ve čtvrtek doma. Lahve zabalené do papíru, žádný plast. Děkuji!", 5, "Hodnocení 5 z 5 hvězdiček", "Odpovědět na recenzi", "Datum zkušenosti: 11. listopadu 2026", "Tento e-mail jste obdrželi, protože spravujete profil sitrona.example na Trustpilotu.", "Odhlásit odběr"),
    )  # fmt: skip
    for n, (name, language, told, who, about, title, words, stars, rated, button, when, why, leave) in enumerate(mails):
        link = f"https://businessapp.b2b.trustpilot.com/reviews/69244{n}c0de"
        there = f"https://k3x9.r.eu-west-1.awstrack.me/L0/{quote(link + '?utm_medium=email&utm_source=review-notification', safe=':=')}/1/0102019a{n}-000000/sg{n}=451"
        page = f"""<!doctype html><html xmlns:v="urn:schemas-microsoft-com:vml"><head><title>{told}</title></head><body style="background-color:#fcfbf3"><div style="display:none">{title}{PAD}</div><div style="background-color:#fcfbf3"><!--[if mso | IE]><table align="center" width="600"><tr><td><![endif]--><div style="margin:0 auto;max-width:600px"><table align="center" role="presentation" style="width:100%"><tbody><tr><td style="padding:20px"><div class="mj-column-per-100 mj-outlook-group-fix"><table role="presentation" width="100%"><tbody><tr><td align="left"><img height="auto" src="https://static.example/tp.png" alt="Trustpilot" width="140"></td></tr>
<tr><td align="left" style="padding:20px 0"><div style="font-size:24px;font-weight:700">{told}</div></td></tr></tbody></table></div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]-->
<div style="background:#fff;margin:0 auto;max-width:600px;border:1px solid #e5e5dd"><table role="presentation" style="width:100%"><tbody><tr><td style="padding:24px"><table role="presentation"><tbody><tr><td><div style="background:#ffb3a0;border-radius:22px;width:44px;line-height:44px;text-align:center">{who[0] + who.split()[1][0]}</div></td><td style="padding-left:12px"><div style="font-weight:700">{who}</div><div style="color:#6c6c85;font-size:12px">{about}</div></td></tr></tbody></table></td></tr>
<tr><td style="padding:0 24px"><img alt="{rated}" src="https://cdn.example/stars-{stars}.png" width="128"></td></tr><tr><td style="padding:12px 24px 0"><div style="font-size:18px;font-weight:700">{title}</div></td></tr><tr><td style="padding:8px 24px"><div style="font-size:14px;line-height:22px">{_shown(words)}</div></td></tr><tr><td style="padding:0 24px 16px;font-size:12px;color:#6c6c85">{when}</td></tr>
<tr><td style="padding:8px 24px 24px"><table role="presentation"><tbody><tr><td bgcolor="#1c1c1c" style="border-radius:24px"><a href="{there}" style="display:inline-block;color:#fff;padding:12px 24px">{button}</a></td></tr></tbody></table></td></tr></tbody></table></div><div style="text-align:center;font-size:11px;color:#6c6c85">{why} <a href="https://k3x9.r.eu-west-1.awstrack.me/L0/https:%2F%2Fbusinessapp.b2b.trustpilot.com%2Fsettings%2Fnotifications/1/0102/u=1">{leave}</a><br>Trustpilot A/S, Pilestræde 58, 5th floor, 1112 Copenhagen K, Denmark</div></div></body></html>"""
        head = _head(
            "Trustpilot <noreply@trustpilot.com>", told, "Thu, 19 Nov 2026 06:30:00 +0000", 126 + n, "trustpilot.com"
        )
        found.append(
            Notice(name, "trustpilot", language, _html(head, page), (Entry(who, f"{title}\n\n{words}", link, stars),))
        )
    return found


def _tripadvisor_notice() -> Notice:
    link = "https://www.tripadvisor.com.gr/ShowUserReviews-g189970-d7712-r98812345.html"
    title, words = (
        "Μια στάση που αξίζει",
        "Σταματήσαμε τυχαία και μείναμε δύο ώρες. Η λεμονάδα με δυόσμο είναι άλλο πράγμα!\n\nΜόνο το πάρκινγκ είναι δύσκολο, ειδικά την Κυριακή το μεσημέρι…",
    )
    there = f"https://click.e.tripadvisor.com/track?type=click&amp;mailid=2026&amp;url={quote(link + '?utm_source=email&utm_medium=review', safe='')}&amp;k=ab1"
    bubbles = '<img src="https://static.example/bubble_50.gif" width="88" alt="5 από 5 κύκλους">'
    page = f"""<html><body style="background:#f2f2f2"><table width="640" align="center" bgcolor="#fff"><tr><td bgcolor="#34e0a1" style="padding:16px"><img alt="Tripadvisor" src="https://static.example/ta.png" width="160"></td></tr><tr><td style="padding:24px"><h1 style="font-size:26px">Λάβατε μια νέα κριτική</h1><p>Sítróna, κάποιος μόλις έγραψε για εσάς. Απαντήστε για να δείξετε ότι νοιάζεστε.</p></td></tr>
<tr><td style="padding:0 24px"><table width="100%" style="border:1px solid #e0e0e0"><tr><td width="120" valign="top" align="center" style="padding:16px"><img src="https://media.example/u.jpg" width="60" alt="Φωτογραφία μέλους"><br><b>Ευτέρπη Ν</b><br><span style="font-size:12px">Βόλος, Ελλάδα</span><br><span style="font-size:12px">26 συνεισφορές</span></td><td style="padding:16px">{bubbles} <span style="font-size:12px;color:#767676">Γράφτηκε στις 19 Νοεμβρίου 2026</span><br><a href="{there}" style="font-size:18px;color:#000"><b>«{title}»</b></a><br><br>{_shown(words)} <a href="{there}">Περισσότερα</a></td></tr></table></td></tr>
<tr><td align="center" style="padding:24px"><a href="{there}" style="background:#000;border-radius:24px;color:#fff;padding:12px 32px;display:inline-block">Απάντηση στην κριτική</a></td></tr><tr><td style="padding:0 24px"><b>Συμβουλή:</b> οι επιχειρήσεις που απαντούν σε κριτικές έχουν 17% περισσότερες προβολές.</td></tr><tr><td style="font-size:11px;color:#767676;padding:24px">Αυτό το email στάλθηκε στη διεύθυνση {TO}. <a href="https://click.e.tripadvisor.com/track?type=unsub&amp;k=ab2">Κατάργηση εγγραφής</a><br>© 2026 Tripadvisor LLC, 400 1st Avenue, Needham, MA 02494, ΗΠΑ</td></tr></table></body></html>"""
    head = _head(
        "Tripadvisor <owners@e.tripadvisor.com>",
        "Νέα κριτική για την επιχείρηση Sítróna",
        "Fri, 20 Nov 2026 09:00:00 +0200",
        128,
        "e.tripadvisor.com",
    )
    return Notice(
        "tripadvisor_greek",
        "tripadvisor",
        "el",
        _html(head, page, "base64"),
        (Entry("Ευτέρπη Ν", f"{title}\n\n{words}", link, 5),),
    )


# --- web forms --------------------------------------------------------------------------------------------------------


def _form_notices() -> list[Notice]:
    words = "Góðan dag,\n\nvið erum 34 saman í gönguhópi og okkur langar að stoppa hjá ykkur 12. desember. Er hægt að fá heitt límonaði?\n\nBestu kveðjur,\nSólveig"
    fields = (
        ("Nafn", "Sólveig Anna Brynjólfsdóttir"),
        ("Netfang", '<a href="mailto:solveig@gongur.example">solveig@gongur.example</a>'),
        ("Sími", "555 0142"),
        ("Fjöldi gesta", "34"),
        ("Skilaboð", escape(words, quote=False).replace("\n", "<br />\n")),
    )
    rows = "".join(
        f'<tr class="field-{n}"><td class="field-name" style="padding:25px 0 5px;border-top:1px solid #e2e2e2"><strong>{name}</strong></td></tr><tr><td class="field-value" style="padding:0 0 25px;color:#444">{value}</td></tr>'
        for n, (name, value) in enumerate(fields)
    )
    page = f"""<!doctype html><html dir="ltr" lang="is"><head><title>Sítróna</title></head><body id="body" class="has-image"><table border="0" width="100%" class="body" role="presentation"><tr><td><!-- Deliberately empty to support consistent sizing and layout across multiple email clients. --></td><td align="center" class="body-inner wpforms"><div class="wrapper" width="100%" dir="ltr"><table class="container"><tr><td align="center" class="header"><div class="header-image"><img src="https://sitrona.example/logo.png" width="200" alt="Sítróna"></div></td></tr>
<tr><td class="wrapper-inner" bgcolor="#ffffff"><table class="content" width="100%"><tbody>{rows}</tbody></table></td></tr></table><table class="footer"><tr><td align="center">Sent from <a href="https://sitrona.example">Sítróna</a></td></tr></table></div></td><td></td></tr></table></body></html>"""
    head = _head(
        "Sítróna <wordpress@sitrona.example>",
        "Ný fyrirspurn: Hópar",
        "Sat, 21 Nov 2026 17:17:00 +0000",
        129,
        "sitrona.example",
    )
    head += "Reply-To: <solveig@gongur.example>\r\nX-Mailer: WPForms\r\n"
    first = Notice(
        "form_icelandic", "form", "is", _html(head, page, "base64"), (Entry("Sólveig Anna Brynjólfsdóttir", words, ""),)
    )

    words = "Hi both,\n\nDo you wholesale? I run a zero-waste shop (https://jarandspoon.example) and I'd want about 200 bottles a month.\n\nNo rush 🙂"
    told = "Someone just submitted your form on sitrona.example/contact. Here's what they had to say:"
    said = (
        ("name", "Imogen Tarrant"),
        ("email", "imogen@jarandspoon.example"),
        ("subject", "Wholesale"),
        ("message", words),
    )
    text = f"Hey there,\n\n{told}\n\n" + "".join(f"{name}:\n{value}\n\n" for name, value in said)
    text += "Submitted 04:41 PM UTC - 22 November 2026\n\nMark this submission as spam: https://formspree.io/mark-spam/xq1?sig=a\nYou are receiving this because you confirmed this email address on Formspree. Unsubscribe: https://formspree.io/unconfirm/xq1\n"
    rows = "".join(
        f'<tr><td style="padding:8px 0"><p style="margin:0;color:#9aa0a6;font-size:12px;text-transform:uppercase">{name}:</p><pre style="white-space:pre-wrap;font-family:inherit;margin:4px 0">{escape(value, quote=False)}</pre></td></tr>'
        for name, value in said
    )
    page = f"""<html><body style="background:#f6f6f6"><span class="preheader" style="color:transparent;display:none;height:0">New submission on Contact form</span><table class="body" role="presentation"><tr><td>&nbsp;</td><td class="container" width="580"><table class="main" bgcolor="#ffffff"><tr><td style="padding:20px"><img src="https://formspree.example/logo.png" width="150" alt="Formspree"></td></tr><tr><td style="padding:0 20px"><p>Hey there,</p><p>{told}</p><table width="100%">{rows}</table><p style="color:#9aa0a6;font-size:12px">Submitted 04:41 PM UTC - 22 November 2026</p></td></tr>
<tr><td style="padding:20px"><table class="btn btn-primary"><tr><td><a href="https://formspree.io/forms/xq1/submissions?utm_source=email">View in Formspree</a></td><td><a href="https://formspree.io/mark-spam/xq1?sig=a">Mark as spam</a></td></tr></table></td></tr></table><div class="footer" style="font-size:12px;color:#999">You are receiving this because you confirmed this email address on <a href="https://formspree.io">Formspree</a>. If you don't remember doing that, or no longer wish to receive these emails, <a href="https://formspree.io/unconfirm/xq1">unsubscribe here</a>.<br>Formspree Inc, 177 Huntington Ave, Boston, MA 02115</div></td><td>&nbsp;</td></tr></table></body></html>"""
    head = _head(
        "Formspree <noreply@formspree.io>",
        "New submission from Contact form",
        "Sun, 22 Nov 2026 16:41:09 +0000",
        130,
        "formspree.io",
    )
    head += "Reply-To: imogen@jarandspoon.example\r\n"
    return [
        first,
        Notice("form_formspree", "form", "en", _both(head, text, page), (Entry("Imogen Tarrant", words, ""),)),
    ]


def notices() -> list[Notice]:
    """Eighteen mails of eight kinds, each with what it tells."""
    return [
        *_x_notices(),
        *_reddit_notices(),
        *_youtube_notices(),
        *_tiktok_notices(),
        *_google_notices(),
        *_trustpilot_notices(),
        _tripadvisor_notice(),
        *_form_notices(),
    ]
