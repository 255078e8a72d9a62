"""What is said in a promise, and what takes it back, in Hungarian. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

_APART = (
    "(meg|el|ki|be|fel|le|vissza|utána|tovább|át|össze|oda|hozzá|ide|haza|helyre|félre|körbe|újra|közzé|jóvá|létre"
    "|végig|utol"
    "|szét)"
)
"""Verbs that have one of these in front are, in the present, mostly said of what is still to be done."""
_NO_DEED = (
    "(?!(elhisz|elismer|elfogad|elvez|elet|ellen|elvar|elkepzel|elgondol|elbuk|elner|elver|kivan|kinal|kialt|belat"
    "|bevall"
    "|beszel|becsul|beszamol|bejel|belep|megkoszon|megbiz|megert|megvall|megsug|megszok|megun|megad|megenged"
    "|meglep|megegy"
    "|megerdemel|megisz|megesz|megszeret|megkedvel|atlat|atel|atkoz|felfog|felelem|felejt|felteszem|feltetelez"
    "|levelem|beismer|megismer|meglatjuk"
    "|lekes|lemond|elfelejt|elvesz|elszur|elron|eltev|elut|elkes|elalsz|kihagy|kibir|lenyel|idez|idegesit|velem"
    "|megkap|visszakap(om|juk)\\b|felold|hozzafer|megvan|megold(as|at)|eleg|elott|keves))"
)
_PRESENT = (
    "(?!\\w*([b-df-hj-np-tv-z]tem|nem|jem|zzem|ssem|(?<!olv)asom|(?<!ker)esem)\\b)\\w+(om|em|juk|zuk|szuk|lak|lek)"
)
"""The first person of the present that has an object, folded: neither the past, nor what one wishes, nor what one"
" has."""

