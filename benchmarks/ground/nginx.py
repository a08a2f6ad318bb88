"""Debian's nginx with one worker and answers from its own memory, for as long as a block of code runs."""

import resource
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ground.bodies import chat, plain
from benchmarks.ports import free_port

_EACH = "$request_id"  # nginx puts 32 random digits there, for each request others
_CONFIG = """
daemon off; worker_processes 1; error_log stderr crit; pid {folder}/pid; worker_rlimit_nofile {files};
events {{ worker_connections 15000; }}
http {{
    access_log off; keepalive_requests 1000000000; keepalive_timeout 3600s; default_type application/json;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=4096; server_name _;
        location = /json {{ return 200 '{chat}'; }}
        location = /plain {{ return 200 '{plain}'; }}
    }}
}}
"""


def find_nginx() -> str | None:
    """Where nginx is (Debian keeps it out of a user's PATH), or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def nginx() -> Iterator[str]:
    """Its address, such as `http://127.0.0.1:40123`. Raises FileNotFoundError without nginx."""
    program = find_nginx()
    if program is None:
        raise FileNotFoundError("nginx")
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        config = Path(folder) / "nginx.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder, port=port, files=_most_files(), chat=_quoted(chat(_EACH)), plain=_quoted(plain(_EACH))
            )
        )
        process = subprocess.Popen([program, "-e", "stderr", "-p", folder, "-c", str(config)])
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _most_files() -> int:
    """As many open files as this user may ask for, up to what the connections need."""
    return min(30_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1])


def _quoted(body: bytes) -> str:
    return body.decode().replace("\\", "\\\\").replace("'", "\\'")


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not start (exit code {process.poll()})")
