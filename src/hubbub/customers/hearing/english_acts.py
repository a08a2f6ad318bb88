"""What agents do in English, hand-offs and courtesies aside: denials first, and plain statements last."""

import re

from hubbub.customers.hearing.english_rules import rule_of as _rule

_WE = r"\b(?:i|we)"
_OFTEN = (
    r"(?:now |just |also |already |since |(?:gone|went) ahead and |successfully |recently |personally |fully "
    r"|[a-z]+ly )*"
)

_CANNOT = (
    r"(?:can't|cannot|can not|can only not|(?:unable|not able|aren't able|isn't able) to|(?:won't|will not) be able to"
    r"|(?:not|aren't|isn't) (?:allowed|permitted|authori[sz]ed|in a position|meant|supposed) to|may not)"
)
_LOOK_UP = (
    r"(?:(?:seem to )?(?:find(?:ing)?|locat(?:e|ing)|see(?:ing)?(?! you)|load(?:ing)?|pull(?:ing)?|verify(?:ing)?"
    r"|retriev(?:e|ing)|match(?:ing)?"
    r"|reach(?:ing)?|read(?:ing)?|open(?:ing)?|identify(?:ing)?|track(?:ing)?|trac(?:e|ing)|authenticat(?:e|ing)"
    r"|validat(?:e|ing)|look(?:ing)? up"
    r"|access(?:ing)?|connect(?:ing)? to|confirm your identity|detect|get through|bring(?:ing)? up|process(?:ing)?))\b"
)
_DONE = (
    r"(?:cancell?ed|processed|refunded|issued|updated|changed|amended|booked|rebooked|scheduled|rescheduled|sent"
    r"|e-?mailed|texted|reset"
    r"|removed|added|applied|credited|waived|blocked|frozen|unfrozen|unblocked|locked|unlocked|activated|reactivated"
    r"|deactivated|placed"
    r"|submitted|registered|replaced|reserved|created|filed|closed|moved|switched|extended|upgraded|downgraded|renewed"
    r"|restored|completed"
    r"|arranged|ordered|reordered|set(?! to)|enrolled|corrected|fixed|resolved|enabled|disabled|saved|stopped|refilled"
    r"|rebooted|restarted"
    r"|opened|logged|paid|reversed|approved|reissued|signed|merged|adjusted|lowered|raised|increased|ported"
    r"|provisioned|subscribed"
    r"|unsubscribed|withdrawn|terminated|re-?sent|confirmed|checked you in|assigned|put|made|swapped|settled|cleared"
    r"|recorded|lifted)"
)
_DONE_WORDS = (
    " ".join({*re.findall(r"[a-z]{3,}", _DONE.replace("-?", "-"))} - {"you"})
    + " canceled cancelled resent emailed reordered"
)
_DO = (
    r"(?:offer|send|e-?mail|book|rebook|arrange|issue|give|refund|replace|schedule|reschedule|set up|provide|add|apply"
    r"|waive|credit|extend"
    r"|reduce|lower|swap|exchange|cancel|change|move|spread|block|order|put|ship|make|reserve|hold|process|upgrade"
    r"|switch|place|get|open|file"
    r"|resend|text|post|split|freeze|reset|submit|request|register|renew|upgrade|downgrade|unlock|let you|start|do"
    r"|match|keep|walk you|guide"
    r"|show|share|look (?:for|at)|create|enrol|enroll|run|remove|raise|increase|pause|propose|suggest|take)"
)
_SUPPLY = (
    r"(?:provide|share|enter|give|send (?:me|us|over|it|the|your|a|through)|tell|type|confirm|supply|specify|submit"
    r"|reply|state|let (?:me|us) know"
    r"|describe|choose|select one|select an|upload|attach|indicate|include|verify|say (?:which|what|yes|your)|respond"
    r"|answer|explain|input|key in"
    r"|pick (?:one|an)|quote|clarify|elaborate|send)"
)
_FAIL_WORDS = (
    r"(?:processed|complete(?:d)?|go(?:ne)? through|work(?:ed|ing)?|succeed(?:ed)?|successful|approved|submitted|sent"
    r"|applied|issued|saved"
    r"|updated|refunded|credited|recognised|recognized|posted|booked|accepted|cancelled|canceled|placed|delivered"
    r"|taken|validated|verified|load(?:ed)?)"
)

