"""The locustfile of `hubbub run --web`: the workload that the command names, in Locust's page."""

import os
from pathlib import Path

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(os.environ["HUBBUB_WORKLOAD"]))
