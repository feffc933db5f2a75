"""A cgroup with a quota of CPU, of version 1 or 2."""
import pathlib
import time
import typing

PERIOD = 100_000


class Unlimitable(Exception):
    """Why no quota can be set here."""


class Quota:
    """A cgroup that may use `millicores`; it ends with its processes gone."""

    def __init__(self, name: str, millicores: int) -> None:
        root, self._new = _hierarchy()
        self._folder = root / name
        share = millicores * PERIOD // 1000
        try:
            if self._new and "cpu" not in (root / "cgroup.subtree_control").read_text().split():
                (root / "cgroup.subtree_control").write_text("+cpu")
            self._folder.mkdir()
            if self._new:
                (self._folder / "cpu.max").write_text(f"{share} {PERIOD}")
            else:
                (self._folder / "cpu.cfs_period_us").write_text(str(PERIOD))
                (self._folder / "cpu.cfs_quota_us").write_text(str(share))
        except OSError as error:
            self.remove()
            why = f"no quota can be set at {self._folder}: {error.strerror}; it takes root and a writable cgroup"
            raise Unlimitable(why) from error

    @property
    def joins(self) -> pathlib.Path:
        """The file that a process writes its number to."""
        return self._folder / "cgroup.procs"

    def throttled(self) -> int:
        """In how many periods it had to wait."""
        lines = dict(line.split() for line in (self._folder / "cpu.stat").read_text().splitlines())
        return int(lines.get("nr_throttled", 0))

    def remove(self) -> None:
        for _ in range(100):
            try:
                if self._folder.is_dir():
                    self._folder.rmdir()
                return
            except OSError:
                # What has just ended is in it for a moment yet.
                time.sleep(0.02)

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


def _hierarchy() -> tuple[pathlib.Path, bool]:
    """Where the CPU controller is, and whether it is that of version 2."""
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup" and "cpu" in options.split(","):
            return pathlib.Path(place), False
        controllers = pathlib.Path(place) / "cgroup.controllers"
        if kind == "cgroup2" and controllers.exists() and "cpu" in controllers.read_text().split():
            return pathlib.Path(place), True
    raise Unlimitable("there is no cgroup with a CPU controller here")
