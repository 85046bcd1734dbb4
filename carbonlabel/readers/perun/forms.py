"""I send each of perun's forms to the room that reads it, and refuse those that nobody may open."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlabel.errors import InputError
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from carbonlabel.readers.perun.bench import bench
from carbonlabel.readers.perun.evidence import TRACKER, evidence
from carbonlabel.readers.perun.report import report
from carbonlabel.readers.perun.samples import samples
from carbonlabel.readers.perun.tree import tree


def read(log: Log, form: str, *, format_name: str) -> Sequence[Evidence]:
    """One piece of evidence for each run of the file.

    Raises:
        InputError: the form is refused, or what the file holds is wrong.
    """
    source = Input(file=log.name, sha256=log.sha256, format=format_name, tracker=TRACKER)
    match form:
        case "hdf5":
            raise InputError(
                "perun's HDF5 file is not read",
                where=log.name,
                hint=f"perun export {log.name} json writes the same as JSON",
            )
        case "pickle":
            raise InputError(
                "a pickle is never loaded: it can run any program",
                where=log.name,
                hint="perun export, with the HDF5 file beside it and json, writes JSON",
            )
        case "samples":
            return (samples(log, source),)
        case "text":
            found = report(log)
        case "bench":
            found = bench(log)
        case _:
            found = tree(log)
    version = next((run.version for run in found if run.version), None)
    whole = source.model_copy(update={"runs": len(found), "version": version})
    return tuple(evidence(run, whole) for run in found)
