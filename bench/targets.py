"""What is promised of the agent, and whether it is so."""
import dataclasses
import statistics
import typing

MB = 1_000_000
QUANTILES = {"p50": "p50", "p99": "p99", "p999": "p99.9"}
Findings = dict[str, dict[str, typing.Any]]


@dataclasses.dataclass(frozen=True)
class Target:
    """`met` is None where it could not be measured; a goal beyond the target is in `stretch`."""

    text: str
    figure: str
    met: bool | None
    stretch: str = ""


def targets(findings: Findings) -> list[Target]:
    sound = {name: found for name, found in findings.items() if not found["void"]}
    return [
        _ratio(sound, "p50 asking below the Go relay's", "p50", "agent", "relay", 1, strict=True),
        _ratio(sound, "p50 asking at most 1.5 × nginx proxy_pass", "p50", "agent", "nginx", 1.5, stretch=1.2),
        _ratio(sound, "p99 asking below the Go relay's", "p99", "agent", "relay", 1, strict=True),
        _ratio(sound, "p50 shared below nginx proxy_pass", "p50", "agent-shared", "nginx", 1, strict=True),
        _memory(sound, "resident memory idle at most 20 MB", "0", 20),
        _memory(sound, "resident memory after 10,000 probes at most 24 MB", "10000", 24),
        _flat(sound),
        _start(sound, "time to the first answer at most 40 ms", "ms", 40),
        _start(sound, "CPU until the first answer at most 20 ms", "cpuMs", 20),
        _binary(sound),
        _quota(sound, "quota of 50 millicores: first answer within 1 s", "firstMs", 1, 1000),
        _quota(sound, "quota of 50 millicores: p99 of a probe each second below 200 ms", "p99", 1000, 200),
        _ratio(sound, "reported: CPU for each probe, of HAProxy's", "cpuUs", "agent", "haproxy", None, stretch=1.5),
        _idle(sound),
    ]


def ratios(findings: Findings, key: str, name: str, base: str) -> list[float]:
    """Round by round."""
    pairs = zip(findings[name]["rounds"], findings[base]["rounds"])
    return [mine[key] / other[key] for mine, other in pairs if other[key]]


def to_direct(findings: Findings, name: str) -> dict[str, list[float]]:
    """Of each quantile; nothing where direct itself is void."""
    return {key: [] if findings["direct"]["void"] else ratios(findings, key, name, "direct") for key in QUANTILES}


def spread(values: list[float], form: str = ".2f") -> str:
    """The median, and from where to where."""
    if not values:
        return "–"
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _missing(text: str) -> Target:
    return Target(text, "not measured", None)


def _ratio(sound: Findings, text: str, key: str, name: str, base: str, limit: float | None, *,
           strict: bool = False, stretch: float | None = None) -> Target:
    if name not in sound or base not in sound or not (values := ratios(sound, key, name, base)):
        return _missing(text)
    ratio = statistics.median(values)
    met = None if limit is None else ratio < limit if strict else ratio <= limit
    return Target(text, f"{spread(values)} ×", met, _stretch(ratio, stretch, " ×"))


def _stretch(value: float, limit: float | None, unit: str) -> str:
    return "" if limit is None else f"stretch {limit}{unit}: {'met' if value <= limit else 'missed'}"


def _memory(sound: Findings, text: str, mark: str, limit: float) -> Target:
    found = sound.get("agent", {}).get("memory", {}).get(mark)
    if found is None:
        return _missing(text)
    return Target(text, f"{found['resident'] / MB:.1f} MB", found["resident"] <= limit * MB)


def _flat(sound: Findings) -> Target:
    text = "resident memory flat from 10,000 to 100,000 probes (less than 1 MB more)"
    found = sound.get("agent", {}).get("memory", {})
    if "100000" not in found or "10000" not in found:
        return _missing(text)
    more = found["100000"]["resident"] - found["10000"]["resident"]
    return Target(text, f"{more / MB:+.2f} MB", more < MB)


def _start(sound: Findings, text: str, key: str, limit: float) -> Target:
    values = [start[key] for start in sound.get("agent", {}).get("starts", [])]
    if not values:
        return _missing(text)
    return Target(text, f"{spread(values, '.1f')} ms", statistics.median(values) <= limit)


def _binary(sound: Findings) -> Target:
    text = "binary at most 16 MB"
    if "agent" not in sound:
        return _missing(text)
    size = sound["agent"]["binaryBytes"]
    return Target(text, f"{size / MB:.1f} MB", size <= 16 * MB)


def _quota(sound: Findings, text: str, key: str, scale: float, limit: float) -> Target:
    found = sound.get("agent", {}).get("quota", {})
    if key not in found:
        return _missing(text)
    value = found[key] / scale
    return Target(text, f"{value:.0f} ms", value <= limit if key == "firstMs" else value < limit)


def _idle(sound: Findings) -> Target:
    text = "reported: context switches per idle second"
    found = sound.get("agent", {}).get("idle")
    if found is None:
        return _missing(text)
    rate = found["switches"] / found["seconds"]
    return Target(text, f"{rate:.1f}", None, _stretch(rate, 2, ""))
