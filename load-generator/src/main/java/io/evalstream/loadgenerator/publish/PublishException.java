package io.evalstream.loadgenerator.publish;

/** Records cannot be published; the message says why and what to do. */
public final class PublishException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean wrongUse;

  /** With a message for the user; {@code wrongUse} when what was configured is at fault. */
  public PublishException(String message, boolean wrongUse, Throwable cause) {
    super(message, cause);
    this.wrongUse = wrongUse;
  }

  /** Whether what was configured is at fault, and not a server that is away. */
  public boolean wrongUse() {
    return wrongUse;
  }
}
