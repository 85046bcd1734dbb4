"""I decide how a file travels: in the commit itself, or through the large-file store."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Final

LARGEST_REGULAR_BYTES: Final = 10 * 2**20
LARGE: Final = (
    "7z arrow bin ckpt ftz gz h5 joblib model msgpack npy npz onnx ot parquet pb pickle pkl pt pth"
    " rar safetensors tar tflite tgz wasm xz zip zst"
)
ATTRIBUTES: Final = "".join(
    f"*.{ending} filter=lfs diff=lfs merge=lfs -text\n" for ending in LARGE.split()
)
"""The .gitattributes that a new repository starts with."""


def is_large(path: str, sample: bytes, size: int, attributes: bytes) -> bool:
    """Whether .gitattributes, the size or a binary first part sends the file to the store."""
    if size == 0 or path == ".gitattributes":
        return False
    return size > LARGEST_REGULAR_BYTES or b"\0" in sample or _is_named(path, attributes)


def _is_named(path: str, attributes: bytes) -> bool:
    named = False
    for line in attributes.decode("utf-8", "replace").splitlines():
        pattern, *given = line.split() or [""]
        if matches(path, pattern):
            named = "filter=lfs" in given or (named and not {"-filter", "!filter"} & {*given})
    return named


def matches(path: str, pattern: str) -> bool:
    """Whether a line of .gitattributes or .gitignore is about a path.

    >>> matches("a/b.bin", "*.bin"), matches("a/b.bin", "a/"), matches("a/b.bin", "/b.bin")
    (True, True, False)
    """
    if not pattern or pattern.startswith("#"):
        return False
    if pattern.endswith("/"):
        return any(fnmatch(folder, pattern.strip("/")) for folder in _folders(path))
    if "/" in pattern:
        return fnmatch(path, pattern.lstrip("/"))
    return fnmatch(path.rpartition("/")[2], pattern)


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return [*parts, *("/".join(parts[: at + 1]) for at in range(len(parts)))]
