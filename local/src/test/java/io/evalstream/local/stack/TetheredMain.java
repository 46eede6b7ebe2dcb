package io.evalstream.local.stack;

import java.io.IOException;
import java.util.Arrays;

/** Runs another main class until it ends or this process's input does: no orphan is left. */
final class TetheredMain {

  private static final int TETHER_GONE = 1;

  private TetheredMain() {}

  /**
   * Runs it.
   *
   * @param arguments the class and its arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread tether = new Thread(TetheredMain::awaitEndOfInput, "tether");
    tether.setDaemon(true);
    tether.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // nobody says anything
      }
    } catch (IOException e) {
      // the other end is gone as well
    }
    Runtime.getRuntime().halt(TETHER_GONE);
  }
}
