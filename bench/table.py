"""The findings as Markdown tables. MB are 10^6 bytes."""
import statistics
import typing

from subjects import LABELS
from targets import MB, QUANTILES, Findings, Target, spread, to_direct

Cells = typing.Callable[[str, dict[str, typing.Any]], list[str]]


def tables(findings: Findings, targets: list[Target]) -> str:
    quantiles = list(QUANTILES.values())
    parts = [
        _table("Latency of a probe, µs: median (min–max) of the rounds", quantiles, findings,
               lambda _, found: [spread(_each(found, key), ".0f") for key in QUANTILES]),
        _table("The same as a ratio to direct, round by round", quantiles, findings,
               lambda name, _: [spread(values) for values in to_direct(findings, name).values()]),
        _table("Cost of a probe (direct: of the app)",
               ["CPU µs", "syscalls", "bytes at the caller", "bytes at the app", "app requests / probes"],
               findings, _cost),
        _table("Memory, MB: resident / anonymous / proportional",
               ["idle", "after 10,000 probes", "after 100,000"], findings,
               lambda _, found: [_memory(found, mark) for mark in ("0", "10000", "100000")]),
        _table("Start, and idle seconds",
               ["first answer, ms", "CPU until then, ms", "idle switches/s", "idle CPU, ms/s", "binary, MB"],
               findings, _start),
        _table("With 50 millicores, a probe each second (direct: no quota)",
               ["first answer, ms", "p50, ms", "p99, ms", "max, ms", "periods throttled"], findings, _quota),
        _voids(findings),
        _targets(targets),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(title: str, columns: list[str], findings: Findings, cells: Cells) -> str:
    rows = [["", *columns]]
    for name, found in findings.items():
        blank = ["**void**"] + ["–"] * (len(columns) - 1)
        rows.append([LABELS[name], *(blank if found["void"] else cells(name, found))])
    return f"### {title}\n\n{_aligned(rows)}"


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    rule = "|".join(["-" * (widths[0] + 2)] + ["-" * (width + 1) + ":" for width in widths[1:]])
    lines: list[str] = []
    for first, *others in rows:
        cells = [first.ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(others, widths[1:])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _each(found: dict[str, typing.Any], key: str, part: str = "rounds") -> list[float]:
    return [one[key] for one in found[part]]


def _cost(_: str, found: dict[str, typing.Any]) -> list[str]:
    rounds = found["rounds"]
    syscalls = found.get("syscalls", {}).get("perProbe")
    requests = sum(one["appRequests"] for one in rounds)
    return [
        spread(_each(found, "cpuUs"), ".0f"),
        "–" if syscalls is None else f"{syscalls:.1f}",
        *(f"{statistics.median(_each(found, key)):.0f}" if rounds else "–" for key in ("callerBytes", "appBytes")),
        f"{requests} / {sum(one['count'] for one in rounds)}",
    ]


def _memory(found: dict[str, typing.Any], mark: str) -> str:
    memory = found.get("memory", {}).get(mark)
    if memory is None:
        return "–"
    return " / ".join(f"{memory[key] / MB:.1f}" for key in ("resident", "anonymous", "proportional"))


def _start(_: str, found: dict[str, typing.Any]) -> list[str]:
    idle = found.get("idle")
    return [
        spread(_each(found, "ms", "starts"), ".1f"),
        spread(_each(found, "cpuMs", "starts"), ".1f"),
        f"{idle['switches'] / idle['seconds']:.1f}" if idle else "–",
        f"{idle['cpuMs'] / idle['seconds']:.2f}" if idle else "–",
        f"{found['binaryBytes'] / MB:.1f}" if "binaryBytes" in found else "–",
    ]


def _quota(_: str, found: dict[str, typing.Any]) -> list[str]:
    quota = found.get("quota", {})
    if "p50" not in quota:
        return ["–"] * 5
    limited = "firstMs" in quota
    return [
        f"{quota['firstMs']:.0f}" if limited else "–",
        *(f"{quota[key] / 1000:.1f}" for key in ("p50", "p99", "max")),
        str(quota["throttledPeriods"]) if limited else "–",
    ]


def _voids(findings: Findings) -> str:
    lines = []
    for name, found in findings.items():
        # The first reason says it; what follows is often the same with another number.
        lines += [f"- {LABELS[name]}: {reason}" for reason in found["void"][:2]]
        if more := found["void"][2:]:
            lines.append(f"- {LABELS[name]}: and {len(more)} more, in the JSON")
        for part in ("syscalls", "quota"):
            if reason := found.get(part, {}).get("unmeasured"):
                lines.append(f"- {LABELS[name]}, {part} not measured: {reason}")
    return "### Void, or not measured\n\n" + "\n".join(lines) if lines else ""


def _targets(targets: list[Target]) -> str:
    rows = [["target", "measured", "", ""]]
    for target in targets:
        verdict = {True: "met", False: "MISSED", None: ""}[target.met]
        rows.append([target.text, target.figure, verdict, target.stretch])
    return f"### Targets (MB = 10^6 bytes)\n\n{_aligned(rows)}"
