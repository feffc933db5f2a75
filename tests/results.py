#!/usr/bin/env python3
"""results.py FOLDER SUITE EXIT-CODE: what a suite's TRX files say, for tests/run.

The first line is 'PASSED FAILED SKIPPED'; then a line for each failed test, its message indented below it, and for each skipped one.
A suite that left no results, or ended badly although no test of it failed, counts as one failed.
"""
import glob
import sys
import xml.etree.ElementTree as ET

# What Microsoft.Testing.Platform ends with where no test ran: as results there are skipped ones only.
ALL_SKIPPED = 8
TRX = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def main():
    folder, suite, exit_code = sys.argv[1], sys.argv[2], int(sys.argv[3])
    files = glob.glob(folder + "/**/*.trx", recursive=True)
    results = [result for file in files for result in ET.parse(file).getroot().iter(TRX + "UnitTestResult")]
    passed = [result for result in results if result.get("outcome") == "Passed"]
    skipped = [result for result in results if result.get("outcome") == "NotExecuted"]
    failed = [result for result in results if result.get("outcome") not in ("Passed", "NotExecuted")]

    findings = []
    for result in failed:
        findings.append(f"failed: {suite}: {result.get('testName')}")
        findings += ["    " + line for line in message(result).splitlines()[:20]]
    findings += [f"skipped: {suite}: {result.get('testName')}: {message(result)}" for result in skipped]

    failures = len(failed)
    if not results:
        failures = 1
        findings.append(f"failed: {suite}: it ended with exit code {exit_code} and left no results")
    elif exit_code not in (0, ALL_SKIPPED) and not failed:
        failures = 1
        findings.append(f"failed: {suite}: it ended with exit code {exit_code} although none of its tests failed")
    print(len(passed), failures, len(skipped))
    print(*findings, sep="\n", end="" if not findings else "\n")


def message(result):
    """The error's message or, of a skipped test, the reason."""
    for name in ("Message", "StdOut"):
        found = result.find(f".//{TRX}{name}")
        if found is not None and found.text:
            return found.text.strip()
    return ""


main()
