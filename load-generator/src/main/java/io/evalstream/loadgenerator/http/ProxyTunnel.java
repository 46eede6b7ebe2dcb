package io.evalstream.loadgenerator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a proxy for a tunnel (RFC 9110, section 9.3.6), then leaves the pipeline. Everything happens
 * on the connection's event loop.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {

  private static final int MAX_HEAD = 16 << 10;
  private static final String END = "\r\n\r\n";

  private final Origin origin;
  private final Proxy proxy;
  private final Promise<Void> established;
  private final StringBuilder head = new StringBuilder();

  ProxyTunnel(Origin origin, Proxy proxy, Promise<Void> established) {
    this.origin = origin;
    this.proxy = proxy;
    this.established = established;
  }

  /** Succeeds when the tunnel is there; its failure has a message for the user. */
  Future<Void> established() {
    return established;
  }

  /** Fails unless the tunnel is there within the limit. */
  void limit(ChannelHandlerContext context, Duration limit) {
    Future<?> unused =
        context
            .executor()
            .schedule(
                () -> fail(context, "does not answer"), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String target =
        (origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host())
            + ":"
            + origin.port();
    String request =
        "CONNECT "
            + target
            + " HTTP/1.1\r\nHost: "
            + target
            + "\r\nUser-Agent: evalstream\r\n"
            + (proxy.authorization() == null
                ? ""
                : "Proxy-Authorization: " + proxy.authorization() + "\r\n")
            + "\r\n";
    ChannelFuture unused = context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), request));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    head.append(bytes.toString(StandardCharsets.ISO_8859_1));
    bytes.release();
    int end = head.indexOf(END);
    if (end < 0) {
      if (head.length() > MAX_HEAD) {
        fail(context, "answers with more than 16 KiB of headers");
      }
      return;
    }
    boolean http = head.length() >= 12 && head.indexOf("HTTP/1.") == 0;
    String status = http ? head.substring(9, 12) : "no HTTP";
    if (!status.startsWith("2")) {
      fail(
          context,
          status.equals("407")
              ? "answers 407: check the user and the password in its URL"
              : "answers " + status + ": look at its log");
    } else if (end + END.length() < head.length()) {
      fail(context, "sends more than was asked for");
    } else if (!established.isDone()) {
      context.pipeline().remove(this);
      established.setSuccess(null);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, "closed the connection");
    context.fireChannelInactive();
  }

  private void fail(ChannelHandlerContext context, String what) {
    if (established.tryFailure(new IllegalStateException("the proxy " + proxy + " " + what))) {
      Channels.close(context.channel());
    }
  }
}
