"""What makes an e-mail address one customer's: five digits, or two words, which lead back to the customer's number.

Half of the addresses that MultiDoGO's customers give have a digit in them.
"""

import re

from hubbub.customers.permutation import fill, index_of, number_of, unique_fill

_DIGITS = "#####"
_WORD_LIST = (
    "acorn alder almond amber anchor apple arbor arrow ash aspen aster autumn badger bamboo barley basil bay "
    "beach beacon beech bell berry birch bird bishop blue boat book border bower branch breeze briar brick "
    "bridge bright bronze brook broom brown buck butter button cabin camel candle canyon cape cedar chalk "
    "chapel cherry chess cider cinder clay cliff cloud clover coast cobble comet copper coral corner cotton "
    "cove crane creek crow crown curlew daisy dale dawn deer delta desert dew dove dragon drift drum dune "
    "dusk eagle east echo elder elm ember fable falcon fall farm fern ferry field finch fire fjord flame flax "
    "flint flora flower foal forest forge fox frost garden garnet gate ginger glade glen glow gold goose "
    "gorse grain grape grass gray green grove gull harbor hare haven hawk hazel heath hedge heron hill holly "
    "honey hoop horn hunter indigo iris iron island ivory ivy jade jay jewel kelp kettle king kite lake lamp "
    "land lane lark laurel leaf lemon light lilac lily lime linden linen lion lotus lunar lynx magnet magpie "
    "mango maple marble marina market marsh meadow melody melon mill mint mist moon moor moss nectar nest "
    "nettle night north nutmeg oak oat ocean olive opal orange orchid osprey otter owl oyster palm panda "
    "paper park path peach peak pearl pebble pepper petal pine plain plum pond poppy prism quail quarry "
    "quartz rain raven reed reef ridge river robin rock rose rowan ruby rush rye sable sage sail salmon sand "
    "sea shadow shell shore silk silver sky slate snow solar song south spark spring spruce star steel stone "
    "stork storm stream summer sun swan tarn teal thorn thrush thyme tide tiger timber topaz tower trail tree "
    "trout tulip tundra turtle vale valley velvet violet walnut water wave west wheat willow wind winter wolf "
    "wood wren yarrow yew zephyr "
)
_WORDS = _WORD_LIST.split()
_PLACE = {word: place for place, word in enumerate(_WORDS)}
_NUMBERED = re.compile(r"\d{5}$")
SHAPE = (
    r"[\w.+-]*\d{5}@[\w.-]+|[a-z]+(?:\.[a-z]{3,6}){2}@[\w.-]*\bexample\.[a-z]+"  # what could be one, and little else
)


def mailbox(slug: str, seed: int, number: int) -> str:
    """What stands before the sign, of a customer whose name gives `slug`; no two alike of 100,000 numbers in a row."""
    digits = unique_fill(_DIGITS, seed, number)
    half, odd = divmod(int(digits), 2)
    if not odd:
        return f"{slug}{digits}"
    first, second = divmod(half, len(_WORDS))
    return f"{slug.partition('.')[0]}.{_WORDS[first]}.{_WORDS[second]}"


def owner(address: str, seed: int) -> tuple[int, int] | None:
    """The remainder and the period of the numbers that an address belongs to; None when it is nobody's."""
    box = address.partition("@")[0]
    digits = _NUMBERED.search(box)
    index = _of_words(box.split(".")) if digits is None else index_of(_DIGITS, digits[0])
    return None if index is None else number_of(_DIGITS, seed, fill(_DIGITS, index))


def _of_words(parts: list[str]) -> int | None:
    """The number of five digits that two words stand for."""
    places = [_PLACE.get(word) for word in parts[1:]]
    if len(places) != 2 or places[0] is None or places[1] is None:
        return None
    return 2 * (places[0] * len(_WORDS) + places[1]) + 1
