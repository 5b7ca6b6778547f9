#!/usr/bin/env bash
# Copies the same items between two tables of one server with this and in other ways, in turn, and prints a table.
#   bench/dynamodb.sh
#   ROUNDS=5 ITEMS=200000 SEQUENTIAL_ITEMS=20000 bench/dynamodb.sh
#   LATENCY_MS=5 bench/dynamodb.sh       each answer comes so much later, as those of AWS do; needs toxiproxy-server on the PATH:
#     go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0 && mv "$(go env GOPATH)"/bin/{,toxiproxy-}server
# Items have 1 KB and ten attributes, of which three get another name on the way. The server is DynamoDB Local, in memory.
# Processor time and memory are measured by GNU time (apt-get install time).
#
# One put after the other takes long: it copies a table of SEQUENTIAL_ITEMS only. That is also for fairness, as for each page
# DynamoDB Local reads and sorts all that is left of the segment: a large table read as one segment would measure that alone.
# The batches of the bare loop are built 20,000 items at once while the clock stands still, so that they fit into the heap
# that all have; its processor time and memory include that. As reading costs this server as much as writing does, the loop
# is measured with reading beside it too; there the clock goes on. That and the 8 threads read as many segments as
# vams-migrate does.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
rounds=${ROUNDS:-5} items=${ITEMS:-200000} few=${SEQUENTIAL_ITEMS:-20000} latency=${LATENCY_MS:-0}
few=$((few < items ? few : items))
# A segment for each 4 MiB, as vams-migrate plans them.
parts=$((1 + items / 4096))
if ! [[ $latency =~ ^[0-9]+$ ]]; then
  echo "LATENCY_MS is a number of milliseconds, not $latency." >&2 && exit 2
fi
if [ "$latency" != 0 ] && ! command -v toxiproxy-server >/dev/null; then
  echo "toxiproxy-server is not on the PATH; bench/dynamodb.sh says how to get it." >&2 && exit 2
fi
compile DynamoDbBench
bench() { quietly DynamoDbBench "$@"; }

port=$(free_port)
export AWS_ENDPOINT_URL_DYNAMODB="http://127.0.0.1:$port"
ready() { curl -s -o /dev/null "$AWS_ENDPOINT_URL_DYNAMODB"; }
# Both compilers: it serves all contestants, and outlives them. Started by our own class, it listens on 127.0.0.1 only.
jars="$home/local/servers/target/dynamodb-local"
start server ready java -XX:+UseParallelGC -Xmx2g "-Dsqlite4java.library.path=$jars" "-Djava.io.tmpdir=$scratch" \
  -cp "$jars/*:$home/local/target/classes" dev.vams.migration.local.server.child.LoopbackDynamoDbLocal \
  -inMemory -sharedDb -disableTelemetry -port "$port"

bench seed bench-a "$items"
bench seed bench-few "$few"

if [ "$latency" != 0 ]; then
  control=$(free_port)
  proxy_ready() { curl -s -o /dev/null "http://127.0.0.1:$control/version"; }
  start proxy proxy_ready toxiproxy-server -host 127.0.0.1 -port "$control"
  port=$(free_port)
  curl -sSf -o /dev/null "http://127.0.0.1:$control/proxies" \
    -d "{\"name\": \"dynamodb\", \"listen\": \"127.0.0.1:$port\", \"upstream\": \"${AWS_ENDPOINT_URL_DYNAMODB#http://}\"}"
  curl -sSf -o /dev/null "http://127.0.0.1:$control/proxies/dynamodb/toxics" \
    -d "{\"type\": \"latency\", \"attributes\": {\"latency\": $latency}}"
  AWS_ENDPOINT_URL_DYNAMODB="http://127.0.0.1:$port"
fi

cat >"$scratch/schema.json" <<JSON
{"regionFrom": "us-east-1", "regionTo": "us-east-1", "VAMS_S3Bucket_Mapping": [],
 "VAMS_DynamoDBTable_Mapping": [{"tableDescriptor": "bench", "tables": {"from": "bench-a", "to": "bench-b"},
   "attributes": [{"from": "assetType", "to": "type"}, {"from": "isDistributable", "to": "distributable"},
     {"from": "currentVersion", "to": "version"}]}]}
JSON

ours() { timed "$home/vams-migrate" run --schema "$scratch/schema.json" --work-dir "$scratch/work"; }
sequential() { timed "${jvm[@]}" DynamoDbBench sequential bench-few bench-b; }
segments() { timed "${jvm[@]}" DynamoDbBench segments bench-a bench-b 8 "$parts"; }
raw() { timed "${jvm[@]}" DynamoDbBench raw bench-b "$items" "$best"; }
both() { timed "${jvm[@]}" DynamoDbBench raw bench-b "$items" "$best" bench-a "$parts"; }

number() { [ "$1" = sequential ] && echo "$few" || echo "$items"; }

# Seconds of the copy and of the whole run, seconds of processor time, and the most memory in MB that one run takes.
# The copy alone of the other ways is from the first call to the last answer.
measure() {
  local way=$1 whole user system peak wall cpu expected
  bench empty bench-b
  rm -rf "$scratch/work"
  "$way" >"$scratch/out.log" 2>&1 || { cat "$scratch/out.log" >&2 && exit 1; }
  read -r whole user system peak <"$scratch/times"
  if [ "$way" = ours ]; then
    wall=$(seconds_of_copy)
  else
    wall=$(tail -1 "$scratch/out.log")
  fi
  cpu=$(awk "BEGIN {print $user + $system}") expected=$(number "$way")
  [ "$(bench count bench-b)" = "$expected" ] || { echo "$way left items or names out" >&2 && exit 1; }
  echo "$way $(awk "BEGIN {print $expected / $wall}") $cpu $((peak / 1024)) $whole" >>"$scratch/results"
  awk "BEGIN {printf \"  %.0f items/s, %.1f s, %.1f s the whole run, %.1f s of processor time, %d MB\n\",
    $expected / $wall, $wall, $whole, $cpu, $peak / 1024}" >&2
}

# The best number of calls in flight for the bare loop, on a quarter of the items. The first run only warms the server up.
all=$items items=$((items / 4))
for best in 8 2 4 8 16 32 64; do
  echo "$best in flight" >&2
  measure raw
  awk -v calls="$best" '{print $2, calls}' "$scratch/results" >>"$scratch/raw"
  rm "$scratch/results"
done
items=$all best=$(tail -n +2 "$scratch/raw" | sort -rn | awk 'NR == 1 {print $2}')

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
echo "| $items items of 1 KB, 3 of 10 attributes renamed, answers $latency ms late | Items/s | vams-migrate is | Whole run, s | Processor time for each, µs | Peak memory, MB |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
mine=$(column ours 2)
for way in $ways; do
  awk -v name="$(name "$way")" -v count="$(number "$way")" -v speed="$(column "$way" 2)" -v mine="$mine" \
    -v cpu="$(column "$way" 3)" -v peak="$(column "$way" 4)" -v whole="$(column "$way" 5)" \
    'BEGIN {printf "| %s | %.0f | %.2fx | %.1f | %.0f | %d |\n", name, speed, mine / speed, whole, cpu * 1e6 / count, peak}'
done
