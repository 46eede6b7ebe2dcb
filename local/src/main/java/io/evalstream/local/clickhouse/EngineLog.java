package io.evalstream.local.clickhouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the engine wrote to its terminal. */
final class EngineLog {

  private static final Pattern CONTROL_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\r");
  private static final Pattern ERROR =
      Pattern.compile("^(Code: \\d+|Error|Exception|Caused by|Poco)\\b");

  private final Path file;

  EngineLog(Path file) {
    this.file = file;
  }

  /** Returns the last line that reports an error, if there is one. */
  Optional<String> lastError() {
    return last(lines().stream().filter(line -> ERROR.matcher(line).find()).toList());
  }

  /** Returns the last error, or the last line when no error is reported. */
  String lastWords() {
    return lastError().or(() -> last(lines())).orElse("it wrote nothing");
  }

  private static Optional<String> last(List<String> lines) {
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
  }

  private List<String> lines() {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return CONTROL_SEQUENCE
          .matcher(text)
          .replaceAll("")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
