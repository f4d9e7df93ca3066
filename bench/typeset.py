"""Letters per core-second of the volume body, beside its floor, the bare text, and three other libraries.

    script/bench typeset [--batch 100] [--rounds 24] [--write]

Every batch is a volume to one real office with 100 stories that nobody printed before, so that nothing but the
layout's own reuse is warm. Times are CPU seconds of one process with one thread. Kinds take turns, so that a busy
machine slows all of them; of each kind's rounds the first quartile counts.
"""

import argparse
import gc
import io
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ["RAYON_NUM_THREADS"] = "1"  # before typst is imported

import pikepdf
import typst

import letters
from peers import PEERS
from plea.letters.paper import typeset
from plea.letters.paper.fonts import FontChoice
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import CompiledBatch, set_volume
from plea.letters.paper.typst_compiler import TypstCompiler, compiler
from plea.model.letters import Letter, Printing
from report import machine, versions, write_section
from sheet import Face, words

BARE = Path(__file__).resolve().parent / "bare.typ"
PRINTING = Printing(profile("us-10-single"))
AIMS = {"ReportLab Platypus": 2.5, "WeasyPrint": 20.0, "fpdf2": 20.0}
PEER_EVERY = 4
Batch = list[Letter]
Kind = tuple[Callable[[Batch], Any], Callable[[Any], bytes]]


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench typeset", description="How fast letters are typeset.")
    parser.add_argument("--batch", type=int, default=100, help="letters in a volume [100]")
    parser.add_argument("--rounds", type=int, default=24, help="volumes of each kind, a fourth of it for peers [24]")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    batches = letters.batches(options.batch, seed=1)
    kinds = _kinds()
    for name in list(kinds):  # fonts and imports are warm before anything counts
        try:
            _timed(kinds[name], next(batches))
        except OSError as error:
            print(f"{name} is left out: {error}")
            del kinds[name]
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(options.rounds):
        for name, kind in kinds.items():
            if name not in PEERS or number % PEER_EVERY == 0:
                times[name].append(_timed(kind, next(batches)))
    rates = {name: options.batch / _undisturbed(spent) for name, spent in times.items()}
    table = _table(rates, times)
    print(table)
    if options.write:
        write_section("typeset", f"{machine()}\n{versions('typst', 'reportlab', 'weasyprint', 'fpdf2')}\n\n{table}")


def _undisturbed(spent: list[float]) -> float:
    """The first quartile: what else a machine does only ever adds to a time."""
    return statistics.quantiles(spent, n=4)[0] if len(spent) > 1 else spent[0]


def _timed(kind: Kind, batch: Batch) -> float:
    """CPU seconds for one volume; a volume with too many or too few pages is no measurement."""
    prepare, run = kind
    ready = prepare(batch)
    gc.collect()
    start = time.process_time()
    made = run(ready)
    spent = time.process_time() - start
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) == len(batch), f"{len(document.pages)} pages for {len(batch)} letters"
    return spent


def _kinds() -> dict[str, Kind]:
    """For each kind what is made ready beforehand, and what is timed."""
    face = _face()
    bare = typst.Compiler(str(BARE), root=str(BARE.parent), ignore_system_fonts=True)
    in_peers_font = TypstCompiler((Path(face.regular).parent,))

    def bare_text(made: dict[str, str]) -> bytes:
        content = bare.compile(format="pdf", sys_inputs=made, pdf_tags=False)
        assert isinstance(content, bytes)
        return content

    def in_face(batch: Batch) -> dict[str, Any]:
        made = _inputs(batch)
        fonts = {"families": ("Bitstream Vera Sans",), "address_families": ("Bitstream Vera Sans",)}
        made["setting"] = {**made["setting"], **fonts, "size": face.size, "pitch": face.pitch}
        return made

    kinds: dict[str, Kind] = {
        "plea": (lambda batch: batch, lambda batch: set_volume(batch, PRINTING).content),
        "floor": (_as_json(_inputs), lambda made: compiler().compile("letter.typ", made, on=letters.DAY)[0]),
        "bare text": (_as_json(_inputs), bare_text),
        "floor, the peers' font": (
            _as_json(in_face),
            lambda made: in_peers_font.compile("letter.typ", made, on=letters.DAY)[0],
        ),
    }
    for name, peer in PEERS.items():
        kinds[name] = (lambda batch: [words(letter) for letter in batch], partial(peer, face=face))
    return kinds


def _as_json(prepare: Callable[[Batch], dict[str, Any]]) -> Callable[[Batch], dict[str, str]]:
    """Ready-made JSON, so that the floor is the compile alone."""
    return lambda batch: {name: json.dumps(value, ensure_ascii=False) for name, value in prepare(batch).items()}


def _inputs(batch: Batch) -> dict[str, Any]:
    """What a volume is compiled from, without compiling it: a layout that was seen before would be reused."""
    kept: dict[str, Any] = {}

    def keep(letters: Sequence[Letter], inputs: Mapping[str, Any], _fonts: FontChoice) -> CompiledBatch:
        kept.update(inputs)
        return CompiledBatch(b"", tuple(range(1, len(letters) + 1)), (1,) * len(letters), inputs)

    with patch.object(typeset, "compile_batch", keep):
        set_volume(batch, PRINTING)
    assert len(kept["letters"]) == len(batch)
    return kept


def _face() -> Face:
    """The TrueType font that comes with ReportLab: at hand wherever the peers are."""
    import reportlab

    folder = Path(reportlab.__file__).resolve().parent / "fonts"
    return Face("Vera", str(folder / "Vera.ttf"), str(folder / "VeraBd.ttf"))


def _table(rates: dict[str, float], times: dict[str, list[float]]) -> str:
    """The rates as a Markdown table, with what each is to the product and what was aimed at."""
    plea = rates["plea"]

    def rows() -> Iterator[str]:
        yield "| what | letters per core-second | volumes | plea to it | aim |"
        yield "|---|---:|---:|---:|---:|"
        for name, rate in rates.items():
            aim = {"floor": "0.8", "plea": ""}.get(name, str(AIMS.get(name, "")))
            yield f"| {name} | {rate:,.0f} | {len(times[name])} | {plea / rate:.2f} | {aim} |"

    cost = 1 - rates["floor"] / rates["bare text"]
    return "\n".join([*rows(), "", f"The frame costs {cost:.1%} of the bare text's rate (aim: under a tenth)."])


if __name__ == "__main__":
    main()
