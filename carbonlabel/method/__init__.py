"""The arithmetic: plain floats in, plain floats out, one formula a function."""
