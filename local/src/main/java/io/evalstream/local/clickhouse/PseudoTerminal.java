package io.evalstream.local.clickhouse;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;

/**
 * A pseudo-terminal whose slave side is this process's standard input. What the terminal echoes is
 * read and thrown away, so that a writer never blocks.
 *
 * <p>Safe for use by several threads.
 */
final class PseudoTerminal {

  private static final int STANDARD_INPUT = 0;
  private static final int NAME_BYTES = 128;

  private final int master;

  private PseudoTerminal(int master) {
    this.master = master;
  }

  /**
   * Replaces standard input by a new pseudo-terminal.
   *
   * @throws LastErrorException when the system has no pseudo-terminal to give
   */
  static PseudoTerminal onStandardInput() {
    LibC c = LibC.INSTANCE;
    int master = c.posix_openpt(LibC.O_RDWR | LibC.O_NOCTTY);
    c.grantpt(master);
    c.unlockpt(master);
    byte[] name = new byte[NAME_BYTES];
    int error = c.ptsname_r(master, name, name.length);
    if (error != 0) {
      throw new LastErrorException(error);
    }
    int slave = c.open(Native.toString(name, StandardCharsets.UTF_8), LibC.O_RDWR | LibC.O_NOCTTY);
    c.dup2(slave, STANDARD_INPUT);
    c.close(slave);
    PseudoTerminal terminal = new PseudoTerminal(master);
    Thread drain = new Thread(terminal::drain, "terminal-drain");
    drain.setDaemon(true);
    drain.start();
    return terminal;
  }

  /** Types one line into the terminal. */
  void type(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    LibC.INSTANCE.write(master, bytes, bytes.length);
  }

  private void drain() {
    byte[] buffer = new byte[4096];
    try {
      long count;
      do {
        count = LibC.INSTANCE.read(master, buffer, buffer.length);
      } while (count > 0);
    } catch (LastErrorException e) {
      // EIO: the slave side is closed, nothing is left to drain
    }
  }
}
