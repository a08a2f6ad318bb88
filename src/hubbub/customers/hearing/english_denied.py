"""People who do not come in English, though they are named: denied, past, merely supposed, warned of. Guards all."""

from hubbub.customers.hearing.english_people import H
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule

PEOPLE = (
    "human humans person people agent agents advisor advisors adviser advisers representative representatives rep "
    "reps specialist specialists colleague colleagues teammate team supervisor supervisors manager managers operator "
    "operators someone somebody anyone anybody nobody one none nurse nurses doctor doctors dr staff member members "
    "department desk support associate technician technicians consultant consultants expert experts coordinator "
    "pharmacist counsellor officer officers handler dispatcher banker bankers care engineer engineers crew "
    "investigator midwife folks senior superior boss reception tech techs helpdesk queue call ring phone contact"
    " write office"
)
_LINK = r"(?: (?!and\b|but\b|so\b|until\b|till\b|without\b|because\b|before\b)[\w'-]+)"
_COMES = (
    r"(?:call(?:ing)?|ring(?:ing)?|phon(?:e|ing)|writ(?:e|ing)|contact(?:ing)?|messag(?:e|ing)|repl(?:y|ying)"
    r"|answer(?:ing)?|join(?:ing)?|tak(?:e|es|ing) (?:over|chats?|calls?|this|it)|com(?:e|es|ing)|step(?:ping)? in"
    r"|get(?:ting)? back|(?:speak|talk)(?:ing)? (?:to|with) you|MOV(?:E|ED|ING)|PUT|SPEAK"
    r"|(?:be )?(?:passed|referred|transferred|connected|escalated|handed|forwarded|put through))"
)
_NOT = (
    r"(?:won't|will not|can't|cannot|can not|never|isn't|is not|aren't|are not|doesn't|does not|do not|don't|didn't"
    r"|did not|hasn't|haven't|wouldn't|shouldn't|shan't|shall not|unable to|not able to|no way (?:of|to))"
)
_DENIED = (
    rf"(?:nobody|no one|none of \w+|no HUMAN|no SOMEONE|neither)\b(?!{_LINK}{{0,4}} (?:make|keep|leave) you)"
    rf"{_LINK}{{0,8}}? (?:{_COMES}|{_COMES}s|has|have|here)\b"
    rf"|(?<!\A )(?<!please )(?<!, ){_NOT}{_LINK}{{0,3}}? {_COMES}\b"
    rf"|(?:MOVING|MOVE|SPEAK|{H})\b.*\b(?:(?:isn't|is not|not) (?:going to happen|happening|possible|an option|on the"
    r" cards|allowed)|is (?:more than|beyond|above) |without (?:an |any )?(?:answer|reply)|in vain|fruitless)"
)
_FUTURE = r"(?:will|shall|can|may|going to|\w+'ll|soon|shortly|now)\b"
_THEN = (
    r"(?:yesterday|ago\b|last (?:\w+day|week|night|month|year|time|spring|summer|autumn|winter)"
    r"|on (?:the \d|sun|mon|tue|wed|thu|fri|sat)|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|this morning|in the morning|at (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon))"
)
_PAST = (
    rf"^(?!.*\b{_FUTURE}).*\b(?:MOVED|PUT|called|rang|phoned|wrote|contacted|spoke|joined|messaged|texted|asked"
    rf"|got back|came back|reached)\b.*\b{_THEN}"
)
_SUPPOSED = (
    r"(?:i'd|we'd|he'd|she'd|they'd|would) (?:MOVED?|PUT)\b(?!.*\bif you)|"
    r"(?:would|i'd|we'd|they'd|he'd|she'd|could|should|might) have (?:\w+ )?(?:MOVED|PUT|called|asked|phoned|rung"
    r"|joined|been)"
    r"|\bi did (?:ring|call|phone|ask|try|page|message)\b"
    r"|(?:was|were) (?:just )?(?:going|about|meant|supposed) to (?:\w+ )?(?:MOVE|PUT|call|ring"
    r"|phone|join|take|pick|SPEAK)"
    rf"|(?:if|should|when|where) (?:{H}|anyone|anybody)(?: [\w'-]+){{0,5}}? (?:calls?|rings?|phones?|contacts?|texts?"
    r"|e-?mails?|asks?|claims?|knocks?)\b"
    rf"|(?:any|every|each) {H} (?:who|that|calling|ringing|phoning|asking|claiming)"
    r"|(?:beware|watch out|let (?:us|me) know|tell us) (?:of|if|when) "
    r"(?!you(?:'d| would)? (?:still |rather |ever )?(?:like|want|prefer|need|wish))"
    r"|you (?:typed|entered|keyed|pressed|joined|left|mentioned)\b(?!.*\b(?:so|i'll|i will|let me)\b)"
    rf"|(?:one of )?(?:our|my|the|an?) (?:\w+ )?{H} (?:may|might) "
)


def _guard(pattern: str, cues: str, needs: str = "") -> Rule:
    return rule_of(None, cues, pattern, "statement", "guard", "whole", needs=needs, marked=True)


DENIED = (
    _guard(
        _DENIED,
        PEOPLE,
        "nobody no none neither won't not can't cannot never isn't aren't doesn't don't didn't hasn't haven't"
        " wouldn't "
        "shouldn't shan't shall unable way more beyond above without vain fruitless",
    ),
    _guard(
        _PAST,
        PEOPLE,
        "called rang phoned wrote contacted spoke joined messaged texted asked got came reached had handed passed"
        " sent "
        "transferred connected forwarded escalated referred put moved",
    ),
    _guard(
        _SUPPOSED,
        PEOPLE,
        "would i'd we'd they'd he'd she'd could should might may was were if when where any every each beware watch "
        "let tell typed entered keyed pressed joined left mentioned did",
    ),
)
