# Colophon. "make help" lists the targets; settings: make run ADDR=127.0.0.1:9000 DATA=/srv/colophon

ADDR     ?= 127.0.0.1:8080
DATA     ?= data
FUZZTIME ?= 10s
BENCH    ?= .
VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)

# nomsgpack halves the weight of gin; see README, Decisions.
TAGS  := nomsgpack
# All but what the race detector watches is compiled as the binary is: the same packages another way would take minutes more.
PLAIN := CGO_ENABLED=0 GOFLAGS="$$(go env GOFLAGS) -trimpath"
BUILD := $(PLAIN) go build -tags $(TAGS) -ldflags '-s -w -X main.version=$(VERSION)'
TOOL  := $(PLAIN) go tool -modfile=cmd/lint/lint.mod

# The race detector needs cgo. It is kept out of the transpiled C of SQLite, which it makes 20 to 46 times slower.
RACE := -race -gcflags='modernc.org/sqlite/lib=-race=false' -gcflags='modernc.org/libc=-race=false' -gcflags='modernc.org/memory=-race=false'

.DEFAULT_GOAL := help
.PHONY: help build run demo test quick check modules vet lint fmt fmt-check bench fuzz clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/colophon, one static binary
	$(BUILD) -o bin/colophon ./cmd/colophon

run: build ## build and serve; an empty archive is filled with demo articles
	./bin/colophon serve --addr $(ADDR) --data $(DATA) --demo

demo: build ## the same on a fresh archive, thrown away afterwards
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT INT TERM && ./bin/colophon serve --addr $(ADDR) --data "$$dir" --demo

# These packages measure quality and time, or try long texts; with the race detector they do so less or not at all. And
# the tests of web that only look at pages: with it they are skipped (webtest.Looks).
MEASURED := ./archive/ingest ./archive/rights ./archive/segment
LOOKS    := -run '^TestPages' ./web

test: ## all tests, with the race detector where cgo is available
	@if [ "$$(go env CGO_ENABLED)" = 1 ] && command -v "$$(go env CC)" >/dev/null 2>&1; then \
		go test -timeout 40m $(RACE) -tags $(TAGS) ./... && \
		$(PLAIN) go test -tags $(TAGS) $(MEASURED) && \
		$(PLAIN) go test -timeout 40m -tags $(TAGS) $(LOOKS); \
	else \
		echo "no C compiler: testing without the race detector"; $(PLAIN) go test -timeout 40m -tags $(TAGS) ./...; \
	fi

quick: ## all tests without the race detector
	$(PLAIN) go test -timeout 40m -tags $(TAGS) ./...

check: fmt-check modules vet lint test ## everything a change must pass: format, modules, vet, lint, tests

vet:
	$(PLAIN) go vet -tags $(TAGS) ./...

lint: ## golangci-lint, at the version of cmd/lint/lint.mod
	$(TOOL) golangci-lint run --build-tags $(TAGS) ./...

fmt: ## format the code
	$(TOOL) gofumpt -w $$(git ls-files '*.go')

fmt-check:
	@out=$$($(TOOL) gofumpt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "not formatted (make fmt):"; echo "$$out"; exit 1; }

# modernc.org/libc must be the very version modernc.org/sqlite names, and another module can raise it silently.
modules: ## go.mod is verified, and the C library is the one SQLite was made with
	go mod verify
	@want=$$(go list -m -f '{{.GoMod}}' modernc.org/sqlite | xargs awk '$$1 == "modernc.org/libc" { print $$2 } $$1 == "require" && $$2 == "modernc.org/libc" { print $$3 }'); \
	have=$$(go list -m -f '{{.Version}}' modernc.org/libc); \
	[ "$$want" = "$$have" ] || { echo "modernc.org/libc is $$have, modernc.org/sqlite wants $$want"; exit 1; }

bench: ## all benchmarks; BENCH=name for one
	go test -tags $(TAGS) -run '^$$' -bench '$(BENCH)' -benchmem ./...

fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$(git grep -lE '^func Fuzz' -- '*_test.go' | xargs -r -n1 dirname | sort -u); do \
		for name in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' $$pkg/*_test.go | cut -c6-); do \
			go test -tags $(TAGS) -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$pkg || exit 1; \
		done; \
	done

clean: ## remove what was built
	rm -rf bin
