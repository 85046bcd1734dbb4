"""What a label says is not in its total."""

from __future__ import annotations

from carbonlabel.assessment import assess
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Device, Inventory, Kind
from carbonlabel.model.provenance import Source
from tests.assessment.test_worked_examples import kwh, stated, ten_hours_of_four_gpus

SOURCE = Source(title="typed by hand")


def machine(name: str, kind: Kind) -> Device:
    making = Estimate(value=1.5e5, unit="gCO2e", basis="estimated", source="typed")
    lifetime = Estimate(value=1.2e8, unit="s", basis="estimated", source="typed")
    return Device(name=name, kind=kind, count=1, making=making, lifetime=lifetime)


def left_out(disclosure: Disclosure) -> set[str]:
    return {each.what for each in disclosure.left_out}


def of_machines(*machines: Device) -> set[str]:
    inventory = Inventory(devices=machines, sources={"typed": SOURCE})
    return left_out(assess([ten_hours_of_four_gpus()], inventory=inventory, place=stated(1.5, 450)))


def test_the_rest_of_a_run_that_was_killed_is_left_out_and_said_so() -> None:
    killed = ten_hours_of_four_gpus(complete=False)

    assert "rest of incomplete runs" in left_out(assess([killed], place=stated(1.5, 450)))
    whole = assess([ten_hours_of_four_gpus()], place=stated(1.5, 450))
    assert "rest of incomplete runs" not in left_out(whole)


def test_an_inventory_of_boards_alone_leaves_out_their_hosts() -> None:
    boards = machine("NVIDIA A100-SXM4-80GB", "accelerator")

    assert "making the hosts" in of_machines(boards)
    assert "making the hosts" not in of_machines(boards, machine("server", "host"))


def test_a_chip_with_its_own_processor_needs_no_host() -> None:
    assert "making the hosts" not in of_machines(machine("Apple M2 Max", "accelerator"))


def test_runs_on_no_known_machine_leave_out_no_host() -> None:
    nothing_known = assess([ten_hours_of_four_gpus()], place=stated(1.5, 450))

    assert "making the hosts" not in left_out(nothing_known)


def test_what_some_runs_declare_is_left_out_in_part() -> None:
    """The label has a row of idle time, and says that it is not of all runs."""
    told = (("idle time of the machine", "not measured"), ("storage and network", "not measured"))
    declared = ten_hours_of_four_gpus(run="a", idle=kwh(3.0), blind_spots=told[1:])
    silent = ten_hours_of_four_gpus(run="b", phase="finetuning", blind_spots=told)

    both = assess([declared, silent], place=stated(1.5, 450)).left_out

    told_of = {each.what: each.why for each in both}
    assert told_of["some idle time of the machine"] == "declared for some of the runs only"
    assert told_of["storage and network"] == "not measured"
    assert "idle time of the machine" in left_out(assess([silent], place=stated(1.5, 450)))
