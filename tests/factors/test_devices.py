from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, rows


@pytest.mark.parametrize(
    ("printed", "device"),
    [
        ("NVIDIA A100-SXM4-80GB", "A100-SXM4-80GB"),
        ("8 x NVIDIA A100-SXM4-80GB", "A100-SXM4-80GB"),
        ("nvidia a100 sxm4 80gb", "A100-SXM4-80GB"),
        ("NVIDIA A100 80GB PCIe", "A100-PCIe-80GB"),
        ("NVIDIA A100-SXM4-40GB MIG 3g.20gb", "A100-SXM4-40GB"),
        ("Tesla V100-SXM2-16GB", "V100-SXM2-16GB"),
        ("Tesla T4", "T4"),
        ("NVIDIA H100 80GB HBM3", "H100-SXM5-80GB"),
        ("NVIDIA GH200 480GB", "GH200"),
        ("NVIDIA GeForce RTX 3090", "RTX-3090"),
        ("NVIDIA RTX 6000 Ada Generation", "RTX-6000-Ada"),
        ("Radeon RX 7900 XTX", "RX-7900-XTX"),
        ("AMD Instinct MI300X", "MI300X"),
        ("Intel(R) Data Center GPU Max 1550", "Max-1550"),
        ("Apple M1 Max", "Apple-M1-Max"),
        ("M2 Ultra", "Apple-M2-Ultra"),
        ("Ascend 910B", "Huawei-Ascend-910B"),
        ("Habana Gaudi2", "Gaudi2"),
        ("NVIDIA H200 Tensor Core GPU", "H200-SXM-141GB"),
        ("NVIDIA L40S GPUs", "L40S"),
    ],
)
def test_a_name_that_a_driver_prints_means_one_accelerator(printed: str, device: str) -> None:
    match = devices.find(printed)

    assert (match.row.id, match.ambiguous) == (device, ())


@pytest.mark.parametrize(
    ("bare", "device", "others"),
    [
        ("A100", "A100-SXM4-80GB", {"A100-SXM4-40GB", "A100-PCIe-40GB", "A100-PCIe-80GB"}),
        ("A100 40GB", "A100-SXM4-40GB", {"A100-PCIe-40GB"}),
        ("Jetson AGX Orin", "Jetson-AGX-Orin-64GB", {"Jetson-AGX-Orin-32GB"}),
        ("NVIDIA A100 PCIe", "A100-PCIe-40GB", {"A100-PCIe-80GB"}),
        ("A100-SXM-64GB", "A100-SXM4-80GB", {"A100-SXM4-40GB"}),
        ("H100", "H100-SXM5-80GB", {"H100-PCIe-80GB", "H100-NVL-94GB"}),
        ("Tesla V100 32GB", "V100-SXM2-32GB", {"V100-PCIe-32GB", "V100-SXM3-32GB"}),
        ("AMD Instinct MI250X / MI250", "MI250X", {"MI250"}),
    ],
)
def test_a_bare_name_says_what_else_it_may_mean(bare: str, device: str, others: set[str]) -> None:
    match = devices.find(bare)

    assert (match.row.id, set(match.ambiguous)) == (device, others)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("NVIDIA A1000", "NVIDIA A100 SXM4 80GB"),
        ("NVIDIA H200 NVL", "NVIDIA H200 SXM 141GB"),
        ("RTX 3080 Super", "SUPER"),
        ("NVIDIA A100 of my neighbour", "NVIDIA A100"),
        ("3 x Tesla T44", "NVIDIA T4"),
    ],
)
def test_a_name_that_says_more_than_the_table_is_not_taken_for_less(name: str, near: str) -> None:
    with pytest.raises(MissingFactor) as refused:
        devices.find(name)

    assert refused.value.exit_status == 4
    assert refused.value.hint is not None
    assert near in refused.value.hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("TPU v3-8", "name TPU v3, and count 4"),
        ("Cloud TPU v4-512", "name TPU v4, and count 256"),
        ("tpu-v5p-16", "name TPU v5p, and count 8"),
    ],
)
def test_a_slice_of_tpus_is_told_in_chips(name: str, hint: str) -> None:
    """Google Cloud names slices of v2, v3, v4 and v5p by TensorCores, of which a chip has two."""
    with pytest.raises(MissingFactor, match="slice") as refused:
        devices.find(name)

    assert refused.value.hint == hint


def test_the_a100_80gb_was_made_for_the_proxy_of_the_bloom_study() -> None:
    """150 kg (BLOOM); 127.6 kg (arXiv:2509.00093) to 567.7 kg (Boavizta API 2.5.0)."""
    row = devices.find("NVIDIA A100-SXM4-80GB").row

    assert (row.rated_power_w, row.memory, row.kind) == (400, "80 GB", "gpu")
    assert row.making is not None
    assert (row.making.gco2e, row.making.source) == (150_000, "bloom")
    assert (row.making.low_gco2e, row.making.high_gco2e) == (127_600, 567_700)


