/**
 * A client of HTTP/1.1 for measuring: one connection for each request in flight, reused when the
 * answer is over, everything about a connection on one event loop. Instants are {@link
 * System#nanoTime} and are taken once per socket read, before anything is decoded.
 */
package io.evalstream.loadgenerator.http;
