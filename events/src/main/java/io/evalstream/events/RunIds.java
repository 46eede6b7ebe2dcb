package io.evalstream.events;

import java.util.regex.Pattern;

/** What a run may be called. */
public final class RunIds {

  private static final Pattern FORM = Pattern.compile("20\\d{6}[-A-Za-z0-9_.]{1,100}");

  private RunIds() {}

  /** Whether a text begins with a date, {@code yyyymmdd}, and holds only what a run id may. */
  public static boolean isValid(String runId) {
    return FORM.matcher(runId).matches();
  }
}
