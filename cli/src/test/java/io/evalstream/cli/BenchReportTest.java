package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.cli.report.SuiteReport;
import io.evalstream.cli.terminal.Cells;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.jobs.grade.SloFile;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.result.Goodput;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.statistics.grade.GradeRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed, letter by letter. */
class BenchReportTest {

  private static final GradeRules RULES = SloFile.shipped();

  @ParameterizedTest
  @CsvSource({"eventful, en", "eventful, ko", "plain, en", "plain, ko", "failed, en", "failed, ko"})
  void theReportIsAsItWasApproved(String result, String language) throws IOException {
    List<String> lines = report(result, language);

    assertThat(String.join("\n", lines)).isEqualTo(approved("report_" + result, language));
    assertLaidOut(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void theSummaryOfScenariosIsAsItWasApproved(String language) throws IOException {
    List<SuiteReport.Part> parts =
        List.of(
            SuiteReport.Part.of("basic_performance", FixedResults.plain(), RULES),
            SuiteReport.Part.of("concurrency_test", FixedResults.eventful(), RULES),
            SuiteReport.Part.of("stress_test", FixedResults.failed(), RULES));

    List<String> lines =
        new SuiteReport(Messages.of(language, Map.of()), Ink.NONE, RULES).lines(parts);

    assertThat(String.join("\n", lines)).isEqualTo(approved("suite", language));
    assertLaidOut(lines);
  }

  private static List<String> report(String result, String language) {
    LoadResult given =
        switch (result) {
          case "eventful" -> FixedResults.eventful();
          case "plain" -> FixedResults.plain();
          default -> FixedResults.failed();
        };
    ResultOptions options =
        ResultOptions.parse(
            "ttft,tpot,itl,e2el", "50,95,99", Goodput.parse(List.of("ttft:500")), false, Map.of());
    return new BenchReport(Messages.of(language, Map.of()), Ink.NONE, options, RULES.standard())
        .lines(given);
  }

  /** Nothing is wider than a terminal, and the last column of every table ends in one line. */
  private static void assertLaidOut(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      assertThat(Cells.width(lines.get(i))).as(lines.get(i)).isLessThanOrEqualTo(Paragraph.WIDTH);
      assertThat(lines.get(i)).doesNotContain("\u001b");
      if (lines.get(i).startsWith("──")) {
        int width = Cells.width(lines.get(i));
        assertThat(Cells.width(lines.get(i - 1))).as(lines.get(i - 1)).isEqualTo(width);
        for (int row = i + 1; row < lines.size() && lines.get(row).contains("  "); row++) {
          assertThat(Cells.width(lines.get(row))).as(lines.get(row)).isEqualTo(width);
        }
      }
    }
  }

  private static String approved(String name, String language) throws IOException {
    try (InputStream in =
        BenchReportTest.class.getResourceAsStream("approved/" + name + "_" + language + ".txt")) {
      return in == null
          ? ""
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
