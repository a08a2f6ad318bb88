"""The locustfile of the containers: the workload beside it."""

from pathlib import Path

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(__file__).parent / "desk.yaml")
