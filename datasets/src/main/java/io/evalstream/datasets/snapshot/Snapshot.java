package io.evalstream.datasets.snapshot;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.dedup.Deduplication;
import io.evalstream.datasets.dedup.DeduplicationOptions;
import io.evalstream.datasets.dedup.Deduplicator;
import io.evalstream.datasets.dedup.Document;
import io.evalstream.datasets.snapshot.Candidates.Candidate;
import io.evalstream.datasets.snapshot.anonymize.Anonymized;
import io.evalstream.datasets.snapshot.anonymize.Anonymizer;
import io.evalstream.datasets.snapshot.anonymize.Change;
import io.evalstream.datasets.snapshot.anonymize.Fingerprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sample of a log's questions without personal data. The same log, seed and key give the same
 * one, whatever the order of rows and files.
 */
public record Snapshot(List<SnapshotRow> rows, List<Proof> proofs, SnapshotSummary summary) {

  // so that enough is left without near duplicates; looking for them can take the square of it
  private static final int CANDIDATES_PER_ROW = 3;
  private static final int ID_LENGTH = 16;

  public Snapshot {
    rows = List.copyOf(rows);
    proofs = List.copyOf(proofs);
  }

  /**
   * Reads logs and draws from them.
   *
   * @param size how many rows to draw at most
   * @throws DatasetException when a log is not readable or holds nothing that may be let out
   */
  public static Snapshot of(
      List<Path> logs, LogFields fields, Fingerprint fingerprint, int size, long seed) {
    if (size <= 0) {
      throw new DatasetException(
          Kind.USAGE, "The sample has " + size + " rows: take at least one.");
    }
    Draw draw = new Draw(fingerprint, new Candidates(seed, CANDIDATES_PER_ROW * size));
    long empty = 0;
    for (Path log : logs) {
      empty += new LogReader(fields).read(log, draw::add);
    }
    List<Candidate> candidates = draw.candidates.all();
    if (candidates.isEmpty()) {
      throw new DatasetException(
          Kind.INCOMPLETE,
          "Of " + draw.rows + " questions none may be let out: give a log with more.");
    }
    Deduplication deduplication = deduplicate(candidates);
    List<Candidate> distinct = withoutDropped(candidates, deduplication);
    List<Candidate> drawn = draw.candidates.draw(distinct, size);
    return new Snapshot(
        drawn.stream().map(Candidate::row).toList(),
        drawn.stream().map(Candidate::proof).toList(),
        new SnapshotSummary(
            draw.rows,
            empty,
            draw.changed,
            draw.leftOut,
            candidates.size(),
            deduplication.before() - deduplication.after(),
            deduplication.blocked(),
            drawn.size(),
            draw.rules,
            seed));
  }

  private static Deduplication deduplicate(List<Candidate> candidates) {
    return new Deduplicator(DeduplicationOptions.DEFAULT)
        .run(
            IntStream.range(0, candidates.size())
                .mapToObj(
                    i -> new Document(SnapshotFiles.NAME, i + 1L, candidates.get(i).row().prompt()))
                .toList());
  }

  private static List<Candidate> withoutDropped(
      List<Candidate> candidates, Deduplication deduplication) {
    Set<Long> dropped =
        deduplication.clusters().stream()
            .flatMap(cluster -> cluster.dropped().stream())
            .map(one -> one.document().row())
            .collect(Collectors.toSet());
    return IntStream.range(0, candidates.size())
        .filter(i -> !dropped.contains(i + 1L))
        .mapToObj(candidates::get)
        .toList();
  }

  private static final class Draw {

    private final Fingerprint fingerprint;
    private final Anonymizer anonymizer;
    private final Candidates candidates;
    private final TreeMap<String, Long> leftOut = new TreeMap<>();
    private final TreeMap<String, Long> rules = new TreeMap<>();
    private long rows;
    private long changed;

    Draw(Fingerprint fingerprint, Candidates candidates) {
      this.fingerprint = fingerprint;
      this.anonymizer = new Anonymizer(fingerprint);
      this.candidates = candidates;
    }

    void add(LoggedPrompt logged) {
      rows++;
      Anonymized done = anonymizer.anonymize(logged.prompt());
      changed += done.changes().isEmpty() ? 0 : 1;
      for (Change change : done.changes()) {
        rules.merge(change.rule() + "@" + change.version(), 1L, Long::sum);
      }
      if (done.risk() != null) {
        leftOut.merge(done.risk().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
        return;
      }
      String id = fingerprint.of("id", logged.id()).substring(0, ID_LENGTH);
      candidates.add(
          done.language(),
          new SnapshotRow(
              id,
              done.text(),
              done.language().code(),
              logged.day() == null ? null : logged.day().toString()),
          new Proof(
              id,
              fingerprint.of("prompt", logged.prompt()),
              Sha256.of(done.text()),
              done.changes()));
    }
  }
}