HUNGARIAN = Words(
    deeds=(
        f"{_NO_DEED}{_APART}{_PRESENT};"
        " majd (?!(meglátj*|találkoz*|lesz*|jól|egyszer|akkor) )\\w+(ok|ek|om|em|unk|juk|lak|lek);"
        " (?!(találkoz|lesz|meglát|örül|vár|remél|megy|lát)\\w*)\\w+(ok|ek|om|em|juk|lak|lek) majd;"
        " (kollég*|munkatárs*) .. (fog( (téged|titeket|önt|önöket))?|felhív|megkeres|keres|ír|válaszol|jelentkezik"
        "|intézi|megnézi);"
        " (jövök|visszajövök) a \\w+(al|el);"
        " hadd \\w+(em|am|ek|ak|ok|unk|juk|zuk|jem|jam);"
        " (fogok|fogom|fogunk|fogjuk|foglak) (.. )?(?!(tudni|lenni|emlékezni|örülni|várni|szeretni|maradni|élvezni"
        "|hiányolni"
        "|imádni|menni|jönni|enni|inni|találkozni|sírni|nevetni|aludni|pihenni|utazni|hiányozni|bánni"
        "|kelleni)\\b)\\w+ni;"
        " (?!(tudni|lenni|emlékezni|örülni|várni|szeretni|maradni|élvezni|hiányolni|imádni|menni|jönni|enni|inni"
        "|találkozni|sírni|nevetni|aludni|pihenni|utazni|hiányozni|bánni) )\\w+ni (fogok|fogom|fogunk|fogjuk|foglak);"
        " (megkérek|felkérek|megkérünk|felkérünk) (valakit|\\w+[aeiou]t); (beszélek (.. )?\\w+[ae]l|beszélünk (.."
        " )?\\w+[ae]l|keresek (neked|nektek|önnek|egy|jobb)|vigyázok (a|rá)|indítok|bevonok|elindítok|meghívok"
        "|összeállítok|frissíttetem|javíttatom|kiderítek|veszek (egy|neked|nektek)|létrehozok|létrehozunk"
        "|körbetelefonálok|értesítünk|értesítek|bejelentem|bejelentjük|meghirdetem"
        "|meghirdetjük|kihirdetem|beugrok|beugrom|benézek|elugrom|elhozok|kölcsönadok|átolvasok|átnézek|elolvasok"
        "|leírok"
        "|összeírok|megcsinálok|elkészítek|beszerzek|kiteszek|felteszek|betöltök"
        "|feltöltök|megosztok|beszámolok|utánajárok|utánaolvasok|rákeresek|rákérdezek|közbenjárok|segítek|frissítem"
        "|frissítjük|tesztelem|teszteljük|foglalok|foglalunk|foglalom|foglaljuk|hozok|hozunk|szervezek|szervezünk"
        "|rendelek|rendelünk|készítek|készítünk|közlöm|közöljük|posztolom|posztoljuk|publikálom|publikáljuk|módosítom"
        "|módosítjuk|aktualizálom|aktualizáljuk|pontosítom|pontosítjuk|szerkesztem|szerkesztjük|törlöm|töröljük"
        "|ellenőrzök|nyomtatok|nyomtatunk|fordítok|tisztázom|tisztázzuk|sürgetem|egyeztetek|kicserélek|gyűjtök|igazítom"
        "|rendezem|rendezzük|elrendezem|javítok|intézek|szerzek|szerzünk|hívok|csinálok róla|beteszek|betesszük"
        "|teszek (bele|ki"
        "|hozzá|fel|be|félre)|teszünk (bele|ki|hozzá|fel|be|félre)|írok (bele|hozzá|ki));"
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
        "próbálom; próbáljuk; adjuk; viszem; visszük; hozom; hozzuk; indítjuk; csináljuk; csinálom;"
        " nézzük; ^(bővebben|többet);"
        f" (?!(nem|sem) )\\w+(em|om|juk|zuk|szuk|ok|ek|unk) {_APART};"
        " (meg)?próbál(ok|om|unk|juk) (.. )?\\w+ni; (igyekszem|igyekszünk|iparkodom) (.. )?\\w+ni;"
        " (meg|el|ki|be|fel|le|vissza|utána|át|össze) (tudom|tudjuk|tudok|tudunk) \\w+ni;"
        " (azt )?(tervezem|tervezzük); (tervezem|tervezzük|szándékozom|szándékozunk|készülök|készülünk) (.. )?\\w+ni"
    ),
    vows=(
        "ígérem; ígérjük; (meg)?ígérhet(em|jük); megígérem; megígérjük; szavamat adom; szavunkat adjuk; (bízd"
        "|bízza|bízzátok|bízzák|hagyd|hagyja|hagyjátok|hagyják) (csak |nyugodtan |ezt |azt )?(rám|ránk);"
        " rajta vagyok; rajta vagyunk; számíthat* (rám|ránk)"
    ),
    told=(
        "kapsz; kap; kapnak; kaptok; kapja; kapod; kapjátok; kapják; megkapod; megkapja; megkapjátok;"
        " megkapják; kapni;"
        " olvashat(od|ja|játok|ják); megtud(od|ja|játok|ják); értesülsz; értesül; értesülnek; hallasz; hallani;"
        " visszakap*"
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
        " hogyan$; miért$; mielőtt$; mennyi$; ahogy$; mint$; miatt$; azért$; igyekszem; igyekszünk"
    ),
    after="(önt|önöket|titeket|téged|benneteket|arra|e|mindenkit|a (résztvevőket|tagokat|jelentkezőket)); (is )?volna",
    clause=(
        "talán; esetleg; lehet hogy; remél*; valószínűleg; hátha; mindig; általában; (minden|mindegyik) (egyes "
        "|második |áldott )?(nap*|hét*|hónap*|év*|reggel*|este|délután"
        "|hétfő*|kedd*|szerdá*|csütörtök*|péntek*|szombat*|vasárnap*|alkalommal|hétvég*); naponta; hetente; havonta;"
        " rendszerint;"
        " zárva; tegnap;"
        " szoktunk; szoktam"
    ),
    sentence=(
        "ha (szeretné*|szeretnél|akarod|akarja|akarjátok|gondolod|gondolja|érdekel|kell|kéred|kéri|tetszik|van"
        " kedve*);"
        " gondoltam; azt mondt*; (sosem|soha|sohasem) (mondt*|ígért*); azt írt*; megígért*; volna; ha lenne; ha"
        " lennének; ha tudn*; ha (volt|volna)"
    ),
    carriers="futár*; a posta; gls; dpd; foxpost; fuvaroz*; szállító*; sofőr*; busz; vonat; beszállító*",
    splits=(
        "és; de; mert; hogy; hanem; úgyhogy; illetve; meg(?! (fog|kell|tud|lehet|akar|szeret|van|is |se)); aztán;"
        " vagy"
    ),
)  # fmt: skip
