package io.evalstream.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The time of day as it was at another time: an agent that gives it to Flink's clocks, so that
 * state kept long ago has not expired.
 */
public final class ShiftedClock {

  /** Processing time's clock, and that of state which expires. */
  private static final Set<String> CLOCKS =
      Set.of(
          "org/apache/flink/util/clock/SystemClock",
          "org/apache/flink/runtime/state/ttl/TtlTimeProvider");

  private static volatile long shiftMs;

  private ShiftedClock() {}

  /** The JVM's argument that shifts the clocks of its Flink. */
  static String jvmArgument(Path directory, long shiftMs) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", ShiftedClock.class.getName());
    Path jar = Files.createDirectories(directory).resolve("clock.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
    return "-javaagent:" + jar + "=" + shiftMs;
  }

  /** Begins before the JVM's main class. */
  public static void premain(String shift, Instrumentation instrumentation) {
    shiftMs = Long.parseLong(shift);
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] classFile) {
            return CLOCKS.contains(name) ? insteadOfSystem(classFile) : null;
          }
        });
  }

  /** Replaces the constant that names a class. */
  private static byte[] insteadOfSystem(byte[] classFile) {
    String bytes = new String(classFile, StandardCharsets.ISO_8859_1);
    String replaced =
        bytes.replace(
            constant("java/lang/System"), constant(ShiftedClock.class.getName().replace('.', '/')));
    return replaced.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String constant(String text) {
    return "\u0001\u0000" + (char) text.length() + text;
  }

  /** As {@link System#currentTimeMillis}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + shiftMs;
  }

  /** As {@link System#nanoTime}. */
  public static long nanoTime() {
    return System.nanoTime();
  }
}
