"""Where a process is: on which kernel, and behind which 127.0.0.1."""

import socket
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NETWORK = Path("/proc/self/ns/net")


def boot() -> str:
    """A name for this kernel since it was started; processes with the same one share a steady clock."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def loopback() -> str:
    """A name for this process's 127.0.0.1. Containers of one machine have one each, though they share a kernel."""
    try:
        return f"{boot()} {_NETWORK.readlink()}"
    except OSError:
        return socket.gethostname()  # where there is no Linux there are no such containers
