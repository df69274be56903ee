"""The Home Office's totals of a year, all offences together: charged of the crimes that have an outcome."""
