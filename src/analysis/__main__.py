"""Runs the commands: `python -m analysis` is `charge-rates`."""

from analysis.cli import main

if __name__ == "__main__":
    main(prog_name="charge-rates")
