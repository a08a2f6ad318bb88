"""A shop's busiest ten minutes against an agent of your own: write its url into workloads/retail-peak.yaml.

locust -f locustfiles/retail_peak.py
"""

from pathlib import Path

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(__file__).parent.parent / "workloads" / "retail-peak.yaml")
