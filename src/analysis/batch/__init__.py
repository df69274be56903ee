"""Runs notebooks, fast and safely, and keeps a record of it. Knows papermill; nothing of police, answers or pages."""

from analysis.batch.jobs import Job
from analysis.batch.runner import run_batch
from analysis.batch.work import BatchResult, Running, Work

__all__ = ["BatchResult", "Job", "Running", "Work", "run_batch"]
