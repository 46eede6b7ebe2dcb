/**
 * Tests that may be looked at after every observation: a good release alarms at most as often as is
 * said, however often one looks and whenever one stops. Evidence is the same to the last bit on
 * every machine when the observations come in the same order.
 */
package io.evalstream.statistics.sequential;
