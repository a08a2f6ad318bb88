"""An hour of twenty open conversations: each Locust user is one, and a task of your own runs beside them.

locust -f locustfiles/soak.py --headless --users 20
"""

from pathlib import Path

from locust import User, constant, task

from hubbub.locust_bridge import rehearse

Customers = rehearse(Path(__file__).parent.parent / "workloads" / "soak.yaml")


class Watchman(User):
    """Anything that Locust can do goes on beside the customers: here, a look at the clock every minute."""

    fixed_count = 1
    wait_time = constant(60)

    @task
    def look(self) -> None:
        """Replace this by a request to your own health page, say."""
        self.environment.events.request.fire(
            request_type="watch", name="clock", response_time=0, response_length=0, exception=None, context={}
        )
