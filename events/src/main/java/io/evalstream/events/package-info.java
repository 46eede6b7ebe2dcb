/**
 * The contract between producers, jobs and stores: the records on Kafka, the topics they live on,
 * their JSON form, their published JSON Schemas, and the tables of ClickHouse.
 *
 * <p>Instants are microseconds since the Unix epoch and end in {@code AtUs}; durations are
 * microseconds and end in {@code Us}. In JSON every name is snake_case. Readers ignore fields they
 * do not know; a field that is missing is an error.
 */
package io.evalstream.events;
