package io.evalstream.datasets;

/** Something about a dataset cannot go on; the message is one sentence that says what to do. */
public final class DatasetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose turn it is. */
  public enum Kind {
    /** Whoever called has to ask for something else. */
    USAGE,
    /** A file is not what it should be, or something broke. */
    BROKEN,
    /** Something that was asked for is not there yet. */
    INCOMPLETE
  }

  private final Kind kind;

  public DatasetException(Kind kind, String message) {
    this(kind, message, null);
  }

  public DatasetException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whose turn it is. */
  public Kind kind() {
    return kind;
  }
}
