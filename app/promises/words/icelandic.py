"""What is said in a promise, and what takes it back, in Icelandic. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

_NO_DEED = (
    "(?!(er|verð|fer|kem|mæti|held|vona|vonast|hlakka|hef|hefði|á|get|gæti|vil|vildi|þarf|má|veit|sé|skil|man|bíð"
    "|sef|hætti"
    "|byrja|flyt|opna|loka|sýni|tala|syng|spila|sel|ferðast|sakna|myndi|mundi|var|fór|kom|ætlaði|ætti|ætla|mun"
    "|skal|býst"
    "|giska|trúi|tel|vinn|elska|kemst|næ|missi|sit|ligg|stend|dvel|gisti|keppi|hitti|borða|drekk|hvíli|heiti|finn|þakka"
    "|óska|bið|skrifaði|sagði|lofaði|ekki|aldrei|þegar|sem|að|ef|hvað|hvort|og|en|nú|þá|svo|því|hafði|fékk|sá"
    "|gerði|tók) )"
)
"""What one says of oneself without doing anything for another, and words that are no verbs."""
_OBJECT = (
    "(þér|ykkur|þig|þetta|það|þessu|því|hana|hann|þau|þær|þá|\\w+(ið|inn|in|ina|una|inu|inum|unni|nar|ana|urnar|num)"
    "|(nýtt|nýja|nýjan|drög|svar))"
)

ICELANDIC = Words(
    deeds=(
        "(ég|við|&|& þá|& svo) {v}; ^{v}; {v} (ég|við); (ég|við) (skal|mun|munum|ætla|ætlum) {n}\\w+a {o};"
        " (skal|mun|ætla) ég {n}\\w+a {o}; (munum|ætlum) við {n}\\w+a {o};"
        " (mun|munum|ætla|ætlum|ætla ég|ætlum við|mun ég|munum"
        " við|skal"
        "|skal ég) (að |sjálf |sjálfur |líka |strax |svo |bara |endilega )?(að )?{i}; við skulum (athuga|skoða"
        "|kanna"
        "|senda|spyrja|laga|redda|prófa|láta|hafa samband); læt .. vita; látum .. vita; (skal|skulum|ætla að)"
        " sjá um; (kem|komum) (ég|við) (þessu|því|þeim|honum|henni);"
        " (ég|við) (skal|munum) (passa|gæta|tryggja|geyma|bíða|minna|nefna|hjálpa|aðstoða); (fæ|fáum) .. til að;"
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
            "|skiptum|set|setjum|sé um|sé til þess|sjáum um|sjáum til þess|útvega|útvegum|leita|leitum|fer (\\w+"
            " )?(aftur |vel |betur )?yfir"
            "|förum yfir"
            "|fer með|förum með|tek (\\w+ )?(þetta|það|frá|saman|að mér|mynd)|tökum (\\w+ )?(þetta|það|frá"
            "|saman|að okkur|mynd)"
            "|panta|pöntum|skila|skilum|fylgi|fylgjum|staðfesti|staðfestum|birti|birtum|pakka|pökkum|geng úr"
            "|göngum úr"
            "|geng frá|göngum frá|bæti|bætum|leiðrétti|leiðréttum|ræði|ræðum|vísa|vísum|greiði|greiðum|mæli|mælum"
            "|tel|teljum|grennslast|bið (hann|hana|þau|jón|um)|kíki|kíkjum|upplýsi|upplýsum|áframsendi"
            "|áframsendum|finn .. (handa|fyrir)|gref upp|gröfum upp|loka á (hann|hana|þetta|það)|víxla|víxlum"
            "|skipulegg|skipuleggjum|tek .. niður|tökum .. niður|bý til|búum til|býð .. í|bjóðum (þér|ykkur)"
            "|endurnefni|endurnefnum|kveiki|kveikjum|slekk|festi|festum|leysi|leysum|spyrst fyrir|spyrjumst fyrir"
            "|tilnefni|tilnefnum|sameina|sameinum"
            "|endurheimti|endurheimtum|les .. yfir|lesum .. yfir|lít á|lítum á|sæki|sækjum|opna .. (aftur|fyrir"
            " (þig|ykkur))|opnum .. fyrir (þig|ykkur)|mæli með (þér|ykkur)|aflétti|afléttum|afvirkja|kem við|komum"
            " við|legg inn|leggjum inn|lengi|framlengi|framlengjum|stytti|endurskoða|endurskoðum|endurtek|bregst"
            " við|bregðumst við|vinn|vek athygli|vekjum athygli|rita|teikna|vista|vistum|tengist|útskýri|útskýrum"
            "|skýri|skýrum|sýni (þér|ykkur)|sýnum (þér|ykkur)|kenni (þér|ykkur)|hjálpa (þér|ykkur)|hjálpum (þér"
            "|ykkur)|aðstoða|aðstoðum|ýti|uppfæri|uppfærum|geng í (þetta|það|málið)|göngum í (þetta|það|málið)"
            "|kynni (þig|ykkur|þetta)"
            "|kynnum (þig|ykkur|þetta)|passa (upp á|að)|pössum (upp á|að)|afgreiði|afgreiðum|auglýsi|auglýsum|eyði"
            "|eyðum"
            "|færi (þig|ykkur|þetta|\\w+(ið|inn|in|ina|una))|færum (þig|ykkur|þetta|\\w+(ið|inn|ina|una))|flyt|flytjum"
            "|fjarlægi|fjarlægjum|geri (þetta|það)|gerum (þetta|það)|hleð|hlöðum|legg (þetta|það|fram)"
            "|leggjum (þetta|það|fram)|merki|merkjum|nefni|nefnum|minni (þig|ykkur|hana|hann)|minnum (þig|ykkur)"
            "|minnist á|minnumst á|rannsaka|rannsökum|reikna|reiknum|safna|söfnum|stilli|stillum|þýði|þýðum|tryggi"
            "|tryggjum|undirbý|undirbúum|vinn (í|að|úr)|vinnum (í|að|úr)|yfirfer|yfirförum|endurnýja|endurnýjum"
            "|endursendi|endursendum|fletti|flettum|fylgist|fylgjumst|deili|deilum|tilkynni|tilkynnum|hef uppi á"
            "|rek á eftir|rekum á eftir|breyti|breytum|bóka|bókum|prenta|prentum|kaupi|kaupum|næ í|náum í|tengi"
            "|tengjum|skrái|skráum|kalla|köllum|ýti|ýtum|opna (mál|þráð|fyrir)|opnum (mál|þráð|fyrir)|geymi|geymum"
            "|kemst að|komumst að|gái|gáum|bið .. að|biðjum .. að|tek .. með|tökum .. með|nota|hreinsa|hreinsum"
            "|stofna|stofnum|yfirfæri|samþykki|samþykkjum|virkja|virkjum|endurstilli|endurstillum)"
        ),
        i=(
            "(skrifa|spyrja|senda|kanna|athuga|skoða|svara|hringja|segja|láta|koma|tala|finna|biðja|prófa|laga"
            "|redda"
            "|endurgreiða|skipta|setja|sjá um|sjá til|útvega|leita|fara (aftur |vel |betur |saman )?yfir|fara með"
            "|taka|skila|fylgja"
            "|staðfesta|birta"
            "|pakka|ganga|bæta|leiðrétta|ræða|hafa samband|vera í sambandi|greiða|borga|mæla|telja|kíkja|vísa"
            "|panta"
            "|upplýsa|áframsenda|heyra|gera|bera|fá|skipuleggja|eyða|færa|uppfæra|kynna|nefna|passa|flytja|breyta"
            "|bóka|kaupa|safna"
            "|rannsaka|komast að|fylgjast|deila|þýða|tryggja|ná í|vinna (í|að|úr)|kalla|minnast|minna)"
        ),
        n=(
            "((að|sjálf|sjálfur|líka|strax|svo|bara|endilega|þá|nú|persónulega|fúslega|glöð|glaður) ){0,3}"
            "(?!(ekki|aldrei|ekkert|vera|hafa|verða|sakna|njóta|eiga|geta|vilja|vona|þurfa|viðurkenna|játa|muna"
            "|mæta|sofa|horfa|fara|koma|halda|elska|hætta|borða|drekka|hlæja|deyja|gleyma|trúa|reyna|bara|leyfa) )"
        ),
        o=(
            "(þér|ykkur|þig|þetta|það|þessu|því|þessi|þessa|þennan|hana|hann|henni|honum|þeim|þau|þær|þá|allt|öllu"
            "|allar|alla|nýja|nýjan|nýtt|\\w+(ið|inn|in|ina|una|inu|inum|unni|nar|ana|urnar|num))"
        ),
    ),
    now=(
        "(ég|við) (er|erum) að (senda|skrifa|spyrja|athuga|kanna|skoða|laga|prófa|pakka); fer ég; förum við;"
        " (reyni|reynum|reyni ég|reynum við) .. að;"
        " (stefni|stefnum) (ég |við )?(að|á); (ég|við) (skal|munum|ætla|ætlum) .. reyna; geri ég; gerum við;"
        f" ég {_NO_DEED}\\w+ {_OBJECT}; {_NO_DEED}\\w+ ég {_OBJECT};"
        " (get|getum) (ég |við )?(?!ekki)(gert|sent|hringt|skrifað|lagað|athugað|svarað|birt|skoðað|lokið|klárað"
        "|sótt|skilað);"
        " (samstarfs*|félagi|vinnufélagi|kollegi) .. (hefur samband|hringir|svarar|skrifar|sendir|hefur);"
        " ^(nánar|meira)"
    ),
    vows=(
        "(ég|við|því|þessu) (lofa|lofum)(?! (engu|ekki|aldrei)); (lofa|lofum) (ég|við|þér|ykkur|því); (ég|við)"
        " (ábyrgist|ábyrgjumst);"
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
    after=(
        "([a-z]+ )?([a-z]+ )?(ekki|aldrei); (þig|ykkur) (að|um); (þér |ykkur )?(bestu|hlýjar|góðar|innilegar|kærar"
        "|hlýjustu) \\w+; ((þér|ykkur) )?(vegna|út af|til að|því að)"
    ),
    clause=(
        "kannski; ef til vill; vonandi; líklega; sennilega; alltaf; yfirleitt; venjulega; (alla|hverja|hvern"
        "|hverjum|hverri|öllum) (virka )?(dag|daga|degi|viku|vikur|mánuð|mánuði|ár|morgna"
        "|morgni|kvöld|*daga|*dag|*degi); daglega; vikulega; mánaðarlega;"
        ""
        " lokað;"
        " í gær*; (á |í )?*(dag|daginn) var; síðastliðin*; síðasta \\w+dag; í fyrradag; áðan; í morgun; í síðustu"
        " viku; í síðasta mánuði; um daginn; nýlega;"
        " fyrir (\\w+ )?(stundu|klukkutíma|(tveim*|þrem*|fjórum|fimm|nokkrum) (dögum|vikum|mánuðum|árum|tímum)"
        "|viku síðan)"
    ),
    sentence=(
        "ef (þú|þið) (vilt|viljið|langar|hefur|hafið|þarft|kemur|komið|ert|eruð); ef (þig|ykkur) langar;"
        " sögðumst; sagðist; sögðum .. að; lofuðum; ef .. (ættum|ætti|væri|værum|hefðum|hefði|gætum|gæti|væru);"
        " viltu að; má ég"
    ),
    carriers=(
        "pósturinn; póstsins; bílstjóri*; flutning*; sendill*; dropp; dhl; birgir*; skipið; vélin; rútan; strætó"
    ),
    splits="og; en; (?<!með )því að; þannig; svo að; heldur; eða",
)  # fmt: skip
