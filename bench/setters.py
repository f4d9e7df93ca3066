"""What the workers of the benchmark do: the bare compile, and the other libraries, each on ready-made values."""

import io
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf

from peers import PEERS
from plea.campaigns.model import VolumeJob
from plea.campaigns.running.volume_task import compose_letters
from plea.letters.paper import typeset
from plea.letters.paper.fonts import FontChoice
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import CompiledBatch
from plea.letters.paper.typst_compiler import compiler
from plea.model.letters import Letter, Printing
from sheet import Face, Words


@dataclass(frozen=True)
class Batch:
    """What is made ready for a worker, and how many letters it is."""

    letters: int
    content: Any


def ready(job: VolumeJob) -> Batch:
    """The JSON that a volume is compiled from, batch by batch, and the day of it."""
    kept: list[dict[str, str]] = []

    def keep(letters: Sequence[Letter], inputs: Mapping[str, Any], fonts: FontChoice) -> CompiledBatch:
        kept.append({name: _json(value) for name, value in inputs.items()})
        assert not fonts.folders
        return CompiledBatch(b"", tuple(range(1, len(letters) + 1)), (1,) * len(letters), inputs)

    letters = [one for one in compose_letters(job, job.letters) if isinstance(one, Letter)]
    with patch.multiple(typeset, compile_batch=keep, _joined=b"".join):
        positions = typeset.set_volume(letters, Printing(profile(job.profile)), number=str).positions
    return Batch(sum(position.pages for position in positions), (job.on, kept))


def spent(work: Callable[[Batch], int], batch: Batch) -> tuple[int, float]:
    """The pages that the work gives, and the seconds of this process that it took."""
    start = time.process_time()
    return work(batch), time.process_time() - start


def compile_ready(batch: Batch) -> int:
    """Compile what is ready; gives the pages."""
    on, parts = batch.content
    pages = 0
    for inputs in parts:
        compiler().compile("letter.typ", inputs, on=on)
        pages += compiler().ask("query(<start>).map(it => 1)").count(1)
    return pages


def set_by_peer(batch: Batch) -> int:
    """Set the letters by another library; gives the pages."""
    name, words = batch.content
    if name == "docxtpl":
        return sum(map(_docx, words))
    with pikepdf.open(io.BytesIO(PEERS[name](words, face=_face()))) as document:
        return len(document.pages)


def _docx(it: Words) -> int:
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(_form()))
    document.render({"it": it}, autoescape=True)
    document.save(io.BytesIO())
    return 1


@lru_cache
def _form() -> bytes:
    """The letter as a Word form: a paragraph for each part of the frame."""
    from docx import Document

    form = Document()
    for part in ("sender", "recipient"):
        for tag in (f"{{%p for line in it.{part} %}}", "{{ line }}", "{%p endfor %}"):
            form.add_paragraph(tag)
        if part == "sender":
            form.add_paragraph("{{ it.date }}")
    form.add_paragraph().add_run("{{ it.subject }}").bold = True
    for tag in ("{{ it.salutation }}", "{%p for text in it.body %}", "{{ text }}", "{%p endfor %}", "{{ it.close }}"):
        form.add_paragraph(tag)
    form.add_paragraph("{{ it.name }}")
    content = io.BytesIO()
    form.save(content)
    return content.getvalue()


@lru_cache
def _face() -> Face:
    """The TrueType font that comes with ReportLab."""
    import reportlab

    folder = Path(reportlab.__file__).resolve().parent / "fonts"
    return Face("Vera", str(folder / "Vera.ttf"), str(folder / "VeraBd.ttf"))


_json = partial(json.dumps, ensure_ascii=False)