_SUPPLY_WORDS = "provide share enter give send type confirm supply specify describe"

_LEAD_IN = _rule(  # what comes before the "but"
    None,
    "know tried attempted wish realise realize hope hoped looked searched",
    r"^(?:i|we)(?:'ve| have| had|'d| do| really| also)* (?:know|tried|attempted|wish|reali[sz]e|hoped?"
    r"|looked (?:through|everywhere)|searched)\b",
    "statement",
    scope="whole",
    opens=True,
)
ACTS = (
    _LEAD_IN,
    _rule(
        "fallback",
        "understand understanding understood catch caught follow get quite recognise recognize mean sense rephrase "
        "rephrasing reword "
        "rewording wording differently again repeat pardon words learning valid sorry parse lost unclear come phrase "
        "phrasing make simpler",
        r"(?:\b(?:i|we)\b|^)[^,?]{0,40}?(?:didn't|did not|don't|do not|couldn't|could not|can't|cannot"
        r"|not (?:quite )?sure|trouble|not|difficulty|unable to|struggl\w+)"
        r"(?: (?!yet)[\w']+){0,3}? (?:understand(?!able)|understood|understanding|catch|follow\b|get (?:that|what"
        r"|your)|got that|recogni[sz]e (?:that|your (?:answer|request"
        r"|reply|input|message))|make sense of|what (?:you mean|you're (?:asking|saying))|make out|parse|mean\b)"
        r"|\brephras|\breword|\b(?:say|put|ask|phrase|word|wording|asking|phrasing) (?:that|it|this"
        r"|your \w+)?(?: in)? ?(?:again|differently|another way|other words|a different way)"
        r"|^come again|\bwhat (?:do|did) you mean|\brepeat that|\b(?:beg your )?pardon\b|\b(?:different|other|fewer"
        r"|simpler) words|\bstill learning"
        r"|^(?:that's|that is|it's|this is) (?:not something|something) i (?:do not|don't|can't )?(?:recogni"
        r"|understand)|^sorry$|\blost me\b|(?:wasn't|was not|is|isn't) (?:un)?clear"
        r"(?: to me)?$|\bnot a valid (?:option|answer|choice|response)",
        scope="whole",
    ),
    _rule(
        "req_more",
        "else more further other questions help helpful helped answer answered additional everything resolve solved "
        "solve",
        r"\b(?:any|some|no)thing(?: [\w']+){0,2}? (?:else|more|further|i can (?:help|do)|you need)\b|\b(?:what"
        r"|how) else (?:can|may|could)|\bis that (?:all|everything)"
        r"|\b(?:any|have|other|further|additional|more)(?: other| further| more)? (?:questions|queries|concerns|help"
        r"|issues)\b"
        r"|\b(?:did|does|has|was) (?:that|this|it|i) (?:been )?(?:help(?:ful|ed)?|answer|resolve|solve|clear)"
        r"|\bwill that be all|\banything\?*$",
        "question",
    ),
    _rule(
        "req_more",
        "else more further other questions help additional anything need",
        r"\b(?:let (?:me|us) know|feel free|here if|happy to|glad to|reach out|just ask|don't hesitate|do not hesitate"
        r"|shout|if you (?:have|need)|if there's|if there is"
        r"|if i can)\b.*\b(?:anything|something|any|other|further|more|else|assistance"
        r"|questions)\b(?!.*\b(?:would like|prefer) to (?:speak|talk))"
        r"|^any(?:thing else|(?: other| further| more) questions)",
        "statement",
        scope="whole",
    ),
    _rule(
        "inform",
        "repeat wait worry charged hesitate yet",
        r"\b(?:won't|will not|don't|do not|needn't|no need to|not) (?:have to |need to |be |been )?(?:repeat|wait"
        r"|worry|charged|hesitate|re-?enter)|\b(?:not|n't)\b.*\byet\b",
        "statement",
    ),
    _rule(
        "notify_failure",
        "can't cannot unable able couldn't could trouble difficulty problem problems difficulties failing failed",
        rf"(?:{_CANNOT}|\bnot|\bn't able to|could not|couldn't|haven't been able to|wasn't able to|failed to"
        rf"|failing to|(?:trouble|difficult\w+|problems?|issues?)(?: with)?)"
        rf" (?:currently |actually |also |quite |be )*{_LOOK_UP}(?! (?:that|this|refunds|returns|requests|it) (?:here"
        rf"|for|after|over|through|in (?:this|the))\b)"
        r"(?! (?:returns|refunds|requests|a (?:refund|return)))",
        "statement",
    ),
    _rule(
        "refuse",
        "can't cannot unable won't not never don't doesn't isn't aren't no non nothing non-refundable nonrefundable "
        "non-returnable "
        "non-transferable ineligible impossible beyond outside against decline refuse final longer must",
        rf"(?<!if )(?<!why )\b(?:{_CANNOT})(?! (?:wait|see|tell (?:which|whether|if)|promise enough|thank|beat|go"
        rf" wrong|stress"
        rf"|be sure|imagine|believe|help but|find))"
        r"|\b(?:i|we|the system|policy|our \w+)(?:'d| will| would)? ?(?:won't|not|never) (?:be )?(?:able|refund|unlock"
        r"|issue|accept|waive|change|share|give|let|do|discuss|process|replace|remove|make|extend|release|match)\b"
        r"|\b(?:not|isn't|aren't|never|n't|no longer) (?:currently |unfortunately |be |something )*(?:possible"
        r"|eligible|refundable|allowed|permitted|covered(?: by| under)"
        r"|transferable|returnable|exchangeable|accepted|offered|supported|entitled|something (?:i|we)|an option"
        r"|within (?:my|our)|valid for|able to (?:offer|do|help|give|make)"
        r"|available (?:on|for|to|with|in|through)|authori[sz]ed)\b|\b(?:not|isn't|aren't) available$"
        r"|\b(?:non-? ?refundable|non-?returnable|non-?transferable|ineligible|final sale|impossible)\b"
        r"|\b(?:do not|don't|does not|doesn't|no longer)(?: \w+ly)? (?:offer|accept|allow|provide|have access"
        r"|have (?:the|any) (?:ability|way|option|permission"
        r"|authority|information)|have (?:that|a way)|have any \w+ (?:left|available|free)|support|cover|permit|issue"
        r"|price[- ]match|sell|ship|deliver|cater|give|let"
        r"|handle|qualify|meet|match|entitle|extend|discuss|comment)\b|^no (?:refunds|returns|changes|exchanges"
        r"|cancellations)\b"
        r"|\b(?:against (?:our|the) (?:policy|rules)|out of (?:my|our) (?:hands|scope)|outside (?:of )?(?:what|my|our"
        r"|the (?:return|refund|warranty|scope))|beyond (?:what|my|the scope)"
        r"|no way (?:to|for)|must decline|have to (?:decline|refuse|say no)|(?:isn't|not) (?:my|our) area"
        r"|no exceptions|(?:would|will) have to decline|there(?:'s| is) nothing (?:i|we))\b",
        "statement",
    ),
    _rule(
        "notify_failure",
        "couldn't could unable wasn't weren't haven't hasn't didn't not never failed fails returned ran declined "
        "rejected denied refused bounced wrong error "
        "timed technical unsuccessful attempted failing fail expired unable-to stuck issue glitch down crashed hiccup "
        "succeed submitted sent approved",
        rf"\b(?:could not|couldn't|(?:was|were|been) (?:unable|not able) to|(?:wasn't|weren't|haven't been"
        rf"|hasn't been) able to|had to (?:be )?(?:reject|stop))\b"
        rf"|\b(?:did not|didn't|has not|hasn't|have not|haven't|was not|wasn't|were not|weren't|never"
        rf"|not)(?: yet)? (?:actually |been |be |correctly |successfully |fully )*{_FAIL_WORDS}\b(?! (?:until|unless))"
        r"|\b(?:was|were|been|got|gets|is being|is|keeps being|has) (?:automatically )?(?:declined|rejected|denied"
        r"|refused|bounced|returned unpaid)|\bbounced\b|\b(?:rejected|declined|denied|refused) "
        r"(?:the|your|this|that|it)\b|\bfail(?:ed|s|ing)\b(?! to (?:show|appear|pay|return))|\b(?:went|gone) wrong"
        r"|\b(?:an?|some|system|the) (?:\w+ )?error\b|\bran into (?:a|an|some)|\b(?:wire|payment|debit|transfer"
        r"|cheque) was returned\b|\btimed out"
        r"|\b(?:technical|system) (?:issue|difficult|problem|glitch|fault|hiccup)|\b(?:not|un)(?: )?successful"
        r"|\bglitch\b|\bhaving (?:trouble|difficult\w+|problems) (?:with|processing|completing)",
        "statement",
    ),
    _rule(
        "notify_success",
        f"{_DONE_WORDS} done set complete through success successful successfully checked sorted covered active",
        rf"{_WE}(?:'ve| have|'d)? {_OFTEN}(?!(?:opened|made|put|set|moved|closed|sent|raised"
        rf"|recorded) (?:you )?(?:a note|note|your feedback)){_DONE}\b(?! that| the possib| up (?:with|against))"
        rf"|(?:\w+'(?:s|ve|re)|has|have|is|are) (?:all )?{_OFTEN}been (?:all )?{_OFTEN}(?<!flight has been"
        rf" )(?<!train has "
        rf"been )(?<!not been ){_DONE}\b(?! (?:by|because|due|until|on|at) (?:the|our|your|bad|a\b|mon|tue|wed|thu|fri"
        rf"|sat|sun))"
        r"|^(?:all |it's |it is |that's |that is |everything's |everything is )*(?:done|sorted|fixed"
        r"|completed)\b(?! by)|\b(?:you're|you are|it's|is|are|that's) (?:now )?(?:all )?"
        r"(?:set|booked|confirmed|enrolled|registered|rebooked|complete|completed|checked in|covered from|sorted"
        r"|unlocked|activated|blocked|frozen|cancelled|reserved)\b(?! (?:to|when|by|if|at) (?!row|\d))"
        r"|\b(?:went|gone|has come) through\b|\bsuccessful(?:ly)?\b|\bsuccess\b"
        rf"|^{_DONE}(?: and {_DONE})?(?: (?:for you|already|now|today))?$|^(?!.*\b(?:was|were|is|are|be|not"
        rf"|gets?)\b)(?:[\w-]+ ){{1,3}}(?:set up|{_DONE})$"
        rf"|\bis (?:now )?active\b",
        "statement",
    ),
    _rule(
        "request",
        "which what what's when where who whom why how whose",
        r"^(?:and |so |ok(?:ay)?,? |then |now,? |but |also,? )?(?:which|what(?! about| if| else| do you mean)|what's"
        r"|when|where|whom?|why|how(?! about| else)|whose)\b(?!.*, (?:right|correct|yes)$)",
        "question",
        scope="whole",
        opens=True,
    ),
    _rule(
        "confirm",
        "correct right yes ok okay confirm sure proceed ahead understand you you'd so did check yeah clarify continue "
        "mean still order agree happy want meant shall should",
        r"(?:correct|right|yes|ok(?:ay)?|yeah|good to you|accurate)$|^(?:can|could|would|will) you (?:please "
        r"|just )?confirm (?:that|you|whether|if)\b"
        r"|^(?:so |and )?(?:shall|should) i (?:book|do|send|cancel|order|submit) (?:it|that|this)\b"
        r"|^(?:so|and|okay|ok|just|then|great|right)?[, ]*(?:to (?:confirm|clarify|be (?:sure|clear|certain)"
        r"|double-check|recap|check)\b|you(?:'d like| want| would like| mean|'re (?:looking|asking|saying|trying)"
        r"| are (?:looking|asking)"
        r"| wish|'re| are| need)\b)|\b(?:shall|should) (?:i|we) (?:go ahead|proceed|continue|submit|place|cancel"
        r"|confirm|process|finali[sz]e|charge|take it)|\bare you sure|\bcan i (?:just|quickly) (?:check|confirm)"
        r"|\b(?:do|would|did) you (?:still |really |definitely )*(?:want|like|wish|mean|intend)(?: me)? to (?:go ahead"
        r"|proceed|continue|confirm|cancel|close|keep)|\b(?:ready|happy|ok(?:ay)?|good) (?:for me )?to (?:proceed"
        r"|go ahead|continue)"
        r"|\b(?:did i get|do i have|have i got|am i) (?:that|this|it|right|correct)|\bdo you (?:confirm|agree|accept)"
        r"|\b(?:go ahead|proceed)$",
        "question",
    ),
    _rule(
        "confirm",
        "confirm yes proceed correct right",
        r"\b(?:please|kindly|just|need you to|must) confirm (?:that|you|this|whether|if|the (?:following|above))"
        r"|\b(?:reply|type|say|answer|respond|press|enter)(?: with)? ['\"]?(?:yes|y|1|ok|confirm)['\"]? (?:to|if|and)\b"
        r"|\b(?:is that|am i|is this) (?:right|correct)$|\blet me know if (?:that|this|it)(?:'s| is| looks"
        r"| sounds) (?:right|correct|ok|good)",
        "statement",
        scope="whole",
    ),
    _rule(
        "offer",
        "would want shall should about prefer interested can could may offer like that's help work suit care okay",
        r"\bwould you (?:like|prefer|care|be (?:interested|happy|open|willing|ok))\b(?! to (?:know|tell|share|ask|do"
        r"|discuss)\b)|\bdo you want (?:me|us|a|an|to (?:try|book|switch|add|upgrade|see))|\bwant (?:me|us|a|an|to)\b"
        r"|\b(?:shall|should) (?:i|we)\b"
        rf"|\b(?:how|what) about\b|\binterested in\b|\b(?:can|could|may|might) (?:i|we) (?:\w+ )?{_DO}(?! (?:your"
        rf"|the) (?:\w+ )?(?:number|name|postcode|e-?mail|details|address|reference"
        rf"|id)\b)(?<!can i get)(?<!could i get)(?<!take)(?<!get)"
        r"|\b(?:would|will|does|might) (?:that|it|this|either|one of|any of|those|these|\d\S*"
        r"|\w+day)\b[^?]{0,30}?(?:help|work|suit|be|do|interest|okay)\b",
        "question",
    ),
    _rule(
        "offer",
        "can could happy glad offer able openings slots appointments availability seats options option choose either "
        "gesture like prefer alternatively alternative free",
        rf"{_WE}(?: can| could|'d be (?:\w+ )?(?:happy|glad)(?: to)?| would be (?:\w+ )?(?:happy|glad)(?: to)?"
        rf"|'m (?:\w+ )?(?:able|happy|glad) to| am (?:\w+ )?(?:able|happy|glad) to|'re able to| are able to"
        rf"| may be able to| might be able to|'d be able to| would be able to)"
        rf"(?! not)(?: [\w']+ly| also| either| instead| still| then| at least| only| always| gladly| of course"
        rf"| if you like| to){{0,3}} {_DO}\b(?! (?:at (?:your|the|that|this)|that|it|you (?:know|that)) ?(?:account|is"
        rf"|you|from|the)?\b(?<=know))"
        r"|\b(?:i|we) have (?:[\w,']+ ){0,4}(?:openings|slots|appointments|availability|seats?|rooms?|times)\b"
        r"|\byou (?:can|could|may) (?:either|choose|pick)\b|\b(?:here are|these are|the|two|three"
        r"|your) (?:\w+ )?options (?:are|would be|include)?"
        r"|\bhere are (?:some|your|the|a few) (?:\w+ )?options|\blet (?:me|us) know if you(?:'d| would)? (?:like"
        r"|prefer|want)\b|\bi(?:'d| would) (?:like to|recommend we|suggest we) (?:offer|suggest|propose)"
        r"|\b(?:as a|by way of) (?:gesture|goodwill)|\b(?:i|we)(?:'d| would)? (?:offer|propose)\b|\bhow about\b"
        r"|\byou(?:'re| are) welcome to\b",
        "statement",
        scope="whole",
    ),
    _rule(
        "wait",
        "moment second sec seconds minute minutes bear hold hang checking check looking look see pull pulling find "
        "wait stand tight verify review search "
        "searching reviewing retrieve retrieving fetch fetching patience mo jiffy investigate while verifying pulling "
        "investigating dig min",
        r"(?:^|\b(?:just|give me|gimme|allow me|need|for|wait|take me|this will take|will take me|only|be"
        r"|in)\b)(?: (?:just|me|another|only|about))*\s?(?:\b(?:one|a|another|1|a few|a couple(?: of)?"
        r"|half a)\b )?(?:more |quick |brief |short |little |few )?(?:moments?|seconds?|secs?"
        r"|minutes?|mins?|mo|jiffy|bit)\b(?:,? (?:please|while|as|for me|to|whilst|and|then|checking|looking)\b|$)"
        r"|\b(?:bear with|hold on|hang on|hold tight|hang tight|stand by|please (?:hold|wait|be patient)|stay with me"
        r"|one (?:moment|second|sec|minute|mo))\b(?! (?:to your|until the|for your (?:card|refund)))"
        r"|\b(?:let me|i'll|i will|i'm|i am|allow me to|i need to|we'll|we're|i'm going to|i'll need to)(?: (?:just"
        r"|quickly|now|also|first|go and|go|quick|please|currently|still|going to))*"
        r" (?:check(?:ing)?|look(?:ing)?(?: up| into| at| that| this| it| for| to see| through| over)?|see (?:what"
        r"|which|when|where|if|whether|how|that|here)|see$|pull(?:ing)?|find(?:ing)?(?: (?:out|that|your|the))?"
        r"|verify(?:ing)?|review(?:ing)?"
        r"|take a (?:quick |closer )?look|search(?:ing)?|have a (?:quick |closer )?look|grab(?:bing)?|dig(?:ging)?"
        r"|investigat(?:e|ing)|retriev(?:e|ing)|fetch(?:ing)?|get(?:ting)? (?:that|those|your)|bring(?:ing)? up"
        r"|run(?:ning)? (?:a|that))\b"
        r"|^(?:ok(?:ay)?,? |thanks,? |now |just )*(?:checking|looking (?:into|that|this|it)|searching|pulling up"
        r"|retrieving|fetching|loading|working on)\b",
        "statement",
    ),
    _rule("request", "", "", "question", scope="whole"),
    _rule(
        "request",
        f"please kindly pls plz need require tell know advise missing what what's which could can may would "
        f"{_SUPPLY_WORDS}",
        rf"\b(?:please|kindly|pls|plz)(?: (?:also|just|first|now|then|could you|can you))* {_SUPPLY}\b(?! (?:us a call"
        rf"|us a ring|me a (?:moment|second|minute)|it back|the (?:item|parcel|device|router|box) back|yes to))"
        rf"|\b(?:i|we|you)(?:'ll| will| would|'d| do| just)*(?: also| just| first| still| only)* (?:need"
        rf"|require)(?: to)?(?: (?:know|have|confirm|verify|get|ask|see|collect|check)| you to {_SUPPLY})?(?: for)?"
        r" (?:your|its|their|the (?:following|\w+ (?:number|reference|id|date|name|code))|what|which|when|where"
        r"|whether|some|a (?:few|couple|little|bit)|more|at least|an? [\w -]{0,20}(?:number|reference|id|address|code"
        r"|reading|photo|picture))\b"
        r"|^(?:[\w']+,? ){0,3}?(?:could|can|would|will|may) (?:you|i|we) (?:please |kindly |just |also )?(?:provide"
        r"|share|have|get|take|give|send|tell|confirm|ask|enter|supply|let (?:me|us) know|describe|know)\b"
        r"|^(?:so,? |and |ok,? |okay,? )?(?:what(?:'s| is| are| was)|(?:which|where|when|who|what)(?: \w+)? (?:is|are"
        r"|did|was|do|does|would|should)"
        r"|how (?:can|may|many|much|long)) (?!i'|we')\w+"
        rf"|\b(?:let me know|tell me|advise) (?:which|what|when|where|how|whether|your|the|once|about|more"
        rf"|if you(?:'ve| have| are|'re| see| can)|why|who)\b|^{_SUPPLY} (?:me |us )?(?:with )?(?:your|the (?:last"
        rf"|full|order|name|following|\w+ (?:number|code|date)))\b"
        r"|^(?:may|could|can) (?:i|we) (?:please )?(?:have|get|take|ask|know)\b|^(?:your )?[\w -]{2,40},? (?:please"
        r"|pls|plz)$|\b(?:i|we)(?:'d| would) (?:also )?(?:like|love) to (?:know|hear|ask|confirm)\b|\bi(?:'m"
        r"| am) (?:just )?missing your\b"
        r"|\b(?:let (?:me|us) have|(?:i'm|i am|we're|we are) going to need) (?:your|the|that|its)\b"
        r"|^(?:just |still |only )?need (?:your|the)\b",
        "statement",
        scope="whole",
        needs="please kindly pls plz need require tell know advise missing what what's which your have",
    ),
)
