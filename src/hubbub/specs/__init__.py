"""YAML to checked values; every mistake with file:line:column."""
