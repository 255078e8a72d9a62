"""Words by which a quarrel is told from a lively talk, in five languages. Each list holds what is said to a person."""

from __future__ import annotations

from app.base.phrases import Phrases

INSULTS = Phrases({
    "en": (
        "idiot*; thief; crook; cheater; coward; hypocrites; dimwit; halfwit; creep; snake; whiner; crybaby;"
        " drama queen; know it all; moron; morons; imbecile; you fool; fools like you; shut it; clown; liar; liars;"
        " troll; trolls; jerk; asshole; you loser; losers like you; hypocrite; shut up; piss off; get lost;"
        " go to hell; scum; disgusting person; bully; you make me sick; you re a joke; you are a joke;"
        " what a joke you are; brainless; bullshit"
    ),
    "el": (
        "ηλίθιε; κλέφτη; κλέφτρα; απατεώνα; απατεώνισσα; δειλέ; εξυπνάκια; ξερόλα; κλαψιάρη; κλαψιάρα; ηλίθιος;"
        " ηλίθια; βλάκα; βλάκας; χαζέ; χαζός; άσχετε; άσχετος; άσχετη; ψεύτη; ψεύτης; ψεύτρα; γελοίε; γελοίος;"
        " γελοία; σκάσε; βούλωσ*; αντε χάσου; άντε χάσου; άντε στον; στον διάολο; ξεφτίλα; ξεφτίλας; κομπλεξικ*;"
        " αγενέστατος; αγενής; τρολ; υποκριτή; υποκριτής; ντροπή σου; αμόρφωτε; ανόητε; ανόητος; ανόητη; μαλάκα;"
        " θρασύτατ*"
    ),
    "hu": (
        "idióta; tolvaj; csaló; gyáva alak; szánalmas alak; okostojás; hisztis; nyafka; te zseni; patkány; hülye;"
        " hülyeség*; hülyét; barom; marha; ostoba; bolond vagy; hazug; hazudsz; fogd be; kussol*; kuss; szánalmas;"
        " troll; tahó; bunkó; tudatlan; seggfej; menj a fenébe; menj a francba; takarodj; nevetséges vagy; agyatlan;"
        " képmutató; pofádat; szégyelld magad; bohóc; fafej"
    ),
    "cs": (
        "blbec; zloděj*; podvodník*; podvodnice; zbabělče; zbabělec; fňukno; ufňukánku; chytráku; génie; krysa;"
        " kryso; blbče; blbko; blb; blbá; debil*; kretén*; pitomec; pitomče; pitomá; hlupák; hlupáku; hloupá; lhář*;"
        " lžeš; drž hubu; sklapni; zmlkni; trapný; trapná; trapko; troll; trolle; ubožák; ubožáku; buran; burane;"
        " ignorant; ignorante; táhni; jdi do háje; pokrytec; pokrytče; tupec; tupče; styď se; vole jeden; hovado;"
        " křupan*; nána; náno"
    ),
    "is": (
        "fífl; þjófur; svindlari; gunga; heigull; besserwisser; vælukjói; vælukjóinn; rotta; fíflið; hálfviti;"
        " hálfvita; hálfvitinn; asni; asninn; bjáni; bjáninn; heimskur; heimsk; heimskingi; vitlaus ertu; lygari;"
        " lýgur; haltu kjafti; þegiðu; tröll; aumingi; auminginn; fáviti; fávitinn; dóni; dónaskapur; skammastu þín;"
        " farðu til fjandans; hræsnari; ömurlegur; ömurleg; kjáni; þvaður; farðu í rassgat; trúður; hrokagikk*"
    ),
})  # fmt: skip
"""Names that people are called, and being told to be quiet."""

