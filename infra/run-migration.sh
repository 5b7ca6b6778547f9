#!/bin/sh
# Starts a run of a deployed migration, waits for its end, prints its report, and fails unless the verdict is good.
# If this is interrupted the run goes on. Needed: the AWS command line, with credentials for the stack's account and region.
set -eu
if [ $# -ne 2 ]; then
  echo "usage: sh infra/run-migration.sh <stack, such as VamsDataMigration> <schema file>" >&2
  exit 2
fi
stack=$1
schema=$2

output() {
  aws cloudformation describe-stacks --stack-name "$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

state_machine=$(output StateMachineArn)
bucket=$(output WorkBucketName)
execution=$(aws stepfunctions start-execution --state-machine-arn "$state_machine" --input "file://$schema" \
  --query executionArn --output text)
folder="s3://$bucket/runs/${execution##*:}"
echo "Started $execution. Its files: $folder/"

status=RUNNING
while [ "$status" = RUNNING ]; do
  # Step Functions allows many times more; a run takes minutes at least.
  sleep "${POLL_SECONDS:-30}"
  status=$(aws stepfunctions describe-execution --execution-arn "$execution" --query status --output text)
done

aws s3 cp "$folder/report.txt" - || echo "There is no report: look at the execution." >&2
echo "$status"
[ "$status" = SUCCEEDED ]
