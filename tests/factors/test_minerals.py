from __future__ import annotations

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, embodied, minerals, rows


def test_a_card_is_found_as_its_driver_prints_it() -> None:
    """Boavizta API 2.5.0: 0.005832 kgSbeq; the default doubt is a factor of 1.6."""
    found = minerals.of_device("NVIDIA H100 80GB HBM3")

    assert (found.name, found.kgsbeq) == ("NVIDIA H100 SXM5 80GB", 0.005832)
    assert (found.low_kgsbeq, found.high_kgsbeq) == pytest.approx((0.003645, 0.0093312))
    assert (found.method, found.source) == ("bottom-up model", "boavizta-minerals")


def test_where_two_studies_disagree_the_interval_holds_both() -> None:
    """ADEME 2026: 0.0069 kgSbeq for the A100 PCIe 40GB; the Boavizta API: 0.004327."""
    found = minerals.of_device("A100-PCIE-40GB")

    assert (found.kgsbeq, found.other_kgsbeq, found.other_source) == (0.004327, 0.0069, "ademe-gpu")
    assert found.low_kgsbeq < found.kgsbeq < 0.0069 < found.high_kgsbeq


def test_a_name_that_fits_several_cards_takes_the_one_that_was_studied() -> None:
    assert minerals.of_device("Tesla P100").kgsbeq == 0.004861


def test_a_card_that_nobody_studied_is_missing_with_near_names() -> None:
    with pytest.raises(MissingFactor) as missing:
        minerals.of_device("NVIDIA GeForce GTX 1080")

    assert missing.value.exit_status == 4
    assert missing.value.hint is not None
    assert "1080 Ti" in missing.value.hint


def test_an_unlisted_accelerator_lies_between_the_least_and_the_most_known() -> None:
    default = minerals.unlisted_accelerator()
    known = [
        figure
        for row in rows.every("minerals.csv")
        if row["source"] == "boavizta-minerals" and row["method"] != "default"
        for figure in (float(row["kgsbeq"]), float(row["other_kgsbeq"] or row["kgsbeq"]))
    ]

    assert (default.kgsbeq, default.method) == (0.005, "default")
    assert default.low_kgsbeq == pytest.approx(min(known), abs=1e-5)
    assert default.high_kgsbeq == max(known)


def test_a_gigabyte_is_that_share_of_its_module() -> None:
    """Boavizta API 2.5.0: 0.0033 kgSbeq and 62 kg for 32 GB, 50 kg for an SSD of 1 000 GB."""
    assert minerals.component("memory-per-gb").kgsbeq * 32 == pytest.approx(0.0033, rel=0.01)
    assert embodied.part("memory-per-gb").gco2e * 32 == pytest.approx(62_000, rel=0.01)
    assert embodied.part("ssd-per-gb").gco2e * 1000 == pytest.approx(50_000)


def test_the_host_is_chosen_as_for_emissions() -> None:
    for count in (0, 1, 3, 4, 8, 16):
        assert minerals.host_around(count).name == embodied.hosts_around(count).making.name


def test_a_part_that_is_not_filed_is_missing() -> None:
    with pytest.raises(MissingFactor):
        minerals.component("gearbox")  # type: ignore[arg-type] - that is the point


def test_every_card_of_the_table_is_one_that_is_listed() -> None:
    listed = {row.id for row in devices.list_devices()}
    cards = {
        row["key"]
        for row in rows.every("minerals.csv")
        if row["source"] == "boavizta-minerals" and row["method"] != "default"
    }

    assert len(cards) == 27
    assert cards <= listed
