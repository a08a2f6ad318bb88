"""A histogram of whole numbers to three significant figures, on HdrHistogram's buckets: cheap to fill, exact to merge.

Only the buckets in use are kept, so it costs a kilobyte or two where the full array would cost 190.
"""

from hdrh.histogram import HdrHistogram

PER_S = 1_000_000  # durations are kept in microseconds
_SUB_BUCKET_BITS = 11  # 2,048 sub-buckets resolve three significant figures (HdrHistogram, G. Tene)
_HIGHEST = 3600 * PER_S  # an encoded histogram spans at least an hour


class Histogram:
    """Counts by bucket; a bucket's key is its lowest value. Below 2,048 every value has its own."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}

    def record(self, value: int) -> None:
        """Count a value; a negative one counts as 0."""
        if value < 0:
            value = 0
        elif (shift := value.bit_length() - _SUB_BUCKET_BITS) > 0:
            value = value >> shift << shift
        self.counts[value] = self.counts.get(value, 0) + 1

    def record_s(self, seconds: float) -> int:
        """Count a duration, to the microsecond. The key of its bucket."""
        value = int(seconds * PER_S + 0.5)  # what follows is `record`, written out: this is the hottest line of a fold
        if value < 0:
            value = 0
        elif (shift := value.bit_length() - _SUB_BUCKET_BITS) > 0:
            value = value >> shift << shift
        counts = self.counts
        counts[value] = counts.get(value, 0) + 1
        return value

    @property
    def samples(self) -> int:
        """How many values were counted."""
        return sum(self.counts.values())

    def sums(self) -> tuple[float, float]:
        """The sum of the values and of their squares, each value taken as the middle of its bucket."""
        total = squares = 0.0
        for bucket in sorted(self.counts):  # in one order, so that floating point gives one result
            middle, count = (bucket + _highest(bucket)) / 2, self.counts[bucket]
            total += middle * count
            squares += middle * middle * count
        return total, squares

    def merge(self, other: "Histogram") -> None:
        """Add another's counts, exactly."""
        for bucket, count in other.counts.items():
            self.counts[bucket] = self.counts.get(bucket, 0) + count

    def at_ranks(self, ranks: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """The lowest and highest value that the samples of these ranks can have; rank 1 is the smallest sample.

        Raises IndexError for a rank that no sample has.
        """
        found: dict[int, tuple[int, int]] = {}
        left = sorted(set(ranks))
        seen = 0
        if left and left[0] < 1:
            raise IndexError(f"rank {left[0]}: ranks begin at 1")
        for bucket in sorted(self.counts) if left else ():
            seen += self.counts[bucket]
            while left and left[0] <= seen:
                found[left.pop(0)] = (bucket, _highest(bucket))
            if not left:
                break
        if left:
            raise IndexError(f"rank {left[0]} of {seen} samples")
        return tuple(found[rank] for rank in ranks)

    def quantile(self, q: float) -> float | None:
        """The value that a share `q` of the samples does not exceed (nearest rank), to three figures."""
        samples = self.samples
        if not samples:
            return None
        low, high = self.at_ranks((rank_of(q, samples),))[0]
        return (low + high) / 2

    def encode(self) -> bytes:
        """In HdrHistogram's own compressed form (V2, base64), for other tools."""
        full = HdrHistogram(1, max(_HIGHEST, 2 * max(self.counts, default=0)), 3)
        for bucket, count in self.counts.items():
            full.record_value(bucket, count)
        encoded: bytes = full.encode()
        return encoded


def decode(encoded: bytes) -> Histogram:
    """A histogram from HdrHistogram's form."""
    histogram = Histogram()
    for item in HdrHistogram.decode(encoded).get_recorded_iterator():
        bucket, count = item.value_iterated_to, item.count_at_value_iterated_to
        shift = max(0, bucket.bit_length() - _SUB_BUCKET_BITS)
        bucket = bucket >> shift << shift
        histogram.counts[bucket] = count
    return histogram


def rank_of(q: float, samples: int) -> int:
    """The nearest rank of a quantile: the smallest whole number not below q * samples, from 1."""
    return min(samples, max(1, -int(-q * samples // 1)))


def _highest(bucket: int) -> int:
    return bucket + (1 << max(0, bucket.bit_length() - _SUB_BUCKET_BITS)) - 1
