"""A quiet desk that is run over for twenty seconds: does it come back, and whom does it send to humans meanwhile?

locust -f locustfiles/spike.py --headless
"""

from pathlib import Path

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(__file__).parent.parent / "workloads" / "spike.yaml", rows="intent")