@pytest.mark.parametrize(
    ("name", "baseboard_kg", "source"),
    [("NVIDIA H100 80GB HBM3", 1312, "hgx-h100"), ("NVIDIA B200", 2274, "hgx-b200")],
)
def test_an_sxm_board_is_an_eighth_of_the_vendors_baseboard(
    name: str, baseboard_kg: int, source: str
) -> None:
    """NVIDIA PCF summaries: HGX H100 1 312 kg, HGX B200 2 274 kg."""
    making = devices.find(name).row.making

    assert making is not None
    assert (making.gco2e, making.source) == (baseboard_kg * 1000 / 8, source)
    assert making.low_gco2e == making.gco2e < making.high_gco2e


def test_a_board_known_from_the_model_alone_reaches_down_to_a_fifth() -> None:
    """Boavizta API 2.5.0: NVIDIA T4 130.7 kg."""
    making = devices.find("Tesla T4").row.making

    assert making is not None
    assert (making.gco2e, making.high_gco2e) == (130_700, 130_700)
    assert making.low_gco2e == pytest.approx(130_700 / 5, rel=0.01)


def test_what_nobody_published_is_none_and_not_zero() -> None:
    row = devices.find("Trainium1").row

    assert (row.rated_power_w, row.making) == (None, None)
    assert row.note == "No published rated power."


def test_every_name_in_the_table_finds_its_own_accelerator() -> None:
    for row in rows.every("accelerator_names.csv"):
        match = devices.find(row["name"])
        assert (match.row.id, list(match.ambiguous)) == (row["id"], row["others"].split())


def test_every_accelerator_is_found_by_its_name_and_its_id() -> None:
    for row in devices.list_devices():
        assert devices.find(row.name).row == row
        assert devices.find(row.id).row == row
        assert devices.by_id(row.id) == row


def test_a_search_finds_accelerators_whatever_the_spacing() -> None:
    ids = [row.id for row in devices.list_devices("a100 sxm4")]

    assert ids == ["A100-SXM4-40GB", "A100-SXM4-80GB"]


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(MissingFactor):
        devices.by_id("A100-SXM9-80GB")


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", ()),
        ("1 x Tesla T4", (("Tesla T4", 1),)),
        ("8xH100", (("H100", 8),)),
        ("Tesla T4", (("Tesla T4", 1),)),
        ("0 x Tesla T4", (("Tesla T4", 1),)),
        ("2 Xeon Phi", (("2 Xeon Phi", 1),)),
        ("2 x NVIDIA A100, 1 x Tesla T4", (("NVIDIA A100", 2), ("Tesla T4", 1))),
        ("Tesla T4, Tesla T4", (("Tesla T4", 2),)),
        ("2 x NVIDIA A100-SXM4-80GB1 x Tesla T4", (("NVIDIA A100-SXM4-80GB", 2), ("Tesla T4", 1))),
        ("2 x NVIDIA A1001 x Tesla T4", (("NVIDIA A100", 2), ("Tesla T4", 1))),
        ("8 x NVIDIA A10010 x Tesla T4", (("NVIDIA A100", 8), ("Tesla T4", 10))),
        ("4 x GeForce RTX 309012 x Tesla T4", (("GeForce RTX 3090", 4), ("Tesla T4", 12))),
        ("1 x Alpha 2 x Beta", (("Alpha", 1), ("Beta", 2))),
        ("1 x Alpha72 x Beta", (("Alpha7", 1), ("Beta", 2))),
    ],
)
def test_a_trackers_list_is_split_into_names_with_counts(
    text: str, groups: tuple[tuple[str, int], ...]
) -> None:
    assert devices.split_count(text) == groups


FRAGMENTS = st.sampled_from(
    ["NVIDIA ", "A100", "-SXM4", "-80GB", " x ", "2", "T4", ", ", "MIG", "×"]
)


@settings(max_examples=100, deadline=None)
@given(st.text() | st.lists(FRAGMENTS, max_size=12).map("".join))
def test_any_text_is_an_accelerator_or_a_missing_factor(text: str) -> None:
    try:
        match = devices.find(text)
    except MissingFactor:
        return
    assert match.row.id not in match.ambiguous


@settings(max_examples=200, deadline=None)
@given(st.text() | st.lists(FRAGMENTS, max_size=12).map("".join))
def test_any_text_splits_into_names_that_count_at_least_one(text: str) -> None:
    groups = devices.split_count(text)

    assert all(name and count >= 1 for name, count in groups)
    assert len({name for name, _ in groups}) == len(groups)
