"""Judging a conversation; one file per family."""
