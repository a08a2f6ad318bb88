"""Serves a model file on a port until it is ended. Run by .foreign's Python: `serve_smollm.py MODEL PORT [GRAMMAR]`.

With a grammar (GBNF, see llama.cpp's docs) the model says nothing but what that derives.
"""

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
params.cpuparams.n_threads = 1  # two wait for each other, and on a busy machine for ever
if len(sys.argv) > 3:
    params.sampling.grammar = xllamacpp.CommonGrammar(
        xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER, sys.argv[3]
    )
server = xllamacpp.Server(params)
print(f"serving on {server.listening_address}", flush=True)
signal.sigwait({signal.SIGTERM, signal.SIGINT})
