"""Starts a subject, probes it, and ends it with everything that it started."""
import contextlib
import json
import os
import pathlib
import shlex
import signal
import subprocess
import typing

import proc
from subjects import ARTIFACTS, Subject

LOAD = str(ARTIFACTS / "bench/load")


class Refused(Exception):
    """A subject that could not be started; the message is for a person."""


class Running:
    """A subject that runs. `first` is what its first answer took: milliseconds, and CPU milliseconds."""

    def __init__(self, subject: Subject, joins: pathlib.Path | None = None) -> None:
        self.subject = subject
        self._log = subject.folder / "log"
        command = subject.command
        if joins is not None:
            # The shell goes into the cgroup and becomes the subject; its process stays the same.
            command = ["/bin/sh", "-c", 'echo $$ >"$0" && exec "$@"', str(joins), *command]
        with self._log.open("w") as log:
            # A session of its own: all that comes of it is one process group, which a signal reaches at once.
            self._process = subprocess.Popen(
                [LOAD, "start", *self._asking(), "--", *command], env=os.environ | subject.environment, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
        try:
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
            if not line:
                raise Refused(self._complaint("could not be started"))
            self.first: dict[str, float] = json.loads(line)
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pids(self) -> list[int]:
        """The subject's process and all below it, such as nginx' worker."""
        return proc.tree(int(self.first["pid"]))

    @contextlib.contextmanager
    def probing(self, count: int, every: float = 0) -> typing.Iterator[subprocess.Popen[str]]:
        """The load program, under way."""
        command = [LOAD, "probe", *self._asking(), "--count", str(count), "--every", f"{every}s"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def probe(self, count: int) -> dict[str, typing.Any]:
        with self.probing(count) as process:
            return result(process)

    def refuse_ended(self) -> None:
        if self._process.poll() is not None:
            raise Refused(self._complaint("ended by itself, or somebody else ended it"))

    def stop(self) -> None:
        """The second signal is for what the first has left, and usually finds nothing."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)

    def _asking(self) -> list[str]:
        subject = self.subject
        return ["--address", f"127.0.0.1:{subject.port}", "--path", subject.path, "--contains", subject.contains]

    def _complaint(self, what: str) -> str:
        said = "\n    ".join(self._log.read_text(errors="replace").splitlines()[-8:])
        return f"it {what}\n    {shlex.join(self.subject.command)}\n    {said}"


def result(process: subprocess.Popen[str]) -> dict[str, typing.Any]:
    """What a load program found out."""
    output, _ = process.communicate()
    if process.returncode != 0:
        raise Refused(f"its load program ended with exit code {process.returncode}; what that said is above")
    return json.loads(output)
