package io.evalstream.loadgenerator.http;

import io.netty.channel.Channel;

/** A request that was handed to a {@link ConnectionPool}. Belongs to the pool's event loop. */
public final class Call {

  final HttpRequest request;
  final ResponseListener listener;
  private Channel channel;
  private boolean over;

  Call(HttpRequest request, ResponseListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Gives the request up: its connection is closed and its listener hears nothing more. */
  public void cancel() {
    over = true;
    if (channel != null) {
      Channels.close(channel);
    }
  }

  boolean over() {
    return over;
  }

  void finish() {
    over = true;
  }

  void using(Channel newChannel) {
    channel = newChannel;
  }
}
