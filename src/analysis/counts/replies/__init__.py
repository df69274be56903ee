"""A spreadsheet of replies that an analyst gathered: reading it, and the release that is made of it."""
