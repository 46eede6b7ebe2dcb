package io.evalstream.local.flink;

import io.evalstream.local.LocalStackException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * A job that was submitted to an {@link EmbeddedFlink}. Usable as long as the cluster is open, also
 * after the job has ended. Every method throws {@link LocalStackException} when the cluster does
 * not answer. Safe for use by several threads.
 */
public final class RunningJob {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final JobID id;
  private final String name;

  RunningJob(MiniCluster cluster, JobID id, String name) {
    this.cluster = cluster;
    this.id = id;
    this.name = name;
  }

  public JobID id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** The state the job is in now; a job that waits to be restarted is {@code RESTARTING}. */
  public JobStatus status() {
    return await(cluster.getJobStatus(id), "report its status");
  }

  /** The stack trace of the last failure, also when the job was restarted after it. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(
            await(cluster.getArchivedExecutionGraph(id), "report its failure").getFailureInfo())
        .map(ErrorInfo::getExceptionAsString);
  }

  /** Cancels the job, leaving its last checkpoint. Returns before the job has ended. */
  public void cancel() {
    await(cluster.cancelJob(id), "be cancelled");
  }

  /**
   * Stops the sources, lets everything in flight be processed, and leaves a savepoint.
   *
   * @param directory where savepoints go
   * @return the savepoint
   */
  public Path stopWithSavepoint(Path directory) {
    return Path.of(
        URI.create(
            await(
                cluster.stopWithSavepoint(
                    id, directory.toUri().toString(), false, SavepointFormatType.CANONICAL),
                "stop with a savepoint")));
  }

  private <T> T await(CompletableFuture<T> answer, String what) {
    try {
      return answer.get(ANSWER_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(what, "interrupted", e);
    } catch (ExecutionException e) {
      throw failed(what, String.valueOf(e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw failed(what, "no answer in " + ANSWER_DEADLINE.toSeconds() + " s", e);
    }
  }

  private LocalStackException failed(String what, String reason, Exception cause) {
    return new LocalStackException(
        "The job " + name + " could not " + what + " (" + reason + "): see Flink's web page.",
        cause);
  }
}
