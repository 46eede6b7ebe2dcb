package io.evalstream.cli.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads scenarios from YAML: {@code scenarios} by name, each of them flags with their values, and
 * {@code defaults} for all of them. A flag is written without its dashes, with {@code -} or {@code
 * _} inside.
 */
public final class ScenarioFile {

  private static final String SHIPPED = "scenarios.yaml";
  private static final Set<String> SECTIONS = Set.of("scenarios", "defaults");
  private static final Set<String> NEVER = Set.of("api-key", "run-id");
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String source;
  private final Set<String> flags;

  private ScenarioFile(String source, Set<String> flags) {
    this.source = source;
    this.flags = flags;
  }

  /**
   * The scenarios of a file, in its order.
   *
   * @param flags that may be set, without their dashes
   * @throws CliException naming the file and what is wrong with it
   */
  public static Map<String, Scenario> read(Path file, Set<String> flags) {
    ScenarioFile reader = new ScenarioFile(file.toString(), flags);
    try (InputStream in = Files.newInputStream(file)) {
      return reader.read(in);
    } catch (NoSuchFileException e) {
      throw reader.wrong("There is no scenario file %s: check --config");
    } catch (IOException e) {
      throw reader.wrong("The scenario file %s cannot be read: " + e.getMessage());
    }
  }

  /** The scenarios that come with the program. */
  public static Map<String, Scenario> shipped(Set<String> flags) {
    try (InputStream in = ScenarioFile.class.getResourceAsStream(SHIPPED)) {
      return new ScenarioFile("the program's own file", flags).read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Scenario> read(InputStream in) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(in);
    } catch (JsonProcessingException e) {
      throw wrong(
          "The scenario file %s is no YAML at line "
              + (e.getLocation() == null ? 0 : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    root.fieldNames()
        .forEachRemaining(
            section -> {
              if (!SECTIONS.contains(section)) {
                throw wrong(
                    "The scenario file %s has '" + section + "': it takes scenarios and defaults");
              }
            });
    JsonNode scenarios = root.path("scenarios");
    if (!scenarios.isObject() || scenarios.isEmpty()) {
      throw wrong("The scenario file %s has no scenarios: list them by name under scenarios");
    }
    Map<String, List<String>> defaults = settings("defaults", root.path("defaults"));
    Map<String, Scenario> read = new LinkedHashMap<>();
    scenarios
        .properties()
        .forEach(
            entry -> {
              Map<String, List<String>> settings = new LinkedHashMap<>(defaults);
              settings.putAll(settings(entry.getKey(), entry.getValue()));
              read.put(entry.getKey(), new Scenario(entry.getKey(), source, settings));
            });
    return read;
  }

  private Map<String, List<String>> settings(String scenario, JsonNode object) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    if (object.isMissingNode() || object.isNull()) {
      return settings;
    }
    if (!object.isObject()) {
      throw wrong("The scenario file %s has something else than flags under '" + scenario + "'");
    }
    object
        .properties()
        .forEach(
            entry -> {
              String flag = entry.getKey().replace('_', '-');
              if (flag.equals("description")) {
                return;
              }
              if (!flags.contains(flag) || NEVER.contains(flag)) {
                throw wrong(
                    "The scenario file %s sets '"
                        + entry.getKey()
                        + "' in '"
                        + scenario
                        + "', which is no flag that a scenario can set");
              }
              settings.put(flag, values(scenario, flag, entry.getValue()));
            });
    return settings;
  }

  private List<String> values(String scenario, String flag, JsonNode value) {
    if (value.isObject() && flag.equals("extra-body")) {
      return List.of(value.toString());
    }
    List<String> values = new ArrayList<>();
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry -> values.add(entry.getKey() + "=" + scalar(scenario, flag, entry.getValue())));
    } else if (value.isArray()) {
      value.forEach(item -> values.add(scalar(scenario, flag, item)));
    } else {
      values.add(scalar(scenario, flag, value));
    }
    return values;
  }

  private String scalar(String scenario, String flag, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return value.asText();
    }
    throw wrong("The scenario file %s gives '" + flag + "' no value in '" + scenario + "'");
  }

  private CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence.replace("%s", source) + ".");
  }
}
