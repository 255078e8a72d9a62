"""The words with which people end a talk, by language: data, and no rule. `app.intake.closers` reads it.

Phrases are parted by ";", alternatives stand in {braces|with bars}, where an empty one may be left out. They are folded
before they are looked for, so that accents, case and the final sigma make no difference. Only what surely ends a talk
is here: a word that can also begin a request ("please"), or say that something is missing, is not.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What ends a talk in a language.

    `ends` end it; `settled` say besides that a matter is settled, so that they also answer "Did it arrive?"; `fillers`
    may stand beside these; `alone` end it only where nothing else is said; `regards` stand above a signature; `hails`
    stand before a name at the beginning.
    """

    ends: str
    settled: str
    fillers: str
    regards: str
    hails: str
    alone: str = ""


COMMON = Words(
    ends="ok; okay; okey; okej; oki; okie; k; kk; okidoki; super; top; bravo; thx; tnx; merci; ty; tysm; cool; perfekt",
    settled="",
    fillers="x; xx; xxx; xo; xoxo; haha; hahaha; hihi; hehe; wow; oh; ah; aha; yay; jej; juhu; hurra",
    regards="",
    hails="",
)
"""What is written everywhere."""

WORDS: dict[str, Words] = {
    "en": Words(
        ends=(
            "{many |}thanks; thank {you|u}; thankyou; thanx; thanks{ a million| a ton| ever so much| heaps}; ta; ta"
            " very much; cheers; alright; all right; all good; great; perfect; lovely; brilliant; wonderful;"
            " fantastic; amazing; awesome; excellent; superb; splendid; fab; fabulous; nice; nice one; good; very"
            " good; good stuff; sounds {good|great|lovely|perfect}; understood; got it; noted; fair enough; will do;"
            " sure thing; {much |}appreciated; {i |we |}{really |much |very much |}appreciate {it|that|this|your"
            " help}; no worries; no problem; no bother; {you re|you are} {very |most |}welcome; my pleasure; you too;"
            " same to you; likewise; have {a|an} {lovely|nice|good|great|wonderful|beautiful|fab|amazing|excellent}"
            " {rest of your |}{weekend|day|evening|week|one|time|christmas|holiday|afternoon|night}; enjoy your"
            " {weekend|day|evening|week|holiday}; happy holidays; merry christmas; take care; see you{ soon| there|};"
            " bye; bye bye; good night; {that s|that is|this is|it s} {just |really |so |very |}{great|perfect|lovely|"
            "brilliant|fine|wonderful|fantastic|amazing|awesome|excellent|good|good to know|good news|great news|"
            "very kind|kind of you|so kind of you|very kind of you|clear}; good to know; great news; i see; makes"
            " sense; that makes sense; you re {the best|a star|amazing|wonderful|stars|great|so kind|an angel}; you"
            " are {the best|a star|amazing|wonderful|stars|great|so kind|an angel}; love it; love you; legend; you"
            " legend; bless you; god bless; made my day; you made my day"
        ),
        settled=(
            "{that s|that is} all{ i needed| we needed| i wanted to know| i need|}; that s it; {it s|it is|they re|"
            "they are|the {parcel|box|crate|package} is} {finally |already |all |}{here|arrived}; {it|they|the"
            " {parcel|box|crate|package}} {has |have |just |has just |finally |s |s just |}{arrived|came|come}{ today|"
            " yesterday| this morning| safely| safe and sound| just now|}; arrived; arrived safely; arrived {today|"
            "yesterday|this morning}; {it |that |this |}{works|worked}{ now| perfectly| fine| a treat|}; {it s|it"
            " is} working now; {it s |that s |}{all |}{sorted|solved|resolved|fixed}; that did it; that did the"
            " trick; that {helped|helps}{ a lot| me|}; found it; i found it; got it working; problem solved"
        ),
        fillers=(
            "so much; very much; so very much; a lot; lots; loads; again; once again; indeed; everyone; all; both;"
            " guys; team; to you all; you all; really; very; for {the|your|such a|a|that} {very |super |}{quick |fast"
            " |speedy |swift |prompt |kind |lovely |helpful |great |detailed |}{reply|answer|response|info|"
            "information|help|update|link|tip|tips|advice|explanation|clarification|message|news|heads up|support|"
            "service|time|kindness|patience|effort|efforts}; for {letting me know|getting back{ to me| to us|}|"
            "everything|all your help|that|this|it|helping{ me| us| out|}|explaining{ it| that|}|clarifying|checking|"
            "asking|your reply and help|replying{ so quickly| so fast| so soon|}|answering{ so quickly| so fast| so"
            " soon|}|being so {kind|helpful|quick|patient}|sorting {it|this|that}{ out|}|the quick and kind reply};"
            " now; then; today; dear; mate; my dear; my friend; yes; yep; yeah; yup; aw; aww; hooray; and; so; to"
            " you; too; as well; as always"
        ),
        regards=(
            "{kind |best |warm |kindest |warmest |many |}regards; best; all the best; {best |warm |}wishes; with"
            " best wishes; yours{ sincerely| truly| faithfully|}; sincerely; with thanks; love; hugs; cheerio"
        ),
        hails="hi; hello; hey; hiya; dear; hi there; hello there; good {morning|afternoon|evening}",
    ),
    "cs": Words(
        ends=(
            "díky; dík; díkes; dikec; děkuji; děkuju; děkujeme; děkujem; díky bohu; okej; oukej; ok; jasně; jasné;"
            " jasný; jasňačka; dobře; dobrá; fajn; supr; paráda; parádička; parádní; skvělé; skvělý; skvěle; výborně;"
            " výborné; výborný; perfektní; perfektně; úžasné; úžasný; úžasně; bezva; bomba; prima; báječné; nádhera;"
            " krása; geniální; skvělá zpráva; tak {jo|dobře|fajn|jasně|super}; jo; jojo; {rozumím|rozumíme|chápu};"
            " vím; v {pořádku|pohodě|klidu}; pohoda; platí; beru; beru na vědomí; není {vůbec |}zač; nemáte zač;"
            " nemáš zač; rádo se stalo; mějte se{ {moc |}{hezky|krásně|pěkně|dobře|fajn|skvěle}|}; měj se{ {moc |"
            "}{hezky|krásně|pěkně|dobře|fajn|skvěle}|}; {přeji |přeju |}{hezký|pěkný|krásný|příjemný} {zbytek dne|"
            "den|víkend|večer|týden}; hezké {svátky|odpoledne|ráno|dny}; krásné {svátky|odpoledne|vánoce}; veselé"
            " vánoce; dobrou noc; na shledanou; nashledanou; nashle; čau; čauky; papa; nápodobně; i vám; i tobě; vám"
            " {taky|také}; tobě {taky|také}; to je {moc |}{super|skvělé|skvělý|fajn|paráda|dobře|výborné|hezké|hezké"
            " od vás|milé|milé od vás|dobrá zpráva|skvělá zpráva}; {moc |}{vážím si toho|si toho vážím|potěšilo|mě to"
            " těší}; jste {skvělí|skvělá|skvělý|úžasní|úžasná|úžasný|zlatí|zlatá|zlatý|super|poklad|nejlepší|hodní|"
            "hodná|moc hodní|moc hodná}; jsi {skvělá|skvělý|úžasná|úžasný|zlatá|zlatý|super|poklad|nejlepší|hodná|"
            "hodný}"
        ),
        settled=(
            "to {mi |nám |}{úplně |}stačí; to je {vše|všechno}; {už |dnes |včera |vše |všechno |}{to |}{přišlo|"
            "dorazilo|došlo}{ v pořádku| dnes| včera|}; už je {tady|tu|doma}; už {to |}{mám|máme}; mám to{ doma|};"
            " {balík|balíček|zásilka|bedna} {je tady|dorazil|dorazila|přišel|přišla}{ v pořádku| dnes| včera|}; {už |"
            "teď |}{to |}funguje{ to|}; vyřešeno; {je to |už je to |}vyřešené; to pomohlo; pomohlo to; to je ono"
        ),
        fillers=(
            "moc; mockrát; mnohokrát; převelice; velice; velmi; srdečně; krásně; ještě jednou; opravdu; fakt; všem;"
            " vám; vám všem; ti; za {{vaši |tvoji |}{rychlou |bleskovou |milou |}{odpověď|pomoc|reakci|zprávu|radu}|"
            "info|informaci|informace|ochotu|vysvětlení|tip|odkaz|rychlost|vše|všechno|trpělivost|upřesnění|doplnění|"
            "čas|váš čas|vstřícnost|to|rychlé {vyřízení|vyřešení|jednání}|{hezký|skvělý|milý} přístup}; tak; teda;"
            " tedy; no; jo; ano; ahoj; a; i; taky; také; už; zase; přátelé; lidi"
        ),
        regards=(
            "s pozdravem; s přátelským pozdravem; se srdečným pozdravem; zdraví; zdravím; s úctou; pěkný den; hezký"
            " den; s přáním {hezkého|pěkného|krásného} dne; sp"
        ),
        hails="dobrý den; dobré {ráno|odpoledne}; dobrý večer; ahoj; ahojte; zdravím; vážení; vážená paní; vážený pane",
    ),
    "hu": Words(
        ends=(
            "köszi; kösz; köszike; köszcsi; kösszi; köszönöm; köszönjük; köszönöm szépen; hálás köszönet; köszönet;"
            " nagy köszönet; ezer köszönet; hálásan köszönöm; hálás vagyok; oké; okés; oksi; oksa; okidoki; rendben;"
            " rendben van; rendi; jó; jól van; jó így; így jó; szuper; szupi; szuperül; király; király {vagy|"
            "vagytok}; remek; nagyszerű; tökéletes; kiváló; klassz; csodás; csodálatos; fantasztikus; zsír; tök jó;"
            " nagyon {jó|szuper|klassz}; de jó; ez {nagyon |}{jó|szuper|remek|nagyszerű|klassz|kedves}; {nagyon |"
            "igazán |}{kedves tőled|kedves tőletek|kedves öntől|kedves vagy|kedvesek vagytok}; {nagyon |}szívesen;"
            " nincs mit; értem; értettem; így már értem; világos; minden világos; {további |}{szép|kellemes} {napot|"
            "estét|délutánt|hétvégét|ünnepeket|hetet|karácsonyt}{ kívánok| nektek| neked| önnek| önöknek|"
            " mindenkinek|}; jó {hétvégét|pihenést|ünnepeket}{ kívánok| mindenkinek|}; jó éjt; jó éjszakát; boldog"
            " {karácsonyt|új évet}; minden jót; viszont kívánom; viszont; hasonlóan; {önnek|önöknek|neked|nektek} is;"
            " a legjobbak vagytok; imádlak titeket; örülök; nagyon örülök; de örülök"
        ),
        settled=(
            "{már |közben |ma |tegnap |épségben |}{megvan|megjött|megérkezett|megkaptam|megkaptuk|itt van}{ ma|"
            " tegnap| épségben|}; megjött a {csomag|doboz|láda}; megérkezett a {csomag|doboz|láda}; a csomag {megjött|"
            "megérkezett|megvan}; {most |már |}működik{ már| most|}; {már |}{megoldódott|megoldva|meglett}; ez elég;"
            " {nekem |}ennyi elég; ennyi; ennyi volt; ez segített; sokat segített; sikerült"
        ),
        fillers=(
            "szépen; nagyon; nagyon szépen; még egyszer; ismét; {mindent|mindenkinek|nektek|neked|önnek|önöknek}; a"
            " {gyors |kedves |hasznos |részletes |villámgyors |}{választ|segítséget|tájékoztatást|infót|infókat|"
            "információt|tippet|linket|türelmet|reakciót|visszajelzést|magyarázatot|üzenetet|munkát|ügyintézést}; az"
            " {infót|infókat|információt|információkat|üzenetet|ügyintézést|értesítést}; hogy {segítettél|"
            "segítettetek|válaszoltál|válaszoltatok}; akkor; így; már; igen; ja; szia; sziasztok; helló; is; és;"
            " most; srácok"
        ),
        regards=(
            "üdv; üdvözlettel; szívélyes üdvözlettel; baráti üdvözlettel; tisztelettel; köszönettel; puszi;"
            " üdvözlöm; szép napot; további szép napot"
        ),
        hails="szia; sziasztok; helló; hello; kedves; jó {napot|reggelt|estét}; jó napot kívánok; tisztelt; üdv",
    ),
    "is": Words(
        ends=(
            "takk; takk takk; takk fyrir; {kærar|bestu|þúsund|innilegar|kæra} þakkir; þakka {þér|ykkur}{ fyrir|"
            " kærlega| kærlega fyrir| innilega|}; ég þakka; þakkir; ókei; okei; okey; allt í {fína |}{lagi|góðu}; í"
            " {góðu |}lagi; flott; flott er; flott mál; mjög flott; frábært; alveg frábært; glæsilegt; glæsó; æði;"
            " æðislegt; æðisleg; geggjað; snilld; algjör snilld; meiriháttar; dásamlegt; yndislegt; stórkostlegt;"
            " fínt; gott; mjög gott; gott mál; gott að vita; gaman að heyra; gott að heyra; {það er |þetta er |}{mjög"
            " |alveg |}{flott|frábært|æðislegt|gott að vita|fínt}; ekkert mál; ekkert að þakka; minnsta mál; minnsta"
            " málið; verði þér að góðu; sömuleiðis; skil; ég skil; skil þetta; skilið; móttekið; {eigið|eigðu} {góðan"
            " dag|gott kvöld|góða helgi|góða viku|góðar stundir|yndislegan dag|frábæran dag|góðan dag sömuleiðis};"
            " hafðu það {gott|sem best}; hafið það {gott|sem best}; góða helgi; góða nótt; góða viku; gleðileg jól;"
            " gleðilega hátíð; bless; bless bless; sjáumst; þið eruð {best|frábær|æðisleg|yndisleg|snillingar}; þú"
            " ert {best|bestur|frábær|æðisleg|yndisleg|æðislegur|yndislegur|snillingur}"
        ),
        settled=(
            "{þetta|það} dugar{ mér| alveg| okkur|}; {þetta |það |pakkinn |kassinn |}{er |}{komið|kominn}{ í lag|"
            " til skila| í hús| heim|}; {þetta |það |pakkinn |kassinn |}{kom|barst}{ í dag| í gær| í morgun}; {þetta |"
            "það |}virkar{ núna| fínt| vel|}; {þetta er |}leyst; þetta hjálpaði; það hjálpaði; það var allt og sumt"
        ),
        fillers=(
            "kærlega; kærlega fyrir; innilega; æðislega; mikið; mikið vel; kæra; kæru; elskurnar; elsku; fyrir"
            " {svarið|svörin|skjót svör|skjótt svar|fljótt svar|svona skjótt svar|hjálpina|aðstoðina|upplýsingarnar|"
            "þetta|það|mig|allt|allt saman|góða þjónustu|frábæra þjónustu|að láta mig vita|að láta vita|að svara|"
            "ábendinguna|þolinmæðina|skilaboðin|okkur|snögg svör|snöggt svar}; já; jæja; jájá; svo; vel; alveg; enn"
            " og aftur; aftur; og; núna; líka; hæ; öll; þið"
        ),
        regards=(
            "kveðja; kær kveðja; bestu kveðjur; kærar kveðjur; með {bestu |góðri |kærri |}{kveðju|kveðjum}; mbk; kv;"
            " bkv; virðingarfyllst; með vinsemd og virðingu; knús"
        ),
        hails="hæ; halló; sæl; sæll; sæl og blessuð; góðan {dag|daginn}; gott kvöld; komið þið sæl; kæra; kæri; kæru",
    ),
    "el": Words(
        ends=(
            "ευχαριστώ; ευχαριστούμε; {σ|σας|σε} ευχαριστώ; {σ|σας|σε} ευχαριστούμε; πολλές ευχαριστίες; χίλια"
            " ευχαριστώ; θερμές ευχαριστίες; οκ; οκέι; οκευ; εντάξει; νταξει; καλώς; ωραία; ωραίο; πολύ ωραία;"
            " τέλεια; τέλειο; τέλειοι; υπέροχα; υπέροχο; άψογα; άψογο; άψογοι; φοβερό; φοβερά; φανταστικά;"
            " φανταστικό; εξαιρετικά; εξαιρετικό; {μια|μιά|μία} χαρά; μπράβο; μπράβο σας; σούπερ; κατάλαβα;"
            " κατανοητό; έγινε; σύμφωνοι; τίποτα; κανένα πρόβλημα; ευχαρίστησή μου; να {είστε|στε|είσαι|σαι} {πάντα |"
            "}καλά; {καλή|καλό} {σας |σου |}{συνέχεια|μέρα|ημέρα|βδομάδα|εβδομάδα|νύχτα|βράδυ|απόγευμα|"
            "σαββατοκύριακο|μήνα|ξημέρωμα|χρονιά|υπόλοιπο}; καληνύχτα; καλά χριστούγεννα; χρόνια πολλά; καλές"
            " γιορτές; επίσης; {σε|και} {σας|σένα|εσάς|εσένα} επίσης; και {σε σας|σε εσάς|εσείς|εσύ}; τα λέμε; φιλιά;"
            " είστε {οι καλύτεροι|η καλύτερη|ο καλύτερος|υπέροχοι|υπέροχη|άψογοι|φοβεροί|τέλειοι|πολύ ευγενικοί|πολύ"
            " ευγενική}; είσαι {υπέροχη|υπέροχος|φοβερή|φοβερός|η καλύτερη|ο καλύτερος}; πολύ ευγενικό{ εκ μέρους σας|"
            "}; χαίρομαι; χάρηκα; καλό αυτό; efxaristo; efxaristw; efharisto; euxaristo; euxaristw; eyxaristo;"
            " eyxaristw; teleia; entaksei; oraia; mia xara"
        ),
        settled=(
            "{μόλις |σήμερα |χθες |χτες |τελικά |}{ήρθε|έφτασε|ήρθαν|έφτασαν}{ σήμερα| χθες| χτες| το δέμα| τα"
            " μπουκάλια| το κουτί|}; το δέμα {ήρθε|έφτασε}{ σήμερα| χθες| χτες|}; το {παρέλαβα|πήρα|έλαβα|βρήκα};"
            " {τώρα |}{δουλεύει|λειτουργεί}{ τώρα| κανονικά| μια χαρά|}; λύθηκε; όλα {καλά|εντάξει|οκ}; αυτό ήταν;"
            " αυτό {μου |}αρκεί; μου αρκεί; αυτό ήθελα; με βοήθησε{ πολύ|}; αυτό βοήθησε"
        ),
        fillers=(
            "πολύ; πάρα πολύ; θερμά; και πάλι; ξανά; για {την|τη|την πολύ} {άμεση |γρήγορη |ευγενική |}{απάντηση|"
            "βοήθεια|ενημέρωση|εξυπηρέτηση|διευκρίνιση|πληροφορία|υπομονή}{ σας| σου|}; για {όλα|τις πληροφορίες|τον"
            " χρόνο σας|το χρόνο σας|το ενδιαφέρον|το ενδιαφέρον σας|τα καλά λόγια|την απάντησή σας}; όλους; παιδιά;"
            " ναι; και; λοιπόν; τότε; τώρα; γεια; γεια σας; σας; σου; poly; polu; para poly; para polu; αχ"
        ),
        regards=(
            "με εκτίμηση; φιλικά; με φιλικούς χαιρετισμούς; χαιρετισμούς; με χαιρετισμούς; θερμούς χαιρετισμούς;"
            " φιλιά; με τιμή"
        ),
        hails="γεια; γεια σας; γεια σου; καλημέρα; καλημέρα σας; καλησπέρα; καλησπέρα σας; αγαπητή; αγαπητέ; αγαπητοί",
        alone="παρακαλώ; παρακαλώ πολύ",
    ),
}
"""By language. The words of a language are looked for beside those of COMMON, and never mixed with another's."""

