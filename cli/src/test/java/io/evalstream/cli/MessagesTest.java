package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Pattern ARGUMENT = Pattern.compile("\\{\\d+}");

  @Test
  void bothLanguagesSayTheSameThings() throws IOException {
    Properties english = bundle("messages.properties");
    Properties korean = bundle("messages_ko.properties");

    assertThat(korean.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(arguments(korean, key)).as(key).isEqualTo(arguments(english, key));
    }
  }

  @Test
  void everyTextIsAValidFormat() throws IOException {
    for (String key : bundle("messages.properties").stringPropertyNames()) {
      for (String language : new String[] {"en", "ko"}) {
        assertThat(Messages.of(language, Map.of()).get(key, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
            .as("%s %s", language, key)
            .isNotBlank()
            .doesNotContain("{");
      }
    }
  }

  @Test
  void theMetricsThatAReportShowsHaveNames() {
    for (Metric metric :
        new Metric[] {
          Metric.TTFT,
          Metric.TTFT_FROM_SCHEDULE,
          Metric.TPOT,
          Metric.ITL,
          Metric.E2EL,
          Metric.E2EL_FROM_SCHEDULE,
          Metric.SEND_LAG
        }) {
      assertThat(Messages.of("ko", Map.of()).get("metric." + metric.text())).isNotBlank();
    }
  }

  @Test
  void theEnvironmentDecidesTheLanguageWhenNobodyElseDoes() {
    String key = "runs.run";

    assertThat(Messages.of(null, Map.of("LANG", "ko_KR.UTF-8")).get(key)).isEqualTo("실행");
    assertThat(Messages.of(null, Map.of("LANG", "C")).get(key)).isEqualTo("run");
    assertThat(Messages.of("en", Map.of("LANG", "ko_KR.UTF-8")).get(key)).isEqualTo("run");
  }

  @Test
  void refusesOtherLanguages() {
    assertThatThrownBy(() -> Messages.of("fr", Map.of()))
        .isInstanceOf(CliException.class)
        .hasMessage("Language fr is not there: use --lang en or ko.");
  }

  private static Set<String> arguments(Properties bundle, String key) {
    return ARGUMENT
        .matcher(bundle.getProperty(key))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties bundle(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties;
  }
}
