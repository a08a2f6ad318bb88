"""Reading streams in pieces, for golden streams and for broken ones: as `python -m benchmarks.fuzzing` does it."""

from benchmarks.fuzzing.breaking import cut, fuzz, mutated, read

__all__ = ["cut", "fuzz", "mutated", "read"]
