package io.evalstream.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ClickHouseSchemaTest {

  private static final List<String> MIGRATIONS = ClickHouseSchema.MIGRATIONS;

  @ParameterizedTest
  @CsvSource({
    "001_results.sql, 8",
    "002_views.sql, 11",
    "003_completeness.sql, 2",
    "004_server_metrics.sql, 3",
    "005_trust.sql, 12",
    "006_blocks.sql, 3",
    "007_serving.sql, 7",
    "008_truth.sql, 3",
    "009_grades.sql, 3"
  })
  void aMigrationIsSplitIntoItsStatements(String name, int expected) {
    assertThat(ClickHouseSchema.statements(name)).hasSize(expected);
  }

  @ParameterizedTest
  @FieldSource("MIGRATIONS")
  void everyStatementAddsAndCanBeRepeated(String name) {
    assertThat(ClickHouseSchema.statements(name))
        .allSatisfy(
            sql -> {
              assertThat(sql)
                  .matches(
                      "(?s)(CREATE (TABLE IF NOT EXISTS|OR REPLACE VIEW)|ALTER TABLE) \\w+\\b.*");
              assertThat(sql.replace("ADD COLUMN IF NOT EXISTS", "")).doesNotContain("ADD COLUMN");
              assertThat(sql).doesNotContainPattern("(?m)^--").doesNotEndWith(";");
            });
  }

  @Test
  void theListIsWhatIsThere() throws Exception {
    URL folder = ClickHouseSchema.class.getResource("clickhouse");

    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactlyElementsOf(MIGRATIONS);
    }
  }

  @Test
  void everyTableHasItsView() {
    List<String> tables = created("CREATE TABLE IF NOT EXISTS (\\w+)");
    List<String> views = created("CREATE OR REPLACE VIEW (\\w+)_current");

    assertThat(views).containsAll(tables.stream().filter(t -> !t.equals("job_epochs")).toList());
  }

  private static List<String> created(String pattern) {
    return MIGRATIONS.stream()
        .flatMap(migration -> ClickHouseSchema.statements(migration).stream())
        .flatMap(sql -> Pattern.compile(pattern).matcher(sql).results().map(r -> r.group(1)))
        .toList();
  }
}
