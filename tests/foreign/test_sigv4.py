"""botocore signs the same requests as we do."""

import json
import random
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.foreign.servers import PLACE
from hubbub.connectors.sigv4 import Keys, SigV4

pytestmark = pytest.mark.foreign
HOST = "runtime-v2-lex.eu-west-1.amazonaws.com"
LETTERS = "abcXYZ019 -_.~/%+&=?#:@!$'()*,;é😀"


def some(chance, most=12):
    return quote("".join(chance.choice(LETTERS) for _ in range(chance.randrange(1, most))), safe="")


def test_two_hundred_requests_are_signed_as_botocore_signs_them():
    python = PLACE / "bin" / "python"
    if not python.exists():
        pytest.skip("needs .foreign: scripts/setup --foreign")
    chance = random.Random(1)
    asked = []
    for _ in range(200):
        query = "&".join(f"{some(chance)}={some(chance)}" for _ in range(chance.randrange(4)))
        path = "/" + "/".join(some(chance) for _ in range(chance.randrange(1, 5)))
        target = f"{path}?{query}" if query else path
        asked.append((chance.choice(("GET", "POST")), target, some(chance, 60), some(chance, 40)))
    told = json.dumps([(method, f"https://{HOST}{target}", body, secret) for method, target, body, secret in asked])
    script = Path(__file__).with_name("sign_aws.py")
    ran = subprocess.run([python, script], input=told, capture_output=True, text=True, check=True)
    for (method, target, body, secret), theirs in zip(asked, json.loads(ran.stdout), strict=True):
        signing = SigV4(Keys("AKIDEXAMPLE", secret, "eu-west-1", "lex"), lambda: 1440938160.0)
        head = f"{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: ".encode()
        assert f"Authorization: {theirs}\r\n" in signing.lines(head, body.encode()).decode(), target
