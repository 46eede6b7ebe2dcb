package io.evalstream.jobs.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Reads what a job is told: a file of properties, and the environment, which beats the file so that
 * secrets need not stand in one.
 */
public final class JobConfiguration {

  private static final String FILE = "--config";

  private JobConfiguration() {}

  /**
   * Reads it.
   *
   * @param arguments none, or {@code --config FILE}
   * @param environment variables by name
   * @throws IllegalArgumentException when an argument, the file or one of its keys is at fault,
   *     naming it
   */
  public static Configuration read(String[] arguments, Map<String, String> environment) {
    Configuration settings = new Configuration();
    if (arguments.length > 0) {
      if (arguments.length != 2 || !arguments[0].equals(FILE)) {
        throw new IllegalArgumentException(
            "the arguments are not understood: give " + FILE + " FILE, or nothing");
      }
      addFile(Path.of(arguments[1]), settings);
    }
    for (ConfigOption<?> option : JobOptions.ALL) {
      String value = environment.get(variable(option));
      if (value != null) {
        settings.setString(option.key(), value);
      }
    }
    check(settings);
    return settings;
  }

  /** The variable that sets an option. */
  static String variable(ConfigOption<?> option) {
    return "EVALSTREAM_" + option.key().replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static void addFile(Path file, Configuration settings) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "configuration file " + file + " cannot be read: give a file of key=value lines", e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (!known(key)) {
        List<String> keys = JobOptions.ALL.stream().map(ConfigOption::key).toList();
        throw new IllegalArgumentException(
            key + " in " + file + " is no setting: known are " + String.join(", ", keys));
      }
      settings.setString(key, properties.getProperty(key));
    }
  }

  private static boolean known(String key) {
    return key.startsWith(JobOptions.KAFKA_PROPERTIES.key() + ".")
        || JobOptions.ALL.stream().anyMatch(option -> option.key().equals(key));
  }

  /** Without the value: it may be a secret. */
  private static void check(Configuration settings) {
    for (ConfigOption<?> option : JobOptions.ALL) {
      try {
        settings.getOptional(option);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            option.key() + " cannot be read: see the configuration page for its form");
      }
    }
  }
}