HARSH = Phrases({
    "en": (
        "stupid; dumb; pathetic; ignorant; brainless; clueless; arrogant; disgusting; unbearable; insufferable;"
        " ridiculous; rude; nasty; vile; sad; useless; hopeless; lazy; childish; selfish; dishonest; awful; terrible;"
        " embarrassing; toxic; spiteful; petty; delusional; mad; crazy; insane; sick; worthless; incompetent;"
        " a disgrace; a cheat; a thief; a fraud; a coward; a disaster; the problem; making things up; made it up;"
        " make things up"
    ),
    "el": (
        "ανυπόφορος; ανυπόφορη; απαράδεκτος; απαράδεκτη; αγενής; άθλιος; άθλια; γελοίος; γελοία; ηλίθιος; ηλίθια;"
        " άσχετος; άσχετη; κακός; κακιά; τρελός; τρελή; ανίκανος; ανίκανη; εγωιστής; εγωίστρια; αχώνευτος; αχώνευτη;"
        " άχρηστος; άχρηστη; τεμπέλης; κλέφτης; κλέφτρα; απατεώνας; απατεώνισσα; δειλός; δειλή; ντροπή; χυδαίος;"
        " χυδαία; άρρωστος; άρρωστη; τα βγάζεις από το μυαλό"
    ),
    "hu": (
        "elviselhetetlen; undorító; hülye; ostoba; buta; szánalmas; nevetséges; arrogáns; önző; gyerekes; lusta;"
        " tudatlan; gonosz; pofátlan; szemtelen; udvariatlan; gyáva; csaló; tolvaj; őrült; bolond; reménytelen;"
        " haszontalan; tehetségtelen; szégyen; beképzelt; primitív; agyatlan; kitalálod; magadról beszélsz;"
        " a nagy ész"
    ),
    "cs": (
        "nesnesiteln*; nechutn*; hnusn*; hloup*; blbý; blbá; pitom*; trapný; trapná; ubohý; ubohá; směšný; směšná;"
        " arogantní; sobeck*; drzý; drzá; dětinsk*; líný; líná; zlý; zlá; zbabělý; zbabělá; podvodník; podvodnice;"
        " zloděj*; šílen*; nemožn*; k ničemu; ostuda; neschopn*; odporn*; hrozný; hrozná; nevychovan*; vymýšlíš si"
    ),
    "is": (
        "óþolandi; ógeðsleg*; heimsk*; ömurleg*; hallærisleg*; hlægileg*; hrokafull*; frek; frekur; eigingjarn*;"
        " eigingjörn; barnaleg*; latur; löt; vond; vondur; ruglaður; rugluð; klikkaður; klikkuð; svindlari; þjófur;"
        " gagnslaus*; vonlaus*; aumkunarverð*; dónaleg*; leiðinleg*; vanhæf*; skömm; búa þetta til"
    ),
})  # fmt: skip
"""Words that are harsh where a sentence says them of whom it speaks to."""

YOU = Phrases({
    "en": "you; your; yours; yourself; you re; you ve; you d; stop; don t",
    "el": (
        "εσύ; εσένα; σου; σε; είσαι; έχεις; ξέρεις; λες; κάνεις; μιλάς; θες; εσείς; σας; είστε; έκανες; είπες; μη;"
        " μην; σταμάτα; νούμερά; έσπασες"
    ),
    "hu": (
        "te; téged; neked; tőled; veled; rólad; tied; magad; vagy; voltál; tudod; tudsz; mondod; írod; csinálod;"
        " csináltál; hazudsz; beszélsz; ti; maga; ön; ne; a te; törted; mondtad"
    ),
    "cs": (
        "ty; tě; tebe; tobě; tebou; tvůj; tvoje; tvá; tvé; tvou; tvým; jsi; ses; sis; seš; máš; nemáš; umíš; neumíš;"
        " víš; nevíš; děláš; píšeš; myslíš; chceš; můžeš; vy; vás; váš; vaše; jste; nehraj; přestaň; nelži; byl jsi;"
        " byla jsi"
    ),
    "is": (
        "þú; þig; þér; þín; þinn; þitt; þínar; þínir; þinni; ert; ertu; veist; veistu; kannt; kanntu; hættu;"
        " ekki vera; varst; gerðir; sagðir; braust"
    ),
})  # fmt: skip
"""Words that speak to somebody."""

