"""Counts a subject's system calls."""
import subprocess
import time
import typing

import proc
from running import Running
from subjects import installed

PROBES = 300


def counted(running: Running, probe: typing.Callable[[int], object]) -> dict[str, typing.Any]:
    """Calls for each probe, all and by name, most frequent first; what it does by itself meanwhile is in them."""
    pids = running.pids()
    output = running.subject.folder / "strace"
    command = [installed("strace"), "-f", "-c", "-q", "-o", str(output), *(f"--attach={pid}" for pid in pids)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not proc.traced(pids):
            if tracer.poll() is not None:
                return {"unmeasured": "strace may not attach to it; that takes root or CAP_SYS_PTRACE"}
            time.sleep(0.01)
        probe(PROBES)
    finally:
        tracer.terminate()
        tracer.wait()
    calls: dict[str, int] = {}
    for line in output.read_text().splitlines():
        # % time, seconds, usecs/call, calls, errors where there are any, name
        fields = line.split()
        if len(fields) >= 5 and fields[3].isdigit() and fields[-1] != "total":
            calls[fields[-1]] = calls.get(fields[-1], 0) + int(fields[3])
    by_name = {call: count / PROBES for call, count in sorted(calls.items(), key=lambda item: -item[1])}
    return {"perProbe": sum(by_name.values()), "byName": by_name}
