package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.request.Conversation;
import io.evalstream.loadgenerator.request.RequestBodies;
import io.evalstream.loadgenerator.request.RequestOptions;
import java.util.List;

/** Writes the requests of a run to one server. Immutable. */
final class RequestWriter {

  private final String idPrefix;
  private final Server server;
  private final RequestBodies bodies;

  RequestWriter(String runId, Server server, RequestOptions options) {
    this.idPrefix = runId + (server.arm() == null ? "-" : "-" + server.arm().text() + "-");
    this.server = server;
    this.bodies = new RequestBodies(server.endpoint().backend(), server.model(), options);
  }

  Outgoing write(PlannedRequest planned) {
    return outgoing(planned, bodies.body(planned));
  }

  /** A conversation whose turns are these. */
  Dialogue dialogue(List<PlannedRequest> turns) {
    return new Dialogue(
        turns,
        bodies.conversation(),
        (PlannedRequest planned, Conversation conversation) ->
            outgoing(planned, bodies.body(planned, conversation)));
  }

  private Outgoing outgoing(PlannedRequest planned, byte[] body) {
    String requestId = idPrefix + planned.index();
    String told = server.endpoint().backend().takesRequestIds() ? requestId : null;
    return new Outgoing(
        planned, requestId, server.requests().post(server.endpoint().path(), told, body));
  }
}
