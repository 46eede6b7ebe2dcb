package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a plan a process sends. Every process makes the whole plan from the same seed and
 * sends the requests whose index leaves its own number when divided by the count; the limit of
 * concurrency is divided likewise.
 *
 * @param index the process, from 0; process 0 publishes the plan
 * @param count processes that share the plan
 * @param startAt when all of them start; null for at once
 */
public record Shard(int index, int count, Instant startAt) {

  /** The whole plan, at once. */
  public static final Shard WHOLE = new Shard(0, 1, null);

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shard is " + index + "/" + count + ": give i/n with i from 0 to n - 1");
    }
  }

  /**
   * Reads {@code i/n}.
   *
   * @throws IllegalArgumentException saying what to write
   */
  public static Shard parse(String text, Instant startAt) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "shard is '" + text + "': give i/n, as in 0/4, with i from 0 to n - 1");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), startAt);
  }

  /** Whether others share the plan. */
  boolean shared() {
    return count > 1;
  }

  /** Its part of the plan; conversations stay whole. */
  List<PlannedRequest> of(List<PlannedRequest> plan) {
    return shared() ? plan.stream().filter(r -> r.unit() % count == index).toList() : plan;
  }

  /** Its part of a limit; null when there is none. */
  Integer of(Integer limit) {
    return limit == null ? null : limit / count + (index < limit % count ? 1 : 0);
  }
}
