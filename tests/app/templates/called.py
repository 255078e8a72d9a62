"""How people are called: first names with their vocative in Czech and Greek, and forms of names in three languages."""

from __future__ import annotations

CZECH = """
Adam Adame|Adéla Adélo|Adriana Adriano|Alan Alane|Alena Aleno|Aleš Aleši|Alexandr Alexandře|Alexandra Alexandro
Alice Alice|Alois Aloisi|Alžběta Alžběto|Anděla Andělo|Anežka Anežko|Aneta Aneto|Anna Anno|Antonie Antonie
Antonín Antoníne|Arnošt Arnošte|Artur Arture|Barbora Barboro|Bára Báro|Bedřich Bedřichu|Blanka Blanko|Blažej Blažeji
Bohdan Bohdane|Bohumil Bohumile|Bohumila Bohumilo|Bohuslav Bohuslave|Boris Borisi|Božena Boženo|Břetislav Břetislave
Bronislav Bronislave|Bruno Bruno|Cyril Cyrile|Dagmar Dagmar|Dalibor Dalibore|Dana Dano|Daniel Danieli|Daniela Danielo
David Davide|Denis Denisi|Denisa Deniso|Diana Diano|Dominik Dominiku|Dominika Dominiko|Dorota Doroto
Drahomíra Drahomíro
Dušan Dušane|Eduard Eduarde|Ela Elo|Eliška Eliško|Ema Emo|Emil Emile|Emílie Emílie|Erik Eriku|Erika Eriko|Ester Ester
Eva Evo|Evžen Evžene|Ferdinand Ferdinande|Filip Filipe|Františka Františko|František Františku|Franta Franto
Gabriel Gabrieli|Gabriela Gabrielo|Hana Hano|Hanka Hanko|Havel Havle|Hedvika Hedviko|Helena Heleno|Honza Honzo
Hubert Huberte|Hugo Hugo|Hynek Hynku|Ignác Ignáci|Igor Igore|Ilona Ilono|Irena Ireno|Iva Ivo|Ivan Ivane|Ivana Ivano
Iveta Iveto|Ivo Ivo|Izabela Izabelo|Jáchym Jáchyme|Jakub Jakube|Jan Jane|Jana Jano|Jarmila Jarmilo|Jaromír Jaromíre
Jaroslav Jaroslave|Jaroslava Jaroslavo|Jarda Jardo|Jiří Jiří|Jiřina Jiřino|Jirka Jirko|Jindřich Jindřichu
Jindřiška Jindřiško|Jitka Jitko|Johana Johano|Jolana Jolano|Jonáš Jonáši|Josef Josefe|Julie Julie|Justýna Justýno
Kamil Kamile|Kamila Kamilo|Karel Karle|Karla Karlo|Karolína Karolíno|Kateřina Kateřino|Katka Katko|Klára Kláro
Kristián Kristiáne|Kristýna Kristýno|Kryštof Kryštofe|Květa Květo|Ladislav Ladislave|Ladislava Ladislavo|Láďa Láďo
Lea Leo|Lenka Lenko|Leoš Leoši|Libor Libore|Libuše Libuše|Linda Lindo|Lubomír Lubomíre|Luboš Luboši|Lucie Lucie
Luděk Luďku|Ludmila Ludmilo|Ludvík Ludvíku|Lukáš Lukáši|Lumír Lumíre|Magdaléna Magdaléno|Marcel Marceli
Marcela Marcelo
Marek Marku|Marie Marie|Markéta Markéto|Marta Marto|Martin Martine|Martina Martino|Matěj Matěji|Matouš Matouši
Matyáš Matyáši|Michael Michaeli|Michaela Michaelo|Michal Michale|Mikuláš Mikuláši|Milada Milado|Milan Milane
Milena Mileno|Miloš Miloši|Miloslav Miloslave|Mirek Mirku|Miriam Miriam|Miroslav Miroslave|Miroslava Miroslavo
Monika Moniko|Natálie Natálie|Naděžda Naděždo|Nela Nelo|Nikol Nikol|Nikola Nikolo|Nina Nino|Oldřich Oldřichu
Oleg Olegu
Olga Olgo|Ondřej Ondřeji|Ondra Ondro|Oskar Oskare|Ota Oto|Otakar Otakare|Otto Otto|Patrik Patriku|Pavel Pavle
Pavla Pavlo
Pavlína Pavlíno|Petr Petře|Petra Petro|Prokop Prokope|Přemysl Přemysle|Radek Radku|Radim Radime|Radka Radko
Radomír Radomíre|Radoslav Radoslave|Radovan Radovane|Renata Renato|René René|Richard Richarde|Robert Roberte
Roman Romane
Romana Romano|Rostislav Rostislave|Rozálie Rozálie|Rudolf Rudolfe|Růžena Růženo|Řehoř Řehoři|Sabina Sabino
Samuel Samueli
Sára Sáro|Silvie Silvie|Simona Simono|Soňa Soňo|Sofie Sofie|Stanislav Stanislave|Stanislava Stanislavo|Standa Stando
Svatopluk Svatopluku|Šárka Šárko|Šimon Šimone|Štěpán Štěpáne|Štěpánka Štěpánko|Tadeáš Tadeáši|Táňa Táňo|Tereza Terezo
Tibor Tibore|Tobiáš Tobiáši|Tomáš Tomáši|Tonda Tondo|Václav Václave|Vašek Vašku|Vavřinec Vavřinče|Věra Věro
Vendula Vendulo|Veronika Veroniko|Viktor Viktore|Viktorie Viktorie|Vilém Viléme|Vilma Vilmo|Vincenc Vincenci|Vít Víte
Vítek Vítku|Vítězslav Vítězslave|Vladimír Vladimíre|Vladimíra Vladimíro|Vladislav Vladislave|Vlasta Vlasto
Vlastimil Vlastimile|Vojtěch Vojtěchu|Vojta Vojto|Vratislav Vratislave|Zbyněk Zbyňku|Zdeněk Zdeňku|Zdeňka Zdeňko
Zdislav Zdislave|Zikmund Zikmunde|Zlata Zlato|Zora Zoro|Zuzana Zuzano|Zuzka Zuzko|Žaneta Žaneto|Žofie Žofie
Žofka Žofko
"""
GREEK = """
Αγγελική Αγγελική|Άγγελος Άγγελε|Αθανασία Αθανασία|Αθανάσιος Αθανάσιε|Αθηνά Αθηνά|Αικατερίνη Αικατερίνη|Αλέκος Αλέκο
Αλέξανδρος Αλέξανδρε|Αλεξάνδρα Αλεξάνδρα|Αλέξης Αλέξη|Αλίκη Αλίκη|Αμαλία Αμαλία|Ανδρέας Ανδρέα|Ανδρομάχη Ανδρομάχη
Ανθή Ανθή|Άννα Άννα|Αναστασία Αναστασία|Αναστάσιος Αναστάσιε|Αναστάσης Αναστάση|Ανέστης Ανέστη|Αντιγόνη Αντιγόνη
Αντώνης Αντώνη|Αντωνία Αντωνία|Αντώνιος Αντώνιε|Απόστολος Απόστολε|Αργυρώ Αργυρώ|Αργύρης Αργύρη|Άρης Άρη|Αρετή Αρετή
Αριστείδης Αριστείδη|Αριστοτέλης Αριστοτέλη|Ασημίνα Ασημίνα|Ασπασία Ασπασία|Αφροδίτη Αφροδίτη|Αχιλλέας Αχιλλέα
Βαγγέλης Βαγγέλη|Βαγγελιώ Βαγγελιώ|Βάγια Βάγια|Βαρβάρα Βαρβάρα|Βασίλης Βασίλη|Βασιλική Βασιλική|Βασίλειος Βασίλειε
Βάσω Βάσω|Βίκυ Βίκυ|Βικτώρια Βικτώρια|Βλάσης Βλάση|Γαλάτεια Γαλάτεια|Γαρυφαλλιά Γαρυφαλλιά|Γεράσιμος Γεράσιμε
Γεωργία Γεωργία|Γεώργιος Γεώργιε|Γιάννης Γιάννη|Γιάννα Γιάννα|Γιώργος Γιώργο|Γιώτα Γιώτα|Γλυκερία Γλυκερία
Γρηγόρης Γρηγόρη|Γρηγόριος Γρηγόριε|Δανάη Δανάη|Δέσποινα Δέσποινα|Δήμητρα Δήμητρα|Δημήτρης Δημήτρη|Δημήτριος Δημήτριε
Δημοσθένης Δημοσθένη|Δήμος Δήμο|Διονύσης Διονύση|Διονυσία Διονυσία|Διονύσιος Διονύσιε|Δώρα Δώρα|Ειρήνη Ειρήνη
Ελένη Ελένη|Ελευθερία Ελευθερία|Ελευθέριος Ελευθέριε|Ελισάβετ Ελισάβετ|Ελπίδα Ελπίδα|Έλλη Έλλη|Εμμανουήλ Εμμανουήλ
Έφη Έφη|Ερμιόνη Ερμιόνη|Ευαγγελία Ευαγγελία|Ευάγγελος Ευάγγελε|Ευγενία Ευγενία|Ευγένιος Ευγένιε|Ευθύμιος Ευθύμιε
Ευθύμης Ευθύμη|Ευστάθιος Ευστάθιε|Ευτυχία Ευτυχία|Εύα Εύα|Εύη Εύη|Ευρυδίκη Ευρυδίκη|Ζαχαρίας Ζαχαρία|Ζέτα Ζέτα|Ζωή Ζωή
Ηλέκτρα Ηλέκτρα|Ηλίας Ηλία|Ηρακλής Ηρακλή|Ηρώ Ηρώ|Θάλεια Θάλεια|Θανάσης Θανάση|Θάνος Θάνο|Θέμης Θέμη
Θεμιστοκλής Θεμιστοκλή|Θεοδόσης Θεοδόση|Θεοδώρα Θεοδώρα|Θεόδωρος Θεόδωρε|Θεόφιλος Θεόφιλε|Θοδωρής Θοδωρή|Θωμάς Θωμά
Ιάσονας Ιάσονα|Ιάκωβος Ιάκωβε|Ισμήνη Ισμήνη|Ιωάννα Ιωάννα|Ιωάννης Ιωάννη|Ιορδάνης Ιορδάνη|Ιφιγένεια Ιφιγένεια
Καίτη Καίτη|Καλλιόπη Καλλιόπη|Κατερίνα Κατερίνα|Κλειώ Κλειώ|Κλεοπάτρα Κλεοπάτρα|Κοσμάς Κοσμά|Κώστας Κώστα
Κωνσταντίνα Κωνσταντίνα|Κωνσταντίνος Κωνσταντίνε|Κωστής Κωστή|Κυριάκος Κυριάκο|Κυριακή Κυριακή|Λαμπρινή Λαμπρινή
Λάμπρος Λάμπρο|Λεωνίδας Λεωνίδα|Λευτέρης Λευτέρη|Λένα Λένα|Λουκάς Λουκά|Λουκία Λουκία|Λυδία Λυδία|Μάγδα Μάγδα
Μάκης Μάκη
Μανώλης Μανώλη|Μάνος Μάνο|Μαρίνα Μαρίνα|Μαρία Μαρία|Μαργαρίτα Μαργαρίτα|Μάριος Μάριε|Μάρκος Μάρκο|Μάρθα Μάρθα
Ματίνα Ματίνα|Μαίρη Μαίρη|Μελίνα Μελίνα|Μένιος Μένιο|Μηνάς Μηνά|Μίλτος Μίλτο|Μιλτιάδης Μιλτιάδη|Μιχάλης Μιχάλη
Μιχαήλ Μιχαήλ|Μυρτώ Μυρτώ|Μυρσίνη Μυρσίνη|Νάσος Νάσο|Ναταλία Ναταλία|Νεκτάριος Νεκτάριε|Νεφέλη Νεφέλη
Νικηφόρος Νικηφόρε|Νίκη Νίκη|Νικολέτα Νικολέτα|Νικόλαος Νικόλαε|Νίκος Νίκο|Νικόλας Νικόλα|Ντίνος Ντίνο|Ξένια Ξένια
Οδυσσέας Οδυσσέα|Όλγα Όλγα|Ορέστης Ορέστη|Ουρανία Ουρανία|Παναγιώτα Παναγιώτα|Παναγιώτης Παναγιώτη|Πάνος Πάνο
Παντελής Παντελή|Παρασκευή Παρασκευή|Παρασκευάς Παρασκευά|Πάρης Πάρη|Πασχάλης Πασχάλη|Παύλος Παύλο|Πελαγία Πελαγία
Περικλής Περικλή|Πέτρος Πέτρο|Πηνελόπη Πηνελόπη|Πολυξένη Πολυξένη|Πόπη Πόπη|Ραφαήλ Ραφαήλ|Ρένα Ρένα|Ρόζα Ρόζα
Σάββας Σάββα|Σάκης Σάκη|Σαράντης Σαράντη|Σμαρώ Σμαρώ|Σοφία Σοφία|Σοφοκλής Σοφοκλή|Σπύρος Σπύρο|Σπυριδούλα Σπυριδούλα
Στάθης Στάθη|Σταμάτης Σταμάτη|Σταύρος Σταύρο|Σταυρούλα Σταυρούλα|Στέλιος Στέλιο|Στέλλα Στέλλα|Στέργιος Στέργιε
Στέφανος Στέφανε|Στεφανία Στεφανία|Στράτος Στράτο|Στυλιανή Στυλιανή|Στυλιανός Στυλιανέ|Σωκράτης Σωκράτη|Σωτήρης Σωτήρη
Σωτηρία Σωτηρία|Σωτήριος Σωτήριε|Τάκης Τάκη|Τάσος Τάσο|Τασία Τασία|Τζένη Τζένη|Τριαντάφυλλος Τριαντάφυλλε
Φαίδρα Φαίδρα
Φανή Φανή|Φάνης Φάνη|Φίλιππος Φίλιππε|Φοίβος Φοίβο|Φραγκίσκος Φραγκίσκε|Φρόσω Φρόσω|Φωτεινή Φωτεινή|Φώτης Φώτη
Φώτιος Φώτιε|Χαράλαμπος Χαράλαμπε|Χάρης Χάρη|Χαρίκλεια Χαρίκλεια|Χριστίνα Χριστίνα|Χρήστος Χρήστο|Χρίστος Χρίστο
Χριστόφορος Χριστόφορε|Χριστόδουλος Χριστόδουλε|Χρύσα Χρύσα|Χρυσούλα Χρυσούλα|Χρύσανθος Χρύσανθε
"""
CZECH_FAMILIES = """
Milan Zeman=pane Zemane|Luděk Bartoš=pane Bartoši|Jan Novák=pane Nováku|Karel Svoboda=pane Svobodo
Pavel Kočí=pane Kočí|Alena Šimková=paní Šimková|Petr Němec=pane Němče|Tomáš Sedláček=pane Sedláčku
Josef Černý=pane Černý|Jiří Dvořák=pane Dvořáku|Václav Havel=pane Havle|Jana Kočí=paní Kočí|Eva Janů=paní Janů
Marek Kolář=pane Koláři|Ondřej Růžička=pane Růžičko|Hana Novotná=paní Novotná|Filip Král=pane Králi
"""
GREEK_FAMILIES = """
Στέλιος Μαυρίδης=κύριε Μαυρίδη|Νίκος Παπαδόπουλος=κύριε Παπαδόπουλε|Αντώνης Βλάχος=κύριε Βλάχο
Νίκος Δημητρίου=κύριε Δημητρίου|Ελένη Παπαδοπούλου=κυρία Παπαδοπούλου|Γιώργος Παππάς=κύριε Παππά
Μαρία Βλάχου=κυρία Βλάχου|Κώστας Αλεξίου=κύριε Αλεξίου|Δημήτρης Οικονόμου=κύριε Οικονόμου
"""
ICELANDIC = """
Guðrún Guðrúnu Guðrúnu Guðrúnar|Björk Björk Björk Bjarkar|Hildur Hildi Hildi Hildar
Ragnheiður Ragnheiði Ragnheiði Ragnheiðar|Ásdís Ásdísi Ásdísi Ásdísar|Birna Birnu Birnu Birnu
Katrín Katrínu Katrínu Katrínar|Eygló Eygló Eygló Eyglóar|Jökull Jökul Jökli Jökuls|Egill Egil Agli Egils
Björn Björn Birni Björns|Örn Örn Erni Arnar|Sigurður Sigurð Sigurði Sigurðar|Þórður Þórð Þórði Þórðar
Páll Pál Páli Páls|Magnús Magnús Magnúsi Magnúsar|Dagur Dag Degi Dags|Freyr Frey Frey Freys|Sölvi Sölva Sölva Sölva
Jón Jón Jóni Jóns|Anna Önnu Önnu Önnu|Halla Höllu Höllu Höllu|Svava Svövu Svövu Svövu|María Maríu Maríu Maríu
Andrea Andreu Andreu Andreu|Steinunn Steinunni Steinunni Steinunnar|Ingibjörg Ingibjörgu Ingibjörgu Ingibjargar
Þórey Þóreyju Þóreyju Þóreyjar|Sólveig Sólveigu Sólveigu Sólveigar|Guðmundur Guðmund Guðmundi Guðmundar
Ólafur Ólaf Ólafi Ólafs|Pétur Pétur Pétri Péturs|Gunnar Gunnar Gunnari Gunnars|Birgir Birgi Birgi Birgis
Ásgeir Ásgeir Ásgeiri Ásgeirs|Þorsteinn Þorstein Þorsteini Þorsteins|Kristinn Kristin Kristni Kristins
Tómas Tómas Tómasi Tómasar|Bjarni Bjarna Bjarna Bjarna|Hjörtur Hjört Hirti Hjartar
"""
HUNGARIAN = """
Anna Annának|Emese Emesének|Réka Rékának|Bence Bencének|Tamás Tamásnak|László Lászlónak|Gergő Gergőnek|Zsófi Zsófinak
Ildikó Ildikónak|Dániel Dánielnek|József Józsefnek|Judit Juditnak|Edit Editnek|Zsolt Zsoltnak|Vivien Viviennek
György Györgynek|Imre Imrének|Jón Jónnak|Ondřej Ondřejnek|Alžběta Alžbětának|Ágnes Ágnesnek|Béla Bélának
Róbert Róbertnek|Noémi Noéminek|Kornél Kornélnak|Alíz Alíznak|Irén Irénnek|Bernadett Bernadettnek|Szabolcs Szabolcsnak
Zoltán Zoltánnak|Eszter Eszternek|Jenő Jenőnek|Dezső Dezsőnek|Péter Péternek|Patrik Patriknak|Tünde Tündének
"""


def pairs(table: str, sign: str = " ") -> list[tuple[str, str]]:
    """What stands before and after the sign, of each entry of a table."""
    entries = table.strip().replace("\n", "|").split("|")
    return [(name, form) for entry in entries for name, _, form in [entry.partition(sign)]]
