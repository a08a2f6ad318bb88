"""Rehearsals with servers that nobody here wrote."""
