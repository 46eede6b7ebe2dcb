package io.evalstream.jobs.grade;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.evalstream.statistics.grade.GradeRules;
import io.evalstream.statistics.grade.GradeScale;
import io.evalstream.statistics.grade.GradedMetric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads from YAML what scenarios are graded by: {@code letters}, a {@code default} and {@code
 * scenarios} that differ from it. The file that comes with the program says how one is written, and
 * is where the standard bounds stand.
 */
public final class SloFile {

  private static final String SHIPPED = "slo.yaml";
  private static final String LETTERS = "letters";
  private static final String DEFAULT = "default";
  private static final String SCENARIOS = "scenarios";
  private static final Set<String> SECTIONS = Set.of(LETTERS, DEFAULT, SCENARIOS);
  private static final String UNGRADED = "none";
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String source;

  private SloFile(String source) {
    this.source = source;
  }

  /**
   * The rules of a file.
   *
   * @throws IllegalArgumentException naming the file and the line or the item that is wrong
   */
  public static GradeRules read(Path file) {
    SloFile reader = new SloFile(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      return reader.read(in);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("There is no SLO file " + file + ": check its name.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The SLO file " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The rules that come with the program. */
  public static GradeRules shipped() {
    try (InputStream in = SloFile.class.getResourceAsStream(SHIPPED)) {
      return new SloFile("that comes with the program").read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GradeRules read(InputStream in) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(in);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The SLO file %s is no YAML at line %d: %s."
              .formatted(
                  source,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    for (String section : names(root)) {
      if (!SECTIONS.contains(section)) {
        throw wrong("has '" + section + "': it takes letters, default and scenarios");
      }
    }
    List<String> letters = letters(root.path(LETTERS));
    if (!root.path(DEFAULT).isObject() || root.path(DEFAULT).isEmpty()) {
      throw wrong("has no metrics under default: give at least one its bounds");
    }
    Map<GradedMetric, List<Double>> standard =
        bounds(DEFAULT, letters, root.path(DEFAULT), Map.of());
    Map<String, GradeScale> scenarios = new LinkedHashMap<>();
    JsonNode differing = root.path(SCENARIOS);
    if (!differing.isMissingNode() && !differing.isObject()) {
      throw wrong("has something else than scenarios by name under scenarios");
    }
    for (String name : names(differing)) {
      scenarios.put(
          name, scale(name, letters, bounds(name, letters, differing.path(name), standard)));
    }
    return new GradeRules(scale(DEFAULT, letters, standard), scenarios);
  }

  private List<String> letters(JsonNode given) {
    List<String> letters = new ArrayList<>();
    for (JsonNode letter : given) {
      if (!letter.isValueNode() || letter.asText().isBlank()) {
        throw wrong("has something else than texts under letters");
      }
      letters.add(letter.asText());
    }
    if (letters.isEmpty()) {
      throw wrong("has no letters: list them from the best to the worst, as in letters: [A, B, C]");
    }
    return letters;
  }

  private Map<GradedMetric, List<Double>> bounds(
      String scenario,
      List<String> letters,
      JsonNode metrics,
      Map<GradedMetric, List<Double>> standard) {
    if (!metrics.isObject()) {
      throw wrong("has something else than metrics by name under '" + scenario + "'");
    }
    Map<GradedMetric, List<Double>> bounds = new EnumMap<>(GradedMetric.class);
    bounds.putAll(standard);
    for (String name : names(metrics)) {
      GradedMetric metric = GradedMetric.named(name).orElseThrow(() -> unknown(scenario, name));
      JsonNode given = metrics.path(name);
      if (given.isTextual() && given.textValue().equals(UNGRADED)) {
        bounds.remove(metric);
      } else {
        bounds.put(metric, bounds(scenario, letters, name, given));
      }
    }
    return bounds;
  }

  private List<Double> bounds(
      String scenario, List<String> letters, String metric, JsonNode given) {
    String where = "'" + metric + "' in '" + scenario + "'";
    List<String> bounded = letters.subList(0, letters.size() - 1);
    if (!given.isObject()) {
      throw wrong("gives " + where + " no bounds: write them as {A: 200, B: 500}, or none");
    }
    for (String letter : names(given)) {
      if (!bounded.contains(letter)) {
        throw wrong("gives " + where + " a bound for '" + letter + "': " + expected(bounded));
      }
    }
    List<Double> bounds = new ArrayList<>();
    for (String letter : bounded) {
      JsonNode bound = given.path(letter);
      if (!bound.isNumber()) {
        throw wrong("gives " + where + " no number for '" + letter + "': " + expected(bounded));
      }
      bounds.add(bound.doubleValue());
    }
    return bounds;
  }

  private static String expected(List<String> bounded) {
    return "it takes one for each letter but the last (" + String.join(", ", bounded) + ")";
  }

  private GradeScale scale(
      String scenario, List<String> letters, Map<GradedMetric, List<Double>> bounds) {
    try {
      return new GradeScale(letters, bounds);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          wrong("is wrong in '" + scenario + "': " + e.getMessage()).getMessage(), e);
    }
  }

  private IllegalArgumentException unknown(String scenario, String metric) {
    return wrong(
        "sets '"
            + metric
            + "' in '"
            + scenario
            + "', which is no metric: there are "
            + Arrays.stream(GradedMetric.values())
                .map(GradedMetric::text)
                .collect(Collectors.joining(", ")));
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("The SLO file " + source + " " + what + ".");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
