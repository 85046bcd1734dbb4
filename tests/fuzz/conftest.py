"""The fuzzer is a program of its own, and needs what the tests do not: Atheris."""

collect_ignore = ["fuzz_readers.py"]
