/**
 * Sends load to a server of the OpenAI API, times every chunk of every answer, and publishes what
 * it saw. {@link io.evalstream.loadgenerator.LoadGenerator} is the way in.
 */
package io.evalstream.loadgenerator;
