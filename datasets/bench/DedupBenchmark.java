package io.evalstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.datasets.dedup.Deduplication;
import io.evalstream.datasets.dedup.DeduplicationOptions;
import io.evalstream.datasets.dedup.Deduplicator;
import io.evalstream.datasets.dedup.Document;
import io.evalstream.datasets.dedup.Pair;
import io.evalstream.datasets.dedup.Pair.Match;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * How fast near duplicates of real questions are found and how many of them, beside the usual way in
 * Python; and what 200,000 short texts take.
 *
 * <p>Arguments: a folder for results, the file of questions, a Python with datasketch and
 * Levenshtein (or nothing), the Python program.
 */
final class DedupBenchmark {

  private static final int REPEATS = 5;
  private static final int MANY = 200_000;
  private static final double NEAR = 0.2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DedupBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path results = Files.createDirectories(Path.of(args[0]));
    Path questions = Path.of(args[1]);
    if (!Files.exists(questions)) {
      System.out.println("bench-datasets: skipped: there is no " + questions);
      return;
    }
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(questions)) {
      texts.add(line.substring(line.lastIndexOf('\t') + 1));
    }
    List<Document> documents = documents(texts);
    Set<String> truth = NearPairs.all(documents, NEAR);
    System.out.printf(
        "%d texts of %s, %d near pairs by exact search%n%n",
        texts.size(), questions.getFileName(), truth.size());
    System.out.println("| | seconds | texts/s | near pairs found | recall |");
    System.out.println("|---|---:|---:|---:|---:|");
    Set<String> found = Set.of();
    double first = 0;
    List<Double> seconds = new ArrayList<>();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long start = System.nanoTime();
      found = near(new Deduplicator(DeduplicationOptions.DEFAULT).run(documents));
      seconds.add((System.nanoTime() - start) / 1e9);
      first = seconds.get(0);
    }
    double median = seconds.stream().sorted().skip(REPEATS / 2).findFirst().orElseThrow();
    row("evalstream, first pass of a new JVM", first, texts.size(), found, truth);
    row("evalstream, median of " + REPEATS, median, texts.size(), found, truth);
    if (args[2].isEmpty()) {
      System.out.println("\ndatasketch: skipped: PYTHON names no Python that has it");
    } else {
      Set<String> others = new HashSet<>();
      double python = python(results, texts, args[2], args[3], documents, others);
      row("datasketch 128 permutations, threshold 0.8", python, texts.size(), others, truth);
      System.out.printf(
          Locale.ROOT,
          "%nevalstream is %.1f times as fast in its first pass, %.1f times later%n",
          python / first,
          python / median);
    }
    many(texts);
  }

  private static double python(
      Path results,
      List<String> texts,
      String python,
      String program,
      List<Document> documents,
      Set<String> found)
      throws IOException, InterruptedException {
    Path input = results.resolve("texts.jsonl");
    Path output = results.resolve("datasketch.tsv");
    try (BufferedWriter out = Files.newBufferedWriter(input)) {
      for (String text : texts) {
        out.write(JSON.writeValueAsString(text));
        out.newLine();
      }
    }
    Process process =
        new ProcessBuilder(python, program, input.toString(), output.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(python + " could not run " + program);
    }
    for (String line : Files.readAllLines(output)) {
      int tab = line.indexOf('\t');
      found.add(
          NearPairs.name(
              documents.get(Integer.parseInt(line.substring(0, tab))),
              documents.get(Integer.parseInt(line.substring(tab + 1)))));
    }
    return Double.parseDouble(printed);
  }

  /** Real questions, each with a word or two of others put in, so that most are no duplicates. */
  private static void many(List<String> texts) {
    Random random = new Random(1);
    List<String> more = new ArrayList<>();
    while (more.size() < MANY) {
      String text = texts.get(random.nextInt(texts.size()));
      String[] words = texts.get(random.nextInt(texts.size())).split(" ");
      String[] own = text.split(" ");
      for (int word = 0; word < own.length; word++) {
        if (random.nextInt(3) == 0) {
          own[word] = words[random.nextInt(words.length)];
        }
      }
      more.add(String.join(" ", own));
    }
    List<Document> documents = documents(more);
    System.gc();
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long before = heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    long start = System.nanoTime();
    Deduplication found = new Deduplicator(DeduplicationOptions.DEFAULT).run(documents);
    double seconds = (System.nanoTime() - start) / 1e9;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        Locale.ROOT,
        "%n%d texts of %.0f characters: %.1f s, %d candidates, %d pairs, %d rows stay;"
            + " heap %d MiB before, at most %d MiB (-Xmx %d MiB)%n",
        MANY,
        more.stream().mapToInt(String::length).average().orElse(0),
        seconds,
        found.candidates(),
        found.pairs().size(),
        found.after(),
        before >> 20,
        peak >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static List<Document> documents(List<String> texts) {
    List<Document> documents = new ArrayList<>();
    for (String text : texts) {
      documents.add(new Document("questions", documents.size() + 1, text));
    }
    return documents;
  }

  private static Set<String> near(Deduplication found) {
    Set<String> near = new HashSet<>();
    for (Pair pair : found.pairs()) {
      if (pair.match() == Match.NEAR) {
        near.add(NearPairs.name(pair.first(), pair.second()));
      }
    }
    return near;
  }

  private static void row(
      String name, double seconds, int texts, Set<String> found, Set<String> truth) {
    Set<String> right = new HashSet<>(found);
    right.retainAll(truth);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %,.0f | %d | %.3f |%n",
        name,
        seconds,
        texts / seconds,
        right.size(),
        right.size() / (double) truth.size());
  }
}
