"""An agent on Twilio's own SDK: it validates each request's signature and answers in TwiML, or by the REST API.

twilio_agent.py PORT PLATFORM-URL twiml|rest, with TWILIO_TOKEN in the environment. It asks for status callbacks, and
GET /statuses says what came of its messages: of each status, how many.
"""

import json
import os
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from clerk import clerk
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

PORT, PLATFORM, HOW = int(sys.argv[1]), sys.argv[2], sys.argv[3]
TOKEN = os.environ["TWILIO_TOKEN"]
validator = RequestValidator(TOKEN)
client = Client("AC" + "0" * 32, TOKEN)
client.api.base_url = PLATFORM
client.taskrouter.base_url = PLATFORM
desk = clerk()
statuses: Counter[str] = Counter()
sent: set[str] = set()  # messages that were told of as sent, and not yet as delivered


def hand_over(customer: str) -> None:
    """Make a task for a person."""
    attributes = f'{{"customerAddress": "{customer}", "queue": "care", "reason": "asked for a person"}}'
    client.taskrouter.v1.workspaces("WS" + "0" * 32).tasks.create(
        workflow_sid="WW" + "0" * 32, attributes=attributes, task_channel="sms"
    )


def by_rest(form: dict[str, str], words: str, human: bool) -> None:
    """Answer after the webhook."""
    if human:
        hand_over(form["From"])
    status_url = f"http://127.0.0.1:{PORT}/status"
    client.messages.create(to=form["From"], from_=form["To"], body=words, status_callback=status_url)


def note(form: dict[str, str]) -> None:
    """A status of a message of ours; one that is delivered before it is sent is out of order."""
    sid, status = form["MessageSid"], form["MessageStatus"]
    in_order = status == "sent" or sid in sent
    sent.add(sid) if status == "sent" else sent.discard(sid)
    statuses[status if in_order else "out of order"] += 1


class Webhooks(BaseHTTPRequestHandler):
    """Twilio's requests."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """One message."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        url = f"http://127.0.0.1:{PORT}{self.path}"
        if not validator.validate(url, form, self.headers.get("X-Twilio-Signature", "")):
            return self.answer(403, b"")
        if self.path == "/status":
            note(form)
            return self.answer(204, b"")
        words, human = desk.answer(form["From"], form["Body"])
        response = MessagingResponse()
        if HOW == "rest":
            threading.Thread(target=by_rest, args=(form, words, human)).start()
        else:
            if human:
                hand_over(form["From"])
            response.message(words, status_callback="/status")
        return self.answer(200, str(response).encode())

    def do_GET(self) -> None:
        """What became of the messages."""
        self.answer(200, json.dumps(statuses).encode(), "application/json")

    def answer(self, status: int, body: bytes, kind: str = "text/xml") -> None:
        """With TwiML, or what else it is."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Server(ThreadingHTTPServer):
    """A thread for each connection."""

    daemon_threads = True
    request_queue_size = 256


Server(("127.0.0.1", PORT), Webhooks).serve_forever()
