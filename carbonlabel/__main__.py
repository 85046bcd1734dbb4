"""I let `python -m carbonlabel` and the installed command start the same program."""

from __future__ import annotations

import gc
import sys

from carbonlabel.cli import main


def run() -> None:
    """Run the command line and leave with its exit code."""
    status = main(sys.argv[1:])
    # All that is left goes with the process: to look for garbage in it takes a tenth of a command.
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    run()
