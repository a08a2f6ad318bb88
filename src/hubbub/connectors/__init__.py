"""How to speak to an agent. Every failure becomes one of ours here."""
