"""Known column headers by field, in English, Icelandic, Hungarian, Czech, Greek, German, French and Spanish.

Within a field the likeliest comes first; a header listed under two fields belongs to the earlier one.
"""

from __future__ import annotations


def _read(text: str) -> dict[str, tuple[str, ...]]:
    """Parse lines of `field: header, header`; an indented line continues the previous one."""
    lines = text.strip().replace("\n ", " ").split("\n")
    return {
        field: tuple(word.strip() for word in words.split(","))
        for field, _, words in (line.partition(":") for line in lines)
    }


MESSAGE_WORDS = _read("""
text: text, message, body, content, comment, comment text, post raw, caption, note text, texti, skilaboð, ummæli,
  athugasemd, innihald, szöveg, üzenet, hozzászólás, tartalom, zpráva, text zprávy, komentář, obsah, κείμενο,
  μήνυμα, σχόλιο, περιεχόμενο, nachricht, kommentar, inhalt, texte, commentaire, mensaje, comentario, texto
at: at, date, time, sent at, created at, created, timestamp, datetime, date time, posted, posted at, published,
  comment create timestamp, sent, when, dagsetning, dags, tími, sent kl, dátum, időpont, idő, ideje, kelt, datum,
  čas, odesláno, datum a čas, vytvořeno, ημερομηνία, ώρα, ημερομηνία και ώρα, στάλθηκε, zeit, zeitpunkt, fecha,
  hora, heure
handle: handle, author handle, username, user name, user, screen name, account name, login, notandanafn,
  felhasználónév, felhasználó, uživatelské jméno, uživatel, přezdívka, όνομα χρήστη, χρήστης, benutzername,
  benutzer, pseudo, usuario
author: author, author name, name, from, from name, sender, member, commenter, display name, höfundur, nafn,
  sendandi, frá, szerző, név, feladó, küldő, autor, jméno, odesílatel, od, συγγραφέας, όνομα, αποστολέας, από,
  verfasser, absender, von, auteur, nom, remitente, nombre, channel id
email: email, e mail, mail, email address, author email, from email, from address, netfang, tölvupóstur, e mail cím,
  email cím, e mailová adresa, emailová adresa, ηλεκτρονικό ταχυδρομείο, διεύθυνση email, e mail adresse, courriel,
  correo
title: title, subject, post title, topic title, topic, headline, titill, efni, fyrirsögn, cím, tárgy, téma, název,
  předmět, titulek, nadpis, τίτλος, θέμα, betreff, titel, titre, sujet, objet, asunto, título
channel: channel, source, platform, network, rás, miðill, csatorna, forrás, platforma, kanál, zdroj, κανάλι, πηγή,
  πλατφόρμα, kanal, quelle, canal
thread: conversation id, conversation, thread, thread id, topic id, ticket id, ticket, case, samtal, þráður,
  beszélgetés, szál, konverzace, vlákno, συνομιλία, νήμα, top level comment id, video id
parent: parent id, parent, reply to, in reply to, parent comment id, svar við, válasz erre, odpověď na, απάντηση σε
direction: direction, inbound outbound, type of message, stefna, átt, irány, směr, κατεύθυνση, richtung, sens,
  dirección
url: url, link, permalink, address, comment url, message url, slóð, tengill, hivatkozás, odkaz, σύνδεσμος
post_url: post url, page url, video url, topic url, article url
language: language, lang, locale, tungumál, nyelv, jazyk, γλώσσα, sprache, langue, idioma
passed_on_by: passed on by, passed by, forwarded by, colleague, áframsent af, framsent af, samstarfsmaður, továbbította,
  kolléga, átadta, předal, předala, přeposlal, přeposlala, kolega, kolegyně, προώθησε, συνάδελφος, weitergeleitet von,
  transmis par, reenviado por
remote_id: id, message id, comment id, remote id, post id, uid, guid, auðkenni, azonosító, identifikátor,
  αναγνωριστικό
""")

