"""Links every sentence of a transcription and its translation to its place on the scanned page.

What a program may use is in `__all__`, documented in docs/python.md and docs/reference.md. Each name is loaded when it
is first used: `import align` alone loads none of the libraries that align is built on.
"""

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; importing it would take as long as all the rest here
if TYPE_CHECKING:
    from align import errors as errors
    from align.api.one_page import PageReading, link_page, read_page, read_pages
    from align.api.opened_results import Results, open_results
    from align.api.opened_volume import SentencePair, Volume, VolumeDocument
    from align.api.running import ProgressStep, run
    from align.api.volume_findings import Findings, VolumeFinding
    from align.api.volume_parts import LinkedSentence, SentenceArea, VolumePage
    from align.batch.keeping.outcome import Outcome
    from align.bitext.sentences import align_sentences
    from align.errors import AlignError
    from align.files.collection.opening import Collection, open_collection
    from align.matching.locate import locate_lines
    from align.model.geometry import Box, Polygon
    from align.model.link import Bead
    from align.model.page import Line, Reading, Word
    from align.ocr.child_process import TesseractEngine
    from align.ocr.engine import Engine, RecordedEngine
    from align.text.fold import Folded, fold
    from align.text.sentences import split_sentences

# The module of each name; the same as above, for the running program.
_MODULES = {
    "align.api.one_page": ("PageReading", "link_page", "read_page", "read_pages"),
    "align.api.opened_results": ("Results", "open_results"),
    "align.api.opened_volume": ("SentencePair", "Volume", "VolumeDocument"),
    "align.api.running": ("ProgressStep", "run"),
    "align.api.volume_findings": ("Findings", "VolumeFinding"),
    "align.api.volume_parts": ("LinkedSentence", "SentenceArea", "VolumePage"),
    "align.batch.keeping.outcome": ("Outcome",),
    "align.bitext.sentences": ("align_sentences",),
    "align.errors": ("AlignError",),
    "align.files.collection.opening": ("Collection", "open_collection"),
    "align.matching.locate": ("locate_lines",),
    "align.model.geometry": ("Box", "Polygon"),
    "align.model.link": ("Bead",),
    "align.model.page": ("Line", "Reading", "Word"),
    "align.ocr.engine": ("Engine", "RecordedEngine"),
    "align.ocr.child_process": ("TesseractEngine",),
    "align.text.fold": ("Folded", "fold"),
    "align.text.sentences": ("split_sentences",),
}

__all__ = [
    "AlignError",
    "Bead",
    "Box",
    "Collection",
    "Engine",
    "Findings",
    "Folded",
    "Line",
    "LinkedSentence",
    "Outcome",
    "PageReading",
    "Polygon",
    "ProgressStep",
    "Reading",
    "RecordedEngine",
    "Results",
    "SentenceArea",
    "SentencePair",
    "TesseractEngine",
    "Volume",
    "VolumeDocument",
    "VolumeFinding",
    "VolumePage",
    "Word",
    "align_sentences",
    "fold",
    "link_page",
    "locate_lines",
    "open_collection",
    "open_results",
    "read_page",
    "read_pages",
    "run",
    "split_sentences",
]

if not TYPE_CHECKING:  # else a type checker would take every name for one that is there

    def __getattr__(name: str) -> object:
        """The public name, loaded from its module. It is kept, so this is called once for each name.

        `align.errors` is a module: a program that catches other errors than AlignError finds them there.
        """
        if name == "errors":
            return import_module("align.errors")
        for module, names in _MODULES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(module), name)
                return value
        raise AttributeError(f"module 'align' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return list(__all__)
