"""A voice in a whole run: decisions stay, values stay, its time is nobody's, and what it did is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli.words import hubbub

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
VOICE = "voice: {url: %s, timeout_s: 0.4, at_once: 8}\n"
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
    assert summary["metrics"]["first_text_p50_s"]["value"] < 0.12  # the model's .15 s are not the agent's
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
