"""Draw the picture at the head of the README: the caseload of the demonstration, as the program shows it."""

import asyncio
import re
import tempfile
from datetime import date
from pathlib import Path

from app.session import RecordGate
from app.shell import Shell
from db import demo, door

DAY = date(2026, 3, 2)
HERE = Path(__file__).parent


async def draw(directory: Path) -> str:
    """The first screen at 80 columns and 24 lines, as SVG."""
    key, user = demo.key_and_user(directory)
    actor = door.sign_in_with(directory, key, user, DAY)
    shell = Shell(RecordGate(directory), DAY, demonstration=True, signed_in=actor)
    async with shell.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.5)
        return shell.export_screenshot(title="Wingdesk")


def main() -> None:
    """Write docs/caseload.svg."""
    with tempfile.TemporaryDirectory() as passing:
        directory = Path(passing) / "record"
        demo.build(directory, DAY)
        drawn = asyncio.run(draw(directory))
    # Its fonts would be fetched from elsewhere by whoever looks at the picture.
    own = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    (HERE / "caseload.svg").write_text(own, encoding="utf-8")


if __name__ == "__main__":
    main()
