"""A dress rehearsal for AI agents that talk to customers."""

__version__ = "0.1.0"
