# Short names for what is done often. The README's two commands need none of this.

.PHONY: demo verify check-all lint format bench bench-load bench-jobs bench-datasets \
  bench-verdicts clean

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

bench: bench-load bench-jobs bench-datasets

# Compares load generators on a simulated server; see docs/benchmarks.md for its settings.
bench-load:
	@./evalstream --version > /dev/null
	@mkdir -p load-generator/target/bench
	@javac -Xlint:all -Werror -d load-generator/target/bench/classes -cp 'cli/target/lib/*' \
	  load-generator/bench/*.java
	@java -cp 'load-generator/target/bench/classes:cli/target/lib/*' io.evalstream.bench.PeerBenchmark \
	  ./evalstream load-generator/target/bench/results

# Compares the serving job with a bare consumer, Flink SQL and ClickHouse; see docs/benchmarks-jobs.md.
# Flink SQL comes from Maven Central for this alone.
bench-jobs:
	@./evalstream --version > /dev/null
	@mvn -B -q -f jobs/bench/pom.xml dependency:copy-dependencies -DincludeScope=runtime \
	  -DoutputDirectory=target/lib
	@javac -Xlint:all,-processing,-classfile -Werror -d jobs/bench/target/classes \
	  -cp 'cli/target/lib/*:jobs/bench/target/lib/*' jobs/bench/*.java
	@java -Xmx2g -XX:+UseSerialGC -XX:-UsePerfData \
	  -cp 'jobs/bench/target/classes:cli/target/classes:cli/target/lib/*:jobs/bench/target/lib/*' \
	  io.evalstream.bench.JobBenchmark jobs/bench/target/data

# Simulates releases: false alarms, detection, items to a decision; see docs/verdicts.md. SEED and RUNS.
bench-verdicts:
	@./evalstream --version > /dev/null
	@mkdir -p statistics/target/bench
	@javac -Xlint:all,-processing,-classfile -Werror -d statistics/target/bench -cp 'cli/target/lib/*' \
	  statistics/bench/*.java
	@java -cp 'statistics/target/bench:cli/target/lib/*' io.evalstream.bench.VerdictBenchmark

# Compares the search for duplicates with datasketch; see docs/deduplication.md. PYTHON names a Python
# that has datasketch and Levenshtein, QUESTIONS a file whose last tab-separated column is a text.
bench-datasets:
	@./evalstream --version > /dev/null
	@javac -Xlint:all,-processing,-classfile -Werror -d datasets/target/bench/classes -cp 'cli/target/lib/*' \
	  datasets/bench/*.java
	@java -Xmx512m -cp 'datasets/target/bench/classes:cli/target/lib/*' io.evalstream.bench.DedupBenchmark \
	  datasets/target/bench/results "$${QUESTIONS:-../shared/data/parakqc-v1.tsv}" "$${PYTHON:-}" \
	  datasets/bench/datasketch_dedup.py

clean:
	mvn -B -q clean
	rm -rf .evalstream jobs/bench/target
