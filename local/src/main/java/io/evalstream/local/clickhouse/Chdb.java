package io.evalstream.local.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of libchdb.so that {@link ClickHouseChild} needs. */
@SuppressWarnings("MemberName") // the names are those of the library
interface Chdb extends Library {

  /** 0 leaves the process's signal handlers alone. Must be the first call into the library. */
  void chdb_set_signal_handlers_enabled(int enabled);

  /** Runs {@code clickhouse-local} with these arguments and returns when it has ended. */
  Pointer chdb_query_cmdline(int count, String[] arguments);

  /** Returns the error of a result, null when there is none. */
  String chdb_result_error(Pointer result);
}