SHARP = Phrases({
    "en": (
        "give it a rest; cry me a river; look in the mirror; stop bossing; not the boss; you whine; stop whining;"
        " quit whining; prove it genius; check your facts; stop making; stop acting; you should be ashamed;"
        " shame on you; you disgust; nobody cares what you; who asked you; don t play; look who s talking;"
        " you can t even; nobody wants you; you have no idea; you have no clue; you don t know what;"
        " you don t have a clue; you clearly; you obviously; you always; you never; you people; people like you;"
        " your problem; what s wrong with you; what is wrong with you; who do you think you are; nobody asked you;"
        " no one asked you; mind your own; read before you; learn to read; can t you read; did you even read;"
        " do you even; stop lying; that s a lie; you re lying; you are lying; stop telling; don t tell me;"
        " how dare you; typical of you; so typical; rubbish; nonsense; ridiculous; grow up; get a life;"
        " speak for yourself; spare me; spare us; cut it out; enough of you; enough of your; sick of you;"
        " sick of your; fed up with you; fed up with your; you started; you re the one; you are the one;"
        " as usual you; you re wrong; you are wrong; wrong again; take it back; apologise; apologize; you owe me;"
        " leave me alone; don t talk to me; stop it; know it all; your attitude; your tone; your lies; you ruined;"
        " you twist; twisting my words; don t you dare; last warning; coward"
    ),
    "el": (
        "γκρινιάζεις; κλάψε; κοιτάξου στον καθρέφτη; κοίτα στον καθρέφτη; δεν είσαι το αφεντικό;"
        " σταμάτα να κλαίγεσαι; ντροπή σου; δεν ντρέπεσαι; μάθε πρώτα; ποιος σε ρωτάει; μην κάνεις;"
        " κοίτα ποιος μιλάει; εσύ ούτε; κανείς δεν σε θέλει; δεν έχεις ιδέα; δεν ξέρεις τι λες; δεν καταλαβαίνεις;"
        " πάντα εσύ; εσύ πάντα; εσύ ποτέ; άνθρωποι σαν εσένα; σαν κι εσένα; το πρόβλημά σου; ποιος νομίζεις;"
        " ποια νομίζεις; ποιος σε ρώτησε; κανείς δεν σε ρώτησε; κοίτα τη δουλειά σου; διάβασε πρώτα;"
        " μάθε να διαβάζεις; λες ψέματα; ψέματα λες; ψέμα; πώς τολμάς; ανοησίες; βλακείες; σαχλαμάρες; γελοιότητες;"
        " μεγάλωσε; άσε μας; άσε με; άσε τα; φτάνει πια; σε βαρέθηκα; σας βαρέθηκα; εσύ ξεκίνησες; εσύ φταις;"
        " κάνεις λάθος; πάλι λάθος; ζήτα συγγνώμη; μη μου μιλάς; μη μου λες; παράτα με; παράτα μας; ο ξερόλας;"
        " ξερόλα; το ύφος σου; τα ψέματά σου; σταμάτα; διαστρεβλών*; μου χρωστάς; τι ανοησία; ποιον κοροϊδεύεις"
    ),
    "hu": (
        "nyafogsz; sírj csak; nézz tükörbe; nem te vagy a főnök; hagyd már abba; ne hisztizz; ne nyafogj;"
        " szégyelld magad; bizonyítsd be te; kit érdekel mit; ne játszd; nézd ki beszél; te még;"
        " senki sem kíváncsi rád; nem igaz és te is tudod; fogalmad sincs; nem tudod miről; nem tudod mit beszélsz;"
        " te mindig; te soha; az ilyenek mint te; az olyanok mint te; mi a bajod; mi bajod; kinek képzeled;"
        " téged senki; senki nem kérdezett; törődj a magad; tanulj meg olvasni; olvasd el előbb; el se olvastad;"
        " ne hazudj; ez hazugság; hogy mered; badarság; marhaság; nevetséges; nőj fel; hagyj békén; hagyjál békén;"
        " elegem van belőled; elegünk van belőled; torkig vagyok; te kezdted; te vagy a; tévedsz; megint tévedsz;"
        " kérj bocsánatot; ne magyarázz; ne oktass ki; ne szólj hozzám; okostojás; a stílusod; a hangnemed;"
        " kiforgat*; elég volt belőled; hagyd abba; szállj le rólam; neked aztán; gyáva; ne okoskodj;"
        " te tetted tönkre; hazudozol"
    ),
    "cs": (
        "fňukáš; brečíš; koukni se do zrcadla; podívej se do zrcadla; nejsi tu šéf; přestaň fňukat; styď se;"
        " ověř si fakta; koho zajímá co; nehraj; podívej se kdo mluví; ty ani neumíš; nikdo tě tu nechce; nehraj si;"
        " jdi někam; nemáš ponětí; nemáš tušení; nevíš o čem; nevíš co; vůbec nevíš; ty vždycky; ty nikdy;"
        " lidi jako ty; lidé jako ty; takoví jako ty; co je s tebou; tvůj problém; co si myslíš že jsi;"
        " kdo si myslíš; nikdo se tě neptal; tebe se nikdo; hleď si svého; nauč se číst; neumíš číst; přečti si;"
        " četl jsi to vůbec; nelži; to je lež; jak si dovoluješ; nesmysl; nesmysly; kecy; žvásty; směšné; směšný;"
        " směšná; dospěj; dej mi pokoj; dej pokoj; mám tě dost; máme tě dost; mám po krk; ty jsi začal*; ty jsi ten;"
        " ty jsi ta; mýlíš se; zase se mýlíš; omluv se; nepoučuj; přestaň; mluv za sebe; chytrolín*; všeználek;"
        " všeználku; tvůj tón; tvoje lži; překrucuješ; nech mě být; nech toho; nemluv na mě; typické; ušetři mě;"
        " zbabělec; zbabělče; ty to kazíš; zkazil jsi; zkazila jsi; to snad nemyslíš"
    ),
    "is": (
        "þú vælir; hættu að væla; líttu í spegil; líttu í eigin barm; þú ræður engu; skammastu þín; kynntu þér málið;"
        " hverjum er ekki sama hvað; hættu að þykjast; sjáðu hver talar; þú kannt ekki; enginn vill hafa þig;"
        " þú veist ekkert; hefur ekki hugmynd um; veist ekkert um; þú alltaf; þú aldrei; fólk eins og þú;"
        " hvað er að þér; hver heldurðu; hver þykist; enginn spurði þig; skiptu þér ekki; lestu áður; lærðu að lesa;"
        " kanntu ekki að lesa; hættu að ljúga; þetta er lygi; það er lygi; hvernig dirfist; rugl; kjaftæði; bull;"
        " bulla; fáránlegt; fullorðnastu; láttu mig; láttu okkur; búinn að fá nóg; búin að fá nóg; fengið nóg af;"
        " þú byrjaðir; þú hefur rangt; rangt hjá þér; biddu afsökunar; hættu; hættu þessu; ekki segja mér;"
        " ekki tala við mig; besserwisser; tónninn þinn; tónninn í þér; hrokinn í þér; frekjan; snýrð út úr;"
        " snúa út úr; talaðu fyrir sjálfan; talaðu fyrir sjálfa; vertu ekki að; týpískt; þér að kenna; þú eyðilagðir;"
        " hvað þykistu; gunga"
    ),
})  # fmt: skip
"""Reproaches to somebody's face."""

