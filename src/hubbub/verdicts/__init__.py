"""Decisions over several runs."""
