#!/bin/sh
# Runs the benchmark: src/bench/run.sh COMMAND [options];
# --help lists them. Compiles the load generator when it changed. Maven is asked for the class paths
# when a pom.xml changed, and to compile the project itself when that was not done.
set -e
cd "$(dirname "$0")/../.."
out=target/bench
sources=src/bench/java/dev/lakebed/bench

# the first JDK of version 21 or later
jdk=
for home in "$JAVA_HOME" "$(readlink -f "$(command -v java)" | sed 's|/bin/java$||')" /usr/lib/jvm/*; do
  if grep -qsE '^JAVA_VERSION="(2[1-9]|[3-9][0-9])' "$home/release" && [ -x "$home/bin/javac" ]; then
    jdk=$home/bin
    break
  fi
done
[ -n "$jdk" ] || { echo "no JDK 21 or later found; set JAVA_HOME" >&2; exit 1; }

maven=$(command -v mvn || echo ./mvnw)
dependencies() {
  "$maven" -q -B "$@" > $out/build.log 2>&1 || { cat $out/build.log >&2; exit 1; }
}
mkdir -p $out
if [ ! -f $out/bench.classpath ] || [ pom.xml -nt $out/bench.classpath ]; then
  dependencies org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=$out/bench.classpath
fi
if [ ! -f $out/s3proxy.classpath ] || [ src/bench/s3proxy.xml -nt $out/s3proxy.classpath ]; then
  dependencies -f src/bench/s3proxy.xml process-resources
fi
if [ ! -f target/classes/META-INF/persistence.xml ] ||
  [ -n "$(find src/main -newer target/classes -name '*.java' | head -n 1)" ]; then
  dependencies -DskipTests compile && touch target/classes
fi
if [ ! -f $out/compiled ] || [ -n "$(find $sources -newer $out/compiled | head -n 1)" ]; then
  rm -rf $out/classes
  "$jdk/javac" --release 21 -d $out/classes -cp "target/classes:$(cat $out/bench.classpath)" $sources/*.java
  touch $out/compiled
fi
exec "$jdk/java" -XX:+UseSerialGC -Xmx512m -cp "$PWD/$out/classes:$PWD/target/classes:$(cat $out/bench.classpath)" \
  dev.lakebed.bench.Bench "$@"
