"""Results that need not be linked again, with new decisions in the rows that tell of them."""

from __future__ import annotations

from dataclasses import replace

from align.batch.deciding import VolumeDecisions
from align.batch.keeping.volume_states import VolumeState, VolumeStates
from align.files.store.result_store import ResultStore
from align.files.store.results import read_volume, write_volume
from align.records.counts import counted
from align.records.documents import DOCUMENTS
from align.records.findings import FINDINGS


def as_decided(
    store: ResultStore, states: VolumeStates, before: VolumeState, decisions: VolumeDecisions
) -> VolumeState:
    """The state of a volume whose findings and documents are as decided now; they are written anew where they differ.

    What linking obeys is not among these decisions: with others of that kind the volume is linked again.
    """
    if decisions.digest == before.decisions:
        return before
    decided = decisions.applied(read_volume(store, before.volume))
    states.withdraw(before.volume)
    written = write_volume(store, decided.result, only=(DOCUMENTS, FINDINGS))
    state = replace(
        before,
        counts=counted(decided.result),
        files={**before.files, **written},
        decisions=decisions.digest,
        earlier=decided.fates.get("changed", 0),
    )
    states.put(state)
    return state
