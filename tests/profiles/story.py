"""The community that every kept profile holds: who wrote what, in which place. All of it is invented."""

from __future__ import annotations

NOW = 1_795_435_200
"""2026-11-23 12:00 UTC: when the story ends, whenever it is written."""
HOUR, DAY = 3_600, 86_400

# Account, then its conversations: thread, title, public, and (who, hours before NOW, words, or the blog's post).
TALKS: dict[str, list[tuple[str, str, list[tuple[str, int, str]]]]] = {
    "Post": [
        ("order", "Pöntunin mín", [("gudrun", 50, "Góðan dag, kassinn kom brotinn. Hvað geri ég?")]),
        ("thanks", "Poděkování", [("jana", 30, "Děkuji za milý dárek, udělal mi velkou radost!")]),
        ("invoice", "Számla", [("bela", 26, "Kérem, küldjék el újra a számlát. Köszönöm!")]),
        ("press", "Συνέντευξη", [("eleni", 20, "Γράφω για τα αναψυκτικά. Θα μιλήσετε μαζί μου;")]),
        ("lost", "Where is my parcel?", [("tom", 70, "It left two weeks ago and never came.")]),
        ("long", "An idea", [("tom", 69, "Have you thought of a rhubarb lemonade?")]),
    ],
    "Blog": [
        ("11", "Summer is over", [("anna", 90, "I loved the mint one."), ("bela", 80, "Én a bodzásat szeretem.")]),
        ("12", "Summer is over", [("troll", 60, "Buy cheap pills at http://pills.example now")]),
        ("13", "A new bottle", [("jana", 55, "Kde se dá koupit?")]),
        ("15", "A new bottle", [("troll", 54, "You are all fools.")]),
        ("14", "A new bottle", [("eleni", 10, "Πολύ όμορφο μπουκάλι!")]),
    ],
    "Mastodon": [
        ("s1", "", [("gudrun_m", 40, "@sitrona Er límonaðið vegan?")]),
        ("s2", "", [("tom", 35, "@sitrona Please tell me the whole story of the lemon.")]),
        ("s3", "", [("anna", 5, "@sitrona Do you post to Malta?")]),
        ("s4", "", [("jana", 4, "@sitrona Bude i zimní příchuť?")]),
    ],
}
NAMES = {
    "gudrun": ("gudrun@example.is", "Guðrún Ásta Þórðardóttir"),
    "gudrun_m": ("gudrun@social.example", "Guðrún Á."),
    "jana": ("jana@example.cz", "Jana Dvořáková"),
    "bela": ("bela@example.hu", "Kovács Béla"),
    "eleni": ("eleni@example.gr", "Ελένη Παπαδοπούλου"),
    "tom": ("tom@example.com", "Tom Baker"),
    "anna": ("anna@example.com", "Anna Bell"),
    "troll": ("x9@example.net", "x9"),
}
MBOX = """\
From x@y Mon Jan  1 10:00:00 2024
From: Old Friend <old@example.com>
To: hello@sitrona.example
Message-ID: <1@example.com>
Date: Mon, 1 Jan 2024 10:00:00 +0000
Subject: Happy new year
Content-Type: text/plain; charset=utf-8

To all of you, from Bath.

"""
MEMBERS = "name,email,city,where we met\nMáté Szabó,mate@example.hu,Győr,At the fair\n"
LONG = "It began with a lemon that nobody wanted. " * 20
