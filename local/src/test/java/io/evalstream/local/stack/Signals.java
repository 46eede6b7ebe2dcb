package io.evalstream.local.stack;

import java.io.IOException;

/** Signals to processes of ours. */
final class Signals {

  private Signals() {}

  static void send(String signal, long pid) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + signal + " " + pid + " ended with " + status);
    }
  }
}
