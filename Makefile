# Every command a person types here. Two matter: `make run` and `make test`; both set up .venv first, once.
# A Python other than the first recent one on the PATH: make run PYTHON=/path/to/python

PYTHON ?=
ARGS ?=
export PYTHON

LOCKS := pyproject.toml uv.lock requirements.txt requirements-dev.txt requirements-bench.txt scripts/setup.sh
RUN := .venv/.ready-run
TEST := .venv/.ready-test
BENCH := .venv/.ready-bench
UV := $(or $(shell command -v uv 2>/dev/null),.venv/bin/uv)
EXPORT := $(UV) export --quiet --locked --format requirements-txt --no-emit-project --no-annotate --no-header --extra import --extra charts

# An environment that was moved or copied points at its old place: set it up anew.
ifneq ($(shell cat .venv/.made-at 2>/dev/null || pwd),$(shell pwd))
$(RUN) $(TEST) $(BENCH): anew
endif

.DEFAULT_GOAL := help
.PHONY: help run test check format bench chaos fuzz pictures lock clean anew

help: ## these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

run: $(RUN) ## set up and start: the Discord bot with DISCORD_TOKEN set, else the web console
	@exec .venv/bin/tertulia run $(ARGS)

test: $(TEST) ## set up and pass every test (ARGS="-k polls" for some)
	@exec .venv/bin/python -m pytest -n auto --dist loadfile $(ARGS)

check: $(TEST) ## style, types and import contracts
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict bot
	.venv/bin/lint-imports

format: $(TEST) ## let ruff write the style
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: $(BENCH) ## measure; prints JSON
	@exec .venv/bin/python -m tests.benchmarks $(ARGS)

chaos: $(TEST) ## the tests that break things on purpose
	@exec .venv/bin/python -m pytest -m chaos $(ARGS)

fuzz: $(TEST) ## the tests with many random inputs
	@exec .venv/bin/python -m pytest -m fuzz $(ARGS)

pictures: $(TEST) ## take the screenshots in docs/ again
	@exec .venv/bin/python -m tests.pictures $(ARGS)

lock: ## after changing pyproject.toml: lock and export anew (needs uv)
	$(UV) lock --default-index https://pypi.org/simple
	$(EXPORT) --no-default-groups --group build --output-file requirements.txt
	$(EXPORT) --output-file requirements-dev.txt
	$(EXPORT) --group bench --output-file requirements-bench.txt

clean: ## remove what set-up and tests made; data/ stays
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist

$(RUN): $(LOCKS)
	@sh scripts/setup.sh run

$(TEST): $(LOCKS)
	@sh scripts/setup.sh test

$(BENCH): $(LOCKS)
	@sh scripts/setup.sh bench

anew:
