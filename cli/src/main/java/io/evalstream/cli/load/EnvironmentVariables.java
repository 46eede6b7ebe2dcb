package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Variables that give flags another default: those of the scripts and images that this program
 * takes the place of. An empty variable is none. {@code OUTPUT_DIR} also asks for a result file,
 * since who sets it expects one there.
 */
public final class EnvironmentVariables implements IDefaultValueProvider {

  private static final Map<String, String> FLAGS = new LinkedHashMap<>();
  private static final String OUTPUT_DIR = "OUTPUT_DIR";

  static {
    FLAGS.put("VLLM_ENDPOINT", "--base-url");
    FLAGS.put("MODEL_NAME", "--model");
    FLAGS.put("SERVED_MODEL_NAME", "--served-model-name");
    FLAGS.put("MAX_CONCURRENCY", "--max-concurrency");
    FLAGS.put("RANDOM_INPUT_LEN", "--random-input-len");
    FLAGS.put("RANDOM_OUTPUT_LEN", "--random-output-len");
    FLAGS.put("NUM_PROMPTS", "--num-prompts");
    FLAGS.put("REQUEST_RATE", "--request-rate");
    FLAGS.put("BACKEND", "--backend");
    FLAGS.put("ENDPOINT_PATH", "--endpoint");
    FLAGS.put("DATASET_TYPE", "--dataset-name");
    FLAGS.put("PERCENTILE_METRICS", "--percentile-metrics");
    FLAGS.put("METRIC_PERCENTILES", "--metric-percentiles");
    FLAGS.put(OUTPUT_DIR, "--result-dir");
    FLAGS.put("CONFIG_PATH", "--config");
  }

  private final Map<String, String> environment;

  /** The variables of a process. */
  public EnvironmentVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    if (has(option, "--save-result") && value(OUTPUT_DIR) != null) {
      return "true";
    }
    for (Map.Entry<String, String> variable : FLAGS.entrySet()) {
      if (has(option, variable.getValue())) {
        return value(variable.getKey());
      }
    }
    return null;
  }

  /**
   * The level of the program's own log that {@code LOG_LEVEL} asks for, in words of Python or Java;
   * null when it asks for none or is wrong.
   */
  public String logLevel() {
    String level = value("LOG_LEVEL");
    return switch (level == null ? "" : level.toLowerCase(Locale.ROOT)) {
      case "trace" -> "trace";
      case "debug" -> "debug";
      case "info" -> "info";
      case "warn", "warning" -> "warn";
      case "error" -> "error";
      case "fatal", "critical" -> "fatal";
      case "off" -> "off";
      default -> null;
    };
  }

  /**
   * The zone of dates in result files: that of {@code TZ}, or else the machine's.
   *
   * @throws CliException when there is no such zone
   */
  public ZoneId zone() {
    String zone = value("TZ");
    if (zone == null) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new CliException(
          ExitCode.WRONG_USE, "TZ is '" + zone + "': give a zone such as Asia/Seoul.", e);
    }
  }

  /**
   * Checks the variables that stand for no flag.
   *
   * @throws CliException naming the bad one
   */
  public void check() {
    zone();
    if (value("LOG_LEVEL") != null && logLevel() == null) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "LOG_LEVEL is '" + value("LOG_LEVEL") + "': give debug, info, warning or error.");
    }
  }

  /**
   * A sentence about a bad value, with the variable that it comes from, if it comes from one.
   *
   * @param given tells whether the user has given a flag, which then is to blame itself
   */
  public String blame(String sentence, Predicate<String> given) {
    for (Map.Entry<String, String> variable : FLAGS.entrySet()) {
      String flag = variable.getValue();
      String value = value(variable.getKey());
      boolean named =
          flag.equals("--base-url")
              || Pattern.compile("(?<![\\w-])(--)?" + flag.substring(2) + "(?![\\w-])")
                  .matcher(sentence)
                  .find();
      if (value != null && named && sentence.contains(value) && !given.test(flag)) {
        return variable.getKey() + ": " + sentence;
      }
    }
    return sentence;
  }

  /** The variable's value; null when it is not set or blank. */
  private String value(String variable) {
    String value = environment.get(variable);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static boolean has(OptionSpec option, String name) {
    return Arrays.asList(option.names()).contains(name);
  }
}
