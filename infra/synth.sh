#!/bin/sh
# The CDK command line runs this, as cdk.json says: it builds what changed, then writes the template.
set -eu
cd "$(dirname "$0")/.."

# Whoever has just built everything says BUILT=true.
if [ "${BUILT:-}" != true ]; then
  # Standard output belongs to whoever reads the template from `cdk synth`.
  sh ./mvnw -q -B -pl infra,lambdas/workflow -am package -DskipTests >&2
fi

if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
else
  java=java
fi
# CDK's Node.js part runs well on Node 20, and warns with a screenful each time that it is beyond its end of life.
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION
exec "$java" -cp "infra/target/classes:$(cat infra/target/classpath.txt)" dev.vams.migration.infra.MigrationApp
