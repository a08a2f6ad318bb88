"""How a reference agent is set up: the workload's words, and exact timing for calibration."""

from typing import Annotated

import msgspec
from msgspec import Meta

from hubbub.model import EmbeddedAgent, Seconds


class AgentSettings(EmbeddedAgent, frozen=True, kw_only=True):
    """EmbeddedAgent, and a calibration mode in which nothing is left to chance.

    With `fixed_first_text_s`, every reply starts exactly so many seconds after it arrived, comes in exactly
    `fixed_chunks` pieces `fixed_gap_s` apart (0: all in one packet), and there is no limit on how many are worked on
    at once.
    """

    fixed_first_text_s: Seconds | None = None
    fixed_chunks: Annotated[int, Meta(ge=1, le=10_000)] = 16
    fixed_gap_s: Seconds = 0.01

    @property
    def calibrated(self) -> bool:
        """Whether timing is exact and capacity unlimited."""
        return self.fixed_first_text_s is not None


def settings_from(embedded: EmbeddedAgent) -> AgentSettings:
    """The settings that a workload's `agent.embedded` asks for."""
    return msgspec.convert(msgspec.structs.asdict(embedded), AgentSettings)
