"""Tables of XLSX workbooks, opened by a limited child (`plea.supporters.tables.xlsx_reader`), never here."""

from collections.abc import Iterator

from plea.errors import InputError
from plea.problems import unpacked
from plea.supporters.tables.decode import Record, Snapshot
from plea.system.limited import LimitExceeded
from plea.system.limited_stream import stream_limited

MEBIBYTES = 300
SECONDS = 5.0
MEBIBYTE = 1024 * 1024
AS_CSV = "Open it in a spreadsheet and save the table as 'CSV UTF-8'."


class XlsxTable:
    """The first visible sheet of a workbook.

    The child has 300 MiB of memory, and 5 seconds of processor time for each MiB of the file: a small file that asks
    for more is a bomb, while an honest one of 50,000 rows (10 MiB) takes about half a second a MiB and must be read.
    """

    sparse = True

    def __init__(self, snapshot: Snapshot) -> None:
        self.notes: list[str] = []
        self._snapshot = snapshot
        self._seconds = max(SECONDS, SECONDS * snapshot.size / MEBIBYTE)

    def records(self) -> Iterator[Record]:
        """The records; each call reads the workbook anew."""
        argument = str(self._snapshot.path.resolve())
        lines = stream_limited(
            "plea.supporters.tables.xlsx_reader:lines", argument, seconds=self._seconds, mebibytes=MEBIBYTES
        )
        try:
            for line in lines:
                if "note" in line:
                    self.notes = [line["note"]]
                    continue
                problems = tuple(unpacked(problem) for problem in line["problems"])
                yield Record(tuple(line["cells"]), line["row"], problems)
        except LimitExceeded as error:
            raise LimitExceeded(error.limit, f"{self._snapshot.path}: {error.message}", AS_CSV) from error
        except InputError as error:
            raise InputError(f"{self._snapshot.path}{error.message}", error.hint or AS_CSV) from error
