"""I make peaks.csv, how fast accelerators multiply matrices at most, from the cited data."""

from __future__ import annotations

from cells import Row, keyed, table, times

FLOP_PER_TERAFLOP = 10**12
DENSE = "tensor dense"
"""The only kind of figure taken: others are of vector units, or promise sparsity."""

SOURCES = {
    "Epoch AI": "epoch",
    "NVIDIA A100 80GB": "green-algorithms",
    "NVIDIA L40S datasheet": "mlco2-impact",
}


def peaks(data: list[Row]) -> str:
    """Dense 16-bit peak of matrix units in FLOP/s, of the accelerators that have one."""
    rows = (
        (
            row["accelerator_id"],
            times(row["peak_fp16_bf16_dense_tflops"], FLOP_PER_TERAFLOP),
            keyed(row["source"], SOURCES),
        )
        for row in data
        if row["perf_kind"] == DENSE and row["peak_fp16_bf16_dense_tflops"]
    )
    return table(("id", "peak_flop_per_s", "source"), sorted(rows))
