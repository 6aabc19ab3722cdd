# 督察热线. `make` alone explains the targets; everything is built into .venv and instance/.

PORT ?= 8000
PYTHON ?= python3
WORKERS ?= 2

BIN := .venv/bin
TOOLS := ops/browser/node_modules/.package-lock.json
ST := .venv-schemathesis
PIP = $(BIN)/pip --disable-pip-version-check install -qq
PYTEST = $(BIN)/pytest -n $(WORKERS)
COMPILE = $$venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

# Looked up when a recipe needs them, after `system` has had its turn.
CHROMIUM = $(shell command -v chromium)
AUDITS = $(and $(CHROMIUM),$(shell command -v java),$(shell ls $(TOOLS) 2>/dev/null))
FFMPEG = $(shell command -v ffmpeg)
REDIS = $(shell command -v redis-server)
CLAMD = $(shell command -v clamd)
OFFICE = $(and $(shell command -v soffice),$(shell command -v pdftotext))
POSTGRES = $(firstword $(shell command -v initdb) $(wildcard /usr/lib/postgresql/*/bin/initdb))

# One short line for each check; the tool's own words only when it objects.
step = @printf '%-32s' '$(1)'; words=$$($(2) 2>&1) && echo ok || { echo; printf '%s\n' "$$words"; exit 1; }

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test check proof schemathesis bench million lighthouse docs lock system office tools clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

run: .venv/.runtime ## serve on PORT (8000), with a demonstration when the database is empty
	@$(BIN)/hotline db upgrade
	@$(BIN)/hotline demo
	@$(BIN)/hotline serve --port $(PORT)

test: .venv/.dev system tools check ## check, then every test on SQLite and again on PostgreSQL
	@$(if $(POSTGRES),:,echo 'PostgreSQL is not here: its run is left out')
	@HOTLINE_TEST_DATABASE=sqlite-created $(PYTEST) -m 'not proof$(if $(CHROMIUM),, and not browser)$(if $(FFMPEG),, and not recordings)$(if $(REDIS),, and not queue)$(if $(AUDITS),, and not audits)'
	@$(if $(POSTGRES),HOTLINE_TEST_DATABASE=postgres-migrated $(PYTEST) -m 'not proof and not browser and not sqlite$(if $(FFMPEG),, and not recordings)$(if $(REDIS),, and not queue)',:)

check: .venv/.dev ## lint, format, types, walls between packages, templates, generated documents
	$(call step,ruff check,$(BIN)/ruff check --quiet --output-format concise .)
	$(call step,ruff format,$(BIN)/ruff format --check --quiet .)
	$(call step,mypy,$(BIN)/mypy)
	$(call step,import contracts,$(BIN)/lint-imports --no-logo)
	$(call step,templates,$(BIN)/djlint --lint --quiet templates)
	$(call step,generated documents,$(BIN)/hotline docs build --check)

proof: .venv/.dev office schemathesis ## the long proofs (load, races, crashes) on both databases
	@$(if $(POSTGRES),:,echo 'PostgreSQL is not here: its run is left out')
	@HOTLINE_TEST_DATABASE=sqlite-created $(BIN)/pytest -m 'proof$(if $(CLAMD),, and not scanner)$(if $(OFFICE),, and not office)'
	@$(if $(POSTGRES),HOTLINE_TEST_DATABASE=postgres-migrated $(BIN)/pytest -m 'proof and not sqlite$(if $(OFFICE),, and not office)',:)

schemathesis: .venv/.runtime $(ST)/.made ## try every door of /openapi.json with what its schema allows and forbids
	@$(BIN)/python ops/schemathesis/run.py

bench: .venv/.dev ## measure what the documents claim
	@$(BIN)/python -m bench

million: .venv/.dev ## measure the team's lists, search, repeats and a batch of 500 at their full size (an hour)
	@$(BIN)/python -m bench million
	@$(BIN)/python -m bench queue
	@$(BIN)/python -m bench cases
	@$(BIN)/python -m bench.batches 500
	@$(BIN)/python -m bench.alarms 1000000

lighthouse: .venv/.dev system tools ## Lighthouse's marks for the citizens' pages, on its telephone profile
	@$(BIN)/python -m bench.lighthouse

docs: .venv/.dev ## write docs/generated anew from the code
	@$(BIN)/hotline docs build

system: ## install what the tests want from Debian (as root), or say what is missing
	@ops/system.sh

office: ## the same, and LibreOffice with poppler for the proofs of documents
	@ops/system.sh office

tools: $(TOOLS) ## install what the audits of pages are made with (axe, vnu, Lighthouse), where there is npm

lock: ## resolve pyproject.toml into the lock files (UPGRADE=--upgrade for newer releases)
	@venv=$$(mktemp -d) && trap 'rm -rf "$$venv"' EXIT \
	&& $(PYTHON) -m venv "$$venv" && "$$venv/bin/pip" --disable-pip-version-check install -qq uv \
	&& $(COMPILE) --extra build pyproject.toml -o requirements.lock \
	&& $(COMPILE) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock \
	&& $(COMPILE) ops/schemathesis/requirements.in -o ops/schemathesis/requirements.lock

clean: ## remove what was built or cached; .venv and instance/ stay
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find app tests bench migrations ops -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# npm, where there is one: nothing of it is served, and the service does without.
$(TOOLS): ops/browser/package-lock.json
	@if command -v npm >/dev/null; then echo 'installing what the audits need' \
	&& npm ci --prefix ops/browser --silent --no-progress && touch $@; fi

# The lock files are the whole truth about what is installed; the project itself only adds its command.
.venv/bin/pip:
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/pip
	@echo 'installing what the service needs'
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# An environment of its own: what it needs is not among what the service is tested with.
$(ST)/.made: ops/schemathesis/requirements.lock
	@echo 'installing Schemathesis'
	@$(PYTHON) -m venv $(ST)
	@$(ST)/bin/pip --disable-pip-version-check install -qq --require-hashes -r $<
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/pip
	@echo 'installing what the tests need'
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch .venv/.runtime $@
