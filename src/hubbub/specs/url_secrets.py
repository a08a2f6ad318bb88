"""What of a URL is a secret: found, so that it is refused, and hidden where the line is shown that holds it."""

import re

_NAMES = (  # of parameters that hold nothing else, and short ones whose value is no word
    r"(?:[\w.-]*[-_.])?(?:api-?key|api_key|access_?token|token|secret|password|passwd|pwd|signature|subscription-key)"
    r"|(?:key|code|sig|auth)(?==[^&\s\"']{16})"
)
_IN_QUERY = re.compile(rf"(?:^|&)({_NAMES})=[^&]", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(://)([^\s/@\"']+)(?=@)|([?&](?:{_NAMES})=)([^&\s\"'#]+)", re.IGNORECASE)


def secret_in(query: str) -> str | None:
    """The name of the first parameter of a URL's query that holds a secret, or None."""
    found = _IN_QUERY.search(query)
    return found[1] if found else None


def hidden(line: str) -> str:
    """A line with a star for each letter of a password, key or token that a URL in it holds."""
    return _IN_TEXT.sub(lambda m: (m[1] or m[3]) + "*" * len(m[2] or m[4]), line)
