# Short names for what is done often. The README's two commands need none of this.

.PHONY: demo verify check-all lint format clean

demo:
	./evalstream demo

verify:
	mvn -B verify

# Checks that need tools beyond a JDK, Maven and npm; each says why when it cannot run.
check-all: lint

lint:
	@if command -v shellcheck > /dev/null; then \
	  shellcheck evalstream .ci/run && echo "shellcheck: passed"; \
	else \
	  echo "shellcheck: skipped: shellcheck is not on the PATH"; \
	fi

format:
	mvn -B -q spotless:apply

clean:
	mvn -B -q clean
	rm -rf .evalstream
