package io.evalstream.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evalstream.local.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster of processes, as on a cluster: a job manager and one task manager. */
final class FlinkProcesses implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int restPort;
  private final Path directory;
  private final Path checkpoints;
  private final List<String> taskManagerArguments;
  private final Process jobManager;
  private Process taskManager;

  /**
   * Starts both; they may not be ready yet.
   *
   * @param directory for configuration and logs
   * @param checkpoints for checkpoints and savepoints
   * @param taskManagerArguments further ones of its JVM
   */
  FlinkProcesses(Path directory, Path checkpoints, List<String> taskManagerArguments)
      throws IOException {
    this.directory = Files.createDirectories(directory);
    this.checkpoints = checkpoints;
    this.taskManagerArguments = List.copyOf(taskManagerArguments);
    List<Integer> ports = LoopbackPorts.free(2);
    restPort = ports.get(0);
    Files.writeString(directory.resolve("config.yaml"), configuration(ports.get(1)));
    jobManager = start(StandaloneSessionClusterEntrypoint.class, "job-manager", List.of());
    startTaskManager();
  }

  private String configuration(int rpcPort) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        rest.bind-port: %d
        web.refresh-interval: 50
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 4
        taskmanager.cpu.cores: 2
        taskmanager.memory.task.heap.size: 256m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 16m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        heartbeat.interval: 500
        heartbeat.timeout: 20000
        io.tmp.dirs: %s
        """
        .formatted(rpcPort, restPort, restPort, directory.resolve("tmp"));
  }

  void startTaskManager() throws IOException {
    taskManager = start(TaskManagerRunner.class, "task-manager", taskManagerArguments);
  }

  /** Ends the task manager as SIGKILL does. */
  void killTaskManager() {
    taskManager.destroyForcibly().onExit().join();
  }

  /** What the task manager's objects take that are in use, bytes. */
  long liveHeapBytes() throws IOException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(taskManager.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String total = text.substring(text.lastIndexOf("Total")).strip();
    return Long.parseLong(total.split("\\s+", -1)[2]);
  }

  /** Starts a job, from a savepoint or checkpoint if one is given. */
  JobClient submit(Consumer<StreamExecutionEnvironment> job, Optional<String> restoreFrom)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(DeploymentOptions.TARGET, "remote");
    settings.set(RestOptions.ADDRESS, LoopbackPorts.LOOPBACK);
    settings.set(RestOptions.PORT, restPort);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    restoreFrom.ifPresent(path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
    job.accept(env);
    return env.executeAsync();
  }

  /** Free slots; none while the cluster is not ready. */
  int freeSlots() {
    try {
      return rest("/overview").path("slots-available").asInt();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether every task of a job runs. */
  boolean runs(JobClient job) throws IOException {
    JsonNode vertices = rest("/jobs/" + job.getJobID()).path("vertices");
    for (JsonNode vertex : vertices) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return !vertices.isEmpty();
  }

  /** How many of a job's checkpoints are being made. */
  int checkpointsInProgress(JobClient job) throws IOException {
    return checkpoints(job, "in_progress");
  }

  int checkpointsCompleted(JobClient job) throws IOException {
    return checkpoints(job, "completed");
  }

  int checkpointsFailed(JobClient job) throws IOException {
    return checkpoints(job, "failed");
  }

  /** How often a job has gone back to a checkpoint. */
  int restores(JobClient job) throws IOException {
    return checkpoints(job, "restored");
  }

  private int checkpoints(JobClient job, String count) throws IOException {
    return rest("/jobs/" + job.getJobID() + "/checkpoints").path("counts").path(count).asInt();
  }

  private JsonNode rest(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Process start(Class<?> main, String name, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TetheredMain.class.getName(),
            main.getName(),
            "--configDir",
            directory.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile()))
        .start();
  }

  @Override
  public void close() {
    killTaskManager();
    jobManager.destroyForcibly().onExit().join();
  }
}
