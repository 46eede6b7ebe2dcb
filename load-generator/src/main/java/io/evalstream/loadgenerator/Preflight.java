package io.evalstream.loadgenerator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.events.Event;
import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Asks the server for its models, before any load: whether it is there and has the wanted one. */
final class Preflight {

  private static final String PATH = "/v1/models";

  private final Endpoint endpoint;
  private final String url;

  Preflight(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.url = endpoint.origin().url(PATH);
  }

  /**
   * The model to ask for.
   *
   * @param modules further names that the server must list
   * @throws LoadException when the server is away, refuses, or does not have it
   */
  String model(
      EventLoop loop,
      ConnectionPool.Target target,
      HttpRequest.Factory requests,
      Collection<String> modules) {
    Probe.Answer answer = Probe.get(loop, target, requests.get(PATH), url);
    int status = answer.status();
    if (status == 401 || status == 403) {
      throw new LoadException(
          Kind.USAGE,
          url + " answers " + status + ": the API key is missing or wrong, give the server's own");
    }
    if (status == 404) {
      throw new LoadException(
          Kind.USAGE,
          url + " answers 404: check the base URL, it is not that of a server of the OpenAI API");
    }
    if (status != 200) {
      throw new LoadException(
          Kind.BROKEN, url + " answers " + status + ": look at the server's log");
    }
    List<String> models = models(answer.body());
    String chosen = choose(models);
    for (String module : modules) {
      if (!models.contains(module)) {
        throw new LoadException(
            Kind.USAGE,
            "%s does not list LoRA module '%s': load it, or give those that it has (%s)"
                .formatted(url, module, String.join(", ", models)));
      }
    }
    return chosen;
  }

  private String choose(List<String> models) {
    if (models.isEmpty()) {
      throw new LoadException(
          Kind.BROKEN, url + " lists no model: wait until the server has loaded one");
    }
    String wanted = endpoint.model();
    if (wanted == null) {
      String first = models.get(0);
      if (!Event.isName(first)) {
        throw new LoadException(
            Kind.USAGE,
            "%s lists first a model of more than %d characters: give it a shorter --served-model-name"
                .formatted(url, Event.MAX_NAME));
      }
      return first;
    }
    if (!models.contains(wanted)) {
      throw new LoadException(
          Kind.USAGE,
          "%s does not list model '%s': use one that it has (%s)"
              .formatted(url, wanted, String.join(", ", models)));
    }
    return wanted;
  }

  private List<String> models(byte[] body) {
    List<String> models = new ArrayList<>();
    try {
      JsonNode answer = new ObjectMapper().readTree(new String(body, StandardCharsets.UTF_8));
      for (JsonNode model : answer.path("data")) {
        if (model.path("id").isTextual()) {
          models.add(model.path("id").textValue());
        }
      }
      return models;
    } catch (JsonProcessingException e) {
      throw new LoadException(
          Kind.USAGE,
          url
              + " does not answer with JSON: check the base URL, it is not that of a server of the"
              + " OpenAI API",
          e);
    }
  }
}
