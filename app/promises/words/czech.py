"""What is said in a promise, and what takes it back, in Czech. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

_NO_DEED = (
    "(?!(byt|mit|muset|moct|moci|potrebovat|chtit|vedet|znat|cekat|doufat|tesit|vzpominat|prednaset|slavit|chybet"
    "|prodavat"
    "|otevirat|zavirat|hrat|stat|jezdit|chodit|bydlet|drzet|pokracovat|zacinat|spat|odpocivat|muset|litovat|verit|smat"
    "|brecet|umet|divat|zit|milovat|postradat|jist|pit|cestovat|souhlasit|rad|pryc)\\b)"
)
"""What one will do without a promise, folded, behind `budu`."""

_WHOLE = "(vy|za|do|pre|pri|roz|pro|od|na|ob|po|u|s|z|o|pred|vz)"
"""What makes of a deed, folded, one that is done as a whole and so still to be done."""
_WHOM = "(to|ti|vam|te|vas|ho|ji|tvuj|tvou|tvoje|vasi|vase|oba|obe)"
_NOT_YET = (
    "(?!\\w*(avame|ivame|avam|ivam|yvam|yvame|pisuju|pisuji)\\b)(?!(prosi|posil|prej|prac|omlouv|pouziv|zve"
    "|zboznuj|nabizi|odpovid|ocekav|potka"
    "|uvidi|sejde|setka|sleduj|obdivuj|stoji|sedi|slysi|smi|spi|snazi|spech|shodn|pocit|porad|oslavi|prijima"
    "|prichazi|vychazi"
    "|odchazi|zkousi|pomah|premysl|zajim|zname|znam|umi|uzavre|vyhraj|prohraj|uzij|zustan|vydrzi|prezij|zvladn"
    "|dokaz|stihn"
    "|ocitn|zapomen|vzpomen|zvyk|zestar|zasmej|souhlas|doporucuj|potrebuj|dekuj|oznacuj|povazuj|vidi|omluv|spoleh"
    "|obav|pamat"
    "|sami|sam|oceni|ocenuj|uzna|nam|sdilim|sdilime|sazi|sni|souciti|zni|zaci|pokusi|vynasnazi|zkusi|zazi|zij"
    "|nahodou|priznav"
    "|zverejnuj|zakazuj|dovoluj|schvaluj|podporuj|upozornuj|varuj|vysvetluj|odmita|stydi|trapi|doufa|nechava"
    "|prodava|otevira"
    "|zavira|oteviram|podivu|odpust|uteka|zavid|zlobi|prekvap|prechaz|navrhuj|oznamuj|pripravuj|zpracovav"
    "|posloucha|ztrati))"
)

CZECH = Words(
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
        "|přidám|přidáme|poohlédnu|poohlédneme|hodím|hodíme|sundám|sundáme|přiberu|přibereme|porovnám|oznámím"
        "|oznámíme|zařadím|zařadíme|uvedu|uvedeme|provedu|provedeme|přivedu|obstarám"
        "|obstaráme|přimluvím|přimluvíme|doložím|připojím (vás|tě|to)|připojíme (vás|tě|to)|dohodnu|dohodneme"
        "|poradím|poradíme"
        "|zaregistruju|zaregistruji|zaregistrujeme|zaznamenám|zaznamenáme|poznamenám|oslovím|oslovíme|pozvu"
        "|pozveme|vyzvu|vyzveme|vyhledám|vyhledáme|zohledním|zohledníme|zavěsím|vyrovnám|zažádám|zažádáme|podám"
        " (\\w+ )?(žádost|návrh|podnět)|odeberu|odebereme|vyhlásím|vyhlásíme|nahlédnu|nahlédneme|dopracuju"
        "|dopracuji|dokončím|dokončíme|dodělám|doděláme|srovnám|srovnáme|umístím|umístíme|poupravím|upřesním"
        "|upřesníme|rozešlu|přizvu|zastoupím|nabídnu|nabídneme|poskytnu|poskytneme|vysvětlím|ukážu|naučím (tě|vás)"
        "|pomůžu|pomůžeme|poradím|otevřu|otevřeme|aktualizuju|aktualizuji|aktualizujeme|zahrnu|zahrneme|(to|vás"
        "|tě) zapíšu"
        "|zapíšeme"
        "|zapracuju"
        "|zapracuji|zapracujeme|upravím|upravíme|změním|změníme|přesunu|přesuneme|přehodím|přehodíme|odstraním"
        "|odstraníme"
        "|odblokuju|odblokuji|odblokujeme|odemknu|odemkneme|obnovím|obnovíme|nastavím|nastavíme|nasdílím|nasdílíme"
        "|nahraju|nahraji|nahrajeme|stáhnu|stáhneme|vyvěsím|vyvěsíme|vložím|vložíme|založím|založíme|zavedu|zavedeme"
        "|zorganizuju|zorganizuji|zorganizujeme|uspořádám|uspořádáme|zamluvím|zamluvíme|rezervuju|rezervuji|rezervujeme"
        "|zarezervuju|zarezervuji|zarezervujeme|koupím|koupíme|nakoupím|pořídím|pořídíme|sepíšu|sepíši|sepíšeme|shrnu"
        "|shrneme|vysvětlím|vysvětlíme|objasním|objasníme|otestuju|otestuji|otestujeme|vyzkoumám|nachystám|nachystáme"
        "|sestavím|sestavíme|spočítám|spočítáme|propočítám|zmíním|zmíníme|připomenu|připomeneme|navrhnu"
        "|navrhneme|přednesu|předneseme|předložím|předložíme|vznesu|vzneseme|pošeptám|představím (tě|vás|to)"
        "|představíme (tě|vás|to)|propojím|propojíme|seznámím|seznámíme|přihlásím|přihlásíme|zapojím|zapojíme"
        "|přeposílám|vrátíme|zastavím se|stavím se|zaskočím|dojdu|dojdeme|zajdu|zajdeme|zajedu|zajedeme|připíšu"
        "|připíšeme"
        "|domluvím|sjednám|sjednáme|dojednám|dojednáme|vyjasním|vyjasníme|vypíšu|vypíšeme|překontroluju|překontroluji"
        "|překontrolujeme|rozeberu|rozebereme|prodiskutuju|prodiskutuji|prodiskutujeme|zkonzultuju|zkonzultuji"
        "|zkonzultujeme|ozřejmím|posunu|posuneme|postoupím|postoupíme|poreferuju|poreferuji|svolám|svoláme|vyberu"
        "|vybereme|vytvořím|vytvoříme|vyrobím|vyrobíme|spustím|spustíme|zálohuju|zálohuji|zálohujeme|dotážu|dotážeme"
        "|proklepnu|proklepneme|prošetřím|prošetříme|vyšetřím|vyšetříme|napravím|zpřístupním|zpřístupníme|uvolním"
        "|uvolníme|schválím|schválíme|zamknu|zamkneme|přejmenuju|přejmenuji|přejmenujeme|sloučím|sloučíme|rozdělím"
        "|naplánuju|naplánuji|naplánujeme|zapnu|zapneme|vypnu|vypneme|nainstaluju|nainstaluji|nainstalujeme"
        "|nahradím|nahradíme|proplatím|proplatíme|informuju|informuji|informujeme|dohlédnu|dohlédneme);"
        " (dám|dáme) .. (vědět|zprávu|echo|odpověď|info); (dám|dáme) (vědět|zprávu|echo|odpověď|info|to dohromady"
        "|to do pořádku); vědět (dám|dáme); (budu|budeme) .. (informovat|kontaktovat|psát|volat|hlídat|držet v"
        " obraze"
        "|řešit|průběžně); (budu|budeme) (informovat|kontaktovat|psát|volat|hlídat|řešit);"
        f" (budu|budeme) ((to|ti|vam|vas|te|tim|tom|se|si|na|o|do|v|i|jeste|hned|dnes|zitra|znovu|osobne|ji|ho|je"
        f"|s|nim|tou)"
        f" ){{0,4}}{_NO_DEED}\\w+(at|it|et|yt|out|ist|ezt|ect|ct|ti);"
        " (nechám|necháme) (.. )?\\w+(at|it|et);"
        f" {_NOT_YET}{_WHOLE}\\w+(im|am|uju|uji|nu) {_WHOM}; {_WHOM} {_NOT_YET}{_WHOLE}\\w+(im|am|uju|uji|nu);"
        f" {_NOT_YET}{_WHOLE}\\w+(ime|ame|ujeme|neme);"
        " (kolega|kolegyně|kolegové|někdo od nás|někdo z nás) .. (ozve|zavolá|napíše|odpoví|pošle|vyřídí|kontaktuje);"
        " nech(te)? (mě|nás) .. (ověřit|zjistit|podívat|zeptat|probrat|promyslet); (nechám|necháme) .. (stranou"
        "|bokem)"
    ),
    now=(
        "posílám; posíláme; odesílám; odesíláme; dám; dáme; píšu; píšeme; volám; voláme; zjišťuju; zjišťuji;"
        " zjišťujeme;"
        " řeším; řešíme;"
        " vezu; vezeme; balím; balíme; ptám; ptáme; předávám; předáváme; ^(víc|více);"
        " (pokusím|pokusíme|vynasnažím|vynasnažíme|zkusím|zkusíme|hodlám|hodláme|plánuju|plánuji|plánujeme|chystám se"
        "|chystáme se|snažím se|mám v plánu|máme v plánu|mám v úmyslu|udělám maximum|uděláme maximum) (.. )?\\w+(t"
        "|ti|ci)"
        "; (můžu|mohu|můžeme) .. (udělat|poslat|opravit|zavolat|napsat|přinést|přivézt|zkontrolovat|vyřídit"
        "|zařídit|dodat|projít|dokončit); (udělat|poslat|opravit|zavolat|přinést|vyřídit) (můžu|mohu|můžeme); řeší"
        " se; opravuju; opravuji; opravujeme; testuju; testuji; testujeme; přidávám; přidáváme; nahrávám;"
        " zařizuju"
        "; zařizuji; zařizujeme; kontroluju; kontroluji; kontrolujeme; připravuju; připravuji; připravujeme"
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
        " kdy .. ; zda; jestli; proč; než; kolik; jak$; bych; bychom; bysme; kdyby*"
    ),
    after="(se )?(vás|tě) (o|aby|abyste); bych; bychom",
    clause=(
        "možná; snad; asi; nejspíš; pravděpodobně; doufám*;"
        " každ(é|ý|ou|ého|ém) (\\w+ )?(den|dny|dní|týden|měsíc|rok|ráno|večer|odpoledne|pondělí|úterý|středu|čtvrtek"
        "|pátek|sobotu|neděli|chvíli|léto|jaro|podzim|zimu); denně; měsíčně; pravidelně; vždy; vždycky; obvykle;"
        " většinou; zavřeno;"
        " zavíráme;"
        " od (ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince|loňska|začátku);"
        " včera; bych; bychom; bysme"
    ),
    sentence=(
        "(řekli|psali|slíbili|říkali) jsme; (řekl|řekla|řekli|psal|psala|psali|říkal|říkala|říkali) (mi|nám|že);"
        " neřekl*; neslíbil*; jsme (řekli|psali|slíbili); (pokud|jestli|jestliže|kdyby*) (chcete"
        "|chceš|máte zájem|máš zájem|byste|bys|stojíte|budete chtít|budeš chtít)"
    ),
    carriers="dopravce; dopravci; kurýr*; pošta; ppl; dpd; gls; zásilkovn*; řidič*; dodavatel*; vlak; autobus",
    splits="a; ale; protože; že; aby; takže; nebo; i; pak; ať",
)  # fmt: skip
