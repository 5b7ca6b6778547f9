# Short names for the commands of this repository. CONTRIBUTING.md has the same list.
SCHEMA ?= config/examples/vams-2.1-same-region.json

.DEFAULT_GOAL := help
.PHONY: help build verify test demo sandbox format synth deploy clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

build: ## Build everything without tests
	./mvnw -B package -DskipTests

verify: ## Run all tests and checks
	./mvnw -B verify

test: ## Run the core's tests only, the fastest feedback
	./mvnw -B test -pl lambdas/core

demo: ## Migrate a sample stack on this machine
	./vams-migrate demo

sandbox: ## Start an S3 server and a DynamoDB server on this machine
	./vams-migrate sandbox

format: ## Format the code and the POMs
	./mvnw -B -q spotless:apply

node_modules: package-lock.json
	npm ci
	@touch node_modules

synth: node_modules ## Write the CloudFormation template for SCHEMA to cdk.out
	npx cdk synth --quiet -c schema=$(SCHEMA)

deploy: node_modules ## Deploy the migration for SCHEMA
	npx cdk deploy -c schema=$(SCHEMA)

clean: ## Remove what builds made; runs in vams-migrate-work stay
	./mvnw -B -q clean
	rm -rf cdk.out
