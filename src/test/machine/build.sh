#!/usr/bin/env bash
# A machine to boot under QEMU: Debian's cloud kernel, a disk with this Java and one folder of ours. Needs Debian
# and busybox-static. Nothing is installed or started.
#   build.sh <out>          fetches <out>/vmlinuz and makes <out>/initrd.gz, once: needs Debian's mirror
#   build.sh <out> <app>    and makes <out>/disk.img anew, whose / has java/, app/ and init
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd)

if [ ! -e "$out/initrd.gz" ]; then
    package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)$/\1/p' | head -n 1)
    rm -rf "$out/kernel" "$out/ramdisk"
    mkdir -p "$out/kernel" "$out/ramdisk/bin"
    (cd "$out/kernel" && apt-get download -q "$package" 2>&1 && dpkg-deb -x ./*.deb .)
    version=$(basename "$out"/kernel/lib/modules/*)
    modules=lib/modules/$version
    (cd "$out/kernel" && find "$modules" -name '*.ko' |
        grep -E '/(virtio|virtio_ring|virtio_pci.*|virtio_blk|virtio_net|net_failover|failover|button|evdev)\.ko$' |
        while read -r module; do install -D -m 644 "$module" "$out/ramdisk/$module"; done)
    busybox depmod -b "$out/ramdisk" "$version"
    cp "$(command -v busybox)" "$out/ramdisk/bin/busybox"
    install -m 755 "$here/ramdisk-init" "$out/ramdisk/init"
    (cd "$out/ramdisk" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$out/initrd.new"
    cp "$out"/kernel/boot/vmlinuz-* "$out/vmlinuz"
    mv "$out/initrd.new" "$out/initrd.gz"
    rm -rf "$out/kernel" "$out/ramdisk"
fi

[ $# -gt 1 ] || exit 0
app=$2
root=$(mktemp -d "$out/root.XXXX")
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,dev,proc,sys,tmp,lib64} "$root/java"
install -m 755 "$(command -v busybox)" "$root/bin/busybox"
ln -s busybox "$root/bin/sh"
java=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
tar -C "$java" -ch --exclude=src.zip bin conf lib | tar -C "$root/java" -x
for library in $(ldd "$java/bin/java" "$java"/lib/server/libjvm.so "$java"/lib/lib{java,net,nio,zip,management,prefs,jimage}.so |
    grep -o '/[^ ]*\.so[^ ]*' | sort -u) /lib/x86_64-linux-gnu/lib{dl.so.2,pthread.so.0,rt.so.1,m.so.6}; do
    case $library in "$java"/*) ;; *) install -D -m 755 "$library" "$root$library" ;; esac
done
cp -r "$app" "$root/app"
install -m 755 "$here/init" "$root/init"
rm -f "$out/disk.img"
mke2fs -q -t ext4 -d "$root" "$out/disk.img" 900M
