package io.evalstream.loadgenerator.http;

/**
 * Told of one request's way, always on the connection's event loop. {@link #sent}, {@link #head}
 * and {@link #body} come in this order; exactly one {@link #end} or {@link #failed} comes last,
 * unless the call was cancelled. Instants are {@link System#nanoTime}.
 */
public interface ResponseListener {

  /** How a request failed. */
  enum Failure {
    /** No connection could be made. */
    CONNECT,
    /** The connection was closed, or broke, before the response was over. */
    CUT,
    /** The response was no HTTP/1.1. */
    MALFORMED
  }

  /** The first byte is about to be written. Comes a second time if the connection was stale. */
  void sent(long nanos);

  /** The response's head was read. */
  void head(int status, boolean json, long nanos);

  /** Part of the response's body was read; {@code bytes} may be read during the call only. */
  void body(byte[] bytes, int from, int to, long nanos);

  /**
   * The response is over.
   *
   * @return whether the connection may be used for another request
   */
  boolean end(long nanos);

  /** The request failed; {@code sentence} says how, without payload. */
  void failed(Failure failure, String sentence, long nanos);
}
