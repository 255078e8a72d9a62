# ruff: noqa: E501  letters as programs write them, in long lines
"""Letters of website forms as their programs write them, with what is right of each."""

from __future__ import annotations

from typing import NamedTuple


class FormLetter(NamedTuple):
    """A letter, and what is right: the visitor's name, address and message, the page, and other fields as shown."""

    name: str
    sender: str
    octets: bytes
    right: tuple[str, str, str, str]
    fields: tuple[str, ...] = ()


def _letter(sender: str, body: str, *, html: bool = False, reply_to: str = "", subject: str = "New message") -> bytes:
    kind = "html" if html else "plain"
    answer = f"Reply-To: {reply_to}\n" if reply_to else ""
    return (
        f"From: {sender}\nTo: hello@stand.example\n{answer}Subject: {subject}\nMessage-ID: <f1@made>\n"
        f"Date: Sat, 21 Nov 2026 10:00:00 +0000\nContent-Type: text/{kind}; charset=utf-8\n\n{body}"
    ).encode()


def _case(
    name: str,
    sender: str,
    body: str,
    right: tuple[str, str, str, str],
    *fields: str,
    html: bool = False,
    reply_to: str = "",
) -> FormLetter:
    return FormLetter(name, sender, _letter(sender, body, html=html, reply_to=reply_to), right, fields)


_GRAVITY_ROW = '<tr bgcolor="#EAF2FA"><td colspan="2"><font style="font-family:sans-serif;font-size:12px"><strong>{}</strong></font></td></tr><tr bgcolor="#FFFFFF"><td width="20">&nbsp;</td><td><font style="font-family:sans-serif;font-size:12px">{}</font></td></tr>'
_WPFORMS_ROW = '<tr><td style="padding:20px 0 3px"><strong>{}</strong></td></tr><tr><td style="border-bottom:1px solid #eee">{}</td></tr>'

