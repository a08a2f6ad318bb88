"""What stays the same however often a customer speaks of it: rules of a pack that tell of one matter, drawn once each.

"My parcel from last Monday" is from last Monday in every message, and who had petrol paid for in Bath has no guitar
bought in Nashville when asked to say it again.
"""

import re
from typing import Any

_OF_ONE_MATTER = (
    "ago",
    "past",
    "spend",
    "merchant",
    "lost_at",
    "fault",
    "stuck",
    "tracking",
    "since",
    "moving",
    "incident",
    "mistake",
    "made",
    "use",
    "does",
    "flaw",
    "part",
)
_USE = re.compile(rf"<({'|'.join(_OF_ONE_MATTER)})>")


def steadied(texts: dict[str, Any]) -> dict[str, Any]:
    """The pages of a pack with such rules as circumstances of the customer, where it has them.

    `texts` is changed and given back: each use of a rule becomes a place, and what fills it is an entry of `own`.
    """
    known = [rule for rule in _OF_ONE_MATTER if rule in texts["rules"]]
    if not known:
        return texts
    own = texts["acts"].get("own", {})
    steady = {f"own_{rule}": f"<{rule}>" for rule in known} | own
    for page, body in texts.items():
        if page == "noise":
            continue
        for key, phrases in body.items():
            body[key] = (
                _placed(phrases)
                if isinstance(phrases, str)
                else {about: _placed(said) for about, said in phrases.items()}
            )
    texts["acts"]["own"] = steady
    return texts


def _placed(phrase: str) -> str:
    return _USE.sub(r"{own_\1}", phrase) if "<" in phrase else phrase
