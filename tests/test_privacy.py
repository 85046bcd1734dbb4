"""Host, user, path, coordinates, command line and kernel reach no document and no error."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pikepdf
import pytest

import carbonlabel
from carbonlabel import registry
from carbonlabel.errors import CarbonLabelError
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Evidence
from tests import mutants

SAMPLES: Final = Path(__file__).parent / "samples"
HOST: Final = b"node-zebra17"
USER: Final = b"mallory.quokka"
PATH: Final = b"/home/mallory.quokka/wombat"
COMMAND: Final = b"python wombat.py --token hf_numbat"
KERNEL: Final = b"Linux-6.11.0-77-okapi-x86_64"
LATITUDE: Final = b"48.85837"
LONGITUDE: Final = b"2.29448"
TOLD_BY: Final = re.compile(r"zebra17|quokka|wombat|numbat|okapi|48\.858|2\.2944", re.IGNORECASE)
DOCUMENTS: Final = ("json", "terminal", "markdown", "svg", "svg-dark", "html", "card")

PRIVATE_KEYS: Final = b", ".join(
    b'"%b": "%b"' % pair
    for pair in (
        (b"hostname", HOST),
        (b"Hostname", HOST),
        (b"user", USER),
        (b"username", USER),
        (b"path", PATH),
        (b"output_dir", PATH),
        (b"cmdline", COMMAND),
        (b"command", COMMAND),
        (b"kernel", KERNEL),
        (b"platform", KERNEL),
        (b"os", KERNEL),
        (b"latitude", LATITUDE),
        (b"longitude", LONGITUDE),
    )
)
INSIDE_OBJECTS: Final = ((rb"\{(?=\s*\")", b"{" + PRIVATE_KEYS + b", "),)
PLANTED: Final[dict[str, dict[str, tuple[tuple[bytes, bytes], ...]]]] = {
    "codecarbon-csv": {
        "codecarbon/3.3.2/append/emissions.csv": (
            (rb"Linux-[^,\r\n]*", KERNEL),
            (rb"demo-train", PATH),
            (rb",,,(?=\d+\.\d+,machine)", b",%b,%b," % (LONGITUDE, LATITUDE)),
        ),
        "codecarbon/3.2.9/shifted/emissions.csv": (
            (rb"Linux-[^,\r\n]*", KERNEL),
            (rb"demo-train|shifted", USER),
        ),
        "codecarbon/3.3.2/tasks/emissions_base_5e057120-126d-4cf4-b610-48b06ccb99c4.csv": (
            (rb"Linux-[^,\r\n]*", KERNEL),
            (rb"(?m)^[a-z]+(?=,)(?<!task_name)", COMMAND),
        ),
    },
    "carbontracker-log": {
        "carbontracker/2.4.7-full/24730.489330_2026-11-22T002826Z_carbontracker.log": (
            (rb"detected location: Unknown", b"detected location: %b, %b, FR" % (LATITUDE, USER)),
            (rb"(?m)(.* - )Monitoring thread started", rb"\1Log: %b on %b\n\g<0>" % (PATH, HOST)),
        ),
    },
    "eco2ai-csv": {
        "eco2ai/0.3.12-training/emission.csv": (
            (rb"demo-train", PATH),
            (rb"tiny net", COMMAND),
            (rb",Linux,", b",%b," % KERNEL),
        ),
    },
    "zeus-csv": {
        "zeus/two-gpus.csv": ((rb"(?m)^(\d[^,]*),[^,]*", rb"\1," + PATH),),
        "zeus/monitor-energy.txt": ((rb"\A", b"[%b] %b %b\n" % (HOST, USER, COMMAND)),),
    },
    "perun": {
        "perun/two-gpus/app_2026-11-22T030334.820579.json": (),
        "perun/two-gpus/app_2026-11-22T030334.820579.txt": ((rb"node01", HOST),),
        "perun/no-energy-sensor/app_2026-11-22T003441.088643.csv": ((rb"node01", HOST),),
        "perun/two-gpus/app.json": (
            (rb"node01", HOST),
            (rb"\"metadata\": \{", b'"metadata": {' + PRIVATE_KEYS + b", "),
        ),
    },
    "impact-tracker-jsonl": {"impact-tracker/data.json": INSIDE_OBJECTS},
    "ecologits-json": {
        "ecologits/unknown-model.json": (*INSIDE_OBJECTS, (rb"no-such-model", PATH)),
        "ecologits/requests.jsonl": INSIDE_OBJECTS,
        "ecologits/llm/impacts.json": INSIDE_OBJECTS,
    },
    "mlco2-impact": {
        "mlco2-impact/pasted.md": ((rb"\A", b"# By %b in %b\n" % (USER, PATH)), (rb"\Z", COMMAND)),
    },
    "optimum-benchmark": {
        "optimum-benchmark/training.json": (),
        "optimum-benchmark/training-with-configuration.json": (
            (rb"tiny-bert", PATH),
            (rb"\"config\": \{", b'"config": {' + PRIVATE_KEYS + b", "),
            (rb"\"(machine|platform|hostname)\": \"[^\"]*\"", rb'"\1": "%b"' % HOST),
        ),
    },
    "ai-energy-score": {
        "ai-energy-score/benchmark_report.json": ((rb"\"x\"", b'"%b"' % PATH), *INSIDE_OBJECTS),
        "ai-energy-score/GPU_ENERGY_SUMMARY.json": INSIDE_OBJECTS,
    },
    "green-algorithms-csv": {"green-algorithms/local.csv": ()},
    "green-algorithms-hpc": {
        "green-algorithms/hpc.txt": ((rb"user01", USER), (rb"example cluster", HOST)),
    },
    "nvidia-smi-csv": {
        "nvidia_smi/two-a100.csv": (
            (rb"GPU-5f1c0a1e", b"GPU-zebra17"),
            (rb"memory.used \[MiB\]", b"pid, process_name"),
            (rb"40536 MiB", b"4711, " + PATH),
        ),
    },
    "dcgm-prometheus": {
        "dcgm/power.json": (
            (rb"node01|10\.0\.0\.1|nvidia0", HOST),
            (rb"\"pod\":\"a\"", b'"pod":"wombat"'),
        )
    },
    "scaphandre-json": {
        "scaphandre/lines.json": (
            (rb"/usr/bin/python3.11", PATH),
            (rb"\"pid\":4711", b'"pid":4711,"cmdline":"%b"' % COMMAND),
        ),
    },
    "mlflow-metrics": {"mlflow/two-gpus/gpu_0_power_usage_watts": ()},
    "wandb-system-metrics": {
        "wandb/events.jsonl": INSIDE_OBJECTS,
        "wandb/chart.csv": ((rb"calm-sun-3", PATH), (rb"swift-moon-4", USER)),
    },
    "perf-stat-energy": {"rapl/perf.txt": ((rb"system wide", COMMAND),)},
    "powercap-dump": {"rapl/powercap.txt": ((rb"(?m)^(?=17)", b"# %b %b\n" % (HOST, USER)),)},
    "codecarbon-logger": {
        "codecarbon-json/formatted.log": (
            (rb"Linux-6.8.0", KERNEL),
            (rb"demo-train", PATH),
            (rb"\"longitude\": null", b'"longitude": ' + LONGITUDE),
            (rb"\"latitude\": null", b'"latitude": ' + LATITUDE),
        ),
    },
    "codecarbon-dashboard": {
        "codecarbon-json/demo_runs.csv": ((rb"Linux-6.8.0", KERNEL),),
        "codecarbon-json/posts.jsonl": (
            (rb"Linux-6.8.0", KERNEL),
            (rb"\"longitude\": null", b'"longitude": ' + LONGITUDE),
            (rb"\"latitude\": null", b'"latitude": ' + LATITUDE),
        ),
    },
    "boamps": {
        "boamps/task/boamps_report_995c635a-3363-4a09-8a54-52d93c2081a8.json": (
            (rb"Linux-6.8.0", KERNEL),
            (
                rb"\"formatVersion\"",
                b'"publisher": {"name": "%b", "projectName": "%b"}, "formatVersion"' % (USER, PATH),
            ),
            (rb"distilbert", PATH),
            (
                rb"\"country\"",
                b'"latitude": %b, "longitude": %b, "country"' % (LATITUDE, LONGITUDE),
            ),
        ),
    },
    "sacct": {
        "sacct/jobs.psv": (
            (rb"nid(001002|\[[^\]]*\])", HOST),
            (rb"train.sh", COMMAND),
            (rb"(?<=\|)train(?=\|)", PATH),
            (rb"(?m)\AJobID(.*)$", rb"JobID\1|User|WorkDir|SubmitLine"),
            (rb"(?m)^(\d.*)$", rb"\1|%b|%b|%b" % (USER, PATH, COMMAND)),
        ),
    },
    "trainer-state": {
        "trainer-state/checkpoint/trainer_state.json": (
            (rb"\"best_model_checkpoint\": null", b'"best_model_checkpoint": "%b"' % PATH),
            (rb"\"trial_name\": null", b'"trial_name": "%b"' % USER),
        ),
        "trainer-state/finished/train_results.json": ((rb"\{", b'{"output_dir": "%b",' % PATH),),
    },
    "cloud-aws": {"cloud/aws.csv": ((rb"111111111111", USER),)},
    "cloud-google": {"cloud/google.csv": ((rb"AAAAAA-BBBBBB-CCCCCC", USER), (rb"12345", HOST))},
    "cloud-azure": {"cloud/azure.json": ((rb"\"s\"", b'"%b"' % USER),)},
    "model-card": {
        "model-card/sentence-transformers.md": (
            (rb"on_cloud", b"wombat"),
            (rb"13th Gen [^\n]*", KERNEL),
            (rb"source: codecarbon", b"source: codecarbon on " + PATH),
            (rb"language:", b"model_name: %b\nlanguage:" % USER),
        ),
    },
    "manual": {"manual/rated.yaml": ()},
    "project": {
        "project/project.json": (
            (rb"codecarbon/3.3.2/append", PATH),
            (rb"demo-train", PATH),
            (rb"path ~ append/\*\* = sweep", b"path ~ wombat/** = sweep"),
        ),
    },
}
"""For each format its samples, and what is put into them where the tool would have put it."""
CASES: Final = [(name, sample) for name, samples in PLANTED.items() for sample in samples]


def planted(name: str, sample: str) -> Log:
    content = (SAMPLES / sample).read_bytes()
    for pattern, secret in PLANTED[name][sample]:
        content, count = re.subn(pattern, secret, content)
        assert count, f"{pattern!r} is not in {sample}"
    return Log(Path(sample).name, content=content)


def told(texts: Iterable[str]) -> set[str]:
    """Whatever of the secrets stands in the texts."""
    return {found.group() for text in texts for found in TOLD_BY.finditer(text)}


def refusal(name: str, log: Log) -> str:
    """What the error says, with its causes; nothing where the log is read."""
    try:
        runs = registry.reader(name).read(log)
        carbonlabel.check(carbonlabel.assess(runs, region="FR"))
    except CarbonLabelError as refused:
        return str(refused)
    return ""


def drawn(runs: Iterable[Evidence]) -> Iterable[str]:
    disclosure = carbonlabel.assess(tuple(runs), region="FR")
    for name in DOCUMENTS:
        yield carbonlabel.render(disclosure, name).decode()
    yield repr(carbonlabel.check(disclosure))
    yield carbonlabel.embed(disclosure, b"# A model\n").decode()


def test_every_registered_reader_is_held_to_it() -> None:
    assert set(PLANTED) == set(registry.names(registry.READERS))


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_what_is_private_reaches_no_document(name: str, sample: str) -> None:
    log = planted(name, sample)

    assert registry.reader(name).recognises(log)
    if not (said := refusal(name, log)):
        assert not told(drawn(registry.reader(name).read(log)))
    assert not told([said])


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_what_is_private_reaches_no_error(name: str, sample: str) -> None:
    content = planted(name, sample).content or b""
    step = max(1, len(content) // 150)
    spoiled = [
        *(content[:end] for end in range(0, len(content), step)),
        *(content[begin:] for begin in range(0, len(content), step)),
        *(content.replace(b"\n", join, count) for join in (b"", b",") for count in range(1, 9)),
        *mutants.edited(content, count=6),
    ]
    if sample.endswith(("csv", "psv")):
        separator = max(",;|\t", key=lambda each: content.count(each.encode()))
        spoiled += mutants.reordered(content, separator)

    for each in spoiled:
        said = refusal(name, Log(Path(sample).name, content=each))
        assert not told([said]), said


@pytest.mark.parametrize("sample", ["codecarbon/3.3.2/append/emissions.csv"])
def test_what_is_private_is_not_in_the_report_nor_in_what_it_carries(sample: str) -> None:
    runs = registry.reader("codecarbon-csv").read(planted("codecarbon-csv", sample))
    report = carbonlabel.render(carbonlabel.assess(runs, region="FR"), "pdf")

    with pikepdf.open(io.BytesIO(report)) as pdf:
        pieces = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        texts = [str(pdf.docinfo), *(piece.decode("latin-1") for piece in pieces)]
        attached = [
            pdf.attachments[each].get_file().read_bytes().decode() for each in pdf.attachments
        ]
    assert attached
    assert not told([*texts, *attached])


def test_the_path_of_a_log_is_not_told(tmp_path: Path) -> None:
    folder = tmp_path / "mallory.quokka" / "wombat"
    folder.mkdir(parents=True)
    log = folder / "emissions.csv"
    log.write_bytes((SAMPLES / "codecarbon/3.3.2/append/emissions.csv").read_bytes())

    assert not told(drawn(carbonlabel.read(log)))
    log.write_bytes(b"nothing known")
    with pytest.raises(CarbonLabelError) as refused:
        carbonlabel.read(log)
    assert not told([str(refused.value)])
