"""What is said in a promise, and what takes it back, in Czech. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

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
)  # fmt: skip
