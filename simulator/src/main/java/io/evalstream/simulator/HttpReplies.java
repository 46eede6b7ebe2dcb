package io.evalstream.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Writes HTTP responses to one connection. */
final class HttpReplies {
  private final ChannelHandlerContext context;

  HttpReplies(ChannelHandlerContext context) {
    this.context = context;
  }

  void json(byte[] body, boolean keepAlive) {
    whole(HttpResponseStatus.OK, "application/json", body, keepAlive);
  }

  void text(String contentType, String body, boolean keepAlive) {
    whole(HttpResponseStatus.OK, contentType, body.getBytes(StandardCharsets.UTF_8), keepAlive);
  }

  void error(ApiException error, boolean keepAlive) {
    whole(error.status(), "application/json", Json.bytes(error.body()), keepAlive);
  }

  void whole(HttpResponseStatus status, String contentType, byte[] body, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    sayWhetherToClose(response, keepAlive);
    send(response);
  }

  /** The head of an event stream; the events follow in HTTP's chunked transfer coding. */
  void eventStreamHead(boolean keepAlive) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    sayWhetherToClose(head, keepAlive);
    send(head);
  }

  /** Closes the connection; what has not reached the socket is lost. */
  static void closeNow(ChannelHandlerContext context) {
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  /** Closes the connection when all that was written has reached the socket. */
  void closeAfterFlush() {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void send(Object message) {
    context.writeAndFlush(message).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private static void sayWhetherToClose(HttpResponse response, boolean keepAlive) {
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }
}
