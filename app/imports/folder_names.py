"""What mail programs call their folders and labels: Gmail, Outlook, Thunderbird and Apple Mail, in their languages."""

from __future__ import annotations

from app.imports import left_out

SENT, INBOX, SEEN, UNREAD, FLAGGED, OTHER = "sent", "inbox", "seen", "unread", "flagged", "other"

NAMES = {
    left_out.TRASH: (
        "trash, bin, deleted, deleted items, deleted messages, trash can, recycle bin, rusl, ruslið, "
        "ruslafata, ruslakarfa, ruslatunna, eytt, eydd atriði, eydd skilaboð, kuka, lomtár, szemetes, törölt "
        "elemek, törölt, törölt üzenetek, törölt levelek, törölve, koš, odstraněná pošta, odstraněné, "
        "odstraněné položky, odstraněné zprávy, smazané, smazaná pošta, smazané zprávy, κάδος, κάδος "
        "απορριμμάτων, κάδος ανακύκλωσης, απορρίμματα, διαγραμμένα, διαγραμμένα στοιχεία, διαγραμμένα "
        "μηνύματα, διεγραμμένα, papierkorb, gelöscht, gelöschte elemente, gelöschte objekte, corbeille, "
        "éléments supprimés, papelera, elementos eliminados, cestino, posta eliminata, kosz, elementy "
        "usunięte, kôš, odstránená pošta"
    ),
    left_out.SPAM: (
        "spam, junk, junk e mail, junk email, junk mail, bulk mail, ruslpóstur, amapóstur, levélszemét, "
        "kéretlen, kéretlen levelek, kéretlen üzenetek, nevyžádaná pošta, nevyžádané, nevyžádaný e mail, "
        "nevyžádané zprávy, ανεπιθύμητα, ανεπιθύμητη αλληλογραφία, ανεπιθύμητη, ανεπιθύμητα μηνύματα, "
        "ανεπιθύμητα email, spamverdacht, unerwünscht, courrier indésirable, indésirables, pourriel, correo "
        "no deseado, no deseado, posta indesiderata, wiadomości śmieci, nevyžiadaná pošta"
    ),
    left_out.DRAFTS: (
        "draft, drafts, drög, uppköst, uppkast, piszkozat, piszkozatok, vázlat, vázlatok, koncept, koncepty, "
        "rozepsané, rozepsaná pošta, rozepsané zprávy, πρόχειρο, πρόχειρα, entwürfe, entwurf, brouillon, "
        "brouillons, borrador, borradores, bozze, wersje robocze, szkice, rozpísané"
    ),
    left_out.TEMPLATES: ("templates, sniðmát, sablonok, šablony, πρότυπα, vorlagen, modèles, plantillas"),
    left_out.UNSENT: (
        "outbox, unsent messages, unsent, scheduled, úthólf, tímasett, kimenő, ütemezett, postázandó, k "
        "odeslání, naplánované, pošta k odeslání, útpósthólf, ósendur póstur, kimenő levelek, postázandó "
        "üzenetek, elküldendő, nerozeslaná pošta, neodeslané, neodeslané zprávy, naplánováno, εξερχόμενα, μη "
        "απεσταλμένα, προγραμματισμένα, προγραμματισμένο, postausgang, geplant"
    ),
    left_out.CHATS: (
        "chat, chats, spjall, csevegés, csevegések, chaty, konverzace chatu, συνομιλία, συνομιλίες, συζήτηση, "
        "συζητήσεις, discussions, chatten"
    ),
    SENT: (
        "sent, sent items, sent mail, sent messages, sendur póstur, sent atriði, send atriði, send skilaboð, "
        "sendar, sendur, elküldött, elküldött elemek, elküldött levelek, elküldött üzenetek, elküldve, "
        "odeslaná pošta, odeslané, odeslané položky, odeslané zprávy, odesláno, απεσταλμένα, απεσταλμένο, "
        "απεσταλμένα στοιχεία, απεσταλμένα μηνύματα, σταλμένα, gesendet, gesendete elemente, gesendete "
        "objekte, envoyés, messages envoyés, éléments envoyés, enviado, enviados, elementos enviados, "
        "inviata, posta inviata, wysłane, odoslané"
    ),
    INBOX: (
        "inbox, innhólf, pósthólf, innkominn póstur, beérkezett üzenetek, beérkező levelek, bejövő levelek, "
        "beérkezett, doručené, doručená pošta, εισερχόμενα, posteingang, boîte de réception, recibidos, "
        "bandeja de entrada, posta in arrivo, odebrane"
    ),
    SEEN: (
        "opened, opnað, megnyitva, megnyitott, otevřené, otevřeno, přečtené, ανοιγμένο, ανοιγμένα, geöffnet, "
        "ouvert, abierto"
    ),
    UNREAD: (
        "unread, ólesið, ólesinn, olvasatlan, nem olvasott, nepřečtené, nepřečteno, μη αναγνωσμένο, μη "
        "αναγνωσμένα, ungelesen, non lus, no leído"
    ),
    FLAGGED: ("starred, stjörnumerkt, csillagozott, s hvězdičkou, με αστέρι, markiert, suivis, destacado"),
    OTHER: (
        "archived, important, all mail, archive, archives, í geymslu, geymsla, safn, skjalasafn, söfn, geymt, "
        "mikilvægt, allur póstur, þaggað, archivált, archívum, archiválás, archiválva, fontos, összes levél, "
        "minden levél, némított, szundi, elhalasztva, archivováno, archiv, archivy, archivované, důležité, "
        "všechny zprávy, veškerá pošta, ignorováno, odloženo, odložené, αρχειοθετημένο, αρχειοθετημένα, "
        "αρχειοθήκη, αρχειοθήκες, αρχείο, αρχεία, σημαντικό, σημαντικά, όλα τα μηνύματα, όλη η αλληλογραφία, "
        "σε σίγαση, σε αναβολή, archiviert, wichtig, alle nachrichten, archivieren, tous les messages, muted, "
        "snoozed"
    ),
}
"""The names by what such a folder or label is for, between commas; OTHER are those of the program that say nothing."""

CATEGORIES = "category, flokkur, kategória, kategorie, κατηγορία, catégorie, categoría"
"""What Gmail puts before the names of its tabs: "Category Updates"."""
