"""Whether a folder lies on another computer, by the kind of its file system.

SQLite's write-ahead log needs memory that all programs with the file share (https://www.sqlite.org/wal.html), which two
computers don't have. Linux tells the kind in /proc/self/mountinfo (proc_pid_mountinfo(5)), by the name that the file
system's driver registers with the kernel; FUSE adds its program's after a dot. Windows tells by the path. Elsewhere
nothing is known.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_KINDS = {
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "smbnetfs": "SMB", "9p": "9P",
    "afs": "AFS", "ceph": "Ceph", "coda": "Coda", "davfs": "WebDAV", "davfs2": "WebDAV", "glusterfs": "GlusterFS",
    "lustre": "Lustre", "ncpfs": "NCP", "sshfs": "SSHFS", "rclone": "rclone", "s3fs": "S3", "curlftpfs": "FTP",
    "gvfsd-fuse": "GVfs", "ceph-fuse": "Ceph", "virtiofs": "virtiofs", "vboxsf": "VirtualBox", "vmhgfs": "VMware",
    "vmhgfs-fuse": "VMware", "prl_fs": "Parallels",
}  # fmt: skip
"""What each kind is called. The last five share a folder between a virtual machine and its host."""
_OCTAL = re.compile(r"\\([0-7]{3})")


def network_of(folder: Path, mounts: Path = _MOUNTS) -> str:
    """What the network drive on which the folder lies, or would lie, is called ("NFS"); "" for a local or unknown one.

    `mounts` is the system's list. Raises nothing.
    """
    there = os.path.realpath(folder)
    if sys.platform == "win32":  # a drive letter of a share is resolved to its name
        return "SMB" if there.startswith("\\\\") else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    kind, length = "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004  the mount point is the fifth
            continue
        point = _OCTAL.sub(_character, fields[4])
        if len(point) >= length and _is_within(there, point):  # of two at one place the later covers the other
            kind, length = after.split(" ")[0], len(point)
    return _KINDS.get(kind.removeprefix("fuse."), "")


def _is_within(path: str, point: str) -> bool:
    return path == point or path.startswith(f"{point.rstrip('/')}/")


def _character(found: re.Match[str]) -> str:
    """A space, tab, line break or backslash of a path, which the list has in octal."""
    return chr(int(found[1], 8))
