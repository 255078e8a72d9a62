"""Network drives are told by the kind of their file system, as Linux lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.networks import network_of

# Lines as /proc/self/mountinfo has them (proc_pid_mountinfo(5)). The kinds are the names that the drivers register:
# fs/nfs/fs_context.c, fs/smb/client/cifsfs.c, fs/9p/vfs_super.c, fs/ceph/super.c, fs/fuse/virtio_fs.c of Linux 6.12;
# FUSE's come after "fuse.", as libfuse's `subtype` gives them.
_MOUNTS = r"""
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
40 22 0:45 / /home rw,relatime shared:20 - nfs4 server:/export/home rw,vers=4.2
41 40 259:3 / /home/ana/local rw,relatime - ext4 /dev/sdb1 rw
42 22 0:46 / /mnt/nas rw,relatime - cifs //nas/team rw,vers=3.1.1
43 22 0:47 / /mnt/with\040space rw - fuse.sshfs ana@host: rw,user_id=1000
44 22 0:48 / /mnt/vault rw - fuse.gocryptfs /home/cipher rw
45 22 0:49 / /mnt/c rw - 9p C:\134 rw,dirsync
46 22 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw
47 22 259:4 / /mnt/nas/inner rw - xfs /dev/nvme0n1p4 rw
48 22 0:50 / /srv rw - nfs old:/srv rw
49 22 259:5 / /srv rw - btrfs /dev/sdc rw
50 22 0:51 / /shared rw master:3 propagate_from:2 - virtiofs host rw
51 22 0:52 / /vm rw - vboxsf team rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/x", ""),
        ("/home/ana/.local/share/rapport", "NFS"),
        ("/home/ana/local/rapport", ""),
        ("/homely/ana", ""),
        ("/mnt/nas", "SMB"),
        ("/mnt/nas/team/rapport", "SMB"),
        ("/mnt/nas/inner/x", ""),
        ("/mnt/with space/not/there/yet", "SSHFS"),
        ("/mnt/vault/x", ""),
        ("/mnt/c/Users/ana", "9P"),
        ("/media/stick/x", ""),
        ("/srv/x", ""),
        ("/shared/x", "virtiofs"),
        ("/vm/x", "VirtualBox"),
    ],
)
def test_the_innermost_and_latest_mount_decides(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(_MOUNTS, encoding="utf-8")
    assert network_of(Path(folder), mounts) == kind


def test_a_link_to_a_network_drive_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "there")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"40 22 0:45 / {tmp_path / 'there'} rw - nfs s:/x rw\n", encoding="utf-8")
    assert network_of(tmp_path / "here" / "profile", mounts) == "NFS"


def test_nothing_is_known_where_the_system_has_no_list(tmp_path: Path) -> None:
    assert network_of(tmp_path, tmp_path / "none") == ""
