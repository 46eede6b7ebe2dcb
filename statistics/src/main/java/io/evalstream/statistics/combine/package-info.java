/** Many metrics of one release, and at most alpha false alarms of all together. */
package io.evalstream.statistics.combine;
