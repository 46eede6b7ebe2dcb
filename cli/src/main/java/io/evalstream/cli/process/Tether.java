package io.evalstream.cli.process;

import java.io.IOException;

/** Ends this process when whoever started it is gone. */
public final class Tether {

  private Tether() {}

  /** Watches standard input in the background: its end is the end of this process. */
  public static void hold() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is ever said
                }
              } catch (IOException e) {
                // a broken pipe says the same as a closed one
              }
              System.exit(0);
            },
            "tether");
    thread.setDaemon(true);
    thread.start();
  }
}
