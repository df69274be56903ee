"""Which notebooks run, on what and how fast; the manifest. Knows papermill, no statistics."""

from analysis.batch.jobs import Job
from analysis.batch.runner import BatchResult, run_batch

__all__ = ["BatchResult", "Job", "run_batch"]
