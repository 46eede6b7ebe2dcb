package io.evalstream.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: routes its requests, one after the other, and tells the answer on its way
 * when the client reads again or has gone.
 */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Connection.class);
  private static final int MOST_PIPELINED = 64;
  private static final Set<String> READABLE =
      Set.of("/health", "/metrics", "/schedule_error", "/v1/models");
  private static final Set<String> POSTABLE =
      Set.of("/v1/completions", "/v1/chat/completions", "/tokenize");

  private final Server server;
  private final ArrayDeque<FullHttpRequest> pipelined = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private HttpReplies replies;
  private TimedResponse current;
  private boolean keepAlive = true;

  Connection(Server server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    replies = new HttpReplies(ctx);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest httpRequest) {
    if (current == null) {
      handle(httpRequest);
    } else if (pipelined.size() < MOST_PIPELINED) {
      pipelined.add(httpRequest.retain());
    } else {
      HttpReplies.closeNow(ctx);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (current != null && ctx.channel().isWritable()) {
      current.writable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    keepAlive = false;
    while (!pipelined.isEmpty()) {
      pipelined.poll().release();
    }
    if (current != null) {
      current.abort();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOGGER.debug("connection lost remote={}", ctx.channel().remoteAddress(), cause);
    } else {
      LOGGER.warn("connection failed remote={}", ctx.channel().remoteAddress(), cause);
    }
    HttpReplies.closeNow(ctx);
  }

  /** No request after the answer on its way is served. */
  void closeAfterResponse() {
    keepAlive = false;
  }

  /** The answer on its way has ended; the next request of the connection has its turn. */
  void responseEnded() {
    current = null;
    if (!keepAlive) {
      replies.closeAfterFlush();
      return;
    }
    while (current == null && keepAlive && !pipelined.isEmpty()) {
      FullHttpRequest next = pipelined.poll();
      try {
        handle(next);
      } finally {
        ReferenceCountUtil.release(next);
      }
    }
  }

  private void handle(FullHttpRequest httpRequest) {
    keepAlive = HttpUtil.isKeepAlive(httpRequest);
    try {
      if (httpRequest.decoderResult().isFailure()) {
        keepAlive = false;
        throw ApiException.badRequest("The request is not HTTP.", null);
      }
      route(httpRequest);
    } catch (ApiException e) {
      LOGGER.debug("request refused status={} uri={}", e.status().code(), httpRequest.uri());
      replies.error(e, keepAlive);
    }
    if (current == null && !keepAlive) {
      replies.closeAfterFlush();
    }
  }

  private void route(FullHttpRequest httpRequest) throws ApiException {
    String uri = httpRequest.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    checkMethod(httpRequest.method(), path);
    if (path.startsWith("/v1") && !isAuthorized(httpRequest.headers())) {
      replies.whole(
          HttpResponseStatus.UNAUTHORIZED,
          "application/json",
          Json.bytes(Json.object().put("error", "Unauthorized")),
          keepAlive);
      return;
    }
    switch (path) {
      case "/v1/completions" -> answer(httpRequest, false);
      case "/v1/chat/completions" -> answer(httpRequest, true);
      case "/tokenize" -> tokenize(httpRequest);
      case "/v1/models" -> json(models());
      case "/schedule_error" -> {
        if (httpRequest.method().equals(HttpMethod.DELETE)) {
          server.metrics().clearScheduleError();
        }
        json(scheduleError());
      }
      case "/metrics" ->
          replies.text(
              "text/plain; version=0.0.4; charset=utf-8",
              server.metrics().render(server.config(), server.slots()),
              keepAlive);
      default -> replies.text("text/plain; charset=utf-8", "", keepAlive);
    }
  }

  private static void checkMethod(HttpMethod method, String path) throws ApiException {
    boolean readable = READABLE.contains(path);
    if (!readable && !POSTABLE.contains(path)) {
      throw new ApiException(HttpResponseStatus.NOT_FOUND, "Not Found", null);
    }
    if (method.equals(HttpMethod.DELETE) && path.equals("/schedule_error")) {
      return;
    }
    if (!method.equals(readable ? HttpMethod.GET : HttpMethod.POST)) {
      throw new ApiException(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method Not Allowed", null);
    }
  }

  /** As vLLM's AuthenticationMiddleware (vllm/entrypoints/openai/api_server.py). */
  private boolean isAuthorized(HttpHeaders headers) {
    if (server.config().apiKey().isEmpty()) {
      return true;
    }
    String expected = "Bearer " + server.config().apiKey().get();
    String given = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(FullHttpRequest httpRequest, boolean chat) throws ApiException {
    ObjectNode body = Json.parseObject(httpRequest.content());
    GenerationRequest request =
        server.parser().parse(chat, body, httpRequest.headers().get("x-request-id"));
    server.metrics().received();
    if (server.planner().refuses(request.seed())) {
      server.metrics().refused();
      throw new ApiException(
          HttpResponseStatus.valueOf(server.config().faults().failureStatus()),
          "This request was refused on purpose (failure-injection-rate).",
          null);
    }
    ResponsePlan plan = server.planner().plan(request);
    long createdSeconds = System.currentTimeMillis() / 1_000;
    if (request.stream()) {
      replies.eventStreamHead(keepAlive);
      current = new StreamingResponse(this, context, server, request, plan, createdSeconds);
    } else {
      current = new WholeResponse(this, context, server, request, plan, createdSeconds, keepAlive);
    }
    current.begin();
  }

  private void tokenize(FullHttpRequest httpRequest) throws ApiException {
    ObjectNode body = Json.parseObject(httpRequest.content());
    server.parser().checkModel(body);
    Prompt prompt =
        body.has("messages")
            ? Prompt.ofChat(body.get("messages"))
            : Prompt.ofCompletion(body.get("prompt"));
    List<Integer> tokens = prompt.tokens();
    ObjectNode reply = Json.object();
    reply.put("count", tokens.size()).put("max_model_len", server.config().maxModelLen());
    tokens.forEach(reply.putArray("tokens")::add);
    json(reply.putNull("token_strs"));
  }

  private ObjectNode models() {
    ObjectNode reply = Json.object().put("object", "list");
    var data = reply.putArray("data");
    for (String name : server.config().servedModelNames()) {
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", System.currentTimeMillis() / 1_000)
          .put("owned_by", "vllm")
          .put("root", server.config().model())
          .putNull("parent")
          .put("max_model_len", server.config().maxModelLen());
    }
    return reply;
  }

  private ObjectNode scheduleError() {
    ScheduleError error = server.metrics().scheduleError();
    return Json.object()
        .put("count", error.count())
        .put("p50_us", error.p50Micros())
        .put("p99_us", error.p99Micros())
        .put("max_us", error.maxMicros())
        .put("held_back", server.metrics().heldBack())
        .put("gap_p99_us", server.metrics().gapErrors().p99Micros());
  }

  private void json(ObjectNode body) {
    replies.json(Json.bytes(body), keepAlive);
  }
}
