package io.evalstream.simulator;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.HashMap;
import java.util.Map;

/** What all connections of one simulated server share. Thread-safe. */
final class Server {
  private final SimulatorConfig config;
  private final RequestParser parser;
  private final ResponsePlanner planner;
  private final Slots slots;
  private final Metrics metrics = new Metrics();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Map<EventLoop, StreamScheduler> schedulers = new HashMap<>();

  Server(SimulatorConfig config, EventLoopGroup loops) {
    this.config = config;
    this.parser = new RequestParser(config);
    this.planner = new ResponsePlanner(config);
    this.slots = new Slots(config.maxNumSeqs());
    for (EventExecutor executor : loops) {
      EventLoop loop = (EventLoop) executor;
      schedulers.put(loop, new StreamScheduler(loop));
    }
  }

  SimulatorConfig config() {
    return config;
  }

  RequestParser parser() {
    return parser;
  }

  ResponsePlanner planner() {
    return planner;
  }

  Slots slots() {
    return slots;
  }

  Metrics metrics() {
    return metrics;
  }

  /** The listener and the connections, to be closed together. */
  ChannelGroup channels() {
    return channels;
  }

  StreamScheduler schedulerOf(EventLoop loop) {
    return schedulers.get(loop);
  }
}
