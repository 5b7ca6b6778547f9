#!/usr/bin/env bash
# Measures how long the Lambda functions take to start, and prints a table in milliseconds (medians).
#   bench/cold-start.sh [JAR]          JAR: the Lambda jar to measure; by default the one that it builds
#   LAMBDA_JAVA=/path/to/jdk-25        the Java that runs the functions; by default the one that builds
#   ROUNDS=5                           new environments of each function
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
jar=${1:+$(realpath "$1")}
java="${LAMBDA_JAVA:-${JAVA_HOME:-$(dirname "$(dirname "$(realpath "$(command -v java)")")")}}/bin/java"
# 1,769 MB of a function's memory give one processor, and Lambda a serial collector.
java="$java -XX:+UseSerialGC -Xmx1500m"
if command -v taskset >/dev/null; then
  java="taskset -c 0 $java"
fi
table=$(mktemp)
trap 'rm -f "$table"' EXIT

./mvnw -B -q verify -pl checks -am -Dspotless.check.skip ${jar:+-DskipLambdaJar} \
  -Dtest=ColdStartBench -Dsurefire.failIfNoSpecifiedTests=false \
  ${jar:+-Dbench.jar="$jar"} \
  -Dbench.java="$java" -Dbench.rounds="${ROUNDS:-5}" -Dbench.table="$table" >&2
cat "$table"
