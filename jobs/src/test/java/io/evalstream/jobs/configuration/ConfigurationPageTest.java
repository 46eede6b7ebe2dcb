package io.evalstream.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

/** Holds the reference page against the options. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** Run with {@code -Dconfiguration.page=write} to make the page anew. */
  @Test
  void thePageIsMadeFromTheOptions() throws IOException {
    if ("write".equals(System.getProperty("configuration.page"))) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content().isEqualTo(page());
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration of the jobs

            On a cluster a job reads a file of `key=value` lines, named with `--config FILE`, and the environment, which beats the file. The
            local stack configures its jobs by itself. This page is made from the code: `mvn -pl jobs -am test -Dtest=ConfigurationPageTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dconfiguration.page=write`.

            | key | variable | default | meaning |
            |---|---|---|---|
            """);
    HtmlFormatter plain = new HtmlFormatter();
    for (ConfigOption<?> option : JobOptions.ALL) {
      page.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  option.key(),
                  JobConfiguration.variable(option),
                  defaultOf(option),
                  plain.format(option.description())));
    }
    return page.toString();
  }

  private static String defaultOf(ConfigOption<?> option) {
    if (!option.hasDefaultValue()) {
      return "none: must be given";
    }
    Object value = option.defaultValue();
    if (value instanceof Duration duration) {
      return duration.toSeconds() + " s";
    }
    return value.equals("") || value.equals(Map.of()) ? "empty" : "`" + value + "`";
  }
}