MEMBER_WORDS = _read("""
first_name: first name, given name, firstname, fornafn, keresztnév, utónév, jméno křestní, křestní jméno, μικρό
  όνομα, vorname, prénom, nombre de pila
middle_name: middle name, additional name, millinafn, prostřední jméno
last_name: last name, family name, surname, lastname, eftirnafn, föðurnafn, vezetéknév, családnév, příjmení,
  επώνυμο, επίθετο, nachname, nom de famille, apellido, apellidos
name: name, full name, member, display name, contact name, nafn, fullt nafn, név, teljes név, jméno, celé jméno,
  jméno a příjmení, όνομα, ονοματεπώνυμο, name vollständig, nom, nombre
email: email, e mail, mail, email address, primary email, e mail 1 value, e mail address, netfang, tölvupóstur, e
  mail cím, email cím, e mailová adresa, emailová adresa, ηλεκτρονικό ταχυδρομείο, διεύθυνση email, e mail adresse,
  courriel, correo
nickname: nickname, nick name, gælunafn, becenév, přezdívka, υποκοριστικό, παρατσούκλι, spitzname
phone: phone, phone number, primary phone, mobile, mobile phone, mobile phone number, telephone, phone 1 value, sími,
  símanúmer, farsími,
  telefon, telefonszám, mobil, telefonní číslo, τηλέφωνο, κινητό, telefonnummer, téléphone, teléfono
company: company, company name, organization, organisation, organization name, organization 1 name, associated
  company, fyrirtæki, cég,
  cégnév, szervezet, firma, společnost, organizace, εταιρεία, οργανισμός, unternehmen, entreprise, empresa
job_title: job title, title, position, role, organization title, organization 1 title, starfsheiti, staða, beosztás,
  munkakör, pozice, pracovní pozice, funkce, θέση, τίτλος, beruf, poste, cargo
website: website, website url, web, url, homepage, website 1 value, web page, personal web page, vefsíða, vefur,
  honlap, weboldal, webové
  stránky, ιστοσελίδα, ιστότοπος, webseite, site web, sitio web
city: city, town, address 1 city, home city, business city, location, borg, bær, staður, város, település, město,
  obec, πόλη, stadt, ort,
  ville, ciudad
country: country, country region, address 1 country, home country region, business country region, land, ország, země,
  stát, χώρα, pays, país
address_1: address, street, street address, address 1, address 1 street, shipping address, home street, business
  street, heimilisfang, cím, utca,
  adresa, ulice, διεύθυνση, οδός, adresse, straße, rue, dirección
address_2: address 2, street address 2, address line 2, address 1 extended address, home street 2
postal_code: postal code, zip, zip code, postcode, address 1 postal code, home postal code, business postal code,
  póstnúmer, irányítószám, psč, τ κ,
  ταχυδρομικός κώδικας, plz, code postal, código postal
language: language, preferred language, lang, locale, tungumál, nyelv, jazyk, γλώσσα, sprache, langue, idioma
birthday: birthday, birth day, birthdate, birth date, date of birth, born, fæðingardagur, afmæli, afmælisdagur,
  születésnap,
  születési dátum, született, datum narození, narozeniny, narozen, γενέθλια, ημερομηνία γέννησης, geburtstag,
  geburtsdatum, anniversaire, date de naissance, fecha de nacimiento, cumpleaños
languages: languages, other languages, spoken languages
pronouns: pronouns, fornöfn, névmások, zájmena, αντωνυμίες, pronomen
time_zone: time zone, timezone, tímabelti, időzóna, časové pásmo, ζώνη ώρας
kind: kind
do_not_contact: do not contact, no contact, opted out, unsubscribed, unsubscribed from all email, email opt out
do_not_gift: do not gift, no gifts
do_not_why: do not why
minor: minor, under age, underage
consent: consent
labels: labels, tags, group membership, groups, categories, merki, merkimiðar, címkék, címke, csoportok, štítky,
  skupiny,
  ετικέτες, ομάδες, schlagwörter, kategorien
identifier: identifier
note: note, notes, bio, description, comments, athugasemd, athugasemdir, megjegyzés, jegyzet, poznámka, poznámky,
  σημείωση, σημειώσεις, notiz, notizen, remarque, nota, notas
""")

