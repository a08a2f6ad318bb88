"""Text from elsewhere, made harmless to read: what could steer a terminal, reorder a line or break XML is spelt out."""

import re

# controls, surrogates, and the marks that change the direction of a line (Unicode TR 36, 3.8)
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LONGEST = 400


def plain(text: str, longest: int = _LONGEST) -> str:
    """One line of visible characters; what was cut off is said."""
    if len(text) > longest:
        text = f"{text[:longest]}... ({len(text) - longest:,} more characters)"
    return _STEERING.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in "\n\r\t":
        return " "
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
