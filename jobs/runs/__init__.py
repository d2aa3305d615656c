"""The run of a job: how it ended, the parts it has, and that no second one runs beside it."""
