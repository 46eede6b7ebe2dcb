package io.evalstream.loadgenerator.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The connections of one event loop to one server. Every method is called on that event loop.
 *
 * <p>The connection that became idle last is used first. One that was idle for four seconds is not
 * used again: vLLM's server closes them after five (VLLM_HTTP_TIMEOUT_KEEP_ALIVE).
 */
public final class ConnectionPool {

  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Target target;
  private final Bootstrap bootstrap;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private byte[] scratch = new byte[64 << 10];

  /**
   * The server to connect to.
   *
   * <p>The address is resolved once, so that no name is looked up while load is sent.
   *
   * @param address the proxy's when there is one
   * @param tls null for plain HTTP
   * @param proxy null for none
   */
  public record Target(
      Origin origin,
      InetSocketAddress address,
      SslContext tls,
      Duration connectTimeout,
      Proxy proxy) {

    /** Reached directly. */
    public Target(
        Origin origin, InetSocketAddress address, SslContext tls, Duration connectTimeout) {
      this(origin, address, tls, connectTimeout, null);
    }
  }

  /** A pool on {@code loop}. */
  public ConnectionPool(EventLoop loop, Target target) {
    this.target = target;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Transport.socket())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(target.connectTimeout().toMillis()))
            .remoteAddress(target.address());
  }

  /** Sends a request on an idle connection, or on a new one when there is none. */
  public Call send(HttpRequest request, ResponseListener listener) {
    Call call = new Call(request, listener);
    long oldest = System.nanoTime() - MAX_IDLE_NANOS;
    for (Connection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (last.open() && last.idleSinceNanos() - oldest > 0) {
        last.start(call);
        return call;
      }
      last.close();
    }
    connect(call);
    return call;
  }

  /** Closes the idle connections. */
  public void close() {
    for (Connection next = idle.pollLast(); next != null; next = idle.pollLast()) {
      next.close();
    }
  }

  void idle(Connection connection) {
    idle.addLast(connection);
  }

  void gone(Connection connection) {
    idle.remove(connection);
  }

  /** Bytes to copy a read into; valid until the next call. */
  byte[] scratch(int length) {
    if (length > scratch.length) {
      scratch = new byte[length];
    }
    return scratch;
  }

  void connect(Call call) {
    Channel channel =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel created) {
                    assemble(created);
                  }
                })
            .connect()
            .addListener(connected -> connected(call, connected))
            .channel();
    call.using(channel);
  }

  private void assemble(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    Connection connection = new Connection(this, channel);
    pipeline.addLast(connection);
    if (target.tls() != null && target.proxy() != null) {
      pipeline.addFirst(
          new ProxyTunnel(target.origin(), target.proxy(), channel.eventLoop().newPromise()));
    } else if (target.tls() != null) {
      addTls(channel, connection);
    }
  }

  private SslHandler addTls(Channel channel, Connection connection) {
    SslHandler ssl =
        target.tls().newHandler(channel.alloc(), target.origin().host(), target.origin().port());
    ssl.setHandshakeTimeoutMillis(target.connectTimeout().toMillis());
    channel.pipeline().addFirst(ssl);
    channel.pipeline().addFirst(new ReadInstant(connection));
    return ssl;
  }

  private void connected(Call call, Future<?> connected) {
    if (!connected.isSuccess()) {
      connectFailed(
          call,
          connected.cause(),
          target.proxy() == null
              ? "No connection could be made"
              : "No connection to the proxy " + target.proxy() + " could be made");
      return;
    }
    Channel channel = ((ChannelFuture) connected).channel();
    ProxyTunnel tunnel = channel.pipeline().get(ProxyTunnel.class);
    SslHandler ssl = channel.pipeline().get(SslHandler.class);
    if (tunnel != null) {
      tunnel(call, channel, tunnel);
    } else if (ssl != null) {
      shakeHands(call, channel, ssl);
    } else {
      begin(call, channel);
    }
  }

  private void tunnel(Call call, Channel channel, ProxyTunnel tunnel) {
    tunnel.limit(channel.pipeline().context(tunnel), target.connectTimeout());
    Future<Void> unused =
        tunnel
            .established()
            .addListener(
                there -> {
                  if (there.isSuccess()) {
                    Connection connection = channel.pipeline().get(Connection.class);
                    shakeHands(call, channel, addTls(channel, connection));
                  } else {
                    Channels.close(channel);
                    connectFailed(call, there.cause(), "No connection could be made");
                  }
                });
  }

  private static void shakeHands(Call call, Channel channel, SslHandler ssl) {
    Future<Channel> unused =
        ssl.handshakeFuture()
            .addListener(
                shaken -> {
                  if (shaken.isSuccess()) {
                    begin(call, channel);
                  } else {
                    Channels.close(channel);
                    connectFailed(call, shaken.cause(), "The TLS handshake failed");
                  }
                });
  }

  private static void begin(Call call, Channel channel) {
    if (call.over()) {
      Channels.close(channel);
    } else {
      channel.pipeline().get(Connection.class).start(call);
    }
  }

  private static void connectFailed(Call call, Throwable cause, String what) {
    if (call.over()) {
      return;
    }
    call.finish();
    String why;
    if (cause instanceof ConnectTimeoutException) {
      why = "the time limit ran out";
    } else if (cause instanceof ConnectException) {
      why = "the server refuses connections";
    } else if (cause instanceof IllegalStateException) {
      why = cause.getMessage();
    } else {
      why = refusal(cause);
    }
    call.listener.failed(ResponseListener.Failure.CONNECT, what + ": " + why, System.nanoTime());
  }

  /** What the check of the certificate says, if it was that. */
  private static String refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExplainingTrustManager.Refusal) {
        return cause.getMessage();
      }
    }
    return failure instanceof SSLException
        ? String.valueOf(failure.getMessage())
        : failure.getClass().getSimpleName();
  }

  /**
   * First in a pipeline with TLS, so that the instant is that of the read and not of decryption.
   */
  private static final class ReadInstant extends ChannelInboundHandlerAdapter {

    private final Connection connection;

    ReadInstant(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      connection.stamp(System.nanoTime());
      context.fireChannelRead(message);
    }
  }
}
