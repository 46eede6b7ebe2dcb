package io.evalstream.loadgenerator.health;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time in garbage collection pauses, as the growth of the collectors' own totals from one look to
 * the next. Collectors that work beside the program are left out where their bean says so by its
 * name (G1 Concurrent GC, ZGC Cycles, Shenandoah Cycles). For one thread.
 */
final class GcPauses {

  private long seenMs = totalMs();

  /** Milliseconds since the look before. */
  long takeMs() {
    long total = totalMs();
    long since = total - seenMs;
    seenMs = total;
    return Math.max(0, since);
  }

  private static long totalMs() {
    long total = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      boolean concurrent =
          bean.getName().contains("Concurrent") || bean.getName().contains("Cycles");
      if (!concurrent) {
        total += Math.max(0, bean.getCollectionTime());
      }
    }
    return total;
  }
}
