"""The faults that can be planted: each one small function that spoils a draft, by family."""

from hubbub.reference_agent.faults import escalation, statements, talk, wire
from hubbub.reference_agent.faults.fault import FAULTS as FAULTS
from hubbub.reference_agent.faults.fault import Fault as Fault

FAMILIES = (wire, talk, escalation, statements)  # each registers its own when imported
