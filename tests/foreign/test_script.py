"""The script of 20 turns with every foreign server; `python -m benchmarks.foreign` shows a user the same."""

import pytest

from benchmarks.foreign.parts import SERVERS
from benchmarks.foreign.script import play_all
from benchmarks.foreign.servers import Missing

pytestmark = pytest.mark.foreign


@pytest.mark.parametrize("name", SERVERS)
def test_no_text_is_doubled_cut_or_lost_and_the_human_is_called_at_the_same_turn(name, tmp_path):
    try:
        played = play_all(SERVERS[name], tmp_path)
    except Missing as missing:
        pytest.skip(str(missing))
    assert {part.name: part.wrong for part in played if part.wrong} == {}
