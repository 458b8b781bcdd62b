#!/usr/bin/env bash
# Makes target/server/classes.aot, from which ./lakebed takes classes that are read, verified and linked already,
# and what is worth compiling early: a server is started once with a data directory of its own and gets some
# requests, and the virtual machine (JDK 25 or later) writes the archive when it stops (JEP 483, 514, 515).
# Without the archive a start only takes longer, so nothing here fails a build.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
server="$here/target/server"
archive="$server/classes.aot"

# The class path of Payara is compared as a whole.
[ "$archive" -nt "$server/lakebed-launcher.jar" ] && [ "$archive" -nt "$server/payara.jar" ] && exit 0
rm -f "$archive"
scratch=$(mktemp -d "$server/archive-XXXXXX") || exit 0
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 0

# Signed requests for 4 KiB, as many as come through in the time; without curl there are none.
request() {
  timeout 6 curl -s -Z --parallel-max 8 --aws-sigv4 aws:amz:us-east-1:s3 -K key -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' -o /dev/null "$@"
}

for try in 1 2 3; do
  port=$((20000 + RANDOM % 10000))
  # Nobody's settings, and a relative name, which may not have a space in it.
  env -i PATH="$PATH" HOME="${HOME:-/}" JAVA_HOME="${JAVA_HOME:-}" LAKEBED_JAVA_HOME="${LAKEBED_JAVA_HOME:-}" \
    LAKEBED_REBUILD=false LAKEBED_JAVA_OPTS="-XX:AOTCacheOutput=classes.aot -Xlog:disable" \
    "$here/lakebed" serve --data "$scratch/data" --bind 127.0.0.1 --port "$port" --bucket archive >words 2>&1 &
  pid=$!
  for second in {1..120}; do
    if grep -qs 'Ready:' words || ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 1
  done
  if grep -qs 'Ready:' words && command -v curl >/dev/null; then
    { read -r id; read -r secret; } <data/keys/admin.key
    (umask 077 && echo "user = \"$id:$secret\"" >key)
    head -c 4096 /dev/zero >body
    request -T body "http://127.0.0.1:$port/archive/key[1-8000]"
    request "http://127.0.0.1:$port/archive/key[1-8000]" "http://127.0.0.1:$port/archive/key[1-8000]"
  fi
  kill "$pid" 2>/dev/null
  wait "$pid"
  if grep -qs 'Ready:' words && [ -s classes.aot ]; then
    mv classes.aot "$archive"
    exit 0
  fi
done
echo "no archive of classes was made, a start takes longer: $(tail -n 1 words)"