SOFTENS = Phrases({
    "en": (
        "haha*; hehe*; lol; love you; rofl; lmao; just kidding; kidding; joking; only joking; thank you; thanks;"
        " sorry; my mistake; fair enough; fair point; you re right; you are right; love it; cheers; good one; touché;"
        " touche; no offence; no offense; friendly; i surrender; friend; friends; mate; darling"
    ),
    "el": (
        "χαχα*; χεχε*; πλάκα κάνω; αστειεύομαι; αστείο ήταν; ευχαριστώ; συγγνώμη; έχεις δίκιο; δίκιο έχεις;"
        " λάθος μου; φίλε; φίλη; φιλικά; με αγάπη; καλό αυτό; παραδίνομαι"
    ),
    "hu": (
        "haha*; hehe*; csak viccelek; vicc volt; viccelek; vicc; köszi; köszönöm; bocs; bocsánat; bocsi; igazad van;"
        " jogos; az én hibám; barátom; pajtás; szeretettel; jó volt ez; feladom"
    ),
    "cs": (
        "haha*; hehe*; chacha*; dělám si legraci; dělám si srandu; sranda; legrace; vtip; díky; děkuju; děkuji;"
        " promiň; promiňte; omlouvám se; máš pravdu; moje chyba; kamaráde; kámo; s láskou; dobrý; vzdávám se;"
        " klobouk dolů"
    ),
    "is": (
        "haha*; hehe*; bara að grínast; ég er að grínast; grín; grínast; takk; fyrirgefðu; afsakið; afsakaðu;"
        " rétt hjá þér; mín mistök; vinur; vinkona; elskan; góður; góð; gefst upp; djók; djóka"
    ),
})  # fmt: skip
"""Laughs, thanks and apologies, which turn a sharp word into a joke or end a quarrel."""