GIFT_WORDS = _read("""
item: item, gift, present, gift item, gift name, what, product, gjöf, gjafir, hlutur, vara, ajándék, termék, mit, dárek,
  dárky, položka, výrobek, δώρο, είδος, προϊόν, geschenk, artikel, produkt, cadeau, article, regalo, artículo
why: why, reason, because, for what, gift reason, ástæða, hvers vegna, fyrir hvað, indok, miért, ok, důvod, proč, za co,
  λόγος, γιατί, αιτία, grund, warum, anlass, raison, motif, pourquoi, motivo, razón
occasion: occasion, tilefni, alkalom, příležitost, περίσταση, αφορμή, gelegenheit, ocasión
actual_cost: actual cost, cost actual, paid, raunkostnaður, greitt, tényleges költség, fizetett, skutečné náklady,
  zaplaceno, πραγματικό κόστος, πληρώθηκε, tatsächliche kosten, bezahlt, coût réel, coste real
worth: worth, value, cost, price, amount, gift value, total, verð, verðmæti, virði, kostnaður, upphæð, érték, értéke,
  ár, költség, összeg, hodnota, cena, náklady, částka, αξία, τιμή, κόστος, ποσό, wert, preis, kosten, betrag, valeur,
  prix, coût, montant, valor, precio, coste, importe
currency: currency, gjaldmiðill, mynt, pénznem, valuta, deviza, měna, νόμισμα, währung, devise, moneda, divisa
at: date, given on, given, date given, gift date, shipped on, sent on, shipped, sent, when, at, day, dagsetning, dags,
  gefið, sent þann, dátum, kelt, mikor, nap, datum, kdy, odesláno, dáno, ημερομηνία, πότε, στάλθηκε, δόθηκε,
  versandt am, fecha, envoyé le
state: state, status, stage, staða, állapot, státusz, stav, κατάσταση, zustand, statut, estado
qty: qty, quantity, count, pieces, pcs, number, magn, fjöldi, stk, darab, db, mennyiség, množství, počet, ks, ποσότητα,
  τεμάχια, menge, anzahl, stück, quantité, cantidad
size: size, stærð, méret, velikost, μέγεθος, größe, taille, talla
carrier: carrier, courier, flutningsaðili, futár, dopravce, μεταφορέας, versanddienst, transporteur
tracking: tracking, tracking number, sendingarnúmer, csomagszám, nyomkövetés, sledování, číslo zásilky, αριθμός
  αποστολής, sendungsnummer, suivi, seguimiento
card_text: card text, card, card message, kort, kártya, kartička, κάρτα, karte, carte, tarjeta
email: email, e mail, mail, email address, primary email, e mail 1 value, e mail address, netfang, tölvupóstur, e
  mail cím, email cím, e mailová adresa, emailová adresa, ηλεκτρονικό ταχυδρομείο, διεύθυνση email, e mail adresse,
  courriel, correo
first_name: first name, given name, firstname, fornafn, keresztnév, utónév, křestní jméno, μικρό όνομα, vorname, prénom
last_name: last name, family name, surname, lastname, eftirnafn, föðurnafn, vezetéknév, családnév, příjmení, επώνυμο,
  επίθετο, nachname, nom de famille, apellido, apellidos
name: member, name, recipient, receiver, given to, gift for, for, to, full name, member name, who, nafn, félagi,
  viðtakandi, til, fyrir, név, tag, címzett, kinek, jméno, člen, příjemce, komu, pro koho, όνομα, μέλος, παραλήπτης, σε
  ποιον, για, mitglied, empfänger, für, nom, membre, destinataire, pour, nombre, miembro, destinatario, para
identifier: identifier, member id
""")

FURTHER_ADDRESSES = (
    "secondary email", "second email", "other email", "other emails", "alternate email", "alternative email",
    "backup email", "additional email", "additional emails", "additional email addresses", "email addresses",
    "emails", "e mails", "work email", "email work", "business email", "company email", "office email", "home email",
    "email home", "personal email", "email personal", "private email", "annað netfang", "vinnunetfang",
    "netfang vinna", "másodlagos e mail", "második e mail", "másik e mail", "egyéb e mail", "munkahelyi e mail",
    "céges e mail", "magán e mail", "otthoni e mail", "druhý e mail", "další e mail", "jiný e mail",
    "pracovní e mail", "soukromý e mail", "firemní e mail", "δεύτερο email", "άλλο email", "email εργασίας",
    "προσωπικό email", "zweite e mail", "weitere e mail", "e mail geschäftlich", "geschäftliche e mail",
    "e mail privat", "private e mail", "autre e mail", "otro correo",
)  # fmt: skip
"""Headers of columns with an e-mail address besides the main one; several columns may have them."""

FURTHER_PHONES = (
    "mobile phone", "home phone", "business phone", "work phone", "other phone", "primary phone", "company main phone",
    "car phone", "secondary phone", "second phone", "other phone numbers", "heimasími", "vinnusími", "annað símanúmer",
    "otthoni telefon", "munkahelyi telefon", "másik telefon", "mobiltelefon", "telefon domů", "telefon do práce",
    "pracovní telefon", "další telefon", "mobilní telefon", "τηλέφωνο οικίας", "τηλέφωνο εργασίας", "άλλο τηλέφωνο",
    "telefon privat", "telefon geschäftlich",
)  # fmt: skip
"""The same for telephones; those of faxes are none."""