FORMS = (
    _case(
        "Contact Form 7", "Stand <wordpress@stand.example>",
        "From: Anna Bell <anna@home.example>\nSubject: Quince\n\nMessage Body:\nWhere do you sell the quince one?\n\nI looked in"
        " three shops.\n\n-- \nThis e-mail was sent from a contact form on Stand (https://stand.example)\n",
        ("Anna Bell", "anna@home.example", "Where do you sell the quince one?\n\nI looked in three shops.", "https://stand.example"),
        "Subject: Quince", reply_to="anna@home.example",
    ),
    _case(
        "WPForms", "Stand <hello@stand.example>",
        "<table>" + _WPFORMS_ROW.format("Name", "Jiří Čapek") + _WPFORMS_ROW.format("Email", '<a href="mailto:jiri@home.example">jiri@home.example</a>')
        + _WPFORMS_ROW.format("Comment or Message", "Je to veganské?<br />A kde to koupím?") + _WPFORMS_ROW.format("Phone", "+420 601 123 456")
        + '</table><p>Sent from <a href="https://stand.example">Stand</a></p>',
        ("Jiří Čapek", "jiri@home.example", "Je to veganské?\nA kde to koupím?", "https://stand.example"), "Phone: +420 601 123 456",
        html=True,
    ),
    _case(
        "Gravity Forms", "noreply@stand.example",
        "<table width='99%'><tr><td><table>" + _GRAVITY_ROW.format("Nafn", "Guðrún Þórðardóttir") + _GRAVITY_ROW.format("Netfang", "<a href='mailto:gudrun@home.example'>gudrun@home.example</a>")
        + _GRAVITY_ROW.format("Skilaboð", "Flaskan kom brotin, hvað geri ég?") + _GRAVITY_ROW.format("Pöntunarnúmer", "1042") + "</table></td></tr></table>",
        ("Guðrún Þórðardóttir", "gudrun@home.example", "Flaskan kom brotin, hvað geri ég?", ""), "Pöntunarnúmer: 1042", html=True,
    ),
    _case(
        "Elementor", "Stand <email@stand.example>",
        "Name: Kővári Zsófia<br>Email: zsofia@home.example<br>Message: Szállítotok Debrecenbe is?<br><br>---<br><br>Date: november 21, 2026"
        "<br>Time: 10:00<br>Page URL: https://stand.example/kapcsolat/<br>User Agent: Mozilla/5.0 (X11)<br>Remote IP: 192.0.2.7<br>Powered by: Elementor",
        ("Kővári Zsófia", "zsofia@home.example", "Szállítotok Debrecenbe is?", "https://stand.example/kapcsolat/"),
        "Page URL: https://stand.example/kapcsolat/", html=True, reply_to="zsofia@home.example",
    ),
    _case(
        "Formspree", "Formspree <noreply@formspree.io>",
        "Hey there,\n\nSomeone just submitted your form on https://stand.example/contact. Here's what they had to say:\n\nname:\nΕλένη Παπαδάκη\n\n"
        "email:\neleni@home.example\n\nmessage:\nΣτέλνετε και στην Κρήτη;\n\nsubmitted at: 21 Nov 2026\n\nYou are receiving this because you confirmed"
        " this address on Formspree. If you don't remember doing that, unsubscribe here: https://formspree.io/unblock/1\n",
        ("Ελένη Παπαδάκη", "eleni@home.example", "Στέλνετε και στην Κρήτη;", "https://stand.example/contact"), reply_to="eleni@home.example",
    ),
    _case(
        "Squarespace", "Squarespace <form-submission@squarespace.info>",
        '<div><p><b>Name:</b> Béla Őry</p><p><b>Email:</b> <a href="mailto:bela@home.example">bela@home.example</a></p><p><b>Subject:</b> Wedding</p>'
        '<p><b>Message:</b> Could you do a stand at our wedding in June? We expect 120 guests.</p><p style="font-size:11px">(Sent via '
        '<a href="https://stand.example/">Stand</a>)</p><p>Manage Submissions</p></div>',
        ("Béla Őry", "bela@home.example", "Could you do a stand at our wedding in June? We expect 120 guests.", "https://stand.example/"), "Subject: Wedding",
        html=True, reply_to="bela@home.example",
    ),
    _case(
        "Wix", "Stand <no-reply@crm.wix.com>",
        '<table><tr><td><h1>You have a new message</h1></td></tr><tr><td>Via: <a href="https://www.stand.example/">https://www.stand.example/</a></td></tr>'
        "<tr><td><b>Message Details</b></td></tr><tr><td>First name</td><td>Alena</td></tr><tr><td>Last name</td><td>Malá</td></tr><tr><td>Email</td>"
        "<td>alena@home.example</td></tr><tr><td>Message</td><td>Posíláte i na Slovensko?</td></tr></table><p>If you think this submission is spam,"
        " report it.</p>",
        ("Alena Malá", "alena@home.example", "Posíláte i na Slovensko?", "https://www.stand.example/"), html=True,
    ),
    _case(
        "plain fields, and a colon in the message", "www-data@stand.example",
        "Name: Ægir Jónsson\nE-mail: aegir@home.example\nPhone: 555 1234\nMessage: Two questions.\nFirst: is it vegan?\nSecond: when are you open?\n",
        ("Ægir Jónsson", "aegir@home.example", "Two questions.\nFirst: is it vegan?\nSecond: when are you open?", ""), "Phone: 555 1234",
    ),
    _case(
        "labels nobody knows", "forms@stand.example",
        "<dl><dt><strong>Your name</strong></dt><dd>Marcus O’Neill</dd><dt><strong>E-mail</strong></dt><dd>marcus@home.example</dd><dt><strong>Which flavour"
        "</strong></dt><dd>Rhubarb</dd><dt><strong>Tell us more</strong></dt><dd>I would like twelve bottles for Friday evening.</dd></dl>",
        ("Marcus O’Neill", "marcus@home.example", "I would like twelve bottles for Friday evening.", ""), "Which flavour: Rhubarb", html=True,
    ),
)  # fmt: skip

MORE: list[FormLetter] = []


def _more(
    name: str,
    sender: str,
    body: str,
    right: tuple[str, str, str],
    *,
    html: bool = False,
    reply: str = "",
) -> None:
    MORE.append(FormLetter(name, sender, _letter(sender, body, html=html, reply_to=reply), (*right, "")))


