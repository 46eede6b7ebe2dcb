package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * What servers said of themselves, beside what was measured of them.
 *
 * @param servers may be empty
 * @param outputTokens of the run
 * @param seconds that the run took
 */
record ServerReport(List<ServerSummary> servers, long outputTokens, double seconds) {

  private static final String NONE = "–";

  List<String> lines(Messages messages) {
    List<String> lines = new ArrayList<>();
    for (ServerSummary server : servers) {
      lines.add("");
      lines.add(
          messages.get(
              "server.title",
              server.endpoint(),
              Numbers.count(server.samples()),
              Numbers.decimal(server.seconds())));
      lines.add("  " + messages.get("server.running", level(server.running(), 1)));
      lines.add("  " + messages.get("server.waiting", level(server.waiting(), 1)));
      lines.add("  " + messages.get("server.kv_cache", level(server.kvCacheUsage(), 100)));
      lines.add(
          "  "
              + messages.get(
                  "server.times",
                  decimal(server.queueMs()),
                  decimal(server.prefillMs()),
                  decimal(server.decodeMs())));
      lines.add("  " + messages.get("server.preemptions", count(server.preemptions())));
      if (server.draftAcceptance() != null) {
        lines.add(
            "  "
                + messages.get(
                    "server.acceptance", Numbers.decimal(100 * server.draftAcceptance())));
      }
      if (server.gpuUtilisation() != null) {
        lines.add("  " + messages.get("server.gpu", level(server.gpuUtilisation(), 100)));
      }
    }
    if (!servers.isEmpty()) {
      lines.add("  " + energy(messages));
    }
    return lines;
  }

  /** Output tokens for each joule that the GPUs of all servers drew; NaN when that is not known. */
  double tokensPerJoule() {
    return outputTokens / joules();
  }

  private double joules() {
    return servers.stream()
        .mapToDouble(server -> server.power() == null ? Double.NaN : server.power().joules(seconds))
        .sum();
  }

  private String energy(Messages messages) {
    if (Double.isNaN(joules())) {
      return messages.get("server.no_power", NONE);
    }
    return messages.get(
        "server.energy",
        Numbers.decimal(tokensPerJoule()),
        Numbers.decimal(joules()),
        Numbers.decimal(servers.stream().mapToDouble(s -> s.power().meanWatts()).sum()),
        Numbers.decimal(seconds),
        Numbers.decimal(
            servers.stream().mapToDouble(s -> s.power().seconds()).min().orElse(Double.NaN)));
  }

  private static String level(ServerSummary.Level level, double unit) {
    return level == null
        ? NONE
        : Numbers.decimal(unit * level.mean()) + " / " + Numbers.decimal(unit * level.max());
  }

  private static String decimal(Double value) {
    return value == null ? NONE : Numbers.decimal(value);
  }

  private static String count(Long value) {
    return value == null ? NONE : Numbers.count(value);
  }
}
