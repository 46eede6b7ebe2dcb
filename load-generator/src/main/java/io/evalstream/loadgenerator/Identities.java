package io.evalstream.loadgenerator;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes names that nothing else has. */
final class Identities {

  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final String PROCESS = host() + "-" + randomHex();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Identities() {}

  /** {@code yyyymmdd-HHmmss-xxxx}, in UTC. */
  static String run(Instant start) {
    return RUN.format(start) + "-" + randomHex();
  }

  /** {@code generator-HOST-xxxx-N}. */
  static String producer() {
    return "generator-" + PROCESS + "-" + NEXT.getAndIncrement();
  }

  private static String host() {
    String name = System.getenv("HOSTNAME");
    if (name == null || name.isBlank()) {
      return "local";
    }
    String safe = name.replaceAll("[^A-Za-z0-9.-]", "-");
    return safe.length() > 60 ? safe.substring(0, 60) : safe;
  }

  private static String randomHex() {
    return "%04x".formatted(new SecureRandom().nextInt(1 << 16));
  }
}
