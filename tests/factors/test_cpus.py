from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel import resources
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import cpus, names


@pytest.mark.parametrize(
    ("printed", "name", "power_w"),
    [
        ("Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz", "Intel Xeon Gold 6248", 150),
        ("AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763", 280),
        ("AMD Ryzen 7 5800H with Radeon Graphics", "AMD Ryzen 7 5800H", 45),
        ("2 x Intel Xeon E5-2698 v4", "Intel Xeon E5-2698 v4", 135),
        ("11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "Intel Core i7-1165G7", 28),
        ("i7-8550U", "Intel Core i7-8550U", 15),
        ("epyc 7742", "AMD EPYC 7742", 225),
        ("Xeon Platinum 8480+", "Intel Xeon Platinum 8480+", 350),
        ("Apple M2 Pro", "Apple M2 Pro", 35),
    ],
)
def test_a_cpu_is_found_as_systems_and_people_write_it(
    printed: str, name: str, power_w: float
) -> None:
    cpu = cpus.find(printed)

    assert (cpu.name, cpu.rated_power_w) == (name, power_w)


def test_a_cpu_has_its_cores_and_its_year() -> None:
    """AMD: 64 cores, March 2021."""
    cpu = cpus.find("AMD EPYC 7763")

    assert (cpu.cores_count, cpu.year, cpu.source) == (64, 2021, "codecarbon-cpus")


def test_the_cores_of_another_cpu_are_not_told_of_the_xeon_max() -> None:
    """One collection has 6 cores and 2010; the Xeon Max 9480 is of 2023, with 56 cores."""
    assert cpus.find("Intel(R) Xeon(R) CPU Max 9480").cores_count is None


@pytest.mark.parametrize(
    "printed", ["Intel(R) Xeon(R) Processor", "Intel(R) Xeon(R) CPU @ 2.20GHz", "", "CPU", "+", ","]
)
def test_the_name_that_a_virtual_machine_shows_means_no_cpu(printed: str) -> None:
    with pytest.raises(MissingFactor) as missing:
        cpus.find(printed)

    assert "carbonlabel list devices" in str(missing.value)


def test_an_unknown_cpu_is_missing_with_near_names() -> None:
    with pytest.raises(MissingFactor, match="AMD EPYC 7763"):
        cpus.find("AMD EPYC 7764")


def test_every_cpu_can_be_found_again_by_its_name() -> None:
    every = list(cpus.every())

    assert len(every) > 4500
    assert all(cpus.find(cpu.name) == cpu for cpu in every)
    assert len({names.key(cpu.name) for cpu in every}) == len(every)


def test_the_table_stays_small() -> None:
    packed = zlib.compress(resources.table("cpus.csv").encode(), 9)

    assert len(packed) < 40_000


@settings(max_examples=100, deadline=None)
@given(st.text() | st.sampled_from(["name", "Intel,", "\n", "AMD EPYC 7763\nx", "1 x", "©®"]))
def test_any_text_is_a_cpu_or_a_missing_factor(text: str) -> None:
    try:
        cpu = cpus.find(text)
    except MissingFactor:
        return
    assert cpu.rated_power_w > 0
