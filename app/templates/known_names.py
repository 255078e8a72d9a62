"""Words in the names of people and firms, as far as a greeting needs them: given names, titles, roles, kinds of firms.

The given names are the frequent ones of the five languages that Rapport speaks, and of their neighbours. A name that
is missing costs little: the blank for it stays open, and the person fills it in.
"""

from __future__ import annotations

from functools import cache

ICELANDIC = """
Aðalheiður Aðalsteinn Agnar Agnes Alda Aldís Alexander Andrea Andri Anna Anton Ari Arna Arnaldur Arnar Arndís
Arngrímur Arnheiður Arnþór Aron Atli Auður Axel Ágúst Ágústa Álfheiður Ármann Árni Ása Ásbjörn Ásdís Ásgeir Ásgerður
Áslaug Ásmundur Ásta Ásthildur Ástríður Ásþór Baldur Baldvin Bára Benedikt Berglind Bergljót Bergþór Bergþóra Bergur
Birgir Birgitta Birkir Birna Birta Bjarki Bjarney Bjarni Björg Björgvin Björk Björn Bogi Borghildur Bragi Brynhildur
Brynja Brynjar Brynjólfur Bryndís Böðvar Daði Dagbjört Dagný Dagur Daníel Davíð Drífa Dröfn Edda Egill Einar Eiríkur
Elín Elísa Elísabet Elías Ellert Elmar Elva Elvar Emil Emilía Erla Erlendur Erlingur Erna Ester Eva Eydís Eygló
Eyjólfur Eyrún Eysteinn Eyþór Fanney Finnbogi Finnur Freydís Freyja Freyr Friðrik Friðrika Garðar Geir Gerður Gísli
Glódís Grétar Grímur Guðbjartur Guðbjörg Guðfinna Guðjón Guðlaug Guðlaugur Guðmundur Guðni Guðný Guðríður Guðrún
Gunnar Gunnhildur Gunnlaugur Gunnþór Gústaf Gylfi Hafdís Hafsteinn Hafþór Halla Halldór Halldóra Hallgrímur Hallur
Hanna Hannes Haraldur Harpa Haukur Hákon Heba Heiða Heiðar Heiðrún Heimir Hekla Helga Helgi Herdís Hildur Hilmar
Hinrik Hjalti Hjördís Hjörtur Hjörvar Hlynur Hlöðver Hólmfríður Hrafn Hrafnhildur Hrafnkell Hrafnkatla Hrefna Hreiðar
Hreinn Hrólfur Hrund Huginn Hugrún Hulda Höskuldur Iðunn Inga Ingi Ingibjörg Ingimar Ingólfur Ingunn Ingvar Ingveldur
Íris Ísak Ívar Jakob Jakobína Jana Jens Jóel Jóhann Jóhanna Jóhannes Jón Jóna Jónas Jónína Jórunn Jósef Júlía Júlíus
Jökull Karen Karítas Karl Katla Katrín Kári Ketill Kjartan Klara Kolbeinn Kolbrún Konráð Kristbjörg Kristín Kristinn
Kristján Kristjana Kristrún Lára Lárus Leifur Lilja Linda Logi Lovísa Magnea Magnús Margeir Margrét María Marinó
Markús Marta Matthías Matthildur Már Melkorka Mikael Nanna Njáll Oddný Oddur Orri Ottó Ólafía Ólafur Ólína Ólöf Ómar
Óðinn Óskar Páll Pálína Pálmi Pétur Ragna Ragnar Ragnheiður Ragnhildur Rakel Rannveig Ríkharður Róbert Rós Rósa Rúnar
Rut Salka Salvör Sandra Sara Selma Sif Sigfús Signý Sigríður Sigrún Sigtryggur Sigurbjörg Sigurbjörn Sigurður Sigurjón
Sigurlaug Sigurrós Sigursteinn Sigvaldi Sigþór Silja Sindri Sjöfn Skarphéðinn Skúli Snorri Snæbjörn Snæfríður Soffía
Sóldís Sóley Sólrún Sólveig Stefán Stefanía Steinar Steingerður Steingrímur Steinn Steinunn Steinþór Sturla Styrmir
Sunna Svala Svandís Svanhildur Svanur Svava Svavar Sveinbjörn Sveinn Sverrir Sylvía Sæmundur Sævar Sölvi Telma Theódór
Tinna Tómas Tryggvi Trausti Unnar Unnur Úlfar Úlfur Vala Valdimar Valdís Valgeir Valgerður Valur Vigdís Viðar Vigfús
Viktor Viktoría Vilborg Vilhelm Vilhjálmur Yrsa Ýmir Ýr Þorbjörg Þorbjörn Þorgeir Þorgerður Þorgrímur Þorkell Þorlákur
Þorleifur Þormóður Þorsteinn Þorvaldur Þorvarður Þóra Þórarinn Þórdís Þórður Þórey Þórhallur Þórhildur Þórir Þórunn
Þröstur Þuríður Ævar Ögmundur Örn Örvar Össur Gunna Gunni Siggi Sigga Nonni Stebbi Bjössi Kiddi Magga Steini Addi Dóra
Dísa
"""
HUNGARIAN = """
Adél Adrienn Adrián Ádám Ágnes Ágota Ákos Alex Alexa Alexandra Aliz Alíz Amália Anett Anikó Anita Anna Antal Antónia
Andor Andrea András Anasztázia Aranka Armand Attila Áron Árpád Balázs Bálint Barbara Barna Barnabás Beáta Bence
Benedek Bernadett Bertalan Betti Bettina Béla Blanka Boglárka Boldizsár Borbála Bori Botond Brigitta Csaba Csenge
Csilla Csongor Dalma Dániel Dani Dávid Dénes Dezső Diána Domonkos Dominik Dóra Dorina Dorottya Dorka Edina Edit Elek
Elemér Eliza Elvira Előd Emese Emília Emma Emőke Endre Enikő Erik Erika Ernő Ervin Erzsébet Eszter Etelka Éva Evelin
Fanni Ferenc Flóra Franciska Fruzsina Gabriella Gábor Gáspár Gellért Georgina Gergely Gergő Geri Gertrúd Géza Gitta
Gizella György Györgyi Gyöngyi Gyula Hajnalka Hanga Hanna Helga Henrietta Henrik Hédi Huba Hunor Ibolya Ida Ignác
Ildikó Illés Ilka Ilona Imre Ingrid Irén Irma István Iván Ivett Izabella Jakab Janka János Jázmin Jenő Johanna Jolán
Judit Julianna Júlia Juliska József Kálmán Kamilla Karina Karolina Károly Kata Katalin Kati Katinka Kinga Klaudia
Klára Klári Kornél Kornélia Kitti Kriszta Krisztián Krisztina Krisztofer Lajos Lara Laura László Laci Lázár Lehel Léna
Levente Lili Lilla Lilian Linda Lívia Lóránt Loránd Luca Lukács Magda Magdolna Marcell Margit Margaréta Margó Marianna
Mariann Márk Márta Márton Marci Mária Mari Marika Máté Mátyás Melinda Melitta Mihály Misi Miklós Milán Mira Mónika
Móni Móric Nándor Natália Nikolett Nikoletta Nimród Noémi Nóra Nóri Norbert Olga Olivér Olívia Orsolya Orsi Oszkár
Ottó Ödön Panna Panni Pál Pali Patrícia Patrik Péter Peti Petra Piroska Piri Pista Ráhel Ramóna Rebeka Regina Renáta
Renátó René Réka Richárd Rita Róbert Robi Roland Róza Rozália Rozi Rudolf Sándor Sanyi Sára Sári Simon Stefánia
Szabina Szabolcs Szandra Szebasztián Szilárd Szilveszter Szilvia Szidónia Szimonetta Szonja Tamara Tamás Tomi Teodóra
Teréz Terézia Tibor Tihamér Timea Tímea Titusz Tivadar Tünde Valentin Valéria Vanda Vanessza Vera Veronika Vencel
Viktor Viktória Vilmos Vince Viola Virág Vivien Xénia Zalán Zita Zoé Zoltán Zoli Zsanett Zselyke Zsigmond Zsófi Zsófia
Zsolt Zsombor Zsóka Zsuzsa Zsuzsanna Zsuzsi Ábel Bella Gerda Emil Félix Kristóf Gusztáv
"""
CZECH = """
Adam Adéla Adriana Alan Alena Aleš Alexandr Alexandra Alice Alois Alžběta Anděla Anežka Aneta Anna Andrea Antonie
Antonín Apolena Arnošt Artur Barbora Bára Bedřich Běla Blanka Blažej Bohdan Bohumil Bohumila Bohuslav Boleslav Bořivoj
Boris Božena Břetislav Bronislav Cyril Dagmar Dalibor Dalimil Dana Daniel Daniela Daria David Denis Denisa Diana Dita
Dobromila Dominik Dominika Dorota Drahomír Drahomíra Dušan Edita Eduard Ela Elena Eliška Ema Emil Emílie Erik Erika
Ester Eugen Eva Evžen Evžena Ferdinand Filip Františka František Franta Gabriel Gabriela Hana Hanka Hanuš Hedvika
Helena Hermína Honza Hubert Hugo Hynek Ignác Igor Ilona Irena Iva Ivan Ivana Iveta Ivo Ivona Izabela Jáchym Jakub Jan
Jana Jarmila Jaromír Jaroslav Jaroslava Jarda Jiří Jiřina Jirka Jindřich Jindřiška Jitka Johana Jolana Jonáš Josef
Josefa Jozef Judita Julie Julius Justýna Kamil Kamila Karel Karla Karolína Kateřina Katka Kája Klára Klement Klaudie
Kristián Kristina Kristýna Kryštof Květa Květoslava Ladislav Láďa Ladislava Lada Laura Lea Lenka Leona Leoš Libor
Liběna Libuše Linda Lubomír Lubomíra Luboš Lucie Lucka Luděk Ludmila Ludvík Lukáš Luisa Lumír Magdaléna Magda Marcel
Marcela Marek Mariana Marie Marián Markéta Marta Martin Martina Matěj Matouš Matyáš Matylda Maxmilián Mikuláš Milada
Milan Milena Miloš Miloslav Miloslava Mirek Miroslav Miroslava Miriam Mína Míša Michaela Michal Monika Naděžda Natálie
Nataša Nela Nikol Nikola Nina Nora Oldřich Oldřiška Oleg Olga Olivie Ondřej Ondra Ota Otakar Otto Pavel Pavla Pavlína
Petr Petra Péťa Prokop Přemysl Radek Radim Radka Radmila Radomír Radoslav Radovan Regina Renata Renáta Richard Robert
Robin Roman Romana Rostislav Rozálie Rudolf Růžena Sabina Samuel Sandra Sára Silvie Simona Slavomír Soňa Sofie
Stanislav Stanislava Standa Stela Svatopluk Svatava Svatoslav Štefan Štěpán Štěpánka Šárka Šimon Tadeáš Táňa Taťána
Tereza Terka Tibor Tobiáš Tomáš Tonda Václav Vašek Valérie Vanda Vavřinec Věra Veronika Verča Vendula Vendelín Viktor
Viktorie Vilém Vilma Vincenc Viola Vít Vítek Vítězslav Vladan Vladimír Vladimíra Vladislav Vlasta Vlastimil Vlastimila
Vojtěch Vojta Vratislav Xenie Zbyněk Zbyšek Zdena Zdeněk Zdeňka Zdenka Zina Zita Zlata Zora Zuzana Zuzka Žaneta Žofie
Žofka Jaroslava Ľubomír Ľuboš Ľudmila Katarína Zuzana Juraj Ján Peter Tomáš Matej Andrej Jozefína Viera Marián Miloš
Pavol Rastislav Vladimír Štefánia Alžbeta Ivica Milica Oliver
"""
_GREEK = """
Αγγελική Άγγελος Αθανασία Αθανάσιος Αθηνά Αικατερίνη Αλέκα Αλέκος Αλέξανδρος Αλεξάνδρα Αλέξης Αλεξία Αλίκη Αμαλία
Ανδρέας Ανδρομάχη Ανδριάνα Ανθή Άννα Αναστασία Αναστάσιος Αναστάσης Ανέστης Αντιγόνη Αντώνης Αντωνία Αντώνιος
Απόστολος Αργυρώ Αργύρης Αριάδνη Άρης Αρετή Αριστείδης Αριστοτέλης Αρτέμης Άρτεμις Ασημίνα Ασπασία Αφροδίτη Αχιλλέας
Βαγγέλης Βαγγελιώ Βάγια Βαλεντίνα Βαρβάρα Βασίλης Βασιλική Βασίλειος Βάσω Βάσια Βενετία Βίκη Βίκυ Βικτώρια Βλάσης
Βιργινία Γαλάτεια Γαρυφαλλιά Γεράσιμος Γεωργία Γεώργιος Γιάννης Γιάννα Γιώργος Γιούλα Γιώτα Γλυκερία Γρηγόρης
Γρηγόριος Δανάη Δέσποινα Δήμητρα Δημήτρης Δημήτριος Δημοσθένης Δήμος Διονύσης Διονυσία Διονύσιος Δώρα Ειρήνη Ελένη
Ελευθερία Ελευθέριος Ελισάβετ Ελπίδα Έλλη Έλενα Εμμανουήλ Έφη Ερασμία Ερμιόνη Έρση Ευαγγελία Ευάγγελος Ευανθία Ευγενία
Ευγένιος Ευδοκία Ευθύμιος Ευθυμία Ευθύμης Ευστάθιος Ευτέρπη Ευτυχία Εύα Εύη Ευρυδίκη Ζαχαρίας Ζέτα Ζηνοβία Ζωή Ηλέκτρα
Ηλίας Ηλιάνα Ηρακλής Ήρα Ηρώ Θάλεια Θανάσης Θάνος Θέμης Θεμιστοκλής Θεοδόσης Θεοδώρα Θεόδωρος Θεοδοσία Θεόφιλος
Θοδωρής Θεώνη Θωμάς Ιάσονας Ιάκωβος Ίρις Ισμήνη Ιωάννα Ιωάννης Ιορδάνης Ιουλία Ιφιγένεια Καίτη Καλλιόπη Κάλλια
Καλλιρρόη Κατερίνα Κική Κλειώ Κλεοπάτρα Κοσμάς Κώστας Κωνσταντίνα Κωνσταντίνος Κωστής Κωστούλα Κυριάκος Κυριακή Κυβέλη
Λαμπρινή Λάμπρος Λεωνίδας Λευτέρης Λένα Λίνα Λία Λίτσα Λουκάς Λουκία Λουίζα Λουίζος Λυδία Μάγδα Μάκης Μανώλης Μάνος
Μαρίνα Μαρία Μαριάννα Μαργαρίτα Μαριλένα Μάριος Μάρκος Μάρθα Μαρίκα Μάρω Ματίνα Μαίρη Μελίνα Μένιος Μηνάς Μίλτος
Μιλτιάδης Μιχάλης Μιχαήλ Μίνα Μυρτώ Μυρσίνη Νάσος Νάντια Ναταλία Ναταλί Νατάσα Νεκτάριος Νεφέλη Νικηφόρος Νίκη
Νικολέτα Νικόλαος Νίκος Νικόλας Νίνα Νόρα Ντίνα Ντίνος Ξανθή Ξένια Ξενοφών Οδυσσέας Όλγα Ορέστης Όλια Ουρανία
Παναγιώτα Παναγιώτης Πάνος Παντελής Παρασκευή Παρασκευάς Πάρης Πασχάλης Παύλος Παυλίνα Πελαγία Περικλής Πέτρος
Πηνελόπη Πολυξένη Πόπη Ραφαήλ Ραλλού Ρένα Ρένια Ρέα Ροδάνθη Ρόζα Ρούλα Σάββας Σάκης Σαράντης Σεραφείμ Σμαρώ Σοφία
Σοφοκλής Σόνια Σπύρος Σπυριδούλα Σπυρίδων Στάθης Σταμάτης Σταματία Σταύρος Σταυρούλα Στέλιος Στέλλα Στέργιος Στέφανος
Στεφανία Στράτος Στυλιανή Στυλιανός Σωκράτης Σωτήρης Σωτηρία Σωτήριος Τάκης Τάνια Τάσος Τασία Τασούλα Τζένη Τίνα
Τριαντάφυλλος Τριανταφυλλιά Υπατία Φαίδρα Φανή Φάνης Φίλιππος Φιλίππα Φιλιώ Φοίβος Φραγκίσκος Φραγκίσκη Φρόσω Φωτεινή
Φώτης Φώτιος Χαρά Χαράλαμπος Χάρης Χαρίκλεια Χριστίνα Χρήστος Χρίστος Χριστόφορος Χριστόδουλος Χρύσα Χρυσούλα Χρυσάνθη
Χρύσανθος Ωραιοζήλη Aggeliki Angeliki Angelos Athanasios Athina Aikaterini Alexandros Alexis Anastasia Anastasios
Andreas Antonis Apostolos Aris Argyris Christos Chrysa Chrysoula Chara Charalampos Chris Danai Despina Dimitra
Dimitris Dimitrios Dionysis Eirini Elena Eleni Eleftheria Eleftherios Elpida Evangelos Evangelia Evi Fani Foteini
Fotini Fotis Georgia Georgios Giannis Giorgos Giota Grigoris Haris Ilias Ioanna Ioannis Iasonas Irini Ismini Kalliopi
Katerina Konstantina Konstantinos Kostas Kyriakos Kyriaki Lambros Lefteris Leonidas Loukas Makis Manolis Manos Maria
Marianna Marina Marios Markos Melina Michalis Michail Myrto Nektarios Nefeli Nikolaos Nikoleta Nikos Odysseas Olga
Orestis Panagiota Panagiotis Panos Pantelis Paraskevi Pavlos Penelope Pinelopi Petros Rania Savvas Sofia Sotiris
Sotiria Spyros Stamatis Stathis Stavroula Stavros Stelios Stella Stefanos Tasos Thanasis Thanos Thalia Theodora
Theodoros Thodoris Thomas Tzeni Vaggelis Vangelis Vasilis Vassilis Vasiliki Vasso Vicky Xenia Yannis Yiannis Yorgos
Zoe Zoi
"""
ENGLISH = """
Aaron Abby Abigail Abraham Ada Adam Adele Adrian Aidan Aileen Aimee Aisha Alan Alastair Albert Alec Alex Alexander
Alexandra Alexis Alfie Alfred Alice Alicia Alison Alistair Allan Allison Amanda Amber Amelia Amina Amir Amy Anastasia
Andrea Andrew Andy Angela Angie Angus Anita Ann Anna Annabel Anne Annette Annie Anthony Antonia April Archie Ari
Arthur Ashley Audrey Austin Ava Avery Barbara Barry Beatrice Becky Belinda Ben Benjamin Bernadette Bernard Beth
Bethany Betty Beverley Bill Billy Blake Bob Bobby Brad Bradley Brandon Brenda Brendan Brian Bridget Brittany Bronwyn
Bruce Bryan Caitlin Caleb Callum Cameron Camille Candice Carl Carla Carmen Carol Caroline Carolyn Cassandra Catherine
Cathy Cecilia Charles Charlie Charlotte Chelsea Cheryl Chloe Chris Christian Christina Christine Christopher Ciara
Claire Clara Clare Clive Cody Colin Connor Conor Constance Corinne Courtney Craig Crystal Curtis Cynthia Daisy Dale
Damian Dan Daniel Daniela Danielle Danny Daphne Darren Dave David Dawn Dean Debbie Deborah Declan Dee Deirdre Denise
Dennis Derek Desmond Diana Diane Dolores Dominic Don Donald Donna Dora Doreen Doris Dorothy Doug Douglas Duncan Dylan
D'Arcy Eamon Ed Eddie Edgar Edith Edmund Edna Edward Edwin Eileen Elaine Eleanor Elena Eli Elijah Elise Eliza
Elizabeth Ella Ellen Ellie Elliot Elsie Emily Emma Eric Erica Erin Ernest Esme Esther Ethan Eugene Eva Evan Eve Evelyn
Evie Faith Faye Felicity Felix Fergus Finn Fiona Florence Frances Francesca Francis Frank Fraser Fred Freddie Freya
Gabriel Gail Gareth Gary Gavin Gemma Geoff Geoffrey George Georgia Georgina Gerald Geraldine Gerard Gillian Gina
Gladys Glen Glenn Gloria Gordon Grace Graham Greg Gregory Greta Gwen Hamish Hannah Harold Harriet Harry Harvey Hassan
Hazel Heather Hector Heidi Helen Helena Henry Herbert Hilary Holly Hope Howard Hugh Hugo Iain Ian Ibrahim Ida Imogen
Ines Ingrid Iris Irene Isaac Isabel Isabella Isabelle Isla Ivy Jack Jackie Jackson Jacob Jacqueline Jade Jake James
Jamie Jan Jane Janet Janice Jasmine Jason Jasper Jay Jayne Jean Jeff Jeffrey Jemima Jen Jenna Jennifer Jenny Jeremy
Jerry Jess Jesse Jessica Jill Jim Jimmy Jo Joan Joanna Joanne Jodie Joe Joel Joey John Johnny Jon Jonathan Jordan
Joseph Josephine Josh Joshua Joy Joyce JJ Juan Judith Judy Julia Julian Julie Juliet June Justin Kai Karen Karim Karin
Karl Kate Katharine Katherine Kathleen Kathryn Kathy Katie Katy Kay Keiran Keith Kelly Kelvin Ken Kenneth Kerry Kevin
Kieran Kim Kimberly Kirsten Kirsty Kit Kristen Kyle Lara Larry Laura Lauren Laurence Leah Lee Leila Lena Leo Leon
Leonard Lesley Leslie Lewis Liam Lily Linda Lindsay Lionel Lisa Liz Lizzie Lloyd Lois Lola Lorna Lorraine Louis Louisa
Louise Lucas Lucia Lucinda Lucy Luke Luna Lydia Lynn Lynne Mabel Maddie Madeleine Maeve Maggie Maisie Malcolm Mandy
Marc Marcia Marcus Margaret Maria Marian Marie Marilyn Marina Marion Marjorie Mark Marsha Martha Martin Martina Mary
Mason Matilda Matt Matthew Maureen Maurice Max Maxine May Mei Megan Mel Melanie Melissa Melody Meredith Mia Michael
Michelle Miguel Mike Mildred Miles Millie Miranda Miriam Moira Molly Monica Morag Morgan Moses Muhammad Mohammed
Mohamed Muriel Myra Nadia Nadine Nancy Naomi Natalie Natasha Nathan Neil Neville Ngozi Niamh Nicholas Nick Nicky
Nicola Nicole Nigel Nina Noah Noel Nora Norma Norman Oliver Olivia Omar Orla Oscar Owen Paige Pam Pamela Pat Patricia
Patrick Paul Paula Pauline Peggy Penelope Penny Percy Pete Peter Phil Philip Philippa Phillip Phoebe Phyllis Poppy
Priya Priscilla Rachael Rachel Rajesh Ralph Ray Raymond Rebecca Reece Reginald Rhiannon Rhys Richard Rick Rita Rob
Robbie Robert Roberta Robin Rod Roderick Rodney Roger Roisin Ron Ronald Ronan Rory Rosalind Rose Rosemary Rosie Ross
Rosa Rowan Roy Ruby Rupert Russell Ruth Ryan Sadie Sally Sam Samantha Samuel Sandra Sara Sarah Saoirse Scarlett Scott
Sean Seán Sebastian Seamus Shane Shannon Sharon Shaun Sheila Shirley Sian Siân Sienna Silvia Simon Sinead Siobhan
Sophia Sophie Spencer Stacey Stan Stanley Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Summer Susan
Susanna Susannah Susie Suzanne Sybil Sylvia Tamara Tammy Tania Tanya Tara Ted Teresa Terence Terry Tess Tessa Thea
Thelma Theo Theodore Theresa Thomas Tiffany Tilly Tim Timothy Tina Tobias Toby Todd Tom Tommy Toni Tony Tracey Tracy
Travis Trevor Trish Tyler Una Ursula Valerie Vanessa Vera Verity Vernon Veronica Vicki Vicky Victor Victoria Vincent
Viola Violet Virginia Vivian Vivien Wallace Walter Wanda Warren Wayne Wendy Wesley Will William Willow Winifred
Winston Xavier Yasmin Yusuf Yvonne Zac Zach Zachary Zara Zoe Zoë Al Mary-Jane Dana Nadine Tariq Fatima Aoife Eoin
Cillian Oisín Gráinne
"""
_NEIGHBOURS = """
Achim Adolf Agnieszka Albrecht Aleksandra Alessandra Alessandro Alessia Alfons Alfonso Alfredo Álvaro Amadeus Amelie
Ana Anders Andrés Andrzej Anja Anke Annika Anneliese Annegret Ansgar Antje Antoine Antonio Arkadiusz Armin Arne Arno
Astrid Axel Aurélie Åsa Barbro Bartosz Beate Beatriz Benoît Bernd Bernhard Bert Bianca Birgit Bjarne Björn Britta
Bruno Camilla Carina Carlos Carola Carsten Caterina Céline Chantal Chiara Christa Christel Christiane Christoph
Cláudia Claudia Claudio Claus Clemens Clément Cornelia Cristina Dagmar Dariusz Delphine Detlef Diego Dieter Dietmar
Dirk Doris Dorota Dörte Dominika Eckhard Elke Elfriede Elisabeth Elisabetta Elodie Elsa Émilie Emanuel Emmanuel Enrico
Erich Ernst Ewa Fabian Fabio Federica Federico Felipe Fernando Filipe Florian Francesco Francisco Franco François
Françoise Franz Frauke Frederik Friedrich Fritz Gabriele Gaël Gerhard Gertrud Giacomo Gianni Giorgio Giovanna Giovanni
Gisela Giulia Giuseppe Gonzalo Grażyna Grzegorz Guido Guillaume Günter Günther Gunnar Hanne Hannelore Hans Harald
Hartmut Håkan Heike Heiko Heiner Heinrich Heinz Hélène Helge Helmut Henning Henri Henrik Herbert Hermann Holger Horst
Ignacio Ilse Imke Ines Inge Ingeborg Ingo Isabell Ivan Izabela Jacek Jacques Jan Janine Janina Janusz Jarosław Javier
Jean-Pierre Jerzy Jesús Joachim Joana Joanna Jochen João Jorge Jörg Jörn José Josefine Jürgen Julien Jutta Kai
Karoline Karsten Käthe Katja Katrin Kazimierz Kerstin Kinga Kirsten Kjell Klaus Knut Krystyna Krzysztof Kurt Lars
Lasse Laure Laurent Leandro Leonie Lidia Lieselotte Lorenz Lorenzo Luca Lucia Lucía Ludwig Luigi Luis Łukasz Lukas
Maciej Magdalena Magnus Maite Małgorzata Manfred Manuel Manuela Marcel Marcello Marcin Marco Margarethe Margit Margot
Maria Mariano Mariusz Marlene Marta Mateusz Mateo Mathias Matteo Matthias Mathilde Maurizio Mechthild Michał Michaela
Michel Michele Mikkel Mirko Monika Nadja Nele Nicolas Niklas Nils Nuria Núria Olaf Ole Olivier Oskar Ottmar Pablo
Paola Paolo Pascal Patrizia Patryk Paulina Paweł Pedro Petter Philippe Pierre Pietro Pilar Piotr Przemysław Rafael
Rafał Raffaele Rainer Ralf Ramón Raúl Regine Reiner Reinhard Reinhold Renate Ricardo Riccardo Roberto Rodrigo Rolf
Roman Rosario Rüdiger Rui Sabine Salvatore Santiago Sascha Sébastien Sergio Sibylle Siegfried Sigrid Silke Silvio
Simone Sławomir Sofie Sonja Sønke Stanisław Stefan Stefanie Stefano Steffen Susanne Svenja Svetlana Sven Sylvie Szymon
Tanja Tatjana Thorsten Till Tilo Timo Tiago Tomasz Tomás Torben Torsten Udo Ulf Ulrich Ulrike Urs Ute Uwe Valentina
Verena Viktoria Volker Wanda Werner Wiebke Wilhelm Wojciech Wolfgang Xaver Yann Yves Zbigniew Zofia Elżbieta Kasia
Ania Basia Gosia Tomek Olena Oksana Iryna Andriy Dmitri Dmitry Igor Irina Ludmila Mikhail Natalia Sergei Vladimir
Yulia דנה נועה תמר מיכל יעל דוד משה יוסי רחל שרה Анна Мария Ольга Иван Олена Сергій Ірина
"""
GIVEN_NAMES = f"{ICELANDIC} {HUNGARIAN} {CZECH} {_GREEK} {ENGLISH} {_NEIGHBOURS}"
"""Separated by white space; a hyphen joins two that make one name."""

