"""A network share is known, and no record is kept on one."""

from pathlib import Path

import pytest

from db import store
from db.errors import (
    NetworkShare,
)
from db.share import file_system, on_share

KEY = bytes(range(32))


MOUNTS = """\
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 21 0:40 / /home rw - nfs4 server:/home rw
31 30 8:2 / /home/local rw - ext4 /dev/sda2 rw
32 21 0:41 / /mnt/the\\040wing rw - cifs //server/wing rw
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home", "nfs4"),
        ("/home/lyn/record", "nfs4"),
        ("/home/local/record", "ext4"),
        ("/homework", "ext4"),
        ("/mnt/the wing/record", "cifs"),
    ],
)
def test_the_file_system_of_a_place_is_that_of_the_nearest_mount(place: str, kind: str) -> None:
    assert file_system(place, MOUNTS) == kind


def test_a_place_is_looked_up_by_where_it_would_be_made(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"21 1 8:1 / / rw - ext4 x rw\n22 21 0:9 / {tmp_path.resolve()} rw - nfs x rw\n")
    assert on_share(tmp_path / "not" / "yet", table)
    assert not on_share(Path("/"), table)


def test_where_the_platform_does_not_say_nothing_is_refused(tmp_path: Path) -> None:
    assert not on_share(tmp_path, tmp_path / "no such table")


def test_a_record_is_not_made_on_a_network_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.share.on_share", lambda _: True)
    with pytest.raises(NetworkShare, match="own disk"):
        store.create(tmp_path, KEY, establishment="Moorland")
    assert list(tmp_path.iterdir()) == []


def test_a_record_on_a_network_share_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    monkeypatch.setattr("db.share.on_share", lambda _: True)
    with pytest.raises(NetworkShare, match="own disk"):
        store.open_record(tmp_path, KEY)
