"""A process of a run has what it needs before it says that it is ready."""

import subprocess
import sys
from pathlib import Path

from rehearsal import a_persona, a_workload

from hubbub.model import AgentSpec
from hubbub.runs.plan import Plan, Weighted, write_plan

HEARD_WITHOUT_A_FILE = """
import asyncio, resource, sys
from pathlib import Path
from hubbub.conversation import ears_of
from hubbub.customers.population import Population
from hubbub.runs.plan import read_plan
from hubbub.runs.portion import Portion

async def main():
    folder = Path(sys.argv[1])
    plan = read_plan(folder)
    portion = await Portion.make_ready(plan, 0, folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    for ear in ears_of(persona for persona, _ in plan.personas).values():
        print(*ear.hear(sys.argv[2]).acts)
    print(*(Population(((persona, 1.0),), 1).draw(5).name for persona, _ in plan.personas))
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    await portion.call_off()

asyncio.run(main())
"""


def test_once_ready_replies_are_understood_and_customers_drawn_without_a_file_to_be_opened(tmp_path: Path) -> None:
    people = tuple(Weighted(a_persona(persona=code, locale=code), 1.0) for code in ("en-US", "de-DE"))
    workload = a_workload(agent=AgentSpec(connector="http-json", url="http://127.0.0.1:9/"))
    write_plan(tmp_path, Plan("run", workload, people, "http://127.0.0.1:9/", 1, str(tmp_path)))
    words = (sys.executable, "-c", HEARD_WITHOUT_A_FILE, str(tmp_path), "What is your order number? Danke!")
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[0] == "request"
