package io.evalstream.loadgenerator.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps how every request went, if it is told to. Safe for many threads. */
public final class RequestDetails {

  private final boolean kept;
  private final List<RequestDetail> details = new ArrayList<>();

  /** A place for details; what is not kept is not even made. */
  public RequestDetails(boolean kept) {
    this.kept = kept;
  }

  void add(
      long index,
      long sentUs,
      ChunkTimings timings,
      long promptTokens,
      long generated,
      String error) {
    if (!kept) {
      return;
    }
    boolean ok = error == null;
    RequestDetail detail =
        new RequestDetail(
            index,
            sentUs,
            ok ? timings.firstUs() - sentUs : 0,
            ok ? timings.gaps() : new int[0],
            promptTokens,
            ok ? generated : 0,
            error);
    synchronized (this) {
      details.add(detail);
    }
  }

  /** Those of all requests that ended so far, in the order of the plan. */
  public synchronized List<RequestDetail> byIndex() {
    List<RequestDetail> sorted = new ArrayList<>(details);
    sorted.sort(Comparator.comparingLong(RequestDetail::index));
    return sorted;
  }
}
