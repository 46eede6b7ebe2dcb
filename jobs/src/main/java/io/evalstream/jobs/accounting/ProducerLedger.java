package io.evalstream.jobs.accounting;

import io.evalstream.events.Event;
import io.evalstream.events.RunPlan;
import io.evalstream.jobs.kafka.RawRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recognises repeated records by (producer, partition, sequence) and counts the others. For one
 * thread.
 */
public final class ProducerLedger {

  /**
   * The ledger of one producer on one partition, as it is kept in a checkpoint.
   *
   * @param ranges sequence numbers seen, see {@link SequenceRanges#toArray()}
   * @param givenUp see {@link SequenceRanges#givenUp()}
   * @param lastAppendedAtMs the broker's time of the newest record
   */
  public record Entry(
      String runId,
      String producerId,
      String topic,
      int partition,
      long[] ranges,
      long givenUp,
      long tokens,
      long duplicates,
      long quarantined,
      long lastAppendedAtMs) {}

  /** More producers than this, each of its run and partition, are not kept account of. */
  static final int MAX_ACCOUNTS = 500_000;

  private record Run(String runId, int partition) {}

  private record Key(String runId, String producerId, int partition) {}

  private static final class Account {
    final Key key;
    final String topic;
    final SequenceRanges sequence;
    long tokens;
    long duplicates;
    long quarantined;
    long lastAppendedAtMs;
    boolean changed;

    Account(Key key, String topic, SequenceRanges sequence) {
      this.key = key;
      this.topic = topic;
      this.sequence = sequence;
    }
  }

  private final Map<Key, Account> accounts = new HashMap<>();
  private final Map<Run, Integer> producersOfRun = new HashMap<>();
  private final List<Account> changed = new ArrayList<>();
  private final Set<String> quarantined = new HashSet<>();
  private long newestAppendedAtMs = Long.MIN_VALUE;

  /** The account found last, or null. */
  private Account last;

  /**
   * Whether there is room for a record's producer: nobody can fill the memory with names. What is
   * not taken must not be counted.
   */
  public boolean takes(RawRecord raw, Event event) {
    if (known(raw, event) != null) {
      return true;
    }
    int producers = producersOfRun.getOrDefault(new Run(event.runId(), raw.partition()), 0);
    return producers < RunPlan.MAX_PRODUCERS && accounts.size() < MAX_ACCOUNTS;
  }

  /**
   * Counts a record.
   *
   * @param tokens output tokens that it speaks of
   * @return false when it had been counted: it is to be skipped
   */
  public boolean count(RawRecord raw, Event event, long tokens) {
    Account account = account(raw, event);
    if (!meet(account, event)) {
      return false;
    }
    account.tokens += tokens;
    return true;
  }

  /** Counts a record that is refused because its instant lies ahead of the broker's clock. */
  public void quarantine(RawRecord raw, Event event) {
    Account account = account(raw, event);
    if (meet(account, event)) {
      account.quarantined++;
      quarantined.add(name(account.key));
    }
  }

  /** How many producers, each of its run, have had records refused. For any thread. */
  public int quarantinedProducers() {
    return quarantined.size();
  }

  private static String name(Key key) {
    return key.runId() + '/' + key.producerId();
  }

  private Account account(RawRecord raw, Event event) {
    Account account = known(raw, event);
    if (account == null) {
      Key key = new Key(event.runId(), event.producerId(), raw.partition());
      account = new Account(key, raw.topic(), new SequenceRanges());
      accounts.put(key, account);
      producersOfRun.merge(new Run(key.runId(), key.partition()), 1, Integer::sum);
    }
    if (!account.changed) {
      account.changed = true;
      changed.add(account);
    }
    account.lastAppendedAtMs = Math.max(account.lastAppendedAtMs, raw.appendedAtMs());
    newestAppendedAtMs = Math.max(newestAppendedAtMs, raw.appendedAtMs());
    return account;
  }

  /** The account that a record belongs to; null when there is none yet. */
  private Account known(RawRecord raw, Event event) {
    if (last == null
        || last.key.partition() != raw.partition()
        || !last.key.producerId().equals(event.producerId())
        || !last.key.runId().equals(event.runId())) {
      last = accounts.get(new Key(event.runId(), event.producerId(), raw.partition()));
    }
    return last;
  }

  private static boolean meet(Account account, Event event) {
    if (account.sequence.add(event.sequence())) {
      return true;
    }
    account.duplicates++;
    return false;
  }

  /** The counts that have changed since they were last taken. */
  public List<PartitionCount> takeChanged() {
    List<PartitionCount> counts = new ArrayList<>(changed.size());
    for (Account account : changed) {
      account.changed = false;
      counts.add(
          new PartitionCount(
              account.key.runId(),
              account.key.producerId(),
              account.topic,
              account.key.partition(),
              account.sequence.seen() - account.quarantined,
              account.tokens,
              account.duplicates,
              account.sequence.missing(),
              account.quarantined));
    }
    changed.clear();
    return counts;
  }

  /**
   * What a checkpoint keeps.
   *
   * @param memoryMs accounts without a record for this long, by the broker's clock, are forgotten:
   *     the topic no longer holds what they could meet again
   */
  public List<Entry> snapshot(long memoryMs) {
    if (accounts.values().removeIf(a -> a.lastAppendedAtMs < newestAppendedAtMs - memoryMs)) {
      countProducers();
    }
    quarantined.clear();
    accounts.values().forEach(this::noteQuarantine);
    List<Entry> entries = new ArrayList<>(accounts.size());
    accounts.forEach(
        (key, account) ->
            entries.add(
                new Entry(
                    key.runId(),
                    key.producerId(),
                    account.topic,
                    key.partition(),
                    account.sequence.toArray(),
                    account.sequence.givenUp(),
                    account.tokens,
                    account.duplicates,
                    account.quarantined,
                    account.lastAppendedAtMs)));
    return entries;
  }

  /**
   * Takes over what checkpoints kept. Partitions move between readers, so several may hold an
   * account of the same partition: the one that has counted more is right.
   */
  public void restore(Collection<Entry> entries) {
    for (Entry entry : entries) {
      Key key = new Key(entry.runId(), entry.producerId(), entry.partition());
      Account restored =
          new Account(key, entry.topic(), new SequenceRanges(entry.ranges(), entry.givenUp()));
      restored.tokens = entry.tokens();
      restored.duplicates = entry.duplicates();
      restored.quarantined = entry.quarantined();
      restored.lastAppendedAtMs = entry.lastAppendedAtMs();
      newestAppendedAtMs = Math.max(newestAppendedAtMs, entry.lastAppendedAtMs());
      accounts.merge(key, restored, (mine, other) -> inputs(mine) >= inputs(other) ? mine : other);
      noteQuarantine(restored);
    }
    countProducers();
  }

  private void countProducers() {
    last = null;
    producersOfRun.clear();
    for (Key key : accounts.keySet()) {
      producersOfRun.merge(new Run(key.runId(), key.partition()), 1, Integer::sum);
    }
  }

  private void noteQuarantine(Account account) {
    if (account.quarantined > 0) {
      quarantined.add(name(account.key));
    }
  }

  private static long inputs(Account account) {
    return account.sequence.seen() + account.duplicates;
  }
}
