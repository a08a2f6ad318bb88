"""When a run began by the wall clock: as its journals say, or as its folder's name does."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from hubbub.model import Closed, Record

_STAMP = re.compile(r"-(\d{8}T\d{6}Z)-")


def began_at_s(folder: Path, records: Iterable[Record]) -> float:
    """Seconds since 1970 in UTC; 0 when neither the journals' ends nor the folder's name tell."""
    told = [record.began_at_s for record in records if isinstance(record, Closed) and record.began_at_s]
    if told:
        return min(told)
    stamps = _STAMP.findall(folder.resolve().name)
    return datetime.strptime(stamps[-1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp() if stamps else 0.0
