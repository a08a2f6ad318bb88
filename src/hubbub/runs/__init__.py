"""One run, from a checked workload to a results folder: processes, signals, folding, verdict."""
