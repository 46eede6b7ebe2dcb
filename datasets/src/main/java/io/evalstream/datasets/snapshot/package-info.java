/**
 * The regression set: questions of a service's log, without personal data, drawn and written once a
 * day. Prompts as they were asked are never written, logged or put into a message here.
 */
package io.evalstream.datasets.snapshot;
