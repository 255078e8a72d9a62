"""What is said in a promise, and what takes it back, in English, Icelandic, Hungarian, Czech and Greek: a table.

Words stand as they are spelled and are folded (`app/base/text.py`) before they are looked for. Phrases are separated by
semicolons; in them, `*` is any ending, `..` up to four words, `(a|b)` either, and `(a )?` what may be left out.

A language says: `deeds`, what we say we will do, in the first person (for the languages that have no future tense, the
present of verbs that are only said of what is still to be done); `now`, deeds that are also said of this moment, so
that only a day makes a promise of them; `vows`, which promise by themselves; `told`, what the member will hear or get,
and `goes`, what will go or come, which both need a `thing` that is promised or a day; `ours`, by which it is ours to
tell. `before` a deed, `after` it, or anywhere in its `clause` or `sentence` stands what makes it none; `carriers` are
others who promise deliveries; `splits` are the words that begin another clause.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The phrases of one language; see above."""

    deeds: str
    now: str
    vows: str
    told: str
    goes: str
    thing: str
    ours: str
    before: str
    after: str
    clause: str
    sentence: str
    carriers: str
    splits: str


_EN_WHILE = (
    "(then |also |gladly |certainly |definitely |personally |just |now |both |all |still |of course |first |happily )"
)
_EN_DEEDS = (
    "(write|tell|send|resend|check|double check|find|reply|answer|respond|report|update|call|ring|phone|email|e"
    " mail|mail"
    "|message|text|ship|post|dispatch|deliver|replace|refund|return|fix|repair|mend|sort|arrange|organise|organize"
    "|prepare"
    "|forward|chase|handle|contact|confirm|test|measure|weigh|count|investigate|search|translate|correct|remove"
    "|cancel|book"
    "|reserve|reimburse|pay|publish|print|pack|order|swap|exchange|verify|review|discuss|introduce|collect|remind"
    "|credit"
    "|clarify|upload|attach|share|bring|pass|ask|raise|follow|pick|deal|speak|talk|get back|get in touch|get (it"
    "|this|that"
    "|one|them|you|your|the)|come back|be in touch|be back (to|with)|be checking|be asking|be writing|be sending"
    "|look into"
    "|look at|look (\\w+ )?up|have a look|take a (look|photo|picture)|take care|take (it|this|that|them)"
    "|see (to|what|if|whether|that it|about)|see .. (can|could)|let .. know|keep (you|everyone|them|him|her)"
    "|make sure|set .. aside|put|drop|hand|give (you|it|them|him|her|back)|try (it|this|that|them|the|a|your)|go"
    " through"
    "|dig|add (it|this|that|them|your|you|one|a)|change (it|this|that|your|the)|cover|hold (it|one|a|your|the)"
    "|save (you|one|a)|read (it|this|your|the)|show you|do (it|that|this|so|everything))"
)
_EN_THING = (
    "answer*; reply; replies; response; news; word; update*; refund*; replacement*; money; parcel*; package*; box;"
    " boxes;"
    " crate*; bottle*; order; letter; mail; email; list; figures; numbers; report; result*; photo*; picture*; invoice;"
    " voucher; code; label*; link; copy; deposit; confirmation; new one*; another; tracking; details; decision; prize;"
    " gift; sample*; delivery; everything; recipe; document*; contract; certificate; receipt; keg*; glass*; poster*;"
    " shirt*; it; them; one; both; minutes; measurements; readings; offer; quote; estimate; plan; draft; version"
)
_THINGS = "|".join(_EN_THING.split("; "))

_EL_BETWEEN = (
    "((σου|σας|σε|το|τα|την|τον|τη|της|του|τους|τις|μου|εγω|και|αμεσως|ξανα|οπωσδηποτε|βεβαια|επισης|παλι) ){0,4}"
)

