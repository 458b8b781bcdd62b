#!/usr/bin/env bash
# Makes target/server/classes.jsa, the archive from which ./lakebed takes classes that are read and verified
# already: a server is started once with a data directory of its own, and the virtual machine writes the
# archive when it stops. Without the archive a start only takes longer, so nothing here fails a build.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
server="$here/target/server"
archive="$server/classes.jsa"

# Classes of the application are compared one by one, but the class path of Payara as a whole.
[ "$archive" -nt "$server/lakebed-launcher.jar" ] && [ "$archive" -nt "$server/payara.jar" ] && exit 0
rm -f "$archive"
scratch=$(mktemp -d "$server/archive-XXXXXX") || exit 0
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 0

for try in 1 2 3; do
  port=$((20000 + RANDOM % 10000))
  # Nobody's settings, and a relative name, which may not have a space in it.
  env -i PATH="$PATH" HOME="${HOME:-/}" JAVA_HOME="${JAVA_HOME:-}" LAKEBED_JAVA_HOME="${LAKEBED_JAVA_HOME:-}" \
    LAKEBED_REBUILD=false LAKEBED_JAVA_OPTS="-XX:ArchiveClassesAtExit=classes.jsa -Xlog:disable" "$here/lakebed" serve --data "$scratch/data" --bind 127.0.0.1 --port "$port" >words 2>&1 &
  pid=$!
  for second in {1..120}; do
    if grep -qs 'Ready:' words || ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 1
  done
  for path in /-/health/ready / /bucket/key; do
    (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\n\r\n' "$path" >&3 && cat <&3) >answer 2>&1
  done
  kill "$pid" 2>/dev/null
  wait "$pid"
  if grep -qs 'Ready:' words && [ -s classes.jsa ]; then
    mv classes.jsa "$archive"
    exit 0
  fi
done
echo "no archive of classes was made, a start takes longer: $(tail -n 1 words)"
