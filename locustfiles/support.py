"""A support desk of three industries: retail, banking and telecom, by the clock, against the embedded agent.

locust -f locustfiles/support.py                            the page, on 127.0.0.1:8089
locust -f locustfiles/support.py --headless                 the same run without it
locust -f locustfiles/support.py --headless --processes 2   shared by two processes
"""

from pathlib import Path

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(__file__).parent.parent / "workloads" / "demo.yaml")
