"""The judge judged: an agent whose faults are known, and what Hubbub finds of them."""
