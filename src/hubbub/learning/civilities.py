"""How people greet, nod, decline, thank and part in languages other than English, as alternatives of a pattern."""

from collections.abc import Mapping

from msgspec import Struct


class Civilities(Struct, frozen=True):
    """Alternatives for each; `filler` are words beside them that add nothing, `nudge` asks whether anybody is there,
    `human` for a person.
    """

    greet: str
    thank: str
    bye: str
    yes: str
    no: str
    nudge: str
    human: str
    filler: str


CIVILITIES: Mapping[str, Civilities] = {
    "de": Civilities(
        greet=r"hallo+|hallöchen|moin(?: moin)?|guten (?:tag|morgen|abend)|servus|grüß gott|grüezi|tach|na",
        thank=r"(?:vielen|herzlichen|besten|lieben|tausend|schönen) dank|dank(?:e|eschön)?(?: schön| sehr)?|merci",
        bye=r"tschü(?:ss|ß|ssi)|tschau|ciao|(?:auf )?wiedersehen|bis (?:bald|dann|später)|mach'?s gut|"
        r"(?:(?:ihnen|dir|einen?|noch|ein) )*schöne[ns]? (?:rest)?(?:tag|abend|woche(?:nende)?|feierabend)",
        yes=r"ja+|jap|jo|jep|jawohl|klar|na klar|genau|gerne?|richtig|stimmt|passt(?: so)?|alles klar|gut|super|"
        r"perfekt|in ordnung|einverstanden|verstanden|prima|toll|aha|ach so|korrekt|machen sie das|mach das",
        no=r"nein|nö|nee?|nichts(?: mehr| weiter)?|das (?:war'?s|wars|war alles|wäre? (?:alles|es)|ist alles)|"
        r"alles gut|sonst nichts",
        nudge=r"(?:sind sie|bist du|ist) (?:noch |da )?(?:da|jemand)?|noch da|ist da (?:noch )?(?:wer|jemand)|hallo\?+|"
        r"ich warte(?: noch)?",
        human=r"mit (?:\w+ ){0,2}(?:mensch|mitarbeiter|berater|kolleg)\w* (?:sprechen|reden)|echte[nr]? mensch\w*",
        filler=r"noch|bitte|so|sehr|auch|dann|mal|und|ihnen|dir|euch|für|die|das|hilfe|auskunft|schon|doch|es|ist",
    ),
    "fr": Civilities(
        greet=r"bonjour|bonsoir|salut|coucou|allo",
        thank=r"(?:mille |un grand |grand )?mercis?(?: beaucoup| bien| infiniment)?|je vous remercie",
        bye=r"au revoir|à bientôt|a bientot|bye|(?:je vous souhaite )?(?:une )?(?:bonne|belle) (?:journée|soirée)|"
        r"ciao|à plus|vous aussi|de même",
        yes=r"oui|ouais|d'accord|d accord|ok|bien sûr|exact(?:ement)?|tout à fait|parfait|très bien|super|entendu|"
        r"c'est (?:ça|bon|bien|exact|parfait)|compris|volontiers|si",
        no=r"non|rien(?: d'autre| de plus)?|c'est tout|ce sera tout|ça ira|pas pour (?:le moment|l'instant)",
        nudge=r"(?:vous êtes|êtes[- ]vous|tu es) (?:toujours )?là|il y a quelqu'un|allo\?+|j'attends(?: toujours)?",
        human=r"parler (?:à|avec) (?:une?|quelqu'un)(?: vraie?)? ?(?:personne|humain|agent)?|vraie personne",
        filler=r"à|vous|toi|pour|votre|ta|aide|s'il vous plaît|svp|stp|monsieur|madame|et|bien|de|c'est",
    ),
    "es": Civilities(
        greet=r"hola+|buen[oa]s?(?: (?:días?|dias?|tardes|noches))?|saludos|qué tal|que tal",
        thank=r"(?:muchas |mil |muchísimas )?gracias|te lo agradezco|se lo agradezco",
        bye=r"adi[óo]s|hasta (?:luego|pronto|mañana)|chau|chao|(?:que )?(?:tengas?|pases?|un|feliz)(?: una?)?"
        r"(?: buena?)? (?:día|dia|tarde|noche|fin de semana)|igualmente",
        yes=r"s[íi]+|claro|vale|dale|de acuerdo|correcto|exacto|perfecto|está bien|esta bien|bien|muy bien|listo|"
        r"por supuesto|genial|entendido|así es|okey",
        no=r"nada(?: más| mas)?|no(?:,? gracias)?|eso es todo|es todo|eso sería todo|ninguna?|por ahora no",
        nudge=r"¿?(?:sigue|sigues|está|estás|hay alguien|siguen) ?(?:ahí|ahi)|sigo esperando|hola\?+",
        human=r"hablar con (?:una?|alguien) ?(?:persona|humano|agente|asesora?|operadora?)?|persona real",
        filler=r"por|favor|la|su|tu|ayuda|a|usted|ti|y|muy|amable|que|es|eso|señor|señora|todo",
    ),
    "pt": Civilities(
        greet=r"ol[áa]+|oi+|bom dia|boa (?:tarde|noite)|e a[íi]|opa",
        thank=r"(?:muito |muitíssimo )?obrigad[oa]s?|valeu|agradeço|grat[oa]|brigad[oa]",
        bye=r"tchau|adeus|até (?:logo|mais|breve)|(?:tenha |um |uma )+bo[am] (?:dia|tarde|noite|semana|fim de semana)|"
        r"igualmente|abraços?",
        yes=r"sim|claro|certo|isso(?: mesmo)?|pode(?: ser| sim)?|correto|exato|perfeito|está bem|tá bom|tudo bem|"
        r"beleza|ótimo|combinado|entendi|com certeza|tá",
        no=r"não|nao|nada(?: mais)?|só isso|so isso|é só|era só isso|nenhuma?|por enquanto não",
        nudge=r"(?:você |vc )?(?:ainda )?(?:está|tá) aí|alguém aí|ainda estou (?:aqui|esperando)|olá\?+|oi\?+",
        human=r"falar com (?:uma?|algu[ée]m) ?(?:pessoa|humano|atendente|operadora?)?|pessoa de verdade",
        filler=r"por|favor|pela|sua|tua|ajuda|a|você|e|muito|que|é|senhora?|tudo|mesmo",
    ),
    "it": Civilities(
        greet=r"ciao|salve|buon ?giorno|buona ?sera|buon pomeriggio|pronto",
        thank=r"(?:mille |tante |molte )?grazie(?: mille| tante| infinite)?|la ringrazio|ti ringrazio",
        bye=r"arriveder(?:ci|la)|a presto|(?:buona|buon) (?:giornata|serata|weekend|lavoro|notte)|altrettanto|"
        r"cordiali saluti",
        yes=r"s[ìi]+|certo|va bene|d'accordo|ok|esatto|giusto|corretto|perfetto|benissimo|bene|certamente|ottimo|"
        r"capito|confermo|ho capito|proceda pure",
        no=r"nient'altro|niente(?: altro)?|no|è tutto|questo è tutto|basta così|nulla|a posto così|per ora no",
        nudge=r"(?:è|sei|siete) (?:ancora )?(?:lì|qui)|c'è (?:ancora )?qualcuno|sto (?:ancora )?aspettando|pronto\?+",
        human=r"parlare con (?:una?|qualcuno) ?(?:persona|umano|operatore|operatrice|addetto)?|persona vera",
        filler=r"per|favore|cortesia|il|suo|tuo|l'aiuto|aiuto|a|lei|te|e|molto|è|così|signora?",
    ),
    "sv": Civilities(
        greet=r"hej(?: hej)?|hejsan|hallå|god (?:dag|morgon|kväll|middag)|tja(?:na)?|tjena",
        thank=r"(?:stort |tusen )?tack(?: så (?:mycket|jättemycket))?|tackar",
        bye=r"hej då|hejdå|vi hörs|ha det(?: så)? bra|ha en (?:bra|trevlig|fin) (?:dag|kväll|helg)|detsamma|adjö",
        yes=r"ja+|jo|japp|okej|visst|absolut|precis|stämmer(?: bra)?|det stämmer|bra|toppen|perfekt|gärna|jadå|fint|"
        r"jaha|förstår|korrekt",
        no=r"nej+|nä|inget(?: mer| annat)?|det var allt|det är allt|inte just nu|nejdå",
        nudge=r"är (?:du|ni|det någon) (?:kvar|där|här)|någon där|jag väntar(?: fortfarande)?|hallå\?+",
        human=r"(?:prata|tala|chatta) med (?:en|någon) ?(?:riktig )?(?:människa|person|handläggare)?|riktig människa",
        filler=r"för|hjälpen|din|er|du|ni|så|och|det|är|mycket|bara|då|är bra|snälla",
    ),
    "nl": Civilities(
        greet=r"hallo+|hoi+|dag|goede(?:morgen|middag|navond)|goeie(?:morgen|middag|navond)|hey|beste",
        thank=r"(?:heel erg |hartelijk |super )?(?:bedankt|dank(?: ?(?:je|u|jullie))?(?: wel)?)|dankjewel|dankuwel",
        bye=r"doei|tot ziens|(?:een )?(?:fijne|prettige|goede) (?:dag|avond|middag|weekend|dag verder)|fijn weekend|"
        r"groetjes?|tot later|hetzelfde|insgelijks",
        yes=r"ja+|jawel|jep|oké|oke|prima|klopt|dat klopt|goed|is goed|akkoord|graag|ja graag|precies|juist|perfect|"
        r"zeker|duidelijk|begrepen|fijn",
        no=r"nee+|niets(?: meer| anders)?|niks(?: meer)?|dat (?:was|is) (?:het|alles)|dat was 'm|voorlopig niet",
        nudge=r"(?:bent u|ben je|is er) (?:er )?(?:nog|iemand)|iemand daar|ik wacht (?:nog)?|hallo\?+",
        human=r"(?:met|aan) (?:een|iemand) ?(?:echt\w* )?(?:mens|persoon|medewerker)? ?(?:spreken|praten)|echt mens",
        filler=r"voor|de|het|uw|je|hulp|zo|en|erg|wel|u|dat|is|hoor|verder|alstublieft|aub|nog|heel",
    ),
    "hi": Civilities(
        greet=r"namaste|namaskar|hello ji|hi ji|pranam|ram ram",
        thank=r"(?:bahut(?: bahut)? )?(?:shukriya|dhanyav?a+d)|thank you ji",
        bye=r"alvida|phir milenge|chalo bye|theek hai bye|shubh (?:din|ratri)",
        yes=r"ha+n?|haan(?: ji)?|ji(?: ha+n)?|theek(?: hai)?|thik(?: hai)?|sahi(?: hai)?|bilkul|achha+|acha|kar do|"
        r"ho gaya|samajh gaya",
        no=r"nahi+n?|nahin|na|kuch nahi(?: aur)?|bas(?: itna hi)?|bas yahi(?: tha)?|aur kuch nahi",
        nudge=r"(?:aap )?(?:abhi )?(?:hai|ho) kya|koi hai|wait kar raha hoon|hello\?+",
        human=r"(?:kisi )?(?:insaan|insan|aadmi|agent|executive) se baat",
        filler=r"ji|sir|madam|aapka|aapki|ka|ki|ke|hai|bhai|bhi|help|liye|aur|to|toh",
    ),
    "ja": Civilities(
        greet="こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|(?:いつも)?お世話になっ?て?(?:おり|い)?ます|お世話になります|"
        "すみません(?:が)?|失礼します$|はじめまして|どうも|もしもし",
        thank="(?:どうも|誠に|本当に|大変|色々と?|ご対応)*ありがとう(?:ございま(?:す|した))?|助かりました|感謝します|どうも(?=$|。)",
        bye="失礼(?:いた)?します|さようなら|それでは|ではまた|(?:どうぞ)?よろしく(?:お願い(?:いた)?します)|また連絡します",
        yes="はい|ええ|うん|お願い(?:いた|致)?します|大丈夫です|(?:了解|承知)(?:です|しました|いたしました)?|(?:わか|分か)りました|"
        "そうです|その通りです|問題(?:ない|ありません)です?|オーケー|なるほど",
        no="いいえ|いえ|いや|特に(?:ない|なし|ありません|ございません)(?:です)?|(?:以上|それだけ)です|結構です|もう大丈夫です|ないです|"
        "ありません",
        nudge="(?:まだ|どなたか)?(?:いますか|いらっしゃいますか)|まだですか|返事(?:を|は)?(?:まだ|ください).*|もしもし",
        human="(?:人間?|担当者?|オペレーター|スタッフ)(?:の方)?(?:と|に)(?:話|つな|繋|代わ|かわ)",
        filler="です|ます|ね|よ|では|それで|どうぞ|本当に|とても|また|お?願い(?:いた)?します|[、。]",
    ),
}
