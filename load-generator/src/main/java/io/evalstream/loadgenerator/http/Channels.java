package io.evalstream.loadgenerator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** What is done with channels in more than one place. */
final class Channels {

  private Channels() {}

  /** Closes a channel; whoever must know hears it from the channel's handlers. */
  static void close(Channel channel) {
    ChannelFuture unused = channel.close();
  }
}
