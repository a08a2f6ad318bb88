"""Generators of load, each in a process of its own that reports what it cost."""
