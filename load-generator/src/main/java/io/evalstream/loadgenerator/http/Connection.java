package io.evalstream.loadgenerator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import javax.net.ssl.SSLException;

/**
 * One connection, idle or with one call on it. Everything happens on its event loop.
 *
 * <p>A connection that was used before may have been closed by the server at the very moment of the
 * next request. When it ends without a single byte of the response the request goes to a fresh
 * connection, once.
 */
final class Connection extends ChannelInboundHandlerAdapter implements ResponseParser.Sink {

  private static final long NOT_STAMPED = Long.MIN_VALUE;

  private final ConnectionPool pool;
  private final Channel channel;
  private final ResponseParser parser = new ResponseParser();
  private Call call;
  private boolean reused;
  private long stampedNanos = NOT_STAMPED;
  private long readNanos;
  private long idleSinceNanos;

  Connection(ConnectionPool pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
  }

  boolean open() {
    return channel.isActive();
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  void close() {
    Channels.close(channel);
  }

  void start(Call newCall) {
    call = newCall;
    newCall.using(channel);
    parser.reset();
    newCall.listener.sent(System.nanoTime());
    if (newCall.over()) {
      return;
    }
    ChannelFuture unused =
        channel
            .writeAndFlush(newCall.request.content())
            .addListener(
                written -> {
                  if (!written.isSuccess()) {
                    cut("The connection broke while the request was being sent", System.nanoTime());
                  }
                });
  }

  /** Notes when bytes were read from the socket, for a pipeline that decrypts before this. */
  void stamp(long nanos) {
    stampedNanos = nanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    readNanos = stampedNanos == NOT_STAMPED ? System.nanoTime() : stampedNanos;
    ByteBuf buffer = (ByteBuf) message;
    int length = buffer.readableBytes();
    byte[] bytes = pool.scratch(length);
    buffer.readBytes(bytes, 0, length);
    buffer.release();
    if (length == 0) {
      return;
    }
    if (call == null || call.over()) {
      close();
      return;
    }
    int used = parser.feed(bytes, 0, length, this);
    if (parser.problem() != null) {
      fail(
          ResponseListener.Failure.MALFORMED,
          "The response cannot be read: " + parser.problem(),
          readNanos);
    } else if (parser.complete()) {
      complete(used == length);
    }
  }

  @Override
  public void head(int status, boolean json) {
    if (!call.over()) {
      call.listener.head(status, json, readNanos);
    }
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (!call.over()) {
      call.listener.body(bytes, from, to, readNanos);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    long now = System.nanoTime();
    pool.gone(this);
    if (call == null) {
      return;
    }
    parser.closed();
    if (parser.complete() && !call.over()) {
      readNanos = now;
      complete(false);
    } else {
      cut(
          parser.untouched()
              ? "The server closed the connection without answering"
              : "The server closed the connection before the answer was complete",
          now);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cut(
        isTls(cause)
            ? "The server ended the TLS connection; it may want a client certificate"
            : "The connection broke before the answer was complete",
        System.nanoTime());
    close();
  }

  private static boolean isTls(Throwable failure) {
    return failure instanceof SSLException || failure.getCause() instanceof SSLException;
  }

  private void complete(boolean nothingBehind) {
    Call finished = call;
    call = null;
    boolean wanted = false;
    if (!finished.over()) {
      finished.finish();
      wanted = finished.listener.end(readNanos);
    }
    if (wanted && nothingBehind && parser.keepAlive() && open()) {
      reused = true;
      idleSinceNanos = readNanos;
      pool.idle(this);
    } else {
      close();
    }
  }

  private void cut(String sentence, long nanos) {
    if (call != null && !call.over() && reused && parser.untouched()) {
      Call again = call;
      call = null;
      close();
      pool.connect(again);
    } else {
      fail(ResponseListener.Failure.CUT, sentence, nanos);
    }
  }

  private void fail(ResponseListener.Failure failure, String sentence, long nanos) {
    Call failed = call;
    call = null;
    close();
    if (failed != null && !failed.over()) {
      failed.finish();
      failed.listener.failed(failure, sentence, nanos);
    }
  }
}
