"""The entry point: `wingdesk`, or `python -m app`."""

import sys

from app.cli.root import run


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
