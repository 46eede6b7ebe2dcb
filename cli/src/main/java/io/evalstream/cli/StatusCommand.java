package io.evalstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.local.stack.StackAddresses;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How the local stack is. */
@Command(name = "status", description = "Shows where the local stack is and how it does.")
final class StatusCommand implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackAddresses> running = options.stack();
    if (running.isEmpty()) {
      out.println(messages.get("down.none", options.directory()));
      return ExitCode.INCOMPLETE.number();
    }
    StackAddresses stack = running.get();
    Addresses.print(stack, messages, out);
    boolean fine = true;
    for (JsonNode job : jobs(stack)) {
      String state = job.path("state").asText();
      fine &= state.equals("RUNNING");
      out.println(messages.get("status.job", job.path("name").asText(), state));
    }
    try (Results results =
        Results.open(new ClickHouseConnection(stack.clickhouse(), "default", ""))) {
      out.println(
          messages.get(
              "status.store", results.runs().size(), Numbers.count(results.deadLetters())));
    }
    return (fine ? ExitCode.FINE : ExitCode.BROKE).number();
  }

  private static JsonNode jobs(StackAddresses stack) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.flink() + "/jobs/overview"))
            .timeout(TIMEOUT)
            .build();
    try {
      HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JSON.readTree(body).path("jobs");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BROKE,
          "Flink at " + stack.flink() + " does not answer: restart with ./evalstream down and up.",
          e);
    }
  }
}
