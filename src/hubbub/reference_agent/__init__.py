"""The embedded agent: a real server with a finite capacity and plantable faults."""
