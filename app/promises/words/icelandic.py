"""What is said in a promise, and what takes it back, in Icelandic. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

ICELANDIC = Words(
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
)  # fmt: skip
