#!/bin/sh
# Builds the worker's view of the files in a mount namespace of its own and runs the worker in it.
# Used by the service as root where bubblewrap is missing or does not work; started by unshare(1).
#
# usage: sandbox.sh FOLDER BYTES [INTERPRETER_FOLDER...] -- COMMAND...
set -eu

folder=$1
bytes=$2
shift 2
root=/mnt

mount -t tmpfs -o mode=0755,size=1m,nosuid,nodev worker "$root"

show() { # show SOURCE TARGET: the same files, read-only
    if [ -d "$1" ]; then
        mkdir -p "$root$2"
    else
        mkdir -p "$root$(dirname "$2")"
        : >"$root$2"
    fi
    mount --bind "$1" "$root$2"
    mount -o remount,bind,ro,nosuid "$root$2"
}

mkdir "$root/tmp" "$root/dev" "$root/etl"
mount -t tmpfs -o "mode=1777,size=$bytes,nosuid,nodev" worker "$root/tmp"
show /usr /usr
for path in /bin /sbin /lib /lib32 /lib64; do
    if [ -L "$path" ]; then
        ln -s "$(readlink "$path")" "$root$path"
    elif [ -d "$path" ]; then
        show "$path" "$path"
    fi
done
for path in /etc/alternatives /etc/ld.so.cache; do
    if [ -e "$path" ]; then show "$path" "$path"; fi
done
for name in null zero random urandom; do
    : >"$root/dev/$name"
    mount --bind "/dev/$name" "$root/dev/$name"
done
for name in worker.py etl_abc.py etl_worker feature_lib; do
    show "$folder/$name" "/etl/$name"
done
while [ "$1" != -- ]; do
    show "$1" "$1"
    shift
done
shift
mount -o remount,ro "$root"

# Not exec: this shell stays as the first process of the namespace, so that signals end the worker as usual.
chroot "$root" "$@"
exit $?
