#!/usr/bin/env bash
# Copies the same items between two tables of one server with this and in other ways, in turn, and prints a table.
#   bench/dynamodb.sh
#   ROUNDS=5 ITEMS=200000 SEQUENTIAL_ITEMS=20000 bench/dynamodb.sh
# Items have 1 KB and ten attributes, of which three get another name on the way. The server is DynamoDB Local, in memory.
# Processor time and memory are measured by GNU time (apt-get install time).
#
# One put after the other takes long: it copies a table of SEQUENTIAL_ITEMS only. That is also for fairness, as for each page
# DynamoDB Local reads and sorts all that is left of the segment: a large table read as one segment would measure that alone.
# The batches of the bare loop are built 20,000 items at once while the clock stands still, so that they fit into the heap
# that all have; its processor time and memory include that. As reading costs this server as much as writing does, the loop
# is measured with reading beside it too, of as many segments as vams-migrate reads; there the clock goes on.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${ROUNDS:-5} items=${ITEMS:-200000} few=${SEQUENTIAL_ITEMS:-20000}
few=$((few < items ? few : items))
scratch=$(mktemp -d)
server=""
# What goes wrong after the server was started must not leave it behind.
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$scratch"' EXIT

free_port() {
  local port
  for port in $(seq 19000 19999); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}

"$home/vams-migrate" --version >/dev/null
classpath="$home/cli/target/vams-migrate.jar:$home/cli/target/lib/*"
javac -cp "$classpath" -d "$scratch" "$home/bench/DynamoDbBench.java"
# As vams-migrate runs.
bench=(java -Xms32m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$scratch:$classpath" DynamoDbBench)
dynamodbbench() {
  "${bench[@]}" "$@" 2>"$scratch/bench.log" || { cat "$scratch/bench.log" >&2 && return 1; }
}

port=$(free_port)
export AWS_ENDPOINT_URL_DYNAMODB="http://127.0.0.1:$port" AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=benchmark AWS_SECRET_ACCESS_KEY=benchmark AWS_EC2_METADATA_DISABLED=true
unset AWS_CA_BUNDLE AWS_PROFILE
# Both compilers: it serves all contestants, and outlives them. Started by our own class, it listens on 127.0.0.1 only.
jars="$home/local/servers/target/dynamodb-local"
java -XX:+UseParallelGC -Xmx2g "-Dsqlite4java.library.path=$jars" "-Djava.io.tmpdir=$scratch" \
  -cp "$jars/*:$home/local/target/classes" dev.vams.migration.local.server.child.LoopbackDynamoDbLocal \
  -inMemory -sharedDb -disableTelemetry -port "$port" >"$scratch/server.log" 2>&1 &
server=$!
until curl -s -o /dev/null "$AWS_ENDPOINT_URL_DYNAMODB"; do
  kill -0 "$server" 2>/dev/null || { cat "$scratch/server.log" >&2 && exit 3; }
  sleep 0.2
done

dynamodbbench seed bench-a "$items"
dynamodbbench seed bench-few "$few"
cat >"$scratch/schema.json" <<JSON
{"regionFrom": "us-east-1", "regionTo": "us-east-1", "VAMS_S3Bucket_Mapping": [],
 "VAMS_DynamoDBTable_Mapping": [{"tableDescriptor": "bench", "tables": {"from": "bench-a", "to": "bench-b"},
   "attributes": [{"from": "assetType", "to": "type"}, {"from": "isDistributable", "to": "distributable"},
     {"from": "currentVersion", "to": "version"}]}]}
JSON

timed() { env time -f '%e %U %S %M' -o "$scratch/times" "$@"; }
ours() { timed "$home/vams-migrate" run --schema "$scratch/schema.json" --work-dir "$scratch/work"; }
sequential() { timed "${bench[@]}" sequential bench-few bench-b; }
segments() { timed "${bench[@]}" segments bench-a bench-b 8; }
raw() { timed "${bench[@]}" raw bench-b "$items" "$best"; }
# A segment for each 16 MiB, as vams-migrate plans them.
both() { timed "${bench[@]}" raw bench-b "$items" "$best" bench-a $((1 + items / 16384)); }

number() { [ "$1" = sequential ] && echo "$few" || echo "$items"; }

# Seconds of the copy and of the whole run, seconds of processor time, and the most memory in MB that one run takes.
# The copy alone of ours is from the plan to the last unit's marker, as the other ways verify nothing; theirs is from the
# first call to the last answer.
measure() {
  local way=$1 whole user system peak wall cpu expected
  dynamodbbench empty bench-b
  rm -rf "$scratch/work"
  "$way" >"$scratch/out.log" 2>&1 || { cat "$scratch/out.log" >&2 && exit 1; }
  read -r whole user system peak <"$scratch/times"
  if [ "$way" = ours ]; then
    wall=$(find "$scratch/work" -path '*/done/*' -printf '%T@\n' | sort -n | tail -1 |
      awk -v plan="$(find "$scratch/work" -name plan.json -printf '%T@')" '{print $1 - plan}')
  else
    wall=$(tail -1 "$scratch/out.log")
  fi
  cpu=$(awk "BEGIN {print $user + $system}") expected=$(number "$way")
  [ "$(dynamodbbench count bench-b)" = "$expected" ] || { echo "$way left items or names out" >&2 && exit 1; }
  echo "$way $(awk "BEGIN {print $expected / $wall}") $cpu $((peak / 1024)) $whole" >>"$scratch/results"
  awk "BEGIN {printf \"  %.0f items/s, %.1f s, %.1f s the whole run, %.1f s of processor time, %d MB\n\",
    $expected / $wall, $wall, $whole, $cpu, $peak / 1024}" >&2
}

median() { sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }

# The best number of calls in flight for the bare loop. The first run only warms the server up.
for best in 8 2 4 8 16 32 64; do
  echo "$best in flight" >&2
  measure raw
  awk -v calls="$best" '{print $2, calls}' "$scratch/results" >>"$scratch/raw"
  rm "$scratch/results"
done
best=$(tail -n +2 "$scratch/raw" | sort -rn | awk 'NR == 1 {print $2}')

ways="ours sequential segments raw both"
for round in $(seq "$rounds"); do
  for way in $ways; do
    echo "round $round: $way" >&2
    measure "$way"
  done
done

column() { awk -v way="$1" -v column="$2" '$1 == way {print $column}' "$scratch/results" | median; }
name() {
  case $1 in
    ours) echo vams-migrate ;;
    sequential) echo "One PutItem after the other, $few items" ;;
    segments) echo "8 threads, a segment and a batch at a time each" ;;
    raw) echo "BatchWriteItem alone, $best in flight" ;;
    both) echo "The same, while the source is read and forgotten" ;;
  esac
}
echo
echo "| $items items of 1 KB, 3 of 10 attributes renamed | Items/s | vams-migrate is | Whole run, s | Processor time for each, µs | Peak memory, MB |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
mine=$(column ours 2)
for way in $ways; do
  awk -v name="$(name "$way")" -v count="$(number "$way")" -v speed="$(column "$way" 2)" -v mine="$mine" \
    -v cpu="$(column "$way" 3)" -v peak="$(column "$way" 4)" -v whole="$(column "$way" 5)" \
    'BEGIN {printf "| %s | %.0f | %.2fx | %.1f | %.0f | %d |\n", name, speed, mine / speed, whole, cpu * 1e6 / count, peak}'
done
