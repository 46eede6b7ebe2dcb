package io.evalstream.local.flink;

import io.evalstream.local.DirectoryLock;
import io.evalstream.local.FileTrees;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this process, with its web page on 127.0.0.1. The classes of a job are those
 * of this process's class path.
 *
 * <p>A job is defined on an {@link #environment}, submitted, and found again on disk after the
 * process has ended, however it ended:
 *
 * <pre>{@code
 * StreamExecutionEnvironment environment = flink.environment("verdict");
 * // ... define the topology, enable checkpointing ...
 * flink.submit(environment.getStreamGraph(), flink.latestCheckpoint("verdict"));
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedFlink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);

  private static final Duration SUBMIT_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final DirectoryLock lock;
  private final MiniCluster cluster;
  private final int port;
  private final int metricsPort;
  private final Path checkpoints;

  private EmbeddedFlink(
      DirectoryLock lock, MiniCluster cluster, int port, int metricsPort, Path checkpoints) {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.metricsPort = metricsPort;
    this.checkpoints = checkpoints;
  }

  /**
   * Starts the cluster and returns when it takes jobs.
   *
   * @throws LocalStackException when it cannot start
   */
  public static EmbeddedFlink start(FlinkSettings settings) {
    int port = LoopbackPorts.choose(settings.port(), "Flink");
    int metricsPort = LoopbackPorts.free(1).get(0);
    DirectoryLock lock = DirectoryLock.take(settings.directory(), "Flink");
    try {
      return start(settings, port, metricsPort, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedFlink start(
      FlinkSettings settings, int port, int metricsPort, DirectoryLock lock) {
    long started = System.nanoTime();
    MiniCluster cluster = null;
    try {
      Path temporary = settings.directory().resolve("tmp");
      FileTrees.delete(temporary); // what a killed process left
      Files.createDirectories(temporary);
      cluster =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(
                      ClusterConfiguration.ofCluster(settings, port, metricsPort, temporary))
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(settings.slots())
                  .setCommonBindAddress(LoopbackPorts.LOOPBACK)
                  .build());
      cluster.start();
    } catch (Exception e) {
      if (cluster != null) {
        stop(cluster);
      }
      throw new LocalStackException(
          "Flink did not start in "
              + settings.directory()
              + " ("
              + e.getMessage()
              + "): see its log.",
          e);
    }
    LOG.info(
        "flink=started port={} slots={} directory={} start_ms={}",
        port,
        settings.slots(),
        settings.directory(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    return new EmbeddedFlink(
        lock, cluster, port, metricsPort, settings.directory().resolve("checkpoints"));
  }

  /** The address of the web page and the REST interface, without a trailing slash. */
  public String webUrl() {
    return "http://" + LoopbackPorts.LOOPBACK + ":" + port;
  }

  /** The address of the page that Prometheus reads. */
  public String metricsUrl() {
    return "http://" + LoopbackPorts.LOOPBACK + ":" + metricsPort + "/metrics";
  }

  /**
   * Returns an environment to define one job on. Its checkpoints are complete ones, go to {@link
   * #checkpointDirectory}, and stay when the job ends; how often they are made is the job's affair.
   *
   * @param job a name that stays the same from one start to the next, usable as a directory name;
   *     also the name on the web page
   */
  public StreamExecutionEnvironment environment(String job) {
    return new StreamExecutionEnvironment(
        ClusterConfiguration.ofJob(job, checkpointDirectory(job)));
  }

  /** The directory of a job's checkpoints. */
  public Path checkpointDirectory(String job) {
    return checkpoints.resolve(job);
  }

  /** The newest completed checkpoint of a job, from whichever start. */
  public Optional<Path> latestCheckpoint(String job) {
    return RetainedCheckpoints.latest(checkpointDirectory(job));
  }

  /**
   * Starts a job.
   *
   * @param graph the job, from {@link StreamExecutionEnvironment#getStreamGraph()}
   * @param restoreFrom the checkpoint or savepoint to begin from; it belongs to the job from then
   *     on, which removes it once it has a newer one
   * @return the job, as soon as the cluster has accepted it
   * @throws LocalStackException when the cluster does not accept it
   */
  public RunningJob submit(StreamGraph graph, Optional<Path> restoreFrom) {
    restoreFrom
        .map(
            path ->
                SavepointRestoreSettings.forPath(
                    path.toUri().toString(), false, RecoveryClaimMode.CLAIM))
        .ifPresent(graph::setSavepointRestoreSettings);
    String name = graph.getJobName();
    try {
      JobID id =
          cluster
              .submitJob(graph.getJobGraph())
              .get(SUBMIT_DEADLINE.toSeconds(), TimeUnit.SECONDS)
              .getJobID();
      RunningJob job = new RunningJob(cluster, id, name);
      LOG.info(
          "flink=submitted job={} job_id={} restored_from={}",
          name,
          id,
          restoreFrom.map(Path::toString).orElse("nothing"));
      return job;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw rejected(name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw rejected(name, e);
    }
  }

  /**
   * Stops the jobs where they are, leaving their last checkpoints, and then the cluster; gives up
   * waiting, with a warning, after 20 seconds.
   */
  @Override
  public void close() {
    if (stop(cluster)) {
      lock.close();
    }
  }

  /** Returns whether the cluster has ended. */
  private static boolean stop(MiniCluster cluster) {
    try {
      cluster.closeAsync().get(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException e) {
      LOG.warn("flink=still_stopping waited_s={}", STOP_DEADLINE.toSeconds());
      return false;
    } catch (ExecutionException e) {
      LOG.warn("flink=stopped_with_error", e.getCause());
    }
    return true;
  }

  private static LocalStackException rejected(String name, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LocalStackException(
        "Flink did not accept the job " + name + " (" + root.getMessage() + "): see its log.",
        cause);
  }
}
