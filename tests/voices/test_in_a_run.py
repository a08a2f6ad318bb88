"""A voice in a whole run: decisions stay, values stay, its time is nobody's, and what it did is told."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli.words import hubbub
from rehearsal import a_workload

from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller
from hubbub.model import Reply
from hubbub.voices.voice import Wanted

WORKLOAD = """\
workload: voiced
agent: {{connector: openai-chat, embedded: {{service_s: 0.01, tokens_per_s: 9000}}}}
customers: {{from: {personas}}}
arrivals: {{process: constant, rate_per_s: 3}}
duration_s: 2
drain_s: 20
speed: 400
{voice}
"""
VOICE = "voice: {url: %s, timeout_s: 30, at_once: 8}\n"
MODEL = """\
import json, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        words = body["messages"][1]["content"].rpartition("message: ")[2]
        time.sleep(0.15)
        answer = json.dumps({"choices": [{"message": {"content": "Well, " + words}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
print(server.server_port, flush=True)
server.serve_forever()
"""


def test_the_time_that_words_take_is_charged_to_nobody(rehearse):
    async def answer(clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
        return Reply(text="Your order is on its way. Is there anything else?")

    async def reword(wanted: Wanted) -> tuple[str, ...]:
        await asyncio.sleep(500)
        return (f"well {wanted.turn}",)

    held = rehearse(answer, a_workload(duration_s=1.0), reword=reword)
    said = [turn for turn in held.turns if not turn.overlap]
    assert {turn.texts[0].split()[0] for turn in said} == {"well"}
    assert all(turn.sent_s == pytest.approx(turn.due_s, abs=1e-6) for turn in said)
    assert all(turn.over_s == turn.sent_s for turn in said)
    assert min(turn.sent_s for turn in said) >= 500
    assert all(turn.texts == (f"well {turn.turn}",) for turn in said)


@pytest.mark.slow
def test_the_same_customers_in_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model_url: str, capsys):
    personas = Path(__file__).parents[2] / "personas" / "retail"
    folders = []
    for name, voice in (("grammar", ""), ("model", VOICE % model_url)):
        file = tmp_path / f"{name}.yaml"
        file.write_text(WORKLOAD.format(personas=personas, voice=voice))
        assert hubbub(monkeypatch, "run", file, "--results", tmp_path / name, "--quiet", "--no-probe") in (0, 3, 5)
        folders.append(next((tmp_path / name).iterdir()))
    summary = json.loads((folders[1] / "summary.json").read_text())
    assert summary["voice"]["worded"] > 10
    assert "worded by a voice" in capsys.readouterr().out
    assert hubbub(monkeypatch, "agree", *folders) == 0
    assert "same on a human" in capsys.readouterr().out


@pytest.fixture
def model_url():
    with subprocess.Popen([sys.executable, "-c", MODEL], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield f"http://127.0.0.1:{port}/v1/chat/completions"
        process.terminate()
