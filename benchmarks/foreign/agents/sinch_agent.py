"""An agent on Sinch's own SDK: it verifies each webhook's signature, parses it, and answers with messages:send.

sinch_agent.py PORT PLATFORM-URL, with SINCH_SECRET and SINCH_KEY_SECRET in the environment. With REFUSES, every so many
messages are refused with 503 when they come first.
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clerk import clerk
from sinch import SinchClient

PORT, PLATFORM = int(sys.argv[1]), sys.argv[2]
client = SinchClient(
    project_id="hubbub-project",
    key_id="hubbub-key",
    key_secret=os.environ["SINCH_KEY_SECRET"],
    conversation_region="eu",
)
client.configuration.auth_origin = PLATFORM
client.configuration.conversation_origin = PLATFORM
events = client.conversation.sinch_events(os.environ["SINCH_SECRET"])
desk = clerk()
refuses = int(os.environ.get("REFUSES", "0"))
came: list[str] = []  # ids of messages, in their order


def answer(event: Any) -> None:
    """Send the reply, and say when a human takes over."""
    message = event.message
    words, human = desk.answer(message.conversation_id, message.contact_message.text_message.text)
    more = {"agent": {"display_name": "Sam", "type": "HUMAN"}} if human else {}
    client.conversation.messages.send_text_message(
        app_id=event.app_id, text=words, contact_id=message.contact_id, **more
    )


def is_refused(event: Any) -> bool:
    """Whether a message comes for the first time, and is one of those that are refused then."""
    id = event.message.id
    if id in came:
        return False
    came.append(id)
    return refuses > 0 and len(came) % refuses == 0


class Webhooks(BaseHTTPRequestHandler):
    """Sinch's events."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """One event, acknowledged before it is answered."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        good = events.validate_authentication_header(dict(self.headers), body)
        status = 200 if good else 401
        if good:
            event = events.parse_event(body)
            if getattr(event, "message", None) is not None:
                if is_refused(event):
                    status = 503
                else:
                    threading.Thread(target=answer, args=(event,)).start()
        said = json.dumps({"ok": good}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Server(ThreadingHTTPServer):
    """A thread for each connection."""

    daemon_threads = True
    request_queue_size = 256


Server(("127.0.0.1", PORT), Webhooks).serve_forever()
