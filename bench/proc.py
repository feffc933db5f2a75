"""What /proc says of processes: CPU time, context switches, memory."""
import os
import pathlib
import typing

TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
Cpu = dict[int, tuple[int, int]]


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        for task in _tasks(parent):
            found += map(int, _read(task / "children").split())
    return found


def cpu(pids: list[int]) -> Cpu:
    """For each process: nanoseconds of its threads by schedstat, and of the whole process by stat, in ticks."""
    return {pid: (sum(_ran(task) for task in _tasks(pid)), _ticks(pid) * TICK) for pid in pids}


def cpu_between(before: Cpu, after: Cpu) -> int:
    """Nanoseconds. schedstat is exact, but loses a thread that has ended, and a kernel may lack it. stat has both, but
    by ticks: it counts where it says more by more than its own grain, a tick of each of its two fields."""
    used = 0
    for pid, (exact, coarse) in after.items():
        exact_before, coarse_before = before.get(pid, (0, 0))
        exact, coarse = exact - exact_before, coarse - coarse_before
        used += coarse if coarse - exact > 2 * TICK else exact
    return used


def switches(pids: list[int]) -> dict[int, int]:
    """For each thread, voluntary and involuntary context switches."""
    found = {}
    for pid in pids:
        for task in _tasks(pid):
            lines = _read(task / "status").splitlines()
            found[int(task.name)] = sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
    return found


def switches_between(before: dict[int, int], after: dict[int, int]) -> int:
    """A thread that has ended in between is not in it."""
    return sum(count - before.get(thread, 0) for thread, count in after.items())


def memory(pids: list[int]) -> dict[str, int]:
    """Bytes, summed over the processes."""
    names = {"Rss:": "resident", "Anonymous:": "anonymous", "Pss:": "proportional"}
    found = dict.fromkeys(names.values(), 0)
    for pid in pids:
        for line in _read(pathlib.Path(f"/proc/{pid}/smaps_rollup")).splitlines():
            key, _, rest = line.partition(" ")
            if key in names:
                found[names[key]] += int(rest.split()[0]) * 1024
    return found


def traced(pids: list[int]) -> bool:
    """Whether a tracer holds every thread."""
    return all("TracerPid:\t0\n" not in _read(task / "status") for pid in pids for task in _tasks(pid))


def machine() -> dict[str, typing.Any]:
    lines = _read(pathlib.Path("/proc/cpuinfo")).splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    system = os.uname()
    return {"cpu": models[0] if models else system.machine, "cores": os.cpu_count(), "kernel": system.release}


def _tasks(pid: int) -> list[pathlib.Path]:
    return list(pathlib.Path(f"/proc/{pid}/task").glob("*"))


def _ran(task: pathlib.Path) -> int:
    fields = _read(task / "schedstat").split()
    return int(fields[0]) if fields else 0


def _ticks(pid: int) -> int:
    # The name in parentheses may hold spaces; utime and stime are the 14th and 15th field of all.
    fields = _read(pathlib.Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _read(file: pathlib.Path) -> str:
    """A thread may end while it is looked at; then it says nothing."""
    try:
        return file.read_text()
    except OSError:
        return ""
