"""Whole rehearsals with servers that nobody here wrote; `python -m benchmarks.foreign` shows a user the same."""

import pytest

from benchmarks.foreign.scenes import SCENES, play
from benchmarks.foreign.servers import Missing


def _marked(scene):
    marks = [pytest.mark.foreign, pytest.mark.timeout(3600)] + ([pytest.mark.slow] if scene.slow else [])
    return pytest.param(scene, id=scene.name, marks=marks)


@pytest.mark.parametrize("scene", [_marked(scene) for scene in SCENES])
def test_every_conversation_comes_to_its_end_and_every_planted_fault_is_in_its_class(scene, tmp_path):
    try:
        _, wrong = play(scene, tmp_path)
    except Missing as missing:
        pytest.skip(str(missing))
    assert wrong == []
