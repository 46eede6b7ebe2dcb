package io.evalstream.loadgenerator;

/** A run could not begin; the message is one sentence for the user that says what to do. */
public final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose turn it is. */
  public enum Kind {
    /** What was asked for is at fault. */
    USAGE,
    /** A server or a network is. */
    BROKEN
  }

  private final Kind kind;

  /** With a message for the user. */
  public LoadException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** With a message for the user and what led to it. */
  public LoadException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whose turn it is. */
  public Kind kind() {
    return kind;
  }
}
