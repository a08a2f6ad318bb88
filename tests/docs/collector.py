"""An OTLP collector as a page's reader has one: takes traces over HTTP, and refuses what is not a request of traces.

python collector.py 127.0.0.1:4318
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Collector(BaseHTTPRequestHandler):
    """Answers as the protocol asks: 200 for JSON with spans at /v1/traces, 400 for anything else."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            good = self.path == "/v1/traces" and bool(json.loads(body)["resourceSpans"])
        except (ValueError, KeyError):
            good = False
        self.send_response(200 if good else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")


if __name__ == "__main__":
    host, _, port = sys.argv[1].partition(":")
    HTTPServer((host, int(port)), Collector).serve_forever()