WORDS: dict[str, Words] = {
    "en": Words(
        deeds=(
            f"(i|we|i myself|we both) (will|shall|am going to|are going to) {_EN_WHILE}?{_EN_WHILE}?{_EN_DEEDS};"
            f" & (then |so )?(will|shall) {_EN_WHILE}?{_EN_DEEDS};"
            " let me (check|ask|find out|look|see what|get back|come back|dig|have a look|talk|speak|try);"
            " (i|we) (am|are) (asking|passing|checking|looking into|chasing|forwarding|finding out|on it);"
            " (someone|somebody|one of us|a colleague|my colleague) (from .. )?will (call|ring|write|contact|get"
            " back|be in touch|reply"
            "|answer|email|phone)"
        ),
        now=(
            "(i|we) (am|are) (now )?(sending|posting|shipping|writing|calling|ringing|replacing|refunding|putting"
            "|trying"
            "|testing|bringing|fixing|talking|speaking|meeting|packing|picking|dropping);"
            " ^(more|back to you|back with you|answer|reply|details|photo*)"
        ),
        vows=(
            "(i|we) (do |hereby )?promise; you have (my|our) word; i give you my word; we give you our word;"
            " leave (it|this|that|everything) (with|to) (me|us); consider it (done|sorted|fixed); will do;"
            " count on (me|us); you can (rely|count|depend) on (me|us)"
        ),
        told=(
            f"you will (then |also |certainly |definitely |all )?(have .. ({_THINGS})"
            "|get|hear|receive|know|see|read|be (refunded"
            "|reimbursed|paid|told|informed|notified|contacted|the first)); ^expect; you can expect"
        ),
        goes=(
            "(go|goes|is going|are going|leaves|leave|ships|ship|is leaving|are leaving|will go|will leave|will ship"
            "|will arrive|will reach|will come|will follow|follows|follow|will be (sent|shipped|posted|dispatched"
            "|delivered"
            "|with you|there|here|back|ready|fixed|refunded|replaced|corrected|paid|online|done|in your|on its way"
            "|on their way|in the (post|mail)|on your)|is being|are being|to follow)"
        ),
        thing=_EN_THING,
        ours=(
            "from (us|me); here first; be the first; as soon as (we|i); once (we|i); the moment (we|i); (an|the"
            "|your|our) (answer|reply|response|refund|replacement)"
        ),
        before=(
            "cannot; can not; unable; (not|never|hardly) (think|believe|know|sure|say|promise|expect|certain|guarantee"
            "|be sure|imagine|yet know|clear); doubt; no (promise|promises|guarantee*|idea); maybe; perhaps; possibly;"
            " hopefully; hope; might; may; would; could; probably; afraid; whether$; when$; how$; why$; what$;"
            " who$; where$;"
            " which$; unless$; before$; until$; til$; than$; (says|said|told|wrote|claims|thinks) .."
        ),
        after="(you|everyone) (to|for|not to)",
        clause=(
            "every(?! (one|single)); always; usually; normally; generally; maybe; perhaps; possibly; some day;"
            " someday; one day; sometime;"
            " at some point; if (i|we) can; in (shops|stores|supermarkets); be closed; ask you (to|for|not); ask"
            " everyone; asking you; asking everyone"
        ),
        sentence=(
            "if you (like|want|wish|prefer|fancy|would|ever|need|are interested|are ever); would you like; should you;"
            " if (i|we|it|he|she|they|there) (had|were|could|would)"
        ),
        carriers=(
            "courier*; carrier*; postman; post office; royal mail; dhl; dpd; ups; fedex; evri; hermes; driver*;"
            " supplier*;"
            " bus; train; ferry; plane; flight; they; he; she; weather; sale; market; shop; doors"
        ),
        splits="and; but; because; so; while; although; though; or",
    ),
    "is": Words(
        deeds=(
            "(ég|við|&|& þá|& svo) {v}; ^{v}; {v} (ég|við); (mun|munum|ætla|ætlum|ætla ég|ætlum við|mun ég|munum"
            " við|skal"
            "|skal ég) (að |sjálf |sjálfur |líka |strax |svo |bara |endilega )?(að )?{i}; við skulum (athuga|skoða"
            "|kanna"
            "|senda|spyrja|laga|redda|prófa|láta|hafa samband); læt .. vita; látum .. vita; (skal|skulum|ætla að)"
            " sjá um; (kem|komum) (ég|við) (þessu|því|þeim|honum|henni);"
            " (leyfðu|leyfið) (mér|okkur) að {i}"
        ).format(
            v=(
                "(skrifa|skrifum|spyr|spyrjum|sendi|sendum|kanna|könnum|athuga|athugum|skoða|skoðum|svara|svörum"
                "|hringi"
                "|hringjum|segi (þér|ykkur|frá|ykkur frá)|segjum (þér|ykkur|frá)|læt|látum|kem (þessu|því|þeim"
                "|honum|henni"
                "|þér|aftur|með)|komum (þessu|því|þeim|honum|henni|þér|aftur|með)|verð (í|aftur í) (sambandi|bandi)"
                "|verðum (í|aftur í) (sambandi|bandi)|hef samband|höfum samband|heyri í|heyrum í|tala við|tölum við"
                "|finn út"
                "|finn (fyrir|handa)|finnum út|prófa|prófum|laga|lögum|redda|reddum|endurgreiði|endurgreiðum|skipti"
                "|skiptum|set|setjum|sé um|sé til þess|sjáum um|sjáum til þess|útvega|útvegum|leita|leitum|fer yfir"
                "|förum yfir"
                "|fer með|förum með|tek (\\w+ )?(þetta|það|frá|saman|að mér|mynd)|tökum (\\w+ )?(þetta|það|frá"
                "|saman|að okkur|mynd)"
                "|panta|pöntum|skila|skilum|fylgi|fylgjum|staðfesti|staðfestum|birti|birtum|pakka|pökkum|geng úr"
                "|göngum úr"
                "|geng frá|göngum frá|bæti|bætum|leiðrétti|leiðréttum|ræði|ræðum|vísa|vísum|greiði|greiðum|mæli|mælum"
                "|tel|teljum|grennslast|bið (hann|hana|þau|jón|um)|kíki|kíkjum|upplýsi|upplýsum|áframsendi"
                "|áframsendum)"
            ),
            i=(
                "(skrifa|spyrja|senda|kanna|athuga|skoða|svara|hringja|segja|láta|koma|tala|finna|biðja|prófa|laga"
                "|redda"
                "|endurgreiða|skipta|setja|sjá um|sjá til|útvega|leita|fara yfir|fara með|taka|skila|fylgja"
                "|staðfesta|birta"
                "|pakka|ganga|bæta|leiðrétta|ræða|hafa samband|vera í sambandi|greiða|borga|mæla|telja|kíkja|vísa"
                "|panta"
                "|upplýsa|áframsenda|heyra|gera|bera|fá)"
            ),
        ),
        now=(
            "(ég|við) (er|erum) að (senda|skrifa|spyrja|athuga|kanna|skoða|laga|prófa|pakka); fer ég; förum við;"
            " ^(nánar|meira)"
        ),
        vows=(
            "(ég|við|því|þessu) (lofa|lofum); (lofa|lofum) (ég|við|þér|ykkur|því); (ég|við) (ábyrgist|ábyrgjumst);"
            " láttu mig um; látið mig um; láttu okkur um; ég er (með þetta|í þessu|komin í|kominn í);"
            " þú (getur|mátt) treyst*"
        ),
        told=(
            "færðu; (þú|þið) (færð|fáið|heyrir|heyrið|sérð|sjáið|lest|lesið|fréttir|fréttið|veist|vitið); (færð"
            "|fáið|heyrir"
            "|heyrið|sérð|sjáið|lest|lesið|fréttir) (þú|þið); (þú|þið) (munt|munuð) (fá|heyra|frétta|sjá)"
        ),
        goes=(
            "(fer|fara) (.. )?(af stað|í póst*|til þín|til ykkar|frá okkur|út); (kemur|koma|berst|berast|verður"
            "|verða|verði"
            "|komi|mun|munu) (.. )?(til þín|til ykkar|heim|komin*|komið|kominn|komnir|hjá þér|hjá ykkur|í póst*"
            "|send*|tilbú*"
            "|í innhólf*|á leið*|þar|lagað*|endurgreidd*|endurgreitt); (leggur|leggja) (.. )?af stað; kemur; koma;"
            " berst; verður .. (sent|send*)"
        ),
        thing=(
            "svar*; frétt*; skilaboð*; endurgreiðsl*; kass*; pakk*; sending*; flösk*; pönt*; bréf*; póst*; list*;"
            " tölur*;"
            " töluna; skýrsl*; niðurstöð*; mynd*; reikning*; inneign*; kóð*; tengil*; verðlist*; upplýsing*; gjöf*;"
            " prufu*;"
            " kút*; glös*; bol*; það; þetta; þau; hann; hana; hvort tveggja; allt; nýr; nýja; nýtt; annar; önnur;"
            " mæling*;"
            " peningar*; tilboð*; eintak*; uppskrift*; samning*; kvittun*; staðfesting*"
        ),
        ours="frá (okkur|mér); fyrst*; um leið og; þegar (ég|við); svar; svarið; endurgreitt",
        before=(
            "get ekki; getum ekki; vona; vonum; vonandi; kannski; ef til vill; líklega; sennilega; held; höldum;"
            " efast;"
            " myndi; myndum; mundi; hvort$; hvenær$; hvernig$; hvað$; hvers vegna$; áður en$; þangað til$; veit ekki;"
            " ekki (víst|viss); eins og$; sem$; að$"
        ),
        after="([a-z]+ )?([a-z]+ )?(ekki|aldrei); (þig|ykkur) (að|um)",
        clause=(
            "kannski; ef til vill; vonandi; líklega; sennilega; alltaf; yfirleitt; venjulega; alla; hverja; hvern;"
            " lokað;"
            " í gær; í fyrradag; áðan"
        ),
        sentence=(
            "ef (þú|þið) (vilt|viljið|langar|hefur|hafið|þarft|kemur|komið|ert|eruð); ef (þig|ykkur) langar;"
            " sögðumst; sagðist; sögðum .. að; lofuðum; ef .. (ættum|ætti|væri|værum|hefðum|hefði|gætum|gæti|væru);"
            " viltu að; má ég"
        ),
        carriers=(
            "pósturinn; póstsins; bílstjóri*; flutning*; sendill*; dropp; dhl; birgir*; skipið; vélin; rútan; strætó"
        ),
        splits="og; en; því að; þannig; svo að; heldur; eða",
    ),
    "hu": Words(
        deeds=(
            "(meg|el|ki|be|fel|le|vissza|utána|tovább|át|össze|oda|hozzá|ide|haza|helyre|félre|körbe|újra|rá|vele)"
            "(nézek|nézem|nézünk|nézzük|kérdezek|kérdezem|kérdezünk|kérdezzük|írok|írom|írunk|írjuk|küldök|küldöm"
            "|küldünk"
            "|küldjük|adok|adom|adunk|adjuk|jelzek|jelzem|jelzünk|jelezzük|jövök|jövünk|térek|térünk|oldom|oldjuk"
            "|intézek"
            "|intézem|intézünk|intézzük|mondok|mondom|mondunk|mondjuk|derítek|derítem|derítünk|derítjük|próbálom"
            "|próbáljuk"
            "|vizsgálok|vizsgálom|vizsgálunk|vizsgáljuk|beszélek|beszélem|beszélünk|beszéljük|hívom|hívjuk|hívlak"
            "|keresem"
            "|keressük|kereslek|javítom|javítjuk|cserélem|cseréljük|térítem|térítjük|utalok|utalom|utalunk|utaljuk"
            "|indítom"
            "|indítjuk|szállítom|szállítjuk|postázom|postázzuk|teszek|teszem|teszünk|tesszük|hozok|hozom|hozunk|hozzuk"
            "|viszek|viszem|viszünk|visszük|egyeztetem|egyeztetjük|tisztázom|tisztázzuk|pótolom|pótoljuk|készítem"
            "|készítjük"
            "|fizetem|fizetjük|számolok|számolom|számolunk|számoljuk|járok|járunk|tudakolom|tudakoljuk|tudom|tudjuk"
            "|válaszolok|válaszolom|válaszoljuk|csomagolom|csomagoljuk|rendelem|rendeljük|mérem|mérjük|mutatom"
            "|mutatjuk"
            "|fordítom|fordítjuk|törlöm|töröljük|módosítom|módosítjuk|foglalom|foglaljuk|kérem|kérjük|szervezem"
            "|szervezzük"
            "|bizonyosodom|győződöm|győződünk|nyomtatom|nyomtatjuk|osztom|osztjuk|ajánlom|erősítem|erősítjük|olvasom"
            "|olvassuk|figyelem|állítom|állítjuk|raktározom|szerzem|szerezzük|kapom);"
            " (írok|írunk|írom|szólok|szólunk|jelentkezem|jelentkezünk|válaszolok|válaszolunk|küldök|küldöm|küldünk"
            "|küldjük"
            "|értesítem|értesítünk|értesítjük|értesítelek|tájékoztatom|tájékoztatunk|tájékoztatjuk|tájékoztatlak"
            "|intézem"
            "|intézkedem|intézkedünk|intézzük|kérdezem|postázom|postázzuk|telefonálok|telefonálunk|gondoskodom"
            "|gondoskodunk"
            "|egyeztetek|egyeztetünk|ellenőrzöm|ellenőrizzük|hívlak|hívom|hívjuk|felelek|pótlom|pótoljuk|cseréljük"
            "|javítjuk|csomagolok|csomagoljuk|utalom|utaljuk|felülvizsgálom|kivizsgáljuk);"
            " (hírt|választ|visszajelzést) (adok|adunk|küldök|küldünk); (beszélek|beszélünk) (vele|velük|*val|*vel);"
            " (írni|szólni|küldeni|kérdezni|nézni|válaszolni|jelentkezni|értesíteni|tájékoztatni|intézni|hívni|keresni"
            "|jelezni|adni|mondani|deríteni|pótolni|cserélni|javítani|megírni|elküldeni|megkérdezni) (fogok|fogom"
            "|fogunk"
            "|fogjuk|foglak); (fogok|fogom|fogunk|fogjuk|foglak) (.. )?(írni|szólni|küldeni|kérdezni|nézni|válaszolni"
            "|jelentkezni|értesíteni|tájékoztatni|intézni|hívni|keresni|jelezni|adni|mondani|deríteni|pótolni|cserélni"
            "|javítani); (meg|el|ki|be|fel|le|vissza|utána|tovább|át|össze|ide) (fogok|fogom|fogunk|fogjuk|foglak) *ni"
        ),
        now=(
            "próbálom; próbáljuk; adjuk; viszem; visszük; hozom; hozzuk; indítjuk; csináljuk; csinálom; nézem;"
            " nézzük; ^(bővebben|többet)"
        ),
        vows=(
            "ígérem; ígérjük; megígérem; megígérjük; szavamat adom; szavunkat adjuk; bízd rám; bízza rám; hagyd rám;"
            " hagyja rám; rajta vagyok; rajta vagyunk; számíthat* (rám|ránk)"
        ),
        told=(
            "kapsz; kap; kapnak; kaptok; kapja; kapod; kapjátok; kapják; megkapod; megkapja; megkapjátok;"
            " megkapják; kapni;"
            " olvashat*; megtud(od|ja|játok|ják); értesülsz; értesül; értesülnek; hallasz; hallani; visszakap*"
        ),
        goes=(
            "megy; mennek; indul; indulnak; elindul; elindulnak; kimegy; útnak indul; úton lesz; úton lesznek; ott"
            " lesz;"
            " ott lesznek; (nálad|önnél|önöknél|nálatok) (lesz|lesznek); megérkezik; megérkeznek; megjön; megjönnek;"
            " kész lesz; elkészül; elkészülnek; odaér; odaérnek; (rendben|helyén|fent|kint) lesz"
        ),
        thing=(
            "válasz*; hír*; értesítés*; visszajelzés*; csomag*; láda*; ládá*; doboz*; üveg*; rendelés*; levél*;"
            " levelet;"
            " lista*; listát; szám*; adat*; mérés*; jelentés*; eredmény*; fotó*; kép*; számla*; számlát; kupon*;"
            " kód*; link*;"
            " ajándék*; minta*; mintát; hordó*; pohar*; póló*; pénz*; visszatérítés*; árlista*; ajánlat*; példány*;"
            " recept*;"
            " mind*; azt; ezt; új; másik*; megoldás*; bizonylat*; igazolás*; cserepalack*; palack*"
        ),
        ours="tőlem; tőlünk; először; elsőként; amint; mihelyt; választ; hírt; értesítést; visszajelzést",
        before=(
            "nem$; sem$; se$; ne$; nem tudom; nem (ígér|garant)*; talán; esetleg; lehet; remél*; valószínűleg;"
            " hátha; mikor$;"
            " hogyan$; miért$; mielőtt$; mennyi$; ahogy$; mint$; igyekszem; igyekszünk"
        ),
        after="(önt|önöket|titeket|téged|benneteket|arra); (is )?volna",
        clause=(
            "talán; esetleg; lehet hogy; remél*; valószínűleg; hátha; mindig; minden; általában; rendszerint;"
            " zárva; tegnap;"
            " szoktunk; szoktam; (meg)?próbál(om|juk|unk|ok) .. *ni"
        ),
        sentence=(
            "ha (szeretné*|szeretnél|akarod|akarja|akarjátok|gondolod|gondolja|érdekel|kell|kéred|kéri|tetszik|van"
            " kedve*);"
            " azt mondt*; azt írt*; megígért*; volna; ha lenne; ha lennének; ha tudn*; ha (volt|volna)"
        ),
        carriers="futár*; a posta; gls; dpd; foxpost; fuvaroz*; szállító*; sofőr*; busz; vonat; beszállító*",
        splits="és; de; mert; hogy; hanem; úgyhogy; illetve; meg; aztán; vagy",
    ),
    "cs": Words(
        deeds=(
            "(ozvu|ozveme|napíšu|napíši|napíšeme|odepíšu|odepíši|odepíšeme|dopíšu|dopíšeme|pošlu|pošleme|odešlu"
            "|odešleme"
            "|zašlu|zašleme|přepošlu|přepošleme|zeptám|zeptáme|poptám|doptám|zjistím|zjistíme|podívám|podíváme"
            "|kouknu|koukneme"
            "|mrknu|mrkneme|prověřím|prověříme|ověřím|ověříme|zkontroluju|zkontroluji|zkontrolujeme|vyřídím"
            "|vyřídíme|předám"
            "|předáme|postarám|postaráme|zařídím|zařídíme|vrátím|vrátíme|doručím|doručíme|opravím|opravíme|vyměním"
            "|vyměníme"
            "|připravím|připravíme|přivezu|přivezeme|odvezu|odvezeme|dovezu|dovezeme|zavezu|zavezeme|zavolám"
            "|zavoláme|odpovím"
            "|odpovíme|upozorním|upozorníme|proberu|probereme|promluvím|promluvíme|domluvím|domluvíme|projdu"
            "|projdeme|změřím"
            "|změříme|zvážím|zvážíme|přepočítám|vyzkouším|vyzkoušíme|vyfotím|vyfotíme|pohlídám|pohlídáme|ohlídám"
            "|ohlídáme"
            "|najdu|najdeme|dohledám|dohledáme|seženu|seženeme|objednám|objednáme|odložím|odložíme|schovám|schováme"
            "|uhradím"
            "|uhradíme|zaplatím|zaplatíme|přepíšu|přepíšeme|přeložím|přeložíme|doplním|doplníme|smažu|smažeme"
            "|zruším|zrušíme"
            "|vystavím|vystavíme|potvrdím|potvrdíme|nahlásím|nahlásíme|sdělím|sdělíme|řeknu|řekneme|povím|povíme"
            "|ukážu|ukážeme"
            "|přinesu|přineseme|dodám|dodáme|dořeším|dořešíme|vyřeším|vyřešíme|zajistím|zajistíme|prozkoumám"
            "|prozkoumáme"
            "|spojím|spojíme|kontaktuju|kontaktuji|kontaktujeme|obrátím|obrátíme|napravím|napravíme|přibalím|přibalíme"
            "|zabalím|zabalíme|vyzvednu|vyzvedneme|urguju|urguji|urgujeme|poprosím|poprosíme|požádám|požádáme|poženu"
            "|proměřím|proměříme|přeměřím|přeměříme|zveřejním|zveřejníme|vytisknu|vytiskneme|zpracuju|zpracuji"
            "|zpracujeme"
            "|prohlédnu|prohlédneme|přečtu|přečteme|vezmu (to|si|ho|ji)|vezmeme (to|si|ho|ji)|to (si )?(vezmu"
            "|vezmeme|otevřu|otevřeme)|zkusím (to|ho|ji|je)|zkusíme"
            " (to|ho|ji|je)|udělám|uděláme|dotáhnu|dotáhneme|dopátrám|vypátrám|popíšu|rozešlu|rozešleme|převedu"
            "|převedeme"
            "|nahradím|nahradíme|proplatím|proplatíme|informuju|informuji|informujeme|dohlédnu|dohlédneme);"
            " (dám|dáme) .. (vědět|zprávu|echo|odpověď|info); (dám|dáme) (vědět|zprávu|echo|odpověď|info|to dohromady"
            "|to do pořádku); vědět (dám|dáme); (budu|budeme) .. (informovat|kontaktovat|psát|volat|hlídat|držet v"
            " obraze"
            "|řešit|průběžně); (budu|budeme) (informovat|kontaktovat|psát|volat|hlídat|řešit);"
            " nech(te)? (mě|nás) .. (ověřit|zjistit|podívat|zeptat|probrat|promyslet); (nechám|necháme) .. (stranou"
            "|bokem)"
        ),
        now=(
            "posílám; posíláme; odesílám; odesíláme; píšu; píšeme; volám; voláme; zjišťuju; zjišťuji; zjišťujeme;"
            " řeším; řešíme;"
            " vezu; vezeme; balím; balíme; ptám; ptáme; předávám; předáváme; ^(víc|více)"
        ),
        vows=(
            "slibuju; slibuji; slibujeme; máte (moje|mé|naše) slovo; nech(te)? (to|ty|tu) na (mně|nás|mě); beru (si"
            " )?to"
            " na (sebe|starost|starosti); bereme (si )?to na (sebe|starost|starosti); spolehni se (na|že);"
            " (spolehněte|můžete"
            " se spolehnout); (pracuju|pracuji|pracujeme|dělám|děláme) na tom;"
            " na tom (pracuju|pracuji|pracujeme|dělám|děláme)"
        ),
        told=(
            "dostanete; dostaneš; dozvíte; dozvíš; obdržíte; obdržíš; (budete|budeš) .. (mít|vědět|informov*);"
            " (budete|budeš) (mít|vědět|informov*); uslyšíte; uslyšíš; přijde (vám|ti); přijdou (vám|ti); máte .. mít"
        ),
        goes=(
            "odchází; odcházejí; odejde; odejdou; odjede; odjedou; odjíždí; půjde; půjdou; jde; jdou; vyrazí;"
            " dorazí; přijde;"
            " přijdou; doputuje; doputují; (bude|budou) (.. )?(u vás|u tebe|doma|hotov*|na místě|tam|ve schránce|na"
            " cestě"
            "|připraven*|odeslán*|opraven*|na účtu|v pořádku|zpátky); vyráží; míří"
        ),
        thing=(
            "odpověď*; odpovědi; zpráv*; balí*; krabic*; bedn*; láhev; lahv*; láhve; objednávk*; dopis*; mail*; e"
            " mail*;"
            " seznam*; ceník*; čísla; údaj*; výsled*; fotk*; foto*; obráz*; faktur*; poukaz*; kód*; odkaz*; dárek;"
            " dárk*;"
            " vzor*; sud*; sklenic*; tričk*; peníze; peněz; zásilk*; nabídk*; návrh*; recept*; nov*; náhrad*; je;"
            " ji; ho; to;"
            " všechno; oboje; druh*; měření; potvrzení; doklad*; smlouv*; záloh*"
        ),
        ours="od (nás|mě|mne); první; jako první; jakmile; hned jak; odpověď; zprávu",
        before=(
            "nemůžu; nemohu; nemůžeme; nevím; nevíme; neslib*; možná; snad; asi; nejspíš; třeba; doufám*;"
            " pravděpodobně; kdy$;"
            " kdy .. ; zda; jestli; proč; než; kolik; jak$; bych; bychom; bysme; kdyby*; pokusím; pokusíme"
        ),
        after="(se )?(vás|tě) (o|aby|abyste); bych; bychom",
        clause=(
            "možná; snad; asi; nejspíš; pravděpodobně; doufám*; každ*; vždy; vždycky; obvykle; většinou; zavřeno;"
            " zavíráme;"
            " pokusím; pokusíme; včera; bych; bychom; bysme"
        ),
        sentence=(
            "(řekli|psali|slíbili|říkali) jsme; jsme (řekli|psali|slíbili); (pokud|jestli|jestliže|kdyby*) (chcete"
            "|chceš|máte zájem|máš zájem|byste|bys|stojíte|budete chtít|budeš chtít)"
        ),
        carriers="dopravce; dopravci; kurýr*; pošta; ppl; dpd; gls; zásilkovn*; řidič*; dodavatel*; vlak; autobus",
        splits="a; ale; protože; že; aby; takže; nebo; i; pak; ať",
    ),
    "el": Words(
        deeds=(
            f"θα {_EL_BETWEEN}(?!ειμ|εχω|εχουμ|χαρω|χαρουμ|δουμε|περιμεν|κλεισ|ανοιξ|μεινουμ|μεινω|γιορτασ|ξεκιν"
            "|αρχισ|παμε|παω|θυμ|ξεχασ"
            "|προσπαθ|προτιμ|μπορ|χρειαστ|γινουμ|ερθω|ερθουμ|συνεχισ|λειψω|λειψουμ|λειπ|βρισκομ|ζητησω συγγ|ελεγα"
            "|κρατησουμε κλεισ"
            "|φυγω|φυγουμ|πουλ|κυκλοφορ|λανσ|χασουμ|τολμησ|ντραπ|κοιμ|αγαπ|ευχ|απογοητευτ|τρελαθ)"
            "[a-zα-ω]+(ω|ομαι|ουμε|ομαστε|αμε(?=ξ)); θα ειμ(αι|αστε) σε επαφη; ρωτ(αω|ω|αμε|ουμε); το (ψαχνω"
            "|ψαχνουμε|κοιταω"
            "|κοιταζω|κοιταμε|κοιταζουμε|ελεγχω|ελεγχουμε|φροντιζω|φροντιζουμε|προωθω|προωθουμε|τακτοποιω|διορθωνω"
            "|διορθωνουμε|κανονιζω|κανονιζουμε|βλεπω|μεταφερω); (σε|σας) (ενημερωνω|ενημερωνουμε|παιρνω|παιρνουμε"
            "|καλω|καλουμε);"
            " επανερχομαι; επανερχομαστε; & (σου|σας|το) (λεω|λεμε|γραφω|γραφουμε|απαντω|απανταω|απανταμε|στελνω"
            "|στελνουμε);"
            " να (σου|σας) (γραψω|πω|απαντησω|στειλω) .. (αυριο|μεχρι|ως|εως)"
        ),
        now=(
            "στελνω; στελνουμε; γραφω; γραφουμε; απαντω; απανταω; απανταμε; δοκιμαζω; δοκιμαζουμε; ψαχνω; ψαχνουμε;"
            " δινω;"
            " δινουμε; μιλαω; μιλω; μιλαμε; τηλεφωνω; ελεγχω; ελεγχουμε; λεω; φερνω; φερνουμε; κρατα(ω|με); φυλα(ω"
            "|με); ταχυδρομω; ^(περισσοτερα|νεοτερα)"
        ),
        vows=(
            "υποσχομαι; υποσχομαστε; εχ(εις|ετε) (τον|το) λογο (μου|μας); δινω τον λογο μου; δινουμε τον λογο μας;"
            " (το|τα|την|τον)? ?αναλαμβαν(ω|ουμε); αφησ(ε|τε) (το|τα) (σε|πανω) (μενα|μας|εμας|μου); αφησ(ε|τε) (το"
            "|τα) πανω"
            " (μου|μας); (βασισου|βασιστειτε) (πανω )?(μου|μας|σε)"
        ),
        told=(
            "θα (το |τα |την |τον |τη |τις |μας |ολα )?(εχ(εις|ετε)|λαβ(εις|ετε)|παρ(εις|ετε)|μαθ(εις|ετε)"
            "|ακουσ(εις|ετε)"
            "|διαβασ(εις|ετε)|δεις|δειτε|ξερ(εις|ετε)|ενημερωθ(εις|ειτε))"
        ),
        goes=(
            "φευγει; φευγουν; ξεκιναει; ξεκινα; ξεκινουν; ταξιδευει; ακολουθει; ακολουθουν; ερχεται; ερχονται;"
            " φτανει; φτανουν; θα (σου |σας )?(φυγει|φυγουν|σταλει"
            "|σταλουν|ερθει|ερθουν|φτασει|φτασουν|ξεκινησει|παραδοθει|ακολουθησει|επιστραφουν|επιστραφει); θα ειναι"
            " (εκει|εδω"
            "|στα χερια|στο σπιτι|στην πορτα|κοντα|σπιτι|ετοιμ*|στο|στην|σε|διορθωμεν*|καθ οδον|πισω)"
        ),
        thing=(
            "απαντησ*; νεα; νεο; νεοτερ*; ειδησ*; ενημερωσ*; επιστροφ*; χρηματ*; λεφτα; δεμα; δεματ*; κουτι*;"
            " κιβωτι*; τελαρ*;"
            " μπουκαλ*; παραγγελι*; γραμμα; γραμματ*; μηνυμα*; λιστα*; τιμοκαταλογο*; αριθμ*; μετρησ*; αναφορ*;"
            " αποτελεσμ*;"
            " φωτογραφι*; τιμολογι*; κουπονι*; κωδικ*; συνδεσμ*; δωρ*; δειγμα*; βαρελ*; ποτηρ*; μπλουζ*; συνταγ*;"
            " προσφορ*;"
            " καινουργι*; αλλο; αλλη; ολα; το; τα; την; τον; αντικαταστασ*; συμβολαι*; αποδειξ*; επιβεβαιωσ*; στοιχεια"
        ),
        ours="απο (εμας|μενα|μας); πρωτ*; μολις; νεα (μου|μας); απαντηση",
        before=(
            "δεν; μην; μη; χωρις; ισως; μπορει να; πιθανον; πιθανως; μαλλον; ελπιζ*; μακαρι; αν$; εαν$; ποτε$;"
            " πως$; τι$; γιατι$;"
            " οποτε$; πριν; μεχρι να; οπως; λεει; λενε; ειπε; οτι$"
        ),
        after="(οτι|πως); ([α-ω]+ )?(χαιρετ*|φιλια|αγαπη|ευχ*); συγγνωμη",
        clause=(
            "ισως; μπορει; πιθανον; μαλλον; ελπιζ*; καθε; παντα; συνηθως; κλειστα; χθες; χτες; καποια μερα; καποτε;"
            " θα προσπαθησ*"
        ),
        sentence=(
            "ειπαμε (οτι|πως); υποσχεθηκ*; αν (θελεις|θες|θελετε|χρειαστ*|ενδιαφερ*|σου αρεσει|προτιμας|προτιματε);"
            " αν (ειχ*|ημουν*|ηταν|ημασταν|μπορουσ*);"
            " θα ηθελες; θα θελατε"
        ),
        carriers=(
            "μεταφορικ*; κουριερ; courier; ταχυδρομ*; ελτα; acs; οδηγ*; προμηθευτ*; λεωφορει*; πλοιο; τρενο; αεροπλανο"
        ),
        splits="και; αλλα; επειδη; ωστε; ομως; οποτε; ή; κι",
    ),
}  # fmt: skip
"""Language -> its words."""
