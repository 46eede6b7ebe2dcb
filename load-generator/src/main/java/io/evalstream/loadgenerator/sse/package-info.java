/**
 * From the bytes of a streamed response to what is timed: lines, events, and the few fields of an
 * event that matter. Nothing is allocated per event.
 */
package io.evalstream.loadgenerator.sse;
