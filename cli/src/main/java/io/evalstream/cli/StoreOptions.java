package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.local.stack.StackAddresses;
import picocli.CommandLine.Option;

/** Where results are read from. */
final class StoreOptions {

  @Option(
      names = "--clickhouse",
      paramLabel = "URL",
      description =
          "ClickHouse to read, as jdbc:clickhouse://host:port/database; the local stack's when"
              + " left out.")
  private String url;

  @Option(
      names = "--clickhouse-user",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Its user (${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--clickhouse-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
      description = "Its password; better given as $CLICKHOUSE_PASSWORD.")
  private String password;

  Results open(CommonOptions options) {
    String address = url != null ? url : local(options).clickhouse();
    return Results.open(new ClickHouseConnection(address, user, password));
  }

  private static StackAddresses local(CommonOptions options) {
    return options
        .stack()
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.WRONG_USE,
                    "No stack runs in "
                        + options.directory()
                        + ": start one with ./evalstream up, or name a ClickHouse with"
                        + " --clickhouse."));
  }
}
