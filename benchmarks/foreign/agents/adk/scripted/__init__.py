"""The scripted agent as an app for `adk api_server`."""

from . import agent as agent
