package io.evalstream.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * An answer that leaves chunk by chunk. Events are written below the HTTP codec, which has written
 * the head and writes the end, so that a chunk passes one handler only.
 */
final class StreamingResponse extends TimedResponse {
  /** Bytes after which a turn ends, so that no stream holds up the others. */
  private static final int TURN_BYTES = 16 * 1_024;

  private static final int BUFFER_BYTES = 512;

  private final ChannelHandlerContext belowCodec;
  private final EventEncoder encoder;
  private int next;
  private boolean waitsForReader;
  private long heldBackUntil = Long.MIN_VALUE;
  private long firstWriteNanos;
  private long lastWriteNanos;

  StreamingResponse(
      Connection connection,
      ChannelHandlerContext context,
      Server server,
      GenerationRequest request,
      ResponsePlan plan,
      long createdSeconds) {
    super(connection, context, server, request, plan);
    this.belowCodec = context.pipeline().context(HttpServerCodec.class);
    this.encoder = new EventEncoder(request, plan.finishReason(), createdSeconds);
  }

  @Override
  long firstOffsetNanos() {
    return plan.offsetNanos(0);
  }

  @Override
  Next takeTurn() {
    long now = System.nanoTime();
    boolean complete = writeDue(now);
    if (complete) {
      metrics.answered(this, firstWriteNanos, lastWriteNanos);
      end(plan.finishReason(), plan.tokens());
      return Next.NOTHING;
    }
    if (next == plan.cutBefore()
        && (next == plan.chunks() || scheduledNanos(next) - System.nanoTime() <= 0)) {
      cut(plan.tokensBefore(next));
      return Next.NOTHING;
    }
    setDueNanos(scheduledNanos(next));
    if (!context.channel().isWritable()) {
      waitsForReader = true;
      return Next.READER;
    }
    return dueNanos() - now <= 0 ? Next.TURN : Next.DUE_TIME;
  }

  /** Writes the chunks due by {@code now}, at most a turn's worth; true if the stream is over. */
  private boolean writeDue(long now) {
    int first = next;
    int stop = plan.cutBefore() == ResponsePlan.NEVER ? plan.chunks() : plan.cutBefore();
    ByteBuf out = belowCodec.alloc().directBuffer(BUFFER_BYTES);
    while (next < stop && scheduledNanos(next) - now <= 0 && out.readableBytes() < TURN_BYTES) {
      if (next == 0) {
        encoder.writeOpening(out);
      }
      writeGarbageIfDue(out);
      encoder.writeChunk(out, plan, next++);
    }
    boolean complete = next == plan.chunks() && plan.cutBefore() == ResponsePlan.NEVER;
    if (complete) {
      writeGarbageIfDue(out);
      encoder.writeClosing(out, plan.tokens());
    }
    if (out.isReadable()) {
      ChannelFuture unused = belowCodec.write(out, belowCodec.voidPromise());
    } else {
      out.release();
    }
    if (complete) {
      ChannelFuture unused =
          context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
    }
    belowCodec.flush();
    record(first);
    return complete;
  }

  private void writeGarbageIfDue(ByteBuf out) {
    if (next == plan.garbageBefore()) {
      encoder.writeGarbage(out);
      metrics.garbage();
    }
  }

  /** Counts the chunks from {@code first} on, which have just been handed to the socket. */
  private void record(int first) {
    if (first == next) {
      return;
    }
    long written = System.nanoTime();
    for (int chunk = first; chunk < next; chunk++) {
      long scheduled = scheduledNanos(chunk);
      boolean heldBack = scheduled - heldBackUntil <= 0 && heldBackUntil != Long.MIN_VALUE;
      metrics.chunk(
          plan.tokensBefore(chunk + 1) - plan.tokensBefore(chunk), written - scheduled, heldBack);
      if (chunk == 0) {
        firstWriteNanos = written;
        metrics.firstToken(written - arrivalNanos());
      } else {
        metrics.gap(written - lastWriteNanos);
        if (!heldBack) {
          metrics.gapError(written - lastWriteNanos - (scheduled - scheduledNanos(chunk - 1)));
        }
      }
      lastWriteNanos = written;
    }
  }

  @Override
  void writable() {
    if (waitsForReader) {
      waitsForReader = false;
      heldBackUntil = System.nanoTime();
      reschedule();
    }
  }

  @Override
  void abort() {
    end(FinishReason.ABORT, plan.tokensBefore(next));
  }
}
