"""Locust drives our conversations. The only room that knows Locust; a locustfile needs `rehearse` and nothing else."""

from hubbub.locust_bridge.rehearsal import rehearse as rehearse
