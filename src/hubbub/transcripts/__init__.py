"""Conversations that were held elsewhere: how their logs are read. Knows nothing of how they are judged."""
