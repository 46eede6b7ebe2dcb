package io.evalstream.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** What people read, in their language. */
public final class Messages {

  private final Locale locale;
  private final ResourceBundle bundle;

  private Messages(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            "io.evalstream.cli.messages",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * The messages of a language.
   *
   * @param language {@code en} or {@code ko}; null to follow {@code LC_ALL}, {@code LC_MESSAGES}
   *     and {@code LANG}
   * @throws CliException when the language is another one
   */
  static Messages of(String language, Map<String, String> environment) {
    if (language == null) {
      String set =
          environment.getOrDefault(
              "LC_ALL",
              environment.getOrDefault("LC_MESSAGES", environment.getOrDefault("LANG", "en")));
      return new Messages(set.startsWith("ko") ? Locale.KOREAN : Locale.ENGLISH);
    }
    return switch (language) {
      case "en" -> new Messages(Locale.ENGLISH);
      case "ko" -> new Messages(Locale.KOREAN);
      default ->
          throw new CliException(
              ExitCode.WRONG_USE, "Language " + language + " is not there: use --lang en or ko.");
    };
  }

  /** The text of a key, with its arguments in place. */
  public String get(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }
}
