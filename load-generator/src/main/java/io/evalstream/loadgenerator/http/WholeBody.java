package io.evalstream.loadgenerator.http;

import java.io.ByteArrayOutputStream;

/** Keeps a short answer until its end. For the event loop of its pool. */
public abstract class WholeBody implements ResponseListener {

  private final int maxBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;

  /**
   * @param maxBytes nothing more is kept once the body has reached so many
   */
  protected WholeBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The answer's status; 0 before it came. */
  protected final int status() {
    return status;
  }

  /** What was kept of the body. */
  protected final byte[] bytes() {
    return body.toByteArray();
  }

  @Override
  public final void sent(long nanos) {}

  @Override
  public final void head(int newStatus, boolean json, long nanos) {
    status = newStatus;
  }

  @Override
  public final void body(byte[] bytes, int from, int to, long nanos) {
    if (body.size() < maxBytes) {
      body.write(bytes, from, to - from);
    }
  }
}
