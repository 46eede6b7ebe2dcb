package io.evalstream.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** A page in Prometheus' text format. */
record MetricsPage(List<String> samples) {

  static MetricsPage read(String url) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofLines());
    return new MetricsPage(answer.body().filter(line -> !line.startsWith("#")).toList());
  }

  /** Over the samples of a metric whose labels hold all of these. */
  double sum(String metric, String... labels) {
    return samples.stream()
        .filter(line -> line.substring(0, line.indexOf('{')).endsWith("_" + metric))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  boolean has(String metric) {
    return samples.stream().anyMatch(line -> line.contains("_" + metric + "{"));
  }
}
