package io.evalstream.loadgenerator.plan;

/** A plan cannot be made; the message says what is wrong, where, and what to do. */
public final class PlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public PlanException(String message) {
    super(message);
  }
}
