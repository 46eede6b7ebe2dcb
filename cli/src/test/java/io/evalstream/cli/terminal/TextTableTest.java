package io.evalstream.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void hangulTakesTwoCells() {
    assertThat(Cells.width("TTFT (예정 시각 기준)")).isEqualTo(6 + 4 + 1 + 4 + 1 + 4 + 1);
    assertThat(Cells.width("–─é")).isEqualTo(3);
    assertThat(Cells.width(Normalizer.normalize("é", Normalizer.Form.NFD))).isEqualTo(1);
  }

  @Test
  void columnsAreAlignedInCells() {
    TextTable table = new TextTable("지표", "mean").row("전송 지연", "1.00").row("TTFT", "1,234.00");

    assertThat(table.lines())
        .containsExactly(
            "지표           mean", "───────────────────", "전송 지연      1.00", "TTFT       1,234.00");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
