"""I make tests/samples/states anew: run me when disclosures gained something; read the diff."""

from __future__ import annotations

import os

from states import FOLDER, INPUTS, STATES, made


def main() -> None:
    """Write every state's disclosure, in their order: later ones name earlier ones."""
    os.chdir(INPUTS)
    for state in STATES:
        target = FOLDER / f"{state.name}.json"
        target.write_bytes(made(state))
        print(f"{target.stat().st_size:>7} bytes  {target.name}")


if __name__ == "__main__":
    main()
