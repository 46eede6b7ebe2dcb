package io.evalstream.local.stack;

import io.evalstream.events.Topic;
import io.evalstream.local.LocalStackException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** Brings a broker's topics to what the contract says. */
final class Topics {

  private static final short REPLICATION = 1;

  private Topics() {}

  /**
   * Creates the topics that are missing.
   *
   * @throws LocalStackException when one has another number of partitions, or the broker refuses
   */
  static void create(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          Arrays.stream(Topic.values())
              .filter(topic -> !existing.contains(topic.text()))
              .map(Topics::definition)
              .toList();
      admin.createTopics(missing).all().get();
      List<String> kept =
          Arrays.stream(Topic.values()).map(Topic::text).filter(existing::contains).toList();
      admin.describeTopics(kept).allTopicNames().get().values().forEach(Topics::check);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Creating the topics was interrupted: start again.", e);
    } catch (ExecutionException e) {
      throw new LocalStackException(
          "Kafka at " + bootstrapServers + " refused to create the topics: " + e.getCause(), e);
    }
  }

  private static NewTopic definition(Topic topic) {
    return new NewTopic(topic.text(), topic.partitions(), REPLICATION)
        .configs(topic.configuration());
  }

  private static void check(TopicDescription found) {
    int expected =
        Arrays.stream(Topic.values())
            .filter(topic -> topic.text().equals(found.name()))
            .findAny()
            .orElseThrow()
            .partitions();
    if (found.partitions().size() != expected) {
      throw new LocalStackException(
          "Topic "
              + found.name()
              + " has "
              + found.partitions().size()
              + " partitions instead of "
              + expected
              + ": it was made by another version; use another directory.");
    }
  }
}
