package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.ConversationWorkload;
import io.evalstream.loadgenerator.plan.PrefixRepetitionWorkload;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.TextWorkload;
import io.evalstream.loadgenerator.plan.TraceWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What to ask. */
final class DatasetOptions {

  private static final String RANDOM = "random";
  private static final String TURNS = "multi_turn";
  private static final String TRACE = "timed_trace";

  @Option(
      names = "--dataset-name",
      paramLabel = "NAME",
      description =
          "random, sharegpt, custom, prefix_repetition, multi_turn or timed_trace (random).")
  private String name;

  @Option(
      names = "--dataset-path",
      paramLabel = "FILE",
      description =
          "The file of sharegpt (JSON), custom (JSONL: prompt) or timed_trace; of multi_turn, a"
              + " file as of sharegpt instead of random conversations.")
  private Path path;

  @Option(
      names = "--num-prompts",
      description = "Requests to send (1000; of a trace, all); of multi_turn, conversations.")
  private Integer numPrompts;

  @Option(
      names = {"--random-input-len", "--input-len"},
      paramLabel = "TOKENS",
      defaultValue = "1024",
      description = "Tokens of a prompt (${DEFAULT-VALUE}).")
  private int inputLen;

  @Option(
      names = "--random-output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer (128).")
  private Integer randomOutputLen;

  @Option(
      names = "--random-range-ratio",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "How far lengths spread around that (${DEFAULT-VALUE}).")
  private double rangeRatio;

  @Option(
      names = "--random-prefix-len",
      paramLabel = "TOKENS",
      defaultValue = "0",
      description = "Tokens before that, the same in all prompts (${DEFAULT-VALUE}).")
  private int prefixLen;

  @Option(
      names = "--prefix-repetition-prefix-len",
      paramLabel = "TOKENS",
      defaultValue = "256",
      description = "Tokens of a shared beginning (${DEFAULT-VALUE}).")
  private int repeatedPrefixLen;

  @Option(
      names = "--prefix-repetition-suffix-len",
      paramLabel = "TOKENS",
      defaultValue = "256",
      description = "Tokens of a prompt's own rest (${DEFAULT-VALUE}).")
  private int repeatedSuffixLen;

  @Option(
      names = "--prefix-repetition-num-prefixes",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "Different beginnings (${DEFAULT-VALUE}).")
  private int repeatedPrefixes;

  @Option(
      names = "--prefix-repetition-output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer (128).")
  private Integer repeatedOutputLen;

  @Option(
      names = "--multi-turn-num-turns",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "Turns of a conversation; of a file, the most (${DEFAULT-VALUE}).")
  private int turns;

  @Option(
      names = "--multi-turn-prefix-len",
      paramLabel = "TOKENS",
      defaultValue = "0",
      description = "Tokens that all random conversations begin with (${DEFAULT-VALUE}).")
  private int turnsPrefixLen;

  @Option(
      names = "--multi-turn-input-len",
      paramLabel = "TOKENS",
      defaultValue = "128",
      description = "Tokens that a random turn asks (${DEFAULT-VALUE}).")
  private int turnInputLen;

  @Option(
      names = "--multi-turn-output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer (128; of a file, its own).")
  private Integer turnOutputLen;

  @Option(
      names = "--sharegpt-output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer; those of the conversation when left out.")
  private Integer shareGptOutputLen;

  @Option(
      names = "--custom-output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer (256); -1 takes each line's output_tokens.")
  private Integer customOutputLen;

  @Option(
      names = "--output-len",
      paramLabel = "TOKENS",
      description = "Tokens of an answer of any data set.")
  private Integer outputLen;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Replay a trace: Azure's (CSV: TIMESTAMP,ContextTokens,GeneratedTokens) or Mooncake's"
              + " (.jsonl: timestamp, input_length, output_length, hash_ids).")
  private Path trace;

  @Option(
      names = "--speedup",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "How many times faster than the trace (${DEFAULT-VALUE}).")
  private double speedup;

  @Option(names = "--seed", defaultValue = "0", description = "Of all draws (${DEFAULT-VALUE}).")
  private long seed;

  /**
   * What to ask.
   *
   * @param otherwise how many requests, if the user does not say; null for the usual number
   */
  Workload workload(Arrivals arrivals, Integer otherwise) {
    if (trace != null && path != null) {
      throw wrong("--trace and --dataset-path both name a file: leave out one of them.");
    }
    if (replays()) {
      if (!arrivals.unlimited()) {
        throw wrong("--request-rate beside a trace: leave it out, or change --speedup.");
      }
      return new TraceWorkload(trace == null ? path : trace, speedup, numPrompts);
    }
    if (trace != null) {
      throw wrong("--dataset-name is " + dataset() + " beside --trace: leave out one of them.");
    }
    int usual = otherwise == null ? RandomWorkload.DEFAULT.numPrompts() : otherwise;
    int count = numPrompts == null ? usual : numPrompts;
    return switch (dataset()) {
      case RANDOM -> {
        nothingAtPath();
        yield new RandomWorkload(
            count, prefixLen, inputLen, length(randomOutputLen, 128), rangeRatio, arrivals);
      }
      case "prefix_repetition" -> {
        nothingAtPath();
        yield new PrefixRepetitionWorkload(
            count,
            repeatedPrefixLen,
            repeatedSuffixLen,
            repeatedPrefixes,
            length(repeatedOutputLen, 128),
            arrivals);
      }
      case "sharegpt" ->
          new TextWorkload(
              TextWorkload.Format.SHAREGPT,
              path,
              count,
              outputLen == null ? shareGptOutputLen : outputLen,
              arrivals);
      case "custom" -> {
        int length = length(customOutputLen, 256);
        yield new TextWorkload(
            TextWorkload.Format.CUSTOM, path, count, length == -1 ? null : length, arrivals);
      }
      case TURNS ->
          new ConversationWorkload(
              path,
              count,
              turns,
              turnsPrefixLen,
              turnInputLen,
              path == null ? Integer.valueOf(length(turnOutputLen, 128)) : lengthOfFile(),
              arrivals);
      default ->
          throw wrong(
              "--dataset-name is '"
                  + name
                  + "': use random, sharegpt, custom, prefix_repetition, multi_turn or"
                  + " timed_trace.");
    };
  }

  /** Whether the user says how many requests there are. */
  boolean counted() {
    return numPrompts != null;
  }

  /** Whether requests have times of a trace, so that no rate can be given. */
  boolean replays() {
    return trace != null ? name == null || name.equals(TRACE) : dataset().equals(TRACE);
  }

  /** Whether an answer of the asked length is the point, so that models must not end it before. */
  boolean lengthsMatter() {
    return replays() || dataset().equals(RANDOM) || (dataset().equals(TURNS) && path == null);
  }

  long seed() {
    return seed;
  }

  private String dataset() {
    return name == null ? RANDOM : name;
  }

  private void nothingAtPath() {
    if (path != null) {
      throw wrong(
          "--dataset-path is given, but data set "
              + dataset()
              + " has no file: name another with --dataset-name.");
    }
  }

  private Integer lengthOfFile() {
    return outputLen == null ? turnOutputLen : outputLen;
  }

  private int length(Integer own, int otherwise) {
    if (outputLen != null) {
      return outputLen;
    }
    return own == null ? otherwise : own;
  }

  private static CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence);
  }
}