HUNGARIAN_NAMES = HUNGARIAN

FAMILY_NAMES_TOO = """
Adams Alexander Allan Arthur Austin Bernard Blake Bruce Cameron Carl Charles Christian Craig Curtis Dale Daniel David
Dean Dennis Douglas Duncan Ellis Francis Frank Fraser Gabriel George Gerard Gilbert Glen Glenn Gordon Graham Grant
Gregory Harold Harvey Henry Herbert Howard Hugo Jackson Jacob James Jason John Jordan Joseph Kay Keith Kelly Kelvin
Kenneth Kim Lambert Lawrence Lee Leonard Leslie Lewis Lloyd Louis Lucas Malcolm Marion Marshall Martin Mason Matthew
Max May Michael Miles Mitchell Morgan Moses Murray Nelson Noel Norman Oliver Owen Patrick Paul Percy Peter Philip
Phillip Ray Raymond Rhys Richard Robert Robin Roger Rose Ross Roy Russell Ryan Samuel Scott Sebastian Shannon Simon
Spencer Stanley Stephen Stewart Stuart Terry Thomas Todd Tyler Victor Vincent Wallace Walter Warren Wayne Will William
Winston Xavier Hermann Werner Lorenz Ernst Friedrich Ludwig Franz Otto Hope Joy Faith Bishop
"""
"""Given names that are as well family names where that comes last: at the end of a name they prove nothing."""

