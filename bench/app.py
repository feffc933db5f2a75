"""What the app was asked, by its own log: a line for each request, with the number of its connection."""
import dataclasses
import pathlib
import time


@dataclasses.dataclass(frozen=True)
class Asked:
    requests: int = 0
    connections: int = 0
    repeated: int = 0
    unused: int = 0
    received: int = 0
    sent: int = 0

    def complaint(self, probes: int) -> str | None:
        """Why this is not one request on one new connection for each probe."""
        if self.requests == self.connections == probes and self.repeated == self.unused == 0:
            return None
        return (f"for {probes} probes the app had {self.requests} requests on {self.connections} connections, "
                f"{self.repeated} of them not the first on theirs, and {self.unused} connections without a request")


class Log:
    def __init__(self, file: pathlib.Path) -> None:
        self._file = file
        self._from = 0

    def begin(self) -> None:
        self._settle()
        self._from = self._file.stat().st_size

    def asked(self) -> Asked:
        """What came since `begin`."""
        self._settle()
        with self._file.open() as file:
            file.seek(self._from)
            rows = [tuple(map(int, line.split())) for line in file]
        if not rows:
            return Asked()
        numbers = {row[0] for row in rows}
        return Asked(
            requests=len(rows),
            connections=len(numbers),
            repeated=sum(1 for row in rows if row[1] != 1),
            # nginx numbers connections in order: a gap is one that asked nothing.
            unused=max(numbers) - min(numbers) + 1 - len(numbers),
            received=sum(row[2] for row in rows),
            sent=sum(row[3] for row in rows))

    def _settle(self) -> None:
        """nginx writes the line after the answer; so wait until nothing more comes."""
        size = -1
        while size != (size := self._file.stat().st_size):
            time.sleep(0.05)
