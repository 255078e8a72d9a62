"""The words by which mail programs lead in what they quote or forward, by language: data, and no rule.

English, Icelandic, Hungarian, Czech and Greek as their programs write them (Gmail, Outlook, Apple Mail, Thunderbird,
Yahoo, Proton, Roundcube, Seznam, Centrum, Freemail); of other languages the commonest.
"""

from __future__ import annotations

WROTE = (
    # English, Icelandic, Hungarian
    "wrote", "writes", "skrifaði", "skrifar", "ritaði", "reit", "írta", "írja", "ezt írta", "a következőt írta",
    # Czech, Slovak, Greek
    "napsal(a)", "napsal/a", "napsala", "napsal", "píše", "napísal(a)", "napísala", "napísal", "έγραψε", "έγραψαν",
    "γράφει",
    # German, French, Spanish, Italian, Polish, Danish, Norwegian, Swedish, Dutch, Portuguese
    "schrieb", "schreibt", "geschrieben", "a écrit", "escribió", "ha scritto", "napisał(a)", "napisała", "napisał",
    "pisze", "skrev", "schreef", "escreveu",
)  # fmt: skip
"""What the writer of the quoted letter did, before the colon."""

HEADERS = {
    "from": ("From", "Frá", "Feladó", "Od", "Από", "Von", "De", "Da", "Fra", "Från", "Van", "Expéditeur"),
    "date": (
        "Sent", "Date", "Sent at", "Dagsetning", "Sendt", "Elküldve", "Küldve", "Dátum", "Odesláno", "Datum",
        "Odoslané",
        "Στάλθηκε", "Ημερομηνία", "Απεσταλμένα", "Αποστολή", "Gesendet", "Skickat", "Envoyé", "Inviato", "Enviado",
        "Fecha", "Data", "Wysłano", "Verzonden", "Dato",
    ),
    "to": (
        "To", "Til", "Címzett", "Komu", "Pro", "Προς", "An", "À", "A", "Para", "Do", "Aan", "Till",
    ),
    "cc": (
        "Cc", "Copy", "Afrit", "Másolat", "Másolatot kap", "Kopie", "Κοιν.", "Κοιν", "Κοινοποίηση", "Kopia", "Bcc",
        "Reply-To", "Reply To", "Importance", "Priority", "Attachments",
    ),
    "subject": (
        "Subject", "Efni", "Tárgy", "Předmět", "Predmet", "Θέμα", "Betreff", "Objet", "Oggetto", "Asunto", "Temat",
        "Ämne", "Emne", "Onderwerp", "Assunto",
    ),
}  # fmt: skip
"""The names of the lines above a letter that is quoted whole, by what they tell."""

ORIGINAL = (
    "Original Message", "Original Appointment", "Original e-mail", "Original mail", "Upprunaleg skilaboð",
    "Upphafleg skilaboð", "Upprunalegur póstur", "Upprunalegt skeyti", "Eredeti üzenet", "Eredeti levél",
    "Eredeti e-mail", "Původní zpráva", "Původní e-mail", "Původní email", "Odpovězená zpráva", "Pôvodná správa",
    "Αρχικό μήνυμα", "Πρωτότυπο μήνυμα", "Αρχικό e-mail", "Ursprüngliche Nachricht", "Originalnachricht",
    "Message d'origine", "Messaggio originale", "Mensaje original", "Oryginalna wiadomość", "Oprindelig meddelelse",
    "Ursprungligt meddelande",
)  # fmt: skip
"""What stands between dashes above a letter that is answered."""

FORWARDED = (
    "Forwarded message", "Forwarded e-mail", "Forwarded by", "Áframsendur póstur", "Áframsend skilaboð",
    "Framsend skilaboð", "Továbbított üzenet", "Továbbított levél", "Továbbított e-mail", "Přeposlaná zpráva",
    "Přeposlaný e-mail", "Přeposlaný email", "Preposlaná správa", "Προωθημένο μήνυμα", "Προωθούμενο μήνυμα",
    "Weitergeleitete Nachricht", "Message transféré", "Messaggio inoltrato", "Mensaje reenviado",
    "Wiadomość przekazana dalej",
)  # fmt: skip
"""What stands between dashes above a letter that is passed on."""

BEGUN = (
    "Begin forwarded message", "Upphaf áframsends skeytis", "Továbbított levél kezdete", "Továbbított üzenet kezdete",
    "Začátek přeposílané zprávy", "Začátek přeposlané zprávy", "Αρχή προωθημένου μηνύματος", "Αρχή μηνύματος προώθησης",
    "Anfang der weitergeleiteten Nachricht", "Début du message réexpédié", "Inizio messaggio inoltrato",
)  # fmt: skip
"""What Apple Mail writes on a line of its own above a letter that is passed on, before the colon."""

OPENERS = (
    "On", "Þann", "Hinn", "Dne", "Στις", "Την", "Am", "Le", "El", "Il", "Den", "Op", "Em", "W dniu", "Dňa",
)  # fmt: skip
"""What stands before the date of the quoted letter."""

BELOW = (
    "below", "inline", "in-line", "between the lines", "neðan", "inn í text", "á milli lína", "alább", "lentebb",
    "lejjebb", "alul", "lent", "sorok közé", "sorok között", "níže", "dole", "mezi řádky", "do textu", "v textu",
    "παρακάτω", "πιο κάτω", "από κάτω", "ανάμεσα στ", "κάτωθι", "unten", "dans le texte",
)  # fmt: skip
"""With these a writer says that answers stand among the quoted lines."""
