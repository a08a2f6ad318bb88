"""Every record of a run, append-only: write it, read it, mend its torn end, check it. Every report comes from it."""

from hubbub.journal.accounting import Account as Account
from hubbub.journal.accounting import Accounting as Accounting
from hubbub.journal.lines import FORMAT as FORMAT
from hubbub.journal.reading import journals as journals
from hubbub.journal.reading import read as read
from hubbub.journal.reading import read_folder as read_folder
from hubbub.journal.recovery import Recovered as Recovered
from hubbub.journal.recovery import RecoveredJournal as RecoveredJournal
from hubbub.journal.recovery import recover as recover
from hubbub.journal.verification import Flaw as Flaw
from hubbub.journal.verification import Verified as Verified
from hubbub.journal.verification import verify as verify
from hubbub.journal.writing import Journal as Journal
from hubbub.journal.writing import StartThread as StartThread
from hubbub.journal.writing import start_thread as start_thread
