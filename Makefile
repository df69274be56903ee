PYTHON ?= python3
BIN := .venv/bin
UV := UV_COMPILE_BYTECODE=1 VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv

.PHONY: help setup lock
help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lock: $(BIN)/uv ## make requirements.lock and requirements.txt anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --all-extras --generate-hashes --no-annotate --no-header --no-emit-index-url $(LOCK_OPTIONS) pyproject.toml -o requirements.lock
	sed -E '/^ +--hash/d; s/ *\\$$//' requirements.lock > requirements.txt
