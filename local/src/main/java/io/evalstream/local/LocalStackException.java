package io.evalstream.local;

/**
 * A part of the local stack cannot do what was asked. The message is one sentence for the person at
 * the terminal: it names the item and says what to do.
 */
public final class LocalStackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LocalStackException(String message) {
    super(message);
  }

  public LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}
