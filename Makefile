# Visa kommandona med: make help
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test bench lint lock clean-test-data

UV := UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 var/uv/bin/python -m uv
COMPILE := $(UV) --quiet pip compile --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header

help: ## Visa den här listan
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

demo: export LAHOLM_STARTED := $(shell date +%s)
demo: export DEMO := 1
demo: export PYTHONDONTWRITEBYTECODE :=
demo: ## Starta portalen med påhittade uppgifter, på den egna datorn
	@bin/bootstrap
	@.venv/bin/python manage.py demo

test: ## Kör alla tester
	@bin/bootstrap --with-chromium
	@bin/test

bench: ## Mät hur snabb portalen är; en del med PARTS=rapporter
	@bin/bootstrap
	@.venv/bin/python -m tests.bench $(PARTS)

lint: ## Granska kod, mallar, typer och migreringar
	@bin/bootstrap
	@bin/lint

lock: ## Lås paketens versioner, efter en ändring i requirements/*.in
	@bin/bootstrap
	@$(COMPILE) requirements/base.in --output-file requirements/base.txt
	@$(COMPILE) --constraint requirements/base.txt requirements/dev.in --output-file requirements/dev.txt

clean-test-data: ## Ta bort testernas databas; den görs om vid nästa körning
	@bin/bootstrap
	@.venv/bin/python -m laholm_sociala.cluster stop --test
	@folder="$${LAHOLM_VAR:-var}"; rm -rf "$$folder"/postgres-test "$$folder"/postgres-test-* "$$folder"/postgres-test.log
