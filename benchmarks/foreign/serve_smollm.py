"""Serves a model file on a port until it is ended. Run by .foreign's Python: `serve_smollm.py MODEL PORT`."""

import signal
import sys

import xllamacpp

_SLOTS = 4
_CONTEXT = 2048  # tokens, for each slot

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.port = int(sys.argv[2])
params.n_parallel = _SLOTS
params.n_ctx = _SLOTS * _CONTEXT
params.cpuparams.n_threads = (
    1  # two wait for each other, and where others work beside them that took seven times as long
)
server = xllamacpp.Server(params)
print(f"serving on {server.listening_address}", flush=True)
signal.sigwait({signal.SIGTERM, signal.SIGINT})
