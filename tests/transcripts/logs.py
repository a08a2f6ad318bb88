"""Logs to read, row by row."""

import json

ASK = {"conversation": "a", "time": 10, "sender": "customer", "text": "hello"}


def lines(*rows: dict) -> str:
    """A line for each row."""
    return "\n".join(json.dumps(row) for row in rows)
