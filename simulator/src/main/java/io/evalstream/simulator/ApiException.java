package io.evalstream.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A request answered with an error, in the shape of vLLM's ErrorResponse. */
final class ApiException extends Exception {
  private final HttpResponseStatus status;
  private final String param;

  /**
   * An error.
   *
   * @param param the request's field it is about; null if none
   */
  ApiException(HttpResponseStatus status, String message, String param) {
    super(message);
    this.status = status;
    this.param = param;
  }

  static ApiException badRequest(String message, String param) {
    return new ApiException(HttpResponseStatus.BAD_REQUEST, message, param);
  }

  HttpResponseStatus status() {
    return status;
  }

  /** The body; its type is the status's name in vLLM's spelling, such as NotFoundError. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", typeOf(status))
        .put("param", param)
        .put("code", status.code());
    return body;
  }

  private static String typeOf(HttpResponseStatus status) {
    String name = status.reasonPhrase().replaceAll("[^A-Za-z]", "");
    return name.endsWith("Error") ? name : name + "Error";
  }
}