_more(
    "cf7 cs",
    "Stand <wordpress@stand.example>",
    "Od: Jana Malá <jana@home.example>\nPředmět: Dotaz na otevírací dobu\n\nTělo zprávy:\nDobrý den, máte otevřeno i v pondělí?\n\nDěkuji, Jana\n\n--\nToto je oznámení, že byl na vašem webu odeslán kontaktní formulář (Stand https://stand.example/kontakt).",
    ("Jana Malá", "jana@home.example", "Dobrý den, máte otevřeno i v pondělí?\n\nDěkuji, Jana"),
    reply="jana@home.example",
)
_more(
    "cf7 el",
    "WordPress <wordpress@stand.example>",
    "Από: Νίκος Δήμου nikos@home.example\nΘέμα: Παραγγελία\n\nΜήνυμα:\nΘέλω 12 μπουκάλια για την Παρασκευή.\n\n-- \nΑυτό το email στάλθηκε από τη φόρμα επικοινωνίας στο Stand (https://stand.example)",
    ("Νίκος Δήμου", "nikos@home.example", "Θέλω 12 μπουκάλια για την Παρασκευή."),
    reply="nikos@home.example",
)
_more(
    "ninja table",
    "postmaster@stand.example",
    "<table><tbody><tr><td valign=top>Név:</td><td>Kiss Éva</td></tr><tr><td valign=top>E-mail cím:</td><td><a href='mailto:eva@home.example'>eva@home.example</a></td></tr><tr><td valign=top>Üzenet:</td><td>Hol lehet kapni a meggyeset?<br />Debrecenben lakom.</td></tr></tbody></table>",
    ("Kiss Éva", "eva@home.example", "Hol lehet kapni a meggyeset?\nDebrecenben lakom."),
    html=True,
)
_more(
    "webflow",
    "Webflow Forms <no-reply-forms@webflow.com>",
    "<h2>You just got a form submission!</h2><p><b>Form</b><br>Contact form</p><p><b>Site</b><br><a href='https://stand.example'>Stand</a></p><p><b>Submitted content</b></p><p><b>Name:</b> Marcus O'Neill<br><b>Email Address:</b> marcus@home.example<br><b>Message:</b> Is parking free on Saturday?</p><p><b>When</b><br>Nov 21, 2026</p>",
    ("Marcus O'Neill", "marcus@home.example", "Is parking free on Saturday?"),
    html=True,
)
_more(
    "shopify is",
    "Stand (Shopify) <mailer@shopify.com>",
    "Þú fékkst ný skilaboð frá samskiptaeyðublaði vefverslunarinnar.\n\nLand:\nIS\n\nNafn:\nGuðrún Þórðardóttir\n\nNetfang:\ngudrun@home.example\n\nSímanúmer:\n555 1234\n\nSkilaboð:\nSendið þið til Vestmannaeyja?\n",
    ("Guðrún Þórðardóttir", "gudrun@home.example", "Sendið þið til Vestmannaeyja?"),
    reply="gudrun@home.example",
)
_more(
    "json-ish keys",
    "forms@stand.example",
    "name: Anna Bell\nemail: anna@home.example\nphone: \nmessage: Hello! Do you do gift cards?\n_gotcha: \n",
    ("Anna Bell", "anna@home.example", "Hello! Do you do gift cards?"),
)
_more(
    "th td",
    "noreply@stand.example",
    "<table><tr><th>Full name</th><td>Béla Őry</td></tr><tr><th>Email</th><td>bela@home.example</td></tr><tr><th>How did you hear about us?</th><td>A friend</td></tr><tr><th>Your message</th><td><p>Two things.</p><p>Are dogs welcome? And is there shade?</p></td></tr></table>",
    ("Béla Őry", "bela@home.example", "Two things.\n\nAre dogs welcome? And is there shade?"),
    html=True,
)
_more(
    "wpforms div",
    "Stand <wordpress@stand.example>",
    "<div><div style='font-weight:bold'>Jméno</div><div>Petr Hanák</div><div style='font-weight:bold'>E-mail</div><div><a href='mailto:petr@home.example'>petr@home.example</a></div><div style='font-weight:bold'>Zpráva</div><div>Dobrý den,<br>kolik stojí sud?</div></div><p>Odesláno z Stand</p>",
    ("Petr Hanák", "petr@home.example", "Dobrý den,\nkolik stojí sud?"),
    html=True,
)
_more(
    "first last",
    "Wix <notifications@wix.com>",
    "Sítróna just got a new form submission\n\nSubmission summary:\nFirst Name: Ελένη\nLast Name: Παπαδάκη\nEmail: eleni@home.example\nLong answer: Μπορώ να κλείσω τραπέζι για 8 άτομα;\n\nIf you think this submission is spam, report it as spam.",
    ("Ελένη Παπαδάκη", "eleni@home.example", "Μπορώ να κλείσω τραπέζι για 8 άτομα;"),
)