SENT_FROM = (
    "sent from my", "sent from", "get outlook for", "sent via", "odesláno z", "odeslano z", "posláno z",
    "odesláno pomocí", "elküldve", "az iphone-omról küldve", "iphone-omról küldve", "küldve", "sent úr", "sent frá",
    "sent með", "sendt frá", "στάλθηκε από", "εστάλη από", "απεσταλμένο από", "στάλθηκε με", "gesendet von",
    "envoyé de",
)  # fmt: skip
"""With these begins the line that a telephone's mail program adds."""

GLAD = (
    "👍👌🙏❤🧡💛💚💙💜🤎🖤🤍💖💕💗💓💞💝💘💟❣♥😊🙂😀😃😄😁😆😅😍🥰😘😗😙😚🤗🤩🥳😎😉😇😌😋🤤😂🤣☺🙃🥹🎉🎊🎈🎁👏💪🙌✌🤝🤞🤟🤘🤙👐🫶🫡🫂🥂🍻"
    "🍺🍷🍸🍹🍾☕🍵🧃🍋🍊🍓🍒🍑🍍🍎🍏🍐🍇🍉🍌🥝🫐🍀🌸🌹🌺🌻🌼🌷💐🌞☀🌈⭐🌟✨💫💯🔥✅✔☑🎄🎅🎶🏆🥇👑😻😺😸🐱🐶🐝🦋🌿🌱🍃🌲🏖🍰🎂🧁🍪🍫🍬🍦🥇🙋💃🕺"
)
"""Emoji that end a talk. Any other one (a thumb down, a face in doubt, a clock, a parcel) may ask for something."""
