package io.evalstream.loadgenerator.measure;

/**
 * The gaps of a run by when they came: in at most 128 equal parts, of 50 ms at first and of twice
 * that whenever the run has grown out of them. Instants are microseconds. Not safe for many
 * threads.
 */
final class GapsOverTime {

  private static final int MOST_PARTS = 128;
  private static final long SHORTEST_PART_US = 50_000;

  private final long startUs;
  private final Samples[] parts = new Samples[MOST_PARTS];
  private long partUs = SHORTEST_PART_US;

  /** Of a run that begins at {@code startUs}. */
  GapsOverTime(long startUs) {
    this.startUs = startUs;
  }

  void add(long atUs, int gapUs) {
    reach(atUs);
    int part = (int) (Math.max(0, atUs - startUs) / partUs);
    if (parts[part] == null) {
      parts[part] = new Samples();
    }
    parts[part].add(gapUs);
  }

  /** Makes the parts long enough to reach beyond an instant. */
  void reach(long atUs) {
    while (atUs - startUs >= partUs * MOST_PARTS) {
      for (int i = 0; i < MOST_PARTS; i += 2) {
        Samples pair = parts[i] == null ? parts[i + 1] : parts[i];
        if (parts[i] != null && parts[i + 1] != null) {
          pair.addAll(parts[i + 1]);
        }
        parts[i] = null;
        parts[i + 1] = null;
        parts[i / 2] = pair;
      }
      partUs *= 2;
    }
  }

  /** How long a part is. */
  long partUs() {
    return partUs;
  }

  /** All gaps. */
  LatencyDistribution all() {
    return between(0, MOST_PARTS - 1);
  }

  /** The gaps of the parts from {@code first} to {@code last}. */
  LatencyDistribution between(int first, int last) {
    Samples all = new Samples();
    for (int i = first; i <= last; i++) {
      if (parts[i] != null) {
        all.addAll(parts[i]);
      }
    }
    return all.distribution();
  }
}
