package io.evalstream.cli;

import io.evalstream.cli.load.LoadOptions;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.LoadGenerator;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.ProgressListener;
import io.evalstream.loadgenerator.measure.RequestDetail;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.search.RateSearch;
import io.evalstream.loadgenerator.search.RateTried;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks for the highest rate that a server still serves, one run for each rate. */
final class MaxRate {

  private final Messages messages;
  private final PrintWriter out;
  private final LoadOptions options;
  private final LoadOptions.Place place;
  private final RateSearch search;
  private final AbortSwitch abort;
  private int trials;
  private ExitCode broken = ExitCode.FINE;

  MaxRate(Messages messages, PrintWriter out, LoadRuns.Run run, AbortSwitch abort) {
    this.messages = messages;
    this.out = out;
    this.options = run.options();
    this.place = run.place();
    this.search = run.options().search();
    this.abort = abort;
  }

  /** Searches, printing every step. */
  ExitCode find(KafkaConfig kafka) {
    RateSearch.Found found = search.find(rate -> tried(kafka, rate));
    out.println();
    String limits =
        options.goodput().limitsMs().entrySet().stream()
            .map(limit -> limit.getKey() + ":" + plain(limit.getValue()))
            .collect(Collectors.joining(" "));
    RateTried highest = found.highest();
    if (highest == null) {
      out.println(messages.get("rate.none", limits, percent(search.share())));
    } else {
      out.println(
          messages.get(
              "rate.found",
              limits,
              percent(search.share()),
              Numbers.decimal(highest.rate()),
              Numbers.count(highest.requests()),
              percent(search.confidence())));
    }
    if (found.next() != null) {
      out.println(messages.get("rate.next", Numbers.decimal(found.next().rate())));
    } else if (highest != null) {
      out.println(messages.get("rate.open"));
    }
    if (broken != ExitCode.FINE) {
      return broken;
    }
    return highest == null || found.next() == null ? ExitCode.INCOMPLETE : ExitCode.FINE;
  }

  private RateTried tried(KafkaConfig kafka, double rate) {
    LoadGenerator generator = new LoadGenerator();
    if (!abort.begin(generator)) {
      broken = ExitCode.INCOMPLETE;
      return null;
    }
    LoadResult result =
        generator.run(options.trial(place, kafka, rate, trials++), ProgressListener.SILENT);
    if (result.status() != ProducerState.Status.COMPLETED) {
      out.println(messages.get("report.status", result.status().text(), result.reason()));
      broken = ExitCode.INCOMPLETE;
      return null;
    }
    List<RequestDetail> measured =
        result.details().stream()
            .filter(detail -> detail.index() >= BlockWorkload.warmUp((int) result.planned()))
            .toList();
    RateTried tried =
        new RateTried(
            rate,
            measured.size(),
            measured.stream().filter(options.goodput()::good).count(),
            result.blocks().get(0).statistics().saturated());
    print(tried, result);
    return tried;
  }

  private void print(RateTried tried, LoadResult result) {
    out.println(
        messages.get(
            search.serves(tried) ? "rate.serves" : "rate.fails",
            Numbers.decimal(tried.rate()),
            Numbers.count(tried.good()),
            Numbers.count(tried.requests()),
            percent(tried.share()),
            percent(tried.shareAtLeast(search.confidence())),
            percent(search.confidence())));
    if (tried.saturated()) {
      out.println("  " + messages.get("rate.saturated"));
    }
    if (!result.trust().trusted()) {
      out.println("  " + messages.get("bench.untrusted"));
    }
    for (Map.Entry<String, Long> failure : result.failures().entrySet()) {
      out.println("  " + failure.getValue() + " × " + failure.getKey());
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
