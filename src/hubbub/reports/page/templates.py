"""What the pages are laid out with: their templates, style sheet and scripts, and the policy that allows just those."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

TEMPLATES = Environment(
    loader=PackageLoader("hubbub.reports.page", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def sentence(note: str) -> str:
    """A note as a sentence of its own."""
    return f"{note[:1].upper()}{note[1:].rstrip('.')}."


TEMPLATES.filters["sentence"] = sentence


@cache
def own(name: str) -> str:
    """The text of a file of ours that goes into a page as it is."""
    return files("hubbub.reports.page").joinpath(name).read_text(encoding="utf-8")


def policy(styles: tuple[str, ...], scripts: tuple[str, ...] = ()) -> str:
    """A Content-Security-Policy that allows these texts, by the hashes of their bytes, and nothing else."""
    told = [
        f"{kind} {' '.join(map(_hash, texts))}"
        for kind, texts in (("script-src", scripts), ("style-src", styles))
        if texts
    ]
    return "; ".join(("default-src 'none'", *told, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
