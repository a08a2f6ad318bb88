"""A real language model as the customers' voice: its words where they are faithful, the grammar's where not."""

from pathlib import Path

import pytest
from customers.people import PLAIN, customer

from benchmarks.foreign.servers import Missing, smollm
from hubbub.customers.mind import Mind
from hubbub.model import Say, VoiceSpec
from hubbub.voices.llm import open_voice
from hubbub.voices.voice import Wanted

WHO = customer(3, manner=PLAIN)
MESSAGES = (
    Wanted(WHO, Mind(), Say("open", (), "get_refund"), 1, "", ("hi, I want my money back for something I bought",)),
    Wanted(WHO, Mind(), Say("confirm"), 3, "Shall I go ahead?", ("yes please",)),
)


@pytest.mark.foreign
@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_small_model_is_asked_and_each_of_its_answers_is_used_or_refused_for_a_reason(tmp_path: Path):
    try:
        with smollm(tmp_path) as model:
            url = f"{model.base}/v1/chat/completions"
            voice = await open_voice(
                VoiceSpec(url=url, model=model.model, timeout_s=1500, max_tokens=24), 7, tmp_path, {}
            )
            said = [await voice.reword(wanted) for wanted in MESSAGES]
            await voice.close()
    except Missing as missing:
        pytest.skip(str(missing))
    assert voice.tally["asked"] == len(MESSAGES) == sum(n for name, n in voice.tally.items() if name != "asked")
    assert not {"grammar: error", "grammar: http_error"} & voice.tally.keys()
    assert all(len(texts) == 1 and texts[0] for texts in said)
