#!/bin/sh
# Runs the benchmark: src/test/bench/run.sh matrix|run|ceiling [options]; --help lists them.
# Starts at once when the test classes are built; otherwise Maven builds them first.
set -e
cd "$(dirname "$0")/../../.."
out=target/bench

# the first JDK of version 21 or later
java=
for home in "$JAVA_HOME" "$(readlink -f "$(command -v java)" | sed 's|/bin/java$||')" /usr/lib/jvm/*; do
  if grep -qsE '^JAVA_VERSION="(2[1-9]|[3-9][0-9])' "$home/release"; then
    java=$home/bin/java
    break
  fi
done
[ -n "$java" ] || { echo "no JDK 21 or later found; set JAVA_HOME" >&2; exit 1; }

if [ ! -f $out/bench.classpath ] || [ pom.xml -nt $out/bench.classpath ] \
    || [ -n "$(find src/test/java/dev/lakebed/bench -newer $out/bench.classpath -name '*.java' | head -n 1)" ]; then
  mkdir -p $out
  mvn -q -B -Pbench -Dbench.args=--help process-test-classes \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=$out/bench.classpath > $out/build.log 2>&1 \
    || { cat $out/build.log >&2; exit 1; }
fi
exec "$java" -XX:+UseSerialGC -Xmx512m -cp "target/test-classes:$(cat $out/bench.classpath)" \
  dev.lakebed.bench.Bench "$@"
