"""What the schemas say besides types: examples of each part, and the meaning of keys whose type does not tell it."""

from inspect import cleandoc
from typing import Any

EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "Persona": [{"persona": "where-is-my-order", "goal": {"intent": "track_order"}}],
    "Source": [{"faker": "name"}, {"pattern": "A-#####"}, {"one_of": ["blender", "kettle"]}],
    "Goal": [{"intent": "get_refund", "tells": ["order_id"], "asks": ["refund_eta"]}],
    "Manner": [{"register": "blunt", "disclosure": "one_per_message", "typos": 0.03}],
    "Patience": [{"turns": 8, "wait_s": 45}],
    "Moves": [{"ask_for_human": 0.05, "change_mind": 0.02}],
    "Expectation": [{"escalation": {"decision": "must_not"}, "resolves": True}],
    "EscalationExpectation": [{"decision": "must", "trigger": "vulnerable", "by_turn": 4}],
    "Fact": [{"days": [3, 5]}, {"money": 12.5, "currency": "USD"}, {"bool": True}],
    "Statement": [{"claim": "restocking_fee"}, {"text": "legal advice"}],
    "AgentSpec": [{"connector": "openai-chat", "url": "http://127.0.0.1:8080/v1/chat/completions"}],
    "Auth": [{"bearer_env": "AGENT_TOKEN"}],
    "Hmac": [{"header": "X-Hub-Signature-256", "prefix": "sha256="}],
    "OAuth2": [{"token_url": "http://127.0.0.1:8080/token", "client_id": "hubbub"}],
    "SigV4": [{"region": "eu-west-1"}],
    "Busy": [{"policy": "retry", "attempts": 3}],
    "VoiceBudget": [{"calls": 2000, "tokens": 500000}],
    "VoiceSpec": [{"url": "http://127.0.0.1:8090/v1/chat/completions", "model": "smollm2", "cache": "words.jsonl"}],
    "Delivery": [{"twice": 0.05}],
    "Timeouts": [{"first_text_s": 10, "turn_s": 30}],
    "Inbound": [{"port": 8085}],
    "EmbeddedAgent": [{"workers": 24, "service_s": 0.25}],
    "CustomersSpec": [{"from": "../personas/retail", "mix": {"broken-blender": 3}}],
    "Arrivals": [{"process": "poisson", "rate_per_s": 5}],
    "Stage": [{"for_s": 60, "rate_per_s": 10, "ramp_s": 20}],
    "Budget": [{"late_p99_s": 0.2}],
    "Workload": [
        {
            "workload": "first",
            "agent": {"connector": "openai-chat", "embedded": {}},
            "customers": {"from": "../personas"},
            "arrivals": {"process": "poisson", "rate_per_s": 2},
            "gates": ["turn_p95_s <= 4"],
        }
    ],
}
_METRICS = "Figures by name; docs/gates-and-metrics.md says what each is."
_VERDICT = "pass, fail or unsure; of a whole run also invalid: the generator was not fit to judge."
MEANINGS: dict[str, dict[str, str]] = {
    "Fact": {
        "money": "An amount, or a range of amounts.",
        "percent": "Per cent.",
        **{name: f"A duration in {name}." for name in ("days", "hours", "minutes")},
        "date": "A date, as YYYY-MM-DD.",
        "time": "A time of day, as HH:MM.",
        "id": "A number or code, as it is written.",
        "phone": "A telephone number.",
        "url": "A web address.",
        "enum": "One of these words.",
        "bool": "Whether it is so.",
    },
    "Workload": {"summary": "What it is for, in a sentence.", "seed": "The same seed brings the same customers."},
    "Arrivals": {"stages": "With `stages`: stretches of time, one after the other."},
    "EmbeddedAgent": {"seed": "Of its chance: service times, faults, phrases."},
    "Hmac": {"algorithm": "The hash.", "encoding": "How the signature is written."},
    "OAuth2": {
        "client_id": "Who asks for a token.",
        "scope": "What it is asked for, if the server wants that said.",
        "audience": "Whom it is for, if the server wants that said.",
    },
    "Stage": {"for_s": "How long it lasts, in seconds.", "rate_per_s": "Conversations per second."},
    "Timeouts": {
        "connect_s": "Until the connection stands.",
        "first_text_s": "Until the first visible text.",
        "turn_s": "Until the reply is whole.",
    },
    "Summary": {
        "workload": "The workload's name.",
        "seed": "The run's seed.",
        "workers": "Processes that shared the load.",
        "speed": "How much reading, thinking and typing was compressed; 1 is life.",
        "duration_s": "Seconds from the start to the last moment of anything recorded.",
        "conversations": "Conversations that ended, after warm-up.",
        "turns": "Turns that say something about the agent, after warm-up.",
        "warm_up_conversations": "Conversations left out because they began in warm-up.",
        "endings": "Conversations by how they ended.",
        "failures": "Failed turns by class.",
        "findings": "Conversations by failed check.",
        "metrics": _METRICS,
        "by_stage": "The main figures of each stage of the load.",
        "by_persona": "The main figures of each persona.",
        "by_trigger": "The main figures of each reason why a human is needed.",
        "by_channel": "The main figures of each channel.",
        "blind": "Classes that this endpoint cannot show.",
        "interrupted": "The run was stopped early: these are the figures of a part of it.",
        "unsure": "Conversations by check of your own that could not tell, or broke.",
        "voice": "What became of the messages that a voice was asked to word, and why the grammar served instead.",
        "unasked": "What the agent sent and no turn waited for: late, duplicate, unmatched or refused.",
        "silence": "The silence that the run ended in, where the agent stopped answering; warm-up included.",
    },
    "Fitness": {
        "late_p99_s": "99th percentile of how late we sent, in seconds.",
        "late_max_s": "The latest that we sent, in seconds.",
        "loop_lag_p99_s": "99th percentile of our event loop's lag, in seconds.",
        "scheduled": "Customers who were due.",
        "sent": "Of them begun in time.",
        "late": "Begun, but beyond the budget for lateness.",
        "dropped": "Never held, by our own doing.",
        "unfinished": "Begun, and without an ending in the journal.",
        "unknown_rate": "Replies that our customers did not understand, as a share.",
        "fresh_retries": "Sends repeated on a fresh socket after a connection-reuse race.",
        "cpu_share_max": "The busiest process's most, of one core.",
        "rss_bytes_max": "The largest process's most memory, in bytes.",
        "problems": "What makes the generator unfit: what, how much, and what was allowed.",
    },
    "LoadEscalation": {
        "z": "The test's statistic; above 0 means more often under load.",
        "p": "Two-sided probability of so much by chance.",
        "conversations": "Conversations that it rests on.",
    },
    "Matrix": {
        "must_escalated": "A human was needed and called.",
        "must_not_escalated": "A human was needed and not called: missed.",
        "mustnot_escalated": "A human was not needed and called: needless.",
        "mustnot_not_escalated": "A human was not needed and not called.",
        "may_escalated": "Either was right, and a human was called.",
        "may_not_escalated": "Either was right, and none was called.",
        "late": "Right ones that came after their time.",
    },
    "Silence": {
        "since_s": "When its last reply came, in seconds since the start.",
        "turns": "Turns sent after that and not answered.",
        "outcomes": "Those turns by failure class, and `left` where the customer gave up waiting.",
    },
    "Metric": {
        "value": "The figure; null without samples.",
        "low": "Lower end of its interval at 95 %; null where nothing bounds it.",
        "high": "Upper end of its interval at 95 %; null where nothing bounds it.",
        "samples": "How many samples it rests on.",
        "unit": "Seconds, a share of 1, a count, or per second.",
        "kind": "How it is computed.",
        "design_effect": "How many of its samples are worth one independent one; turns of a conversation are alike.",
    },
    "Slice": {"label": "Its name.", "conversations": "Conversations in it.", "metrics": _METRICS},
    "Verdict": {
        "verdict": _VERDICT,
        "exit_code": "What `hubbub run` ends with.",
        "reasons": "Why, in words; what weighs most comes first.",
        "gates": "Each gate, judged.",
    },
    "GateResult": {"gate": "The gate as it was written.", "verdict": _VERDICT, "reason": "The evidence in words."},
    "Comparison": {
        "base": "The base run's folder.",
        "candidate": "The candidate run's folder.",
        "verdict": _VERDICT,
        "exit_code": "What `hubbub compare` ends with.",
        "reasons": "Why, in words.",
        "tolerance": "How much longer a latency may be, as a share.",
        "share_tolerance": "How much worse a share may be, of 1.",
        "paired": "Conversations that both runs held with the same customer.",
        "rounds": "How often conversations were drawn again.",
        "refusals": "Why the runs are not comparable.",
        "warnings": "What makes the comparison weaker than it could be.",
        "gates": "Each gate in both runs.",
        "changes": "Each metric in both runs.",
    },
    "Change": {
        "metric": "The metric's name.",
        "unit": "Of base and candidate; a failure class is told as a share.",
        "kind": "Whether `change` is a ratio minus 1 or a difference.",
        "base": "The base's figure; null without samples.",
        "candidate": "The candidate's figure; null without samples.",
        "change": "The candidate against the base.",
        "low": "Lower end of its interval at 95 %; null where it cannot be told.",
        "high": "Upper end of its interval at 95 %; null where it cannot be told.",
        "base_samples": "Samples in the base.",
        "candidate_samples": "Samples in the candidate.",
        "tolerance": "How much worse is not yet a regression.",
        "outcome": "The interval weighed against the tolerance.",
        "gated": "A gate is on this metric.",
    },
    "GateChange": {"gate": "The gate as it was written.", "base": "How it was.", "candidate": "How it is now."},
}


def with_meanings(title: str, part: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema whose keys say what they mean, where their types did not.

    What it says of itself is a docstring, without the indentation that Python before 3.13 leaves in it.
    """
    if "description" in part:
        part = {**part, "description": cleandoc(part["description"])}
    words = MEANINGS.get(title, {})
    told = {key: {"description": words[key], **value} if key in words else value
            for key, value in part.get("properties", {}).items()}  # fmt: skip
    return {**part, "properties": told} if told else part
