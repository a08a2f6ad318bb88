"""A workload held in seconds instead of minutes, so that a page that runs one can be tested."""

import re

RUN_S = 2.0  # what a workload's duration becomes
FASTEST_PER_S = 40.0
_TIMES = re.compile(r"\b(duration_s|warm_up_s|for_s|ramp_s|at_s): ([\d.]+)(?=[,}\s])")
_RATES = re.compile(r"\b(rate_per_s|peak_per_s): ([\d.]+)(?=[,}\s])")
_HURRY = {
    "speed": "120",
    "drain_s": "4",
    # a test of words must not fail because the machine is busy
    "budget": "{late_p99_s: 9, loop_lag_p99_s: 9, dropped_rate: 1, unknown_rate: 1}",
}


def shortened(text: str) -> str:
    """As many customers as the workload has, in two seconds and more of a hurry; anything else stays as it is."""
    lasts = re.search(r"^duration_s: ([\d.]+)", text, re.MULTILINE)
    if lasts is None or not re.search(r"^workload: ", text, re.MULTILINE):
        return text
    part = min(1.0, RUN_S / float(lasts[1]))
    text = _TIMES.sub(lambda found: f"{found[1]}: {float(found[2]) * part:.6g}", text)
    text = _RATES.sub(lambda found: f"{found[1]}: {min(FASTEST_PER_S, float(found[2]) / part):.6g}", text)
    for key, value in _HURRY.items():
        text = re.sub(rf"^{key}: .*\n", "", text, flags=re.MULTILINE).rstrip("\n") + "\n"
        if not re.search(rf"^{key}:", text, re.MULTILINE):
            text += f"{key}: {value}\n"
    return text
