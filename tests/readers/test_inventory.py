"""The machines of the runs: hardware.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.readers.inventory import load_inventory

SAMPLES = Path(__file__).parents[1] / "samples" / "manual"
YEAR_S = 8760 * 3600


def listed(text: str) -> Inventory:
    return load_inventory(Log("hardware.yaml", content=text.encode()))


def ends(quantity: Estimate | None) -> tuple[float, float | None, float | None, str, str | None]:
    assert quantity is not None
    return quantity.value, quantity.low, quantity.high, quantity.basis, quantity.source


def test_the_two_gpus_of_the_example_come_out_as_published() -> None:
    board, host = load_inventory(open_log(SAMPLES / "hardware.yaml")).devices

    assert (board.name, board.kind, board.count) == ("NVIDIA A100-SXM4-80GB", "accelerator", 2)
    assert ends(board.making) == (150_000, 127_600, 567_700, "assumed", "bloom")
    assert (host.name, host.kind, host.count) == ("2-socket server", "host", 1)
    assert ends(host.making) == (900_000, 459_900, 2_087_000, "assumed", "boavizta")
    for device in (board, host):
        assert ends(device.lifetime) == (
            4 * YEAR_S,
            3 * YEAR_S,
            6 * YEAR_S,
            "assumed",
            "lifetimes",
        )
        assert device.share == 1


def test_the_file_and_the_works_that_its_figures_rest_on_are_cited() -> None:
    inventory = load_inventory(open_log(SAMPLES / "hardware.yaml"))

    assert set(inventory.sources) == {
        *("bloom", "boavizta", "lifetimes"),
        *("boavizta-minerals", "boavizta-parts"),
    }
    assert inventory.inputs["hardware"].file == "hardware.yaml"
    assert inventory.inputs["hardware"].format == "inventory"
    assert inventory.findings == ()


def machines() -> tuple[Device, Device, Device, Device]:
    first, second, third, fourth = load_inventory(open_log(SAMPLES / "many-machines.yaml")).devices
    return first, second, third, fourth


def test_an_ambiguous_name_takes_the_likeliest_device_and_names_the_others() -> None:
    findings = load_inventory(open_log(SAMPLES / "many-machines.yaml")).findings

    assert [(each.code, each.severity, each.place) for each in findings] == [
        ("device-ambiguous", "warning", "/activities/0/hardware/0/name"),
        ("making-not-known", "note", "/activities/0/hardware/1/making"),
    ]
    assert "PCIe" in (findings[0].expected or "")


def test_an_unknown_accelerator_gets_the_default_with_its_wide_range() -> None:
    _, board, _, _ = machines()

    assert board.making is not None
    assert (board.making.value, board.making.low, board.making.high) == (150_000, 60_000, 600_000)
    assert board.making.basis == "assumed"


def test_a_stated_making_and_lifetime_are_kept_with_their_ranges_and_sources() -> None:
    inventory = load_inventory(open_log(SAMPLES / "many-machines.yaml"))
    node = inventory.devices[2]

    assert ends(node.making) == (2e6, 1.5e6, 2.5e6, "estimated", "hardware-making-3")
    assert ends(node.lifetime) == (
        5 * YEAR_S,
        4 * YEAR_S,
        6 * YEAR_S,
        "estimated",
        "hardware-lifetime-3",
    )
    assert inventory.sources["hardware-making-3"].title == "maker's data sheet"


def test_a_making_that_is_the_tables_own_keeps_the_tables_range_and_source() -> None:
    _, _, _, h100 = machines()

    # NVIDIA's product carbon footprint of the HGX H100: 164 kg each, up to 575.1 by Boavizta.
    assert h100.making is not None
    assert (h100.making.value, h100.making.high) == (164_000, 575_100)
    assert h100.making.basis == "assumed"


def test_a_typed_figure_of_ones_own_is_good_to_half_a_unit_of_its_last_place() -> None:
    (device,) = listed("devices: [{name: Tesla T4, making: 99 kgCO2e}]").devices

    assert ends(device.making) == (99_000, 98_500, 99_500, "estimated", "hardware")


def test_what_stands_at_the_top_holds_for_every_machine_that_says_nothing_else() -> None:
    first, _, node, last = machines()

    assert (first.share, last.share) == (0.5, 0.25)
    assert ends(last.lifetime) == (6 * YEAR_S, 5.5 * YEAR_S, 6.5 * YEAR_S, "estimated", "hardware")
    assert node.lifetime is not None
    assert node.lifetime.value == 5 * YEAR_S


@pytest.mark.parametrize(
    ("accelerators", "hosts", "making_kg"), [(2, 1, 900), (8, 1, 2500), (8, 4, 900), (16, 2, 2500)]
)
def test_an_unknown_host_is_small_or_large_after_what_it_carries(
    accelerators: int, hosts: int, making_kg: float
) -> None:
    inventory = listed(
        f"devices:\n- {{name: Tesla T4, count: {accelerators}}}\n"
        f"- {{name: our node, kind: host, count: {hosts}}}\n"
    )

    making = inventory.devices[1].making
    assert making is not None
    assert making.value == making_kg * 1000
    assert [each.code for each in inventory.findings] == ["making-not-known"]


@pytest.mark.parametrize("name", ["8x A100 box", "GPU A100 generation"])
def test_a_host_with_an_accelerator_in_its_name_is_a_host_if_the_file_says_so(name: str) -> None:
    (device,) = listed(f"devices: [{{name: {name}, kind: host}}]").devices

    assert device.kind == "host"


def test_an_unknown_name_without_a_kind_has_near_names_and_a_way_out() -> None:
    with pytest.raises(MissingFactor) as caught:
        listed("devices: [{name: Tesla T44}]")

    assert caught.value.exit_status == 4
    assert "T4" in (caught.value.hint or "")
    assert "state kind" in (caught.value.hint or "")


def test_a_known_device_whose_making_nobody_worked_out_gets_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from carbonlabel.factors import devices  # noqa: PLC0415 - patched here

    row = devices.find("Tesla T4").row
    bare = devices.DeviceRow(row.id, row.name, row.kind, None, 70.0, "", None, None)
    monkeypatch.setattr(devices, "find", lambda _: devices.Match(bare))

    inventory = listed("devices: [{name: Tesla T4}]")

    assert inventory.devices[0].making is not None
    assert inventory.devices[0].making.value == 150_000
    assert [each.code for each in inventory.findings] == ["making-not-known"]


def test_a_count_in_front_of_a_name_is_not_passed_over() -> None:
    log = Log("hw.yaml", content=b"devices:\n  - name: 8 x NVIDIA A100-SXM4-80GB\n    count: 2\n")

    with pytest.raises(MalformedInput, match="begins with a count"):
        load_inventory(log)


def test_a_known_accelerator_brings_its_minerals_and_the_method_of_its_making() -> None:
    (board,) = listed("devices: [{name: NVIDIA H100 80GB HBM3}]").devices

    # Boavizta API 2.5.0: 0.005832 kgSbeq, good to a factor of 1.6; NVIDIA's PCF for the making.
    assert ends(board.minerals) == (
        0.005832,
        0.003645,
        0.0093312,
        "assumed",
        "boavizta-minerals",
    )
    assert board.method == "vendor PCF"


def test_stated_minerals_replace_those_of_the_table() -> None:
    inventory = listed(
        "devices: [{name: Tesla T4, minerals: {value: 2 g Sb eq, low: 1 g Sb eq, "
        "high: 4 g Sb eq, source: a study}}]"
    )

    (board,) = inventory.devices
    assert ends(board.minerals) == (0.002, 0.001, 0.004, "estimated", "hardware-minerals-1")
    assert inventory.sources["hardware-minerals-1"].title == "a study"


@pytest.mark.parametrize("text", ["5 mgSbeq", "5 mg Sb eq", "0.005 g Sb-eq", "5000 µg Sb e"])
def test_minerals_may_be_typed_as_people_write_them(text: str) -> None:
    (board,) = listed(f"devices: [{{name: Tesla T4, minerals: {text}}}]").devices

    assert board.minerals is not None
    assert board.minerals.value == pytest.approx(5e-6)


def test_a_stated_making_is_said_to_be_stated() -> None:
    own, table = listed(
        "devices: [{name: Tesla T4, making: 99 kgCO2e}, {name: Tesla T4, making: 130.7 kgCO2e}]"
    ).devices

    assert (own.method, table.method) == ("stated", "bottom-up model")


PARTS = "devices: [{name: our node, kind: host, cpus: 2, memory: 512 GB, ssd: 4 TB}]"


def test_a_host_of_its_parts_is_their_sum_and_no_default() -> None:
    inventory = listed(PARTS)

    (host,) = inventory.devices
    assert host.kind == "host"
    assert ends(host.making) == (1_621_574, 880_180, 3_393_720, "assumed", "boavizta-parts")
    assert host.minerals is not None
    assert host.minerals.value == pytest.approx(0.17386141)
    assert host.method == "bottom-up model"
    assert inventory.findings == ()


def test_a_host_has_two_processors_and_no_storage_where_nobody_says_more() -> None:
    (host,) = listed("devices: [{name: our node, kind: host, memory: 512 GB}]").devices

    assert host.making is not None
    assert host.making.value == 1_621_574 - 4000 * 50


def test_a_host_of_its_parts_has_memory() -> None:
    with pytest.raises(MalformedInput, match="memory is missing"):
        listed("devices: [{name: our node, kind: host, ssd: 4 TB}]")


def test_an_accelerator_is_not_described_by_parts() -> None:
    with pytest.raises(MalformedInput, match="not described by parts") as caught:
        listed("devices:\n- name: Tesla T4\n  memory: 16 GB\n")

    assert "hardware.yaml:3" in (caught.value.where or "")


def test_the_part_of_a_life_at_work_stands_for_all_machines_that_say_nothing_else() -> None:
    first, second, third = (
        listed(
            "devices: [{name: Tesla T4}, {name: Tesla T4, utilisation: 1}]\nutilisation: 85 %\n"
        ).devices
        + listed("devices: [{name: Tesla T4}]").devices
    )

    assert (first.utilisation, second.utilisation, third.utilisation) == (0.85, 1.0, None)


@pytest.mark.parametrize("value", ["0", "1.2", "120 %"])
def test_no_machine_works_more_than_its_life(value: str) -> None:
    with pytest.raises(MalformedInput, match="is no utilisation"):
        listed(f"devices: [{{name: Tesla T4}}]\nutilisation: {value}\n")
