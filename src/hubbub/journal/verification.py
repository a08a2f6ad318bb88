"""Is a journal as it was written? CRC by line, hash chain by batch, order, an ending, and accounts that add up."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hubbub.journal.accounting import Account, Accounting
from hubbub.journal.lines import FORMAT, Damaged, parse
from hubbub.journal.reading import journals
from hubbub.journal.sealing import Chain
from hubbub.model import Closed, Header, Health, Record, Seal, Started


class Flaw(Struct, frozen=True):
    """Something wrong, and where; line 0 is the whole file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class Verified(Struct, frozen=True):
    """What verification found. `damage` was done to the files; `unended` is what a killed worker leaves behind.

    A journal cut between two batches looks like a killed worker's: nothing in the file could tell them apart.
    """

    records: int
    batches: int
    damage: tuple[Flaw, ...]
    unended: tuple[Flaw, ...]
    account: Account

    @property
    def exit_code(self) -> int:
        """3 when damaged, 5 when the end is missing (nothing says what stood there), else 0."""
        return 3 if self.damage else 5 if self.unended else 0


def verify(folder: Path) -> Verified:
    """Check every journal of a run. Raises UsageError when there is none."""
    whole = Accounting()
    checks = [_Check(path, whole) for path in journals(folder)]
    for check in checks:
        check.run()
    account = whole.account()
    damage = [flaw for check in checks for flaw in check.damage] or list(_doubled(checks))
    name = folder.resolve().name
    if not damage:  # a damaged line may be the one that is missing from the account
        damage += [Flaw(name, 0, problem) for problem in account.problems]
    unended = [flaw for check in checks for flaw in check.unended]
    unended += _missing(name, [check.header for check in checks if check.header])
    return Verified(
        sum(c.records for c in checks), sum(c.batches for c in checks), tuple(damage), tuple(unended), account
    )


def _doubled(checks: list["_Check"]) -> Iterator[Flaw]:
    whose: dict[int, str] = {}
    for check in checks:
        if check.header is not None:
            worker, other = check.header.worker, whose.setdefault(check.header.worker, check.file)
            if other != check.file:
                yield Flaw(check.file, 1, f"this is worker {worker}'s journal, and so is {other}")


def _missing(folder: str, headers: list[Header]) -> Iterator[Flaw]:
    workers = {worker for header in headers for worker in range(header.workers)}
    for worker in sorted(workers - {header.worker for header in headers}):
        yield Flaw(folder, 0, f"there is no journal of worker {worker}")


class _Check:
    """One pass over one journal."""

    def __init__(self, path: Path, whole: Accounting) -> None:
        self.header: Header | None = None
        self.records = self.batches = 0
        self.damage: list[Flaw] = []
        self.unended: list[Flaw] = []
        self.file = path.name
        self._path = path
        self._whole = whole
        self._own = Accounting()
        self._chain = Chain()
        self._trusted = True  # no damaged line in the open batch
        self._closed: Closed | None = None
        self._full = False  # as any of its records has it: what was not written then is missing, whatever came later
        self._torn: Flaw | None = None  # a bad last line is a torn end until another line follows

    def run(self) -> None:
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                self._take(number, line)
        self._end(number if self.records or self.damage or self._torn else 0)

    def _flaw(self, line: int, what: str) -> Flaw:
        return Flaw(self.file, line, what)

    def _take(self, number: int, line: bytes) -> None:
        if self._torn:
            self.damage.append(self._torn)
            self._torn = None
        try:
            record = parse(line)
        except Damaged as error:
            self._trusted = False
            flaw = self._flaw(number, str(error))
            if line.endswith(b"\n"):
                self.damage.append(flaw)
            else:
                self._torn = flaw
            return
        if isinstance(record, Seal):
            self._check_seal(number, record)
            return
        self._chain.take(line)
        self.records += 1
        self._check_order(number, record)
        self._own.add(record)
        self._whole.add(record)

    def _check_seal(self, number: int, seal: Seal) -> None:
        self.batches += 1
        problem = self._chain.close(seal)
        if problem and self._trusted:
            self.damage.append(self._flaw(number, problem))
        self._trusted = True

    def _check_order(self, number: int, record: Record) -> None:
        if self._closed:
            self.damage.append(self._flaw(number, "a record after the last one"))
        if isinstance(record, Header) != (number == 1):
            self.damage.append(self._flaw(number, "the header stands first, and only there"))
        elif isinstance(record, Header):
            self._check_header(record)
        elif isinstance(record, Closed):
            self._closed = record
        elif isinstance(record, Health):
            self._full = self._full or "disk_full" in record.incidents
        elif isinstance(record, Started) and self.header and record.number % self.header.workers != self.header.worker:
            self.damage.append(self._flaw(number, f"conversation {record.number} is another worker's"))

    def _check_header(self, header: Header) -> None:
        self.header = header
        if header.format != FORMAT:
            self.damage.append(self._flaw(1, f"the journal has format {header.format}; this version knows {FORMAT}"))

    def _end(self, lines: int) -> None:
        if self._torn:
            self.unended.append(
                self._flaw(lines, "torn: the last line is not whole, as a kill or a full disk leaves it")
            )
        if self._chain.records:
            what = f"{self._chain.records} records after the last seal: whole, and in no hash chain"
            self.unended.append(self._flaw(lines, what))
        if self._closed is None:
            why = "the disk was full" if self._full else "its worker was killed, or its end was cut off"
            self.unended.append(self._flaw(0, f"not closed: {why}"))
        elif not self.damage:
            self._check_counts(self._closed)

    def _check_counts(self, closed: Closed) -> None:
        account = self._own.account()
        said = (closed.started, closed.ended, closed.dropped)
        found = (account.started, account.ended, account.dropped)
        for name, count, real in zip(("started", "ended", "dropped"), said, found, strict=True):
            if count != real:
                self.damage.append(self._flaw(0, f"its last record says {count} {name}; the journal holds {real}"))
