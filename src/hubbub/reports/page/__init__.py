"""A run as a web page."""
