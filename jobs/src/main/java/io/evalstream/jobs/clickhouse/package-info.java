/** Where ClickHouse is and how the jobs connect to it. */
package io.evalstream.jobs.clickhouse;
