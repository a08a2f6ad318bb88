"""Which classes an endpoint can never show, so that nobody takes their absence for a pass."""

from collections.abc import Iterable

_SHOWN_BY = {"tools": "false_promise", "audit_id": "no_audit_id"}  # what must always show, and what it takes to see


def blind_to(connector_blind: Iterable[str], shows: Iterable[str]) -> tuple[str, ...]:
    """The classes that a run cannot see: the connector's, and those for which the workload's `shows` does not vouch."""
    unshown = (name for what, name in _SHOWN_BY.items() if what not in shows)
    return tuple(sorted({*connector_blind, *unshown}))
