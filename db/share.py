"""Is a directory on a network share? The write-ahead log needs one host, so a record must not be."""

import os
import sys
from pathlib import Path

from db.errors import NetworkShare

MOUNTS = Path("/proc/self/mountinfo")

# Remote file systems only. 9p and virtiofs are left out: they carry a virtual machine's own disk as often as a share.
REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "davfs", "beegfs"}
    | {f"fuse.{name}" for name in ("sshfs", "davfs2", "rclone", "glusterfs", "s3fs")}
)


def refuse_share(directory: Path) -> None:
    """Raise NetworkShare if `directory` is known to be on one. Where the platform does not say, nothing is refused."""
    if on_share(directory):
        raise NetworkShare(
            f"{directory} is on a network share, where two computers would damage the record. Keep it on this "
            "computer's own disk; its backups (wingdesk backup) may go to the share."
        )


def on_share(directory: Path, mounts: Path = MOUNTS) -> bool:
    """Whether `directory` (or where it would be made) is on a network share, as far as this platform says."""
    place = directory.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    place = place.resolve()
    if sys.platform == "win32":
        import ctypes

        remote = 4
        return str(place).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == remote
    try:
        table = mounts.read_text("utf-8", errors="replace")
    except OSError:
        return False
    return file_system(str(place), table) in REMOTE


def file_system(place: str, table: str) -> str:
    """The file system `place` is on, by a Linux mountinfo `table`: the longest mount point that leads to it."""
    best, answer = -1, ""
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        point = fields[4].replace("\\040", " ")
        within = place == point or place.startswith(point.rstrip(os.sep) + os.sep)
        # A later line for the same point was mounted over the earlier one.
        if within and len(point) >= best:
            best, answer = len(point), right.split()[0]
    return answer
