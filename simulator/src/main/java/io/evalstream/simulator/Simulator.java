package io.evalstream.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated vLLM server: the OpenAI API with latencies that are known beforehand.
 *
 * <p>{@link #start()} once, then {@link #close()}; a closed simulator does not start again.
 * Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Simulator.class);
  private static final int LARGEST_BODY_BYTES = 64 * 1_024 * 1_024;
  private static final int BACKLOG = 4_096;

  private final SimulatorConfig config;
  private final EventLoopGroup loops;
  private final Server server;
  private Channel listener;

  public Simulator(SimulatorConfig config) {
    this.config = config;
    IoHandlerFactory transport =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            config.eventLoopThreads(), new DefaultThreadFactory("simulator", true), transport);
    this.server = new Server(config, loops);
  }

  /**
   * Binds the configured address.
   *
   * @return the port, also when the configuration leaves the choice to the system
   * @throws UncheckedIOException if the address cannot be bound, in one sentence
   */
  public synchronized int start() {
    if (listener != null) {
      throw new IllegalStateException("this simulator runs already; start a second one instead");
    }
    Class<? extends ServerChannel> channel =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(channel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline(server))
            .bind(new InetSocketAddress(config.host(), config.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw cannotBind(bound.cause());
    }
    listener = bound.channel();
    server.channels().add(listener);
    LOGGER.info("simulator started url={} model={}", baseUrl(), config.model());
    return port();
  }

  /** The bound port. */
  public synchronized int port() {
    if (listener == null) {
      throw new IllegalStateException("this simulator does not run; start it first");
    }
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Where clients reach it, such as {@code http://127.0.0.1:8000}. */
  public String baseUrl() {
    String host = config.host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** What it did so far. */
  public SimulatorStats stats() {
    return server.metrics().stats(server.slots());
  }

  /** Closes all connections; requests on their way count as aborted. */
  @Override
  public synchronized void close() {
    server.channels().close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    if (listener != null) {
      LOGGER.info("simulator stopped answered={}", stats().answered());
    }
  }

  private UncheckedIOException cannotBind(Throwable cause) {
    IOException io = cause instanceof IOException e ? e : new IOException(cause);
    return new UncheckedIOException(
        "port %d on %s cannot be bound (%s); end what holds it, or choose another port (0 takes a"
                .formatted(config.port(), config.host(), reason(cause))
            + " free one)",
        io);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final Server server;

    Pipeline(Server server) {
      this.server = server;
    }

    @Override
    protected void initChannel(Channel channel) {
      server.channels().add(channel);
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(LARGEST_BODY_BYTES),
              new Connection(server));
    }
  }
}
