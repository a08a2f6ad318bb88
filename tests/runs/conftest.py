"""An agent behind a real socket that is a function of the request."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

Answer = Callable[[dict[str, object]], tuple[int, object]]


@pytest.fixture
def agent() -> Iterator[Callable[[Answer], str]]:
    """An agent that is a function from a request to a status and a document; its address.

    What is no JSON is refused with 400, or answered as the function's attribute `broken` says.
    """
    servers: list[ThreadingHTTPServer] = []

    def serve(answer: Answer) -> str:
        class Once(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    status, document = answer(json.loads(body))
                except json.JSONDecodeError:
                    status, document = getattr(answer, "broken", (400, {"error": "no JSON"}))
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Once))
        Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/chat"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
