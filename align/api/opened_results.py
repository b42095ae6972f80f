"""The results of a run, opened: volumes by their names, and tables over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from align.api.frames import data_frame, write_parquet
from align.api.guarded import pixels_of
from align.api.html_table import html_table
from align.api.opened_volume import Volume
from align.api.stored import StoredResults, loose_value, opened_results, stored_rows
from align.api.volume_findings import Findings, VolumeFinding
from align.api.volume_index import VolumeIndex
from align.errors import InputError, UnknownNameError, UsageError
from align.export.tables.columns import Row, Table, columns_of
from align.export.tables.declared import TABLES, TableName
from align.files.collection.names import meant
from align.files.collection.settings import nearest
from align.files.paths import shown
from align.files.scans.fingerprints import RunScans
from align.model import ScanInfo, Severity
from align.model.plurals import several
from align.pixels import Pixels

if TYPE_CHECKING:
    import pandas


class Results(Mapping[str, Volume]):
    """The results of a run: a mapping of volumes by name. A volume is read when it is first asked for, and kept.

    >>> results = open_results("mydiary")
    >>> results
    <Results of mydiary: 1 volume, 41 sentences (41 linked), 1 note>
    >>> list(results), results["diary"].page(1).order
    (['diary'], 1)
    """

    def __init__(self, stored: StoredResults, collection: Path) -> None:
        """Take the results as they are stored, and the folder of the collection, where its scans are."""
        self._stored = stored
        self._collection = collection
        self._volumes: dict[str, Volume] = {}
        self._scans = RunScans(collection)

    @property
    def run(self) -> Mapping[str, Any]:
        """The content of run.json: settings, versions, counts, failures, seconds by stage."""
        return self._stored.run

    @property
    def findings(self) -> Findings:
        """The findings that belong to no volume: a text that cannot be read, a volume that is not there."""
        index = VolumeIndex(loose_value(self._stored.loose), self._load)
        return Findings([VolumeFinding(index, finding) for finding in self._stored.loose])

    def __getitem__(self, name: str) -> Volume:
        """The volume of this name; UnknownNameError where there is none, InputError where its files are damaged."""
        found = meant(name, self._stored.volumes)
        if found is None:
            names = ", ".join(self._stored.volumes[:10])
            raise UnknownNameError(
                f"There is no volume {name!r} in these results{nearest(name, self._stored.volumes)}: give one of "
                f"{names or 'none'}."
            )
        if found not in self._volumes:
            index = VolumeIndex(self._stored.volume(found), self._load)
            self._volumes[found] = Volume(index)
        return self._volumes[found]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and meant(name, self._stored.volumes) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored.volumes)

    def __len__(self) -> int:
        return len(self._stored.volumes)

    def frame(self, name: TableName) -> pandas.DataFrame:
        """A table of all volumes as a data frame: one of
        "links", "areas", "words", "lines", "findings", "pages", "documents" and "pairs".

        It needs the extra `frames`: pip install 'facsimile-align[frames]'. The columns are listed in docs/reference.md.

        >>> open_results("mydiary").frame("links").groupby(["language", "status"]).size().to_dict()
        {('en', 'linked'): 17, ('ru', 'linked'): 24}
        """
        table = _table(name)
        return data_frame(table, self._columns(table))

    def to_parquet(self, path: str | PathLike[str], table: TableName = "links") -> None:
        """Write a table of all volumes to a Parquet file; it needs the extra `frames` (see `frame`).

        >>> open_results("mydiary").to_parquet("areas.parquet", "areas")
        """
        chosen = _table(table)
        write_parquet(chosen, self._columns(chosen), Path(path))

    def _columns(self, table: Table) -> dict[str, list[object]]:
        try:
            return columns_of(table, self._parts(table))
        except (LookupError, TypeError, ValueError) as error:
            raise InputError(
                f"{table.file} of the results in {shown(str(self._stored.store.out))} is damaged: run align run again, "
                "which writes it anew.",
                cause="damaged",
            ) from error

    def _load(self, scan: ScanInfo) -> Pixels:
        """The pixels of a scan; ScanError where it cannot be opened, or has changed since the run."""
        known = self._scans.known(scan)
        pixels = pixels_of(self._collection, scan)
        known.check(self._collection)
        return pixels

    def _parts(self, table: Table) -> Iterator[tuple[str | None, Iterator[Row]]]:
        """The rows of the table's file, volume by volume; of findings also those that belong to no volume."""
        if table.columns[0].may_be_empty:
            yield None, stored_rows(self._stored, table.file)
        for volume in self._stored.volumes:
            yield volume, stored_rows(self._stored, f"{volume}/{table.file}")

    def __repr__(self) -> str:
        counts = self.run.get("counts", {})
        sentences = several(counts.get("sentences", 0), "sentence")
        findings = counts.get("findings", {})
        listed = [several(findings[severity], severity) for severity in get_args(Severity) if findings.get(severity)]
        holds = ", ".join([several(len(self), "volume"), f"{sentences} ({counts.get('linked', 0)} linked)", *listed])
        return f"<Results of {self._collection.name}: {holds}>"

    def _repr_html_(self) -> str:
        names = ("pages", "documents", "sentences", "linked", "doubtful", "unlinked", "apart")
        volumes = self.run["volumes"]
        rows = ((name, *(volumes[name].get(count) for count in names)) for name in self)
        return html_table(f"Results of {self._collection.name}", ("volume", *names), rows)


def _table(name: TableName) -> Table:
    if name not in TABLES:
        raise UsageError(f"There is no table {name!r}: give one of {', '.join(TABLES)}.")
    return TABLES[name]


def open_results(path: str | PathLike[str], *, collection: str | PathLike[str] | None = None) -> Results:
    """The results in this folder, `aligned` as a rule, or of the collection in this folder.

    `collection` is the folder where the scans are; without it, it is the one that holds the results. Results are read
    of the schema version that this program writes; InputError for others, and where there are none.

    >>> open_results("mydiary/aligned")["diary"].page(1).lines[0].text
    '18 декабря 1934 года.'
    """
    stored = opened_results(Path(path))
    return Results(stored, Path(collection).absolute() if collection is not None else stored.store.out.parent)
