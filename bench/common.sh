# What s3.sh and dynamodb.sh share. To be sourced by them: it builds vams-migrate where that is needed, and ends all that was
# started when the script ends, however it does.
# shellcheck shell=bash
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$scratch"' EXIT

export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=benchmark AWS_SECRET_ACCESS_KEY=benchmark AWS_EC2_METADATA_DISABLED=true
unset AWS_CA_BUNDLE AWS_PROFILE

"$home/vams-migrate" --version >/dev/null
classpath="$home/cli/target/vams-migrate.jar:$home/cli/target/lib/*"
# As vams-migrate runs.
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
jvm=("$java" -Xms32m -Xmx512m -XX:+UseSerialGC -XX:NewRatio=1 -XX:SurvivorRatio=2 -XX:MinHeapFreeRatio=15 -XX:TieredStopAtLevel=1 -cp "$scratch:$classpath")

compile() { "${java}c" -cp "$classpath" -d "$scratch" "$home/bench/$1.java"; }

# Runs a compiled class, and shows what it has to say only where it fails.
quietly() {
  "${jvm[@]}" "$@" 2>"$scratch/quietly.log" || { cat "$scratch/quietly.log" >&2 && return 1; }
}

free_port() {
  local port
  for port in $(seq 19000 19999); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}

# Starts a server that ends with the script, and waits until a command succeeds: start LOG_NAME READY_COMMAND COMMAND ...
start() {
  local log="$scratch/$1.log" ready=$2
  shift 2
  "$@" >"$log" 2>&1 &
  servers+=($!)
  until "$ready"; do
    kill -0 "${servers[-1]}" 2>/dev/null || { cat "$log" >&2 && exit 3; }
    sleep 0.2
  done
}

timed() { env time -f '%e %U %S %M' -o "$scratch/times" "$@"; }

# Seconds from the plan of a vams-migrate run to its last unit's marker: the copy alone, as other tools verify nothing.
seconds_of_copy() {
  find "$scratch/work" -path '*/done/*' -printf '%T@\n' | sort -n | tail -1 |
    awk -v plan="$(find "$scratch/work" -name plan.json -printf '%T@')" '{print $1 - plan}'
}

median() { sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }
