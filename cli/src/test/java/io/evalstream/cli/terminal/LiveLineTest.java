package io.evalstream.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final StringWriter written = new StringWriter();

  @Test
  void aTerminalsLinesAreRewrittenInPlace() {
    LiveLine line = new LiveLine(new PrintWriter(written), true);

    line.show(List.of("a", "b", "c"), "plain");
    line.show(List.of("d", "e", "f"), "plain");
    line.clear();
    line.clear();

    assertThat(written.toString())
        .isEqualTo(
            "\r\u001b[J\u001b[?7la\nb\nc\u001b[?7h"
                + "\u001b[2A\r\u001b[J\u001b[?7ld\ne\nf\u001b[?7h"
                + "\u001b[2A\r\u001b[J");
  }

  @Test
  void elsewhereOneLineIsPrintedNowAndThenAndNothingElse() {
    LiveLine line = new LiveLine(new PrintWriter(written, true), false);

    line.show(List.of("a", "b"), "plain 1");
    line.show(List.of("c", "d"), "plain 2");
    line.clear();

    assertThat(written.toString().lines()).containsExactly("plain 1");
  }

  @Test
  void inkIsForTerminalsOnly() {
    assertThat(Ink.NONE.strong("a")).isEqualTo("a");
    assertThat(Ink.NONE.warning("a")).isEqualTo("a");
    assertThat(new Ink(true).warning("a")).isEqualTo("\u001b[1m\u001b[31ma\u001b[0m");
    assertThat(new Ink(true).strong("a")).isEqualTo("\u001b[1ma\u001b[0m");
  }
}