HUNGARIAN_FAMILY_NAMES_TOO = """
Ádám Albert Ambrus András Andor Antal Áron Balázs Bálint Barna Bence Benedek Béla Boldizsár Csaba Dániel Dávid Demeter
Dénes Dezső Domonkos Elek Endre Ferenc Fábián Gábor Gáspár Gergely György Géza Ignác Illés Imre István Iván Jakab Jenő
József Kálmán Károly Kelemen Kristóf László Lázár Lőrinc Lukács Márk Márkus Márton Máté Mátyás Mihály Miklós Móricz
Orbán Pál Péter Sándor Sebestyén Simon Szilveszter Tamás Titusz Tibor Vencel Vid Vilmos Vince Virág Zsigmond
"""
"""The same of Hungarian, where the family name comes first: at the beginning of a name they prove nothing."""

COURTESIES = """
mr mrs ms mx miss mister missus sir madam madame mme monsieur mlle dame lord lady herr frau fräulein herra frú fröken
hr fru pan pán paní pani slečna sl úr asszony κ κος κυρ κα κύριος κυρία κύριε δις δεσποινίς señor señora sr sra signor
signora signore sig
"""
TITLES = """
dr drs drd prof professor doc phd ph.d csc drsc msc m.sc bsc b.sc ma ba mba ing dipl mgr bc bca mudr mddr judr mvdr
phdr rndr paeddr thdr pharmdr ifj id özv szül séra rev reverend father sister brother fr otec páter pater δρ καθ
καθηγητής καθηγήτρια πατήρ jr sr ii iii iv esq md arch akad
"""
NOBODY = """
null none nil nan n/a na n.a undefined unknown unnamed anonymous anonym anonymus anonyme nobody noname name nome test
tester testing user username guest customer client kunde kund member admin administrator root postmaster webmaster
hostmaster mailer daemon noreply no-reply donotreply sales info information office support helpdesk help service
services servis contact kontakt hello team staff crew press media marketing accounting accounts billing invoices
orders order objednávky shop store eshop e-shop webshop newsletter news reception recepce secretary secretariat
sekretariát redakce szerkesztőség ügyfélszolgálat értékesítés vevőszolgálat iroda titkárság rendelés ismeretlen
névtelen nincs teszt neznámý neznámá nikdo prodej podpora obchod kancelář zákazník upplýsingar sala þjónusta
þjónustuver skrifstofa ritstjórn óþekkt óþekktur nafnlaus enginn viðskiptavinur prófun πωλήσεις πληροφορίες γραφείο
υποστήριξη εξυπηρέτηση γραμματεία άγνωστος ανώνυμος κανένας δοκιμή πελάτης vertrieb verkauf büro buchhaltung unbekannt
anonym bestellung keiner jobs career hr careers events booking bookings reservations moderator webshop feedback
everyone all
"""
FIRMS = """
inc ltd llc llp plc corp corporation co company limited gmbh ag kg ohg ug ev e.v mbh kft bt zrt nyrt rt kkt s.r.o sro
a.s v.o.s k.s o.s z.s spol ehf hf slf ses αε α.ε επε ε.π.ε οε ο.ε ικε ι.κ.ε μον a.e ae sa s.a sarl bv b.v nv ab oy aps
club klub klubb klúbbur klúbburinn σύλλογος όμιλος group skupina csoport hópur ομάδα garden gardens kert kertek
zahrada zahrady garður κήπος garten café cafe caffe kaffi kaffihús kávézó kavárna cukrászda cukrárna καφέ coffee bar
pub bistro bisztró bistró restaurant restaurace étterem vendéglő veitingahús εστιατόριο ταβέρνα taverna hotel hótel
hostel szálloda ξενοδοχείο pension panzió guesthouse gistihús market piac trh μπακάλικο bakery bakarí pékség pekárna
φούρνος shop store bolt üzlet obchod prodejna verslun búð búðin κατάστημα μαγαζί gallery galerie galéria gallerí
γκαλερί museum múzeum muzeum safn μουσείο school iskola škola skóli skólinn σχολείο university egyetem univerzita
háskóli πανεπιστήμιο college library könyvtár knihovna bókasafn βιβλιοθήκη church templom kostel kirkja εκκλησία
theatre theater színház divadlo leikhús θέατρο studio stúdió στούντιο agency ügynökség agentura foundation alapítvány
nadace stofnun ίδρυμα association egyesület spolek sdružení félag σωματείο society institute intézet ústav institut
centre center központ centrum miðstöð κέντρο trust union project projekt verkefni έργο daily magazine magazin časopis
újság tímarit περιοδικό radio rádió rádio útvarp tv films film records books könyvek knihy bækur βιβλία foods food
drinks lemonade limonádé limonády limonade bargains deals design media digital online web solutions systems software
consulting partners holding trading international industries family familie rodina család fjölskylda οικογένεια fam
brothers sons bros hall house ház dům hús farm statek bú κτήμα brewery pivovar sörfőzde brugghús
"""
AND = "and und és og og et y e i a και & + oder or nebo vagy eða ή"
"""Between two names: the address is two people's. `a` and `i` are Czech and Polish."""


@cache
def hungarian() -> frozenset[str]:
    """The Hungarian given names, casefolded with their accents."""
    return frozenset(name.casefold() for name in HUNGARIAN.split())
