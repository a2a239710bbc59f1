# Needs make and Python 3.11 or newer, nothing else.

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types format lock assets bench clean development
MAKEFLAGS += --no-print-directory

export PORT ?= 8000
PYTHON_HERE = .venv/bin/python
RUN = $(PYTHON_HERE) -m
LOCK = UV_NO_CONFIG=1 "$$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate -p 3.11

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

install: ## make the environment: .venv/bin/regulator then works
	@sh .ci/environment requirements.txt requirements-demo.txt

demo: ## run a whole regulator here, with made-up and documented cases (PORT=8000)
	@python=$$(sh .ci/python) && "$$python" -I regulator/port.py
	@sh .ci/environment requirements.txt requirements-demo.txt
	@exec $(RUN) regulator.demo

test: check ## check formatting, lint and types, and run every test
	@chromium=$$(sh .ci/chromium) && clamd=$$(sh .ci/clamd) && \
	workers=$$($(PYTHON_HERE) -c 'import os; print(min(8, max(2, os.cpu_count() or 2)))') && \
	CLAMD="$$clamd" $(RUN) pytest -n "$$workers" --dist loadfile --ignore tests/journeys && \
	CHROMIUM="$$chromium" $(RUN) pytest -n "$$workers" --dist loadfile tests/journeys

check: development
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) djlint --lint --quiet templates
	@$(RUN) mypy

lint: development ## find faults in code and templates
	@$(RUN) ruff check .
	@$(RUN) djlint --lint --quiet templates

types: development ## check the types
	@$(RUN) mypy

format: development ## write the code as the formatter would
	@$(RUN) ruff check --fix-only --quiet .
	@$(RUN) ruff format .

lock: ## pin the requirements again (UPGRADE=--upgrade for the newest that fit)
	@uv=$$(command -v uv || command -v .venv/bin/uv) || \
		{ echo "uv is needed to pin requirements: $(RUN) pip install uv." >&2; exit 1; }; \
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt && \
	$(LOCK) $(UPGRADE) --group demo -o requirements-demo.txt && \
	$(LOCK) $(UPGRADE) pyproject.toml --group dev -c requirements.txt -c requirements-demo.txt -o requirements-dev.txt

bench: development ## measure pages and steps beside a bare view (CASES="10000 100000" RUNS=3 KEEP=--keep)
	@$(RUN) benchmarks --cases "$(or $(CASES),10000)" --runs $(or $(RUNS),3) --port $(or $(BENCH_PORT),8901) $(KEEP)

assets: development ## fetch the style sheet, script and typeface again
	@$(RUN) regulator.assets

clean: ## remove the environment, the demonstration’s data and what tools left
	@[ ! -x $(PYTHON_HERE) ] || $(PYTHON_HERE) -c 'from pathlib import Path; from regulator.devpg import DevPg; \
		[DevPg(data.parent).stop() for data in Path(".local").glob("**/pgdata")]'
	@rm -rf .venv .local .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

development:
	@sh .ci/environment requirements-dev.txt
