"""Ports of 127.0.0.1 that nobody has, and that nobody's calls are given while a server is still on its way to them."""

import os
import socket
from contextlib import ExitStack
from itertools import count
from pathlib import Path

_LOWEST = 10_000
_BLOCK = 4  # ports that are looked at together
_GIVEN_TO_CALLS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_USUALLY_FROM = 32_768  # as Linux gives ports to calls, where it does not say
_TURNS = count(os.getpid() * 157)  # each process begins elsewhere; threads may share this


def _blocks() -> int:
    """Below what the system gives to calls: a port that is free now would else be some client's before it is used."""
    try:
        first = int(_GIVEN_TO_CALLS.read_text().split()[0])
    except (OSError, ValueError):
        first = _USUALLY_FROM
    return max(first - _LOWEST, 1000) // _BLOCK


def free_ports(many: int) -> int:
    """The first of so many ports (at most 4) next to each other. None is told twice before all others were."""
    assert 1 <= many <= _BLOCK
    blocks = _blocks()
    for _ in range(blocks):
        first = _LOWEST + next(_TURNS) % blocks * _BLOCK
        with ExitStack() as held:
            try:
                for port in range(first, first + many):
                    held.enter_context(socket.socket()).bind(("", port))
            except OSError:
                continue
        return first
    raise RuntimeError("every port is taken")


def free_port() -> int:
    """A port that nobody listens on."""
    return free_ports(1)
