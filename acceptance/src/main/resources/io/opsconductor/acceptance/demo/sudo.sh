#!/bin/sh
# sudo on a demo target: the demo has no root. The command runs as the demo's own account, so nothing asked of
# a demo target can change the machine it runs on as administrator.
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -u | -g) shift; [ $# -gt 0 ] && shift ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "sudo (demo): which command?" >&2; exit 1; }
exec "$@"
