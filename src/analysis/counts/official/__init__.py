"""The official tables of the Home Office: fetched, read, understood, announced, and read back from a release."""
