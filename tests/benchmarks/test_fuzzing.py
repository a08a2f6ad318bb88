"""Every kernel takes broken answers for what they are; `python -m benchmarks.fuzzing` breaks many more."""

import asyncio

import pytest

from benchmarks.fuzzing.__main__ import KERNELS, fuzz_kernels

OURS = {"ok", "truncated", "malformed", "agent_error", "too_large"}


@pytest.mark.parametrize("kernel", KERNELS)
def test_two_thousand_broken_answers_each_end_in_one_outcome(kernel):
    outcomes = asyncio.run(fuzz_kernels((kernel,), 2_000, seed=3))[kernel]
    assert outcomes.keys() <= OURS
    assert outcomes.total() == 2_000
    assert min(outcomes["ok"], outcomes["malformed"]) > 20