NOT_TO_YOU = Phrases({
    "en": (
        "stupid question; silly question; dumb question; stupid of me; i m an idiot; i am an idiot; i m stupid;"
        " i feel stupid; i m such; idiot that i am; my stupid; stupid me; am i stupid; am i an idiot; not stupid;"
        " stupid cap; stupid lid; stupid app; the stupid; this stupid; for dummies; dumb phone; the clown;"
        " clown nose; dumb luck"
    ),
    "el": (
        "είμαι ηλίθιος; είμαι ηλίθια; είμαι βλάκας; είμαι χαζός; είμαι χαζή; χαζή ερώτηση; ηλίθια ερώτηση; το ηλίθιο;"
        " βλάκας είμαι; χαζός είμαι"
    ),
    "hu": (
        "hülye kérdés; ostoba kérdés; hülye vagyok; én hülye; milyen hülye vagyok; buta kérdés; bolond vagyok;"
        " a hülye kupak; ez a hülye; marha jó; marhasült; bolondgomba"
    ),
    "cs": (
        "blbá otázka; hloupá otázka; pitomá otázka; jsem blbec; jsem blbá; jsem idiot; já blbec; jsem pitomec;"
        " to blbé; ten blbý; ta blbá; já hlupák; jsem trapná; jsem trapný"
    ),
    "is": (
        "heimskuleg spurning; ég er asni; ég er bjáni; ég er fífl; kjáni er ég; ég er kjáni; bjáni er ég;"
        " heimsk spurning; ég asninn; kjáninn ég"
    ),
})  # fmt: skip
"""Such words of oneself, of a question or of a thing."""

SETTLES = Phrases({
    "en": (
        "i m sorry; i apologise; i apologize; my apologies; peace; no hard feelings; let s leave it; you re right;"
        " you are right; i was wrong; agree to disagree; truce; all good; fair enough"
    ),
    "el": (
        "συγγνώμη; ζητώ συγγνώμη; ειρήνη; λάθος μου; είχες δίκιο; έχεις δίκιο; ας το αφήσουμε; όλα καλά; δεν πειράζει"
    ),
    "hu": (
        "bocsánat; elnézést; bocs; béke; igazad van; igazad volt; tévedtem; hagyjuk; felejtsük el; nincs harag;"
        " semmi baj"
    ),
    "cs": (
        "omlouvám se; promiň; promiňte; mír; máš pravdu; měl jsi pravdu; měla jsi pravdu; mýlil jsem se;"
        " mýlila jsem se; nechme to; nic ve zlém; v pohodě"
    ),
    "is": (
        "fyrirgefðu; afsakaðu; afsakið; biðst afsökunar; sátt; sættumst; rétt hjá þér; ég hafði rangt; látum þetta;"
        " ekkert mál; allt í góðu"
    ),
})  # fmt: skip
"""Words with which somebody ends a quarrel."""
