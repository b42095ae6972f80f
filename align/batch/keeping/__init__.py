"""What a run keeps: the states of volumes, run.json, findings of no volume, and volumes left as they were."""
