"""Measures the agent beside what one could use in its place. See README.md; bench/run builds what this needs."""
import argparse
import contextlib
import dataclasses
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import types

import proc
from measure import Bench
from running import Refused
from subjects import ARTIFACTS, LABELS, Subjects, installed
from table import tables
from targets import targets, to_direct

AGENT = pathlib.Path(os.environ.get("PROBE_AGENT_BINARY") or ARTIFACTS / "probe-agent/probe-agent").resolve()
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    options = parse()
    if options.only_parse:
        return 0
    for number in ENDINGS:
        signal.signal(number, interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            findings = measure(options, pathlib.Path(folder))
    except (Refused, FileNotFoundError) as error:
        # What goes wrong with a subject voids it; this is about the app, which all of them need.
        print(f"bench/run: the app, or what starts it: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench/run: interrupted; all that it started has ended", file=sys.stderr)
        return 130
    verdicts = targets(findings)
    about = machine()
    document = {
        "machine": about,
        "options": {"rounds": options.rounds, "probes": options.probes, "quick": options.quick},
        "subjects": {name: found | {"toDirect": to_direct(findings, name)} for name, found in findings.items()},
        "targets": [dataclasses.asdict(target) for target in verdicts],
    }
    options.json.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(f"{about['cpu']}, {about['cores']} cores, Linux {about['kernel']}; {about['agent']}\n")
    print(tables(findings, verdicts))
    print(f"\nEverything in numbers: {options.json}")
    return 1 if any(found["void"] for found in findings.values()) else 0


def measure(options: argparse.Namespace, folder: pathlib.Path) -> dict:
    names = [name for name in LABELS if name == "direct" or not options.only or name in options.only]
    # nginx' worker may be another user, who is to reach its files.
    folder.chmod(0o755)
    with Bench(Subjects(folder, AGENT), names) as bench:
        with bench.all_running():
            bench.idle(15, 10)
            for number in range(1, options.rounds + 1):
                bench.round(number, options.rounds, options.probes)
            bench.syscalls()
        many = [10_000] if options.quick else [10_000, 100_000]
        bench.memory({"": [10_000], "agent": many, "agent-shared": many})
        bench.quota(20 if options.quick else 60)
        return bench.findings


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__, allow_abbrev=False)
    parser.add_argument("--rounds", type=positive, default=5, metavar="N",
                        help="rounds, each with every subject once (default: 5)")
    parser.add_argument("--probes", type=positive, default=2000, metavar="N",
                        help="probes of a subject in a round (default: 2000)")
    parser.add_argument("--quick", action="store_true",
                        help="no 100,000 probes for the memory, and 20 s under the quota instead of 60")
    parser.add_argument("--only", nargs="+", choices=list(LABELS), metavar="NAME",
                        help=f"these subjects, and direct: {', '.join(LABELS)}")
    parser.add_argument("--json", type=pathlib.Path, default=ARTIFACTS / "bench/result.json", metavar="FILE",
                        help="where the JSON goes (default: artifacts/bench/result.json)")
    parser.add_argument("--only-parse", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        # Now rather than after all the measuring.
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.open("a").close()
    except OSError as error:
        parser.error(f"--json {options.json}: it cannot be written: {error.strerror}")
    return options


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def interrupt(_: int, __: types.FrameType | None) -> None:
    # A second one must not interrupt the cleaning up.
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def machine() -> dict:
    return proc.machine() | {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "nginx": version("nginx", "-v"),
        "haproxy": version("haproxy", "-v"),
        "blackbox": version("prometheus-blackbox-exporter", "--version"),
        "go": version("go", "version"),
        "agent": version(str(AGENT), "version"),
    }


def version(*command: str) -> str:
    """The first line of what a program says of itself."""
    with contextlib.suppress(OSError, IndexError):
        said = subprocess.run([installed(command[0]), *command[1:]], capture_output=True, text=True, check=False)
        return (said.stdout + said.stderr).strip().splitlines()[0]
    return "unknown"


if __name__ == "__main__":
    sys.exit(main())
