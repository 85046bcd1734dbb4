"""I word what is said on standard error: progress, findings and failures."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from carbonlabel.errors import CarbonLabelError, InvalidDocument
from carbonlabel.version import __version__

if TYPE_CHECKING:
    from carbonlabel.model.provenance import Finding


def tell(line: str) -> None:
    """Print one line on standard error; what cannot be shown there is escaped."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        print(_shown(line), file=stream)
    except BrokenPipeError:
        raise
    except OSError:
        # Where nothing can be said, the work is done all the same and the exit code tells of it.
        return


def tell_error(bad: CarbonLabelError, *, page: str) -> None:
    """Say where, what, and what to do; the most important line comes last."""
    problems = bad.problems if isinstance(bad, InvalidDocument) else ()
    for problem in problems if problems != (bad.message,) else ():
        tell(f"  {problem}")
    if bad.where:
        tell(bad.where)
    tell(f"error[{bad.code}]: {bad.message}")
    if bad.hint:
        tell(f"  {bad.hint}")
    tell(f"  ({page}#{bad.code})")


def tell_fault(fault: Exception) -> None:
    """Apologise for a fault of ours and keep the traceback in a file."""
    import tempfile  # noqa: PLC0415 - only a fault needs it
    import traceback  # noqa: PLC0415 - as above

    lines = traceback.format_exception(fault)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="carbonlabel-", suffix=".log", delete=False
    ) as kept:
        kept.write(f"carbonlabel {__version__}\n{''.join(lines)}")
    tell(f"error[fault]: {type(fault).__name__}: {fault}")
    tell(f"  This is a fault of carbonlabel, not of yours. Please report {Path(kept.name)}")


def tell_findings(findings: Iterable[Finding], *, least: tuple[str, ...]) -> None:
    """List findings of the severities in `least`, each once with what to do, wherever it stands."""
    for finding in dict.fromkeys(each.model_copy(update={"place": ""}) for each in findings):
        if finding.severity in least:
            tell(f"{finding.severity}[{finding.code}]: {finding.message}")
            tell_detail(finding)


def tell_detail(finding: Finding) -> None:
    """What a finding expected, found and suggests, under its message."""
    if finding.found is not None:
        expected = f", expected {finding.expected}" if finding.expected else ""
        tell(f"  found {finding.found}{expected}")
    if finding.suggestion:
        tell(f"  {finding.suggestion}")


def _shown(line: str) -> str:
    # A file's name may hold control characters that would steer the terminal.
    safe = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)
    encoding = sys.stderr.encoding or "utf-8"
    return safe.encode(encoding, "backslashreplace").decode(encoding)
