# Short names for what is done often. The README's two commands need none of this.

.PHONY: demo verify check-all lint format bench clean

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

# Compares load generators on a simulated server; see docs/benchmarks.md for its settings.
bench:
	@./evalstream --version > /dev/null
	@mkdir -p load-generator/target/bench
	@javac -Xlint:all -Werror -d load-generator/target/bench/classes -cp 'cli/target/lib/*' \
	  load-generator/bench/*.java
	@java -cp 'load-generator/target/bench/classes:cli/target/lib/*' io.evalstream.bench.PeerBenchmark \
	  ./evalstream load-generator/target/bench/results

clean:
	mvn -B -q clean
	rm -rf .evalstream
