package io.evalstream.loadgenerator;

/**
 * Told of a run as it goes on, one call at a time. What it throws is logged and changes nothing.
 */
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void started(String runId, String model, long planned) {}

        @Override
        public void progress(Progress progress) {}
      };

  /** The first request is about to be sent. */
  void started(String runId, String model, long planned);

  /** About four times a second, and once at the end. */
  void progress(Progress progress);
}
