#!/usr/bin/env bash
# How many items a second are transformed and digested, and how many bytes each allocates, by JMH.
#   bench/jmh.sh
#   bench/jmh.sh -f 1 -wi 2 -i 3 digest     with JMH's own options, and which of the benchmarks
#   JVM_OPTIONS=-XX:+UseSerialGC bench/jmh.sh   with both compilers; without it, with the options of vams-migrate
# JMH comes from Maven Central; nothing else of the repository needs it.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$home/vams-migrate" --version >/dev/null
(cd "$home" && ./mvnw -B -q -f bench/jmh/pom.xml package) >&2
classpath="$home/cli/target/lib/*:$home/bench/jmh/target/lib/*"
javac -cp "$classpath" -processor org.openjdk.jmh.generators.BenchmarkProcessor -d "$scratch" "$home/bench/jmh/ItemBench.java"
java -cp "$scratch:$classpath" org.openjdk.jmh.Main -prof gc \
  -jvmArgs "${JVM_OPTIONS:--Xms32m -Xmx512m -XX:+UseSerialGC -XX:NewRatio=1 -XX:SurvivorRatio=2 -XX:MinHeapFreeRatio=15 -XX:TieredStopAtLevel=1}" "$@"
