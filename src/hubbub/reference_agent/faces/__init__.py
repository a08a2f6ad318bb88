"""The protocols that the agent speaks, one module each."""
