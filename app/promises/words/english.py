"""What is said in a promise, and what takes it back, in English. The kinds: `__init__`."""

from __future__ import annotations

from app.promises.words.kinds import Words

_EN_WHILE = (
    "(then |also |gladly |certainly |definitely |personally |just |now |both |all |still |of course |first |happily )"
)
_EN_NO_DEED = (
    "(?!(be|have|not|never|always|only|say|admit|confess|see|know|need|want|love|like|miss|enjoy|hate|bet|eat|die"
    "|cry|kill"
    "|regret|forget|remember|think|believe|trust|hope|wish|assume|guess|suppose|understand|grant|give|leave|take|keep"
    "|make|get|sell|celebrate|stay|watch|visit|wear|start|open|close|launch|survive|stick|cross|spare|skip|ignore"
    "|pretend"
    "|beat|win|lose|attend|join|welcome|appreciate|meet|reach|hit|run|play|hear|cherish|treasure|save|second"
    "|support|bite"
    "|become|feel|stop|drink|spend|have to|need to|want to) )"
)
"""Verbs that promise nothing, or do so in some phrases only, though an object follows them."""
_EN_NO_DOING = (
    "(?!(having|closing|leaving|missing|enjoying|celebrating|expecting|awaiting|hoping|seeing|meeting|loving|watching"
    "|waiting|giving|visiting|attending|joining|showing|hosting|holding|taking|running|making|using|opening|launching"
    "|playing|wearing|keeping|selling|needing|eating|drinking|spending|presenting|thinking|welcoming) )"
)
"""What goes on, and promises nothing."""
_EN_OBJECT = (
    "(it|this|that|these|those|them|him|her|you|your|the|a|an|our|their|his|all|everything|everyone|everybody|some"
    "|another|both|two|more)"
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
    "|look at|look (\\w+ )?up|have a look|take (a|an) (\\w+ )?(look|photo|picture)|take care|take (it|this|that"
    "|them)(?! (as|for|personally|seriously))"
    "|see (to|what|if|whether|that it|about)|see .. (can|could)|let .. know|keep (you|everyone|them|him|her)"
    "|make sure|set .. aside|put|drop|hand|give (you|it|them|him|her|back)|try (it|this|that|them|the|a|your)|go"
    " through"
    "|dig|add (it|this|that|them|your|you|one|a)|change (it|this|that|your|the)|cover|hold (it|one|a|your|the)"
    "|save (you|one|a)|read (it|this|your|the)|show you|do (it|that|this|so|everything)"
    "|keep .. (eye on|posted|informed|updated)|have a word|have .. with (me|us)|look after|be back in touch|keep"
    " (trying|asking|looking|pushing|checking|chasing)|swing by|stop by|pop (by|in|over)|get (hold of|onto)|vouch"
    "|reach"
    " out|step in|intervene|catch up with|come up with|check in|circle back|help (you|them|him|her|with)|walk you"
    "|run (it|this|that) (by"
    "|past)|ping|nudge|enquire|inquire|liaise|escalate|report back|drop by"
    "|write up|draft|set up|line up|pull together|rerun"
    "|get .. (fixed|sorted|done|up|back|ready|online|out|changed|removed|to you)|have .. (fixed|sorted|done|ready"
    "|back|up"
    "|out|online|uploaded|sent|published|finished|corrected|updated|replaced|call|ring|get|contact|look|check|for you)"
    f"|be {_EN_NO_DOING}\\w+ing ((up|out|back|over|on|through) )?{_EN_OBJECT}"
    f"|get (a|an|some|another)|take .. (down|off|out|over|away)|take (down|off|out|over)|have a (think|chat|go)"
    f"|loop in|look (for|around)|sit down with|invite (?!myself)\\w+|{_EN_NO_DEED}\\w+ ((up|out|back|over|down|on"
    f"|through|off|in|round|around) )?{_EN_OBJECT})"
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

ENGLISH = Words(
    deeds=(
        f"(i|we|i myself|we both) (will|shall|am going to|are going to) {_EN_WHILE}?{_EN_WHILE}?{_EN_DEEDS};"
        f" & (then |so )?(will|shall) {_EN_WHILE}?{_EN_DEEDS};"
        " let me (check|ask|find out|look|see (if|what|whether)|get back|come back|dig|have a look|talk|speak|try);"
        " (i|we) (am|are) (asking|passing|checking|looking into|chasing|forwarding|finding out|on it);"
        " (i|we) (have )?(made|make) a note to; (i|we) have (set|put) .. (reminder|my list|our list|my diary|our"
        " agenda);"
        " (someone|somebody|one of us|a colleague|(my|our) colleague) (\\w+ )?(from .. )?will (call|ring|write"
        "|contact|get"
        " back|be in touch|reply"
        "|answer|email|phone)"
    ),
    now=(
        "(i|we) (am|are) (now )?(sending|posting|shipping|writing|calling|ringing|replacing|refunding|putting"
        "|trying"
        "|testing|bringing|fixing|talking|speaking|meeting|packing|picking|dropping);"
        f" (i|we) (am|are) (now )?{_EN_NO_DOING}\\w+ing (it|this|that|these|those|them|your);"
        " (i|we) (will|shall|am going to|are going to) (still |also )?(try|aim|do (my|our) (very )?best|do what (i"
        "|we) can);"
        " (i|we) (plan|intend|aim|am planning|are planning|are aiming|am aiming|have planned) to;"
        " (i|we) will know (more|for sure|the); (i|we) can (do|send|bring|fix|call|post|ship|check|write|have"
        "|upload|publish|finish|get) (it|this|that"
        "|them|you|your|the|a); (give|allow) (me|us) (until|till|a (day|week|moment|minute|bit|few|couple)|some"
        " time|one day|two days"
        "|one week)"
        "; ^(more|back to you|back with you|answer|reply|details|photo*)"
    ),
    vows=(
        "(i|we) (do |hereby |can (certainly |definitely )?)?promise(?! (only|nothing)); you have (my|our) word; i"
        " give you my word; we give you our word;"
        " leave (it|this|that|everything) (with|to) (me|us); consider it (done|sorted|fixed); will do;"
        " count on (me|us); you can (rely|count|depend) on (me|us)"
    ),
    told=(
        f"you will (then |also |certainly |definitely |all )?(have .. ({_THINGS})"
        "|be (getting|receiving|hearing)|get|hear|receive|know|see|read|be (refunded"
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
        "|be sure|imagine|yet know|clear); doubt; guess; suppose; imagine; no (promise|promises|guarantee*|idea);"
        " maybe; perhaps; possibly;"
        " hopefully; hope; might; may; would; could; probably; afraid; whether$; when$; how$; why$; what$;"
        " who$; where$;"
        " which$; unless$; before$; until$; til$; than$; (says|said|told|wrote|claims|thinks) .."
    ),
    after="(you|everyone) (to|for|not to)",
    clause=(
        "every(?! (one|single)); always; usually; normally; generally; maybe; perhaps; possibly; some day;"
        " someday; one day; sometime(?! (next|this|on|tomorrow|today|in|over|before|around));"
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
)  # fmt: skip
