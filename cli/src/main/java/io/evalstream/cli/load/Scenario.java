package io.evalstream.cli.load;

import java.util.List;
import java.util.Map;

/**
 * A named set of flags.
 *
 * @param source the file it is from, for messages
 * @param settings values by flag, without its dashes; several values of a flag that takes several
 */
public record Scenario(String name, String source, Map<String, List<String>> settings) {

  /** What it is called in a message. */
  public String shown() {
    return "Scenario " + name + " of " + source;
  }
}
