"""How near our customers come to people: the same measures on both, beside what two halves of one corpus score."""
