"""Streams as agents of each protocol write them, and what becomes of them when they are broken."""
