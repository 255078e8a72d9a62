"""The demo's letters with pictures, an invitation, a signature or damage: real mails, read as a mailbox's are."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from app.base import clock, resources
from app.base.message import Attached
from app.demo.planting import Plant, Planting
from app.mail.parse import parse
from app.outbox.files import of_template

_SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQ\n=demo\n-----END PGP SIGNATURE-----\n"
_CUT_OFF = bytes.fromhex("789f3e22 0100 01 04900600 90010000") + b"cut off on its way"
"""A package of Outlook's (MS-OXTNEF) whose only attribute says that it is longer than what came."""
_REMOTE = "https://pictures.example/visits.gif"


def letters() -> list[Plant]:
    """The letters as the file has them."""
    found: list[Plant] = resources.table("demo", "files.toml")["letter"]
    return found


def plant(planting: Planting) -> None:
    """Store the letters, through intake."""
    account = planting.accounts["email"]
    own = planting.bench.accounts.get(account).own
    items = [
        parse(_raw(planting, letter), own)._replace(language=letter["language"], dated=True) for letter in letters()
    ]
    planting.bench.intake.take(account, sorted(items, key=lambda item: item.at))


def plant_with_templates(planting: Planting) -> None:
    """Let pictures go along with templates."""
    for one in resources.table("demo", "files.toml")["with_template"]:
        whose = of_template(planting.bench.templates.get(one["key"]).id)
        planting.bench.files.add_content(whose, Attached(one["picture"], "image/jpeg", _picture(one["picture"])))


def _raw(planting: Planting, letter: Plant) -> bytes:
    """The letter as a mail."""
    who = planting.people[letter["from"]]
    made = _signed(letter) if "signed" in letter else _with_files(planting, letter)
    made["From"] = f"{who['name']} <{who['identities']['email']}>"
    made["To"] = "Sítróna <hello@sitrona.example>"
    made["Subject"] = letter["subject"]
    made["Message-ID"] = f"<{letter['id']}>"
    made["Date"] = format_datetime(clock.local(planting.moment(letter["at"])))
    return made.as_bytes()


def _with_files(planting: Planting, letter: Plant) -> EmailMessage:
    made, text = EmailMessage(policy=SMTP), letter["text"].strip()
    made.set_content(text)
    if "pictures" in letter:
        shown = "".join(f'<p><img src="cid:{name}@sitrona.example"></p>' for name in letter["pictures"])
        words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
        made.add_alternative(f'{words}{shown}<img src="{_REMOTE}">', subtype="html")
        page = made.get_payload()[1]  # type: ignore[index]
        for name in letter["pictures"]:
            page.add_related(_picture(name), "image", "jpeg", cid=f"<{name}@sitrona.example>", filename=name)  # type: ignore[union-attr]
    for name in letter.get("attached", ()):
        made.add_attachment(_picture(name), "image", "jpeg", filename=name)
    if "packed" in letter:
        made.add_attachment(_CUT_OFF, "application", "ms-tnef", filename="winmail.dat")
    if "invitation" in letter:
        event = _event(planting, letter)
        made.add_attachment(event.encode(), "text", "calendar", filename="invite.ics", params={"method": "REQUEST"})
    return made


def _picture(name: str) -> bytes:
    return (resources.ROOT / "demo" / name).read_bytes()


def _event(planting: Planting, letter: Plant) -> str:
    """The invitation as a calendar file (RFC 5545)."""
    event, who = letter["invitation"], planting.people[letter["from"]]
    begin = clock.local(planting.moment(event["begins"]))
    end = begin + timedelta(hours=event["hours"])
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bench//Shop//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:{letter['id']}", f"DTSTAMP:{begin:%Y%m%d}T000000Z", f"SUMMARY:{event['title']}",
        f"DTSTART;TZID={event['zone']}:{begin:%Y%m%dT%H%M%S}", f"DTEND;TZID={event['zone']}:{end:%Y%m%dT%H%M%S}",
        f"LOCATION:{event['place'].replace(',', chr(92) + ',')}",
        f"ORGANIZER;CN={who['name']}:mailto:{who['identities']['email']}", "ATTENDEE:mailto:hello@sitrona.example",
        f"DESCRIPTION:{event['notes']}", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def _signed(letter: Plant) -> EmailMessage:
    """A letter with a signature beside it (RFC 3156)."""
    made = EmailMessage(policy=SMTP)
    made["Content-Type"] = 'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256'
    words, signature = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    words.set_content(letter["text"].strip())
    signature.set_content(_SIGNATURE.encode(), "application", "pgp-signature", filename="signature.asc", cte="7bit")
    made.attach(words)
    made.attach(signature)
    return made
