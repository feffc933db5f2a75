"""The phases of a run. Each adds to the findings what it found out about every subject."""
import contextlib
import functools
import math
import sys
import time
import typing

import proc
import syscalls
from app import Asked, Log
from quota import Quota, Unlimitable
from running import Refused, Running, result
from subjects import LABELS, Subjects

WARM_UP = 200
MILLICORES = 50
# An answer is shared for 0.1 s: hundreds of probes one after the other. A fifth leaves room for a slow machine.
SHARED = 5
Finding = dict[str, typing.Any]


class Bench:
    """One app, and the subjects that ask it, in `findings` by name."""

    def __init__(self, subjects: Subjects, names: list[str]) -> None:
        self._subjects = subjects
        self._names = names
        self.findings: dict[str, Finding] = {name: {"void": [], "starts": [], "rounds": []} for name in names}
        app = subjects.app()
        self._app = Running(app)
        self._log = Log(app.folder / "access.log")
        self._running = {"direct": self._app}

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._app.stop()

    @contextlib.contextmanager
    def all_running(self) -> typing.Iterator[None]:
        """One of each at once, for the idle seconds, the rounds and the traces. What cannot be started is left out."""
        with contextlib.ExitStack() as stack:
            for name in self._proxies():
                with self._voiding(name):
                    running = self._running[name] = stack.enter_context(Running(self._subjects.make(name)))
                    self.findings[name]["binaryBytes"] = running.subject.binary.stat().st_size
            self._names = [name for name in self._names if name in self._running]
            yield
        self._running = {"direct": self._app}

    def idle(self, settle: float, seconds: float) -> None:
        """All at the same time, as nobody asks anything."""
        say(f"idle for {settle + seconds:.0f} s")
        time.sleep(settle)
        before = {name: (self._cpu(name), proc.switches(running.pids())) for name, running in self._running.items()}
        begin = time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - begin
        for name, (cpu, switches) in before.items():
            with self._voiding(name):
                self._running[name].refuse_ended()
                self.findings[name]["idle"] = {
                    "seconds": took,
                    "cpuMs": proc.cpu_between(cpu, self._cpu(name)) / 1e6,
                    "switches": proc.switches_between(switches, proc.switches(self._running[name].pids()))}

    def round(self, number: int, rounds: int, probes: int) -> None:
        """Every subject once, in an order that turns from round to round."""
        turn = (number - 1) % len(self._names)
        for name in self._names[turn:] + self._names[:turn]:
            say(f"round {number} of {rounds}: {LABELS[name]}")
            with self._voiding(name):
                if name != "direct":
                    with Running(self._subjects.make(name)) as fresh:
                        self.findings[name]["starts"].append({key: fresh.first[key] for key in ("ms", "cpuMs")})
                self.findings[name]["rounds"].append(self._load(name, probes))

    def _load(self, name: str, probes: int) -> Finding:
        running = self._running[name]
        self._probe(running, WARM_UP)
        before = self._cpu(name)
        found, asked = self._probe(running, probes)
        found["cpuUs"] = proc.cpu_between(before, self._cpu(name)) / 1000 / probes
        found["callerBytes"] = (found.pop("sent") + found.pop("received")) / probes
        found["appBytes"] = (asked.received + asked.sent) / probes
        return found | {"appRequests": asked.requests, "appConnections": asked.connections}

    def _probe(self, running: Running, probes: int) -> tuple[Finding, Asked]:
        """Probes, and makes sure that each of them is what it should be."""
        name = running.subject.name
        self._log.begin()
        found = running.probe(probes)
        asked = self._log.asked()
        running.refuse_ended()
        if found["failures"]:
            self._void(name, f"{found['failures']} of {probes} probes failed, the first so: {found['firstFailure']}")
        if name != "agent-shared":
            if complaint := asked.complaint(probes):
                self._void(name, complaint)
        elif asked.requests > math.ceil(probes / SHARED):
            self._void(name, f"answers were hardly shared: for {probes} probes the app had {asked.requests} requests")
        elif asked.requests == 0 and found["mean"] * probes > 1_000_000:
            self._void(name, f"for {probes} probes, in more than a second, the app was not asked at all")
        return found, asked

    def syscalls(self) -> None:
        """A pass of its own, as the tracer slows a subject down."""
        for name in self._proxies():
            say(f"syscalls: {LABELS[name]}")
            with self._voiding(name):
                running = self._running[name]
                self.findings[name]["syscalls"] = syscalls.counted(running, functools.partial(self._probe, running))

    def memory(self, marks: dict[str, list[int]]) -> None:
        """Each alone beside the app, fresh: 3 s after its first answer, and after so many probes."""
        for name in self._proxies():
            say(f"memory: {LABELS[name]}")
            with self._voiding(name), Running(self._subjects.make(name)) as fresh:
                time.sleep(3)
                found = self.findings[name]["memory"] = {"0": proc.memory(fresh.pids())}
                done = 0
                for mark in marks.get(name, marks[""]):
                    self._probe(fresh, mark - done)
                    done = mark
                    found[str(mark)] = proc.memory(fresh.pids())

    def quota(self, seconds: int) -> None:
        """All side by side, each in its own cgroup, a probe each second. The app, and so 'direct', has no quota."""
        say(f"quota of {MILLICORES} millicores for {seconds} s")
        with contextlib.ExitStack() as stack:
            running, quotas = {"direct": self._app}, {}
            for name in self._proxies():
                subject = self._subjects.make(name)
                with self._voiding(name):
                    try:
                        quotas[name] = stack.enter_context(Quota(f"bench-{subject.port}", MILLICORES))
                    except Unlimitable as error:
                        self.findings[name]["quota"] = {"unmeasured": str(error)}
                        continue
                    running[name] = stack.enter_context(Running(subject, joins=quotas[name].joins))
            loads = {}
            for name, limited in running.items():
                loads[name] = stack.enter_context(limited.probing(seconds, every=1))
                # Spread over the second, so that they do not wait for each other.
                time.sleep(1 / len(running))
            for name, load in loads.items():
                with self._voiding(name):
                    found = self.findings[name]["quota"] = result(load)
                    if name in quotas:
                        found |= {"firstMs": running[name].first["ms"], "throttledPeriods": quotas[name].throttled()}
                    running[name].refuse_ended()
                    if found["failures"]:
                        self._void(name, f"with {MILLICORES} millicores {found['failures']} of {seconds} probes "
                                         f"failed, the first so: {found['firstFailure']}")

    def _proxies(self) -> list[str]:
        return [name for name in self._names if name != "direct"]

    def _cpu(self, name: str) -> proc.Cpu:
        return proc.cpu(self._running[name].pids())

    def _void(self, name: str, reason: str) -> None:
        if reason not in self.findings[name]["void"]:
            self.findings[name]["void"].append(reason)

    @contextlib.contextmanager
    def _voiding(self, name: str) -> typing.Iterator[None]:
        """What goes wrong with one subject leaves the others alone."""
        try:
            yield
        except Refused as error:
            self._void(name, str(error))


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
