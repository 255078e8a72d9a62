"""What is said in a promise, and what takes it back, in Hungarian. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

HUNGARIAN = Words(
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
)  # fmt: skip
