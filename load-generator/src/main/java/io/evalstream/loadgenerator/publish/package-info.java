/** Publishes records to Kafka without ever making the load wait. */
package io.evalstream.loadgenerator.publish;
