#!/usr/bin/env bash
# A machine with Debian's own systemd, sshd, NFS and PostgreSQL, to boot under QEMU. Needs root, mmdebstrap, busybox-static
# and Debian's mirror. Nothing is installed or started here.
#   debian.sh <out>   makes <out>/vmlinuz, <out>/initrd.gz and <out>/disk.img, once; root logs in with <out>/key, and
#                     <out>/host_key.pub is what the machine is known by
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd)

[ ! -e "$out/disk.img" ] || exit 0
work=$(mktemp -d "$out/work.XXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include=systemd-sysv,dbus,libpam-systemd,openssh-server,nfs-kernel-server,iproute2,kmod,postgresql,linux-image-cloud-amd64 \
    bookworm "$root"

rm -f "$out"/key "$out"/key.pub
ssh-keygen -q -t ed25519 -N '' -f "$out/key"
install -d -m 700 "$root/root/.ssh"
install -m 600 "$out/key.pub" "$root/root/.ssh/authorized_keys"
cp "$root/etc/ssh/ssh_host_ed25519_key.pub" "$out/host_key.pub"
install -m 755 "$here/address" "$root/usr/local/sbin/address"
install -m 644 "$here/address.service" "$root/etc/systemd/system/address.service"
ln -s ../address.service "$root/etc/systemd/system/sysinit.target.wants/address.service"
for unneeded in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer rpc-gssd.service \
    e2scrub_reap.service nfs-blkmap.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unneeded"
done
systemctl --root="$root" --quiet disable postgresql nfs-server
ln -sf /sbin/init "$root/init"
: >"$root/etc/fstab"
echo machine >"$root/etc/hostname"
: >"$root/etc/machine-id"

version=$(basename "$root"/usr/lib/modules/*)
mkdir -p "$work/ramdisk/bin"
(cd "$root/usr" && find "lib/modules/$version" -name '*.ko' |
    grep -E '/(virtio|virtio_ring|virtio_pci.*|virtio_blk|virtio_net|net_failover|failover|button|evdev)\.ko$' |
    while read -r module; do install -D -m 644 "$module" "$work/ramdisk/$module"; done)
busybox depmod -b "$work/ramdisk" "$version"
cp "$(command -v busybox)" "$work/ramdisk/bin/busybox"
install -m 755 "$here/ramdisk-init" "$work/ramdisk/init"
(cd "$work/ramdisk" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$out/initrd.gz"
cp "$root"/boot/vmlinuz-* "$out/vmlinuz"
rm -f "$root"/boot/initrd.img-*
mke2fs -q -t ext4 -d "$root" "$work/disk.img" 1500M
mv "$work/disk.img" "$out/disk.img"
