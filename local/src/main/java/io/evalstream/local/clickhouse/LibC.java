package io.evalstream.local.clickhouse;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * The calls of the C library that {@link ClickHouseChild} needs. Each reports errno by throwing.
 */
@SuppressWarnings("MemberName") // the names are those of the C library
interface LibC extends Library {

  LibC INSTANCE = Native.load("c", LibC.class);

  int O_RDWR = 2;
  int O_NOCTTY = 0x100;

  int setsid() throws LastErrorException;

  int dup(int fd) throws LastErrorException;

  int dup2(int from, int to) throws LastErrorException;

  int open(String path, int flags) throws LastErrorException;

  int close(int fd) throws LastErrorException;

  int posix_openpt(int flags) throws LastErrorException;

  int grantpt(int master) throws LastErrorException;

  int unlockpt(int master) throws LastErrorException;

  /** Returns the error number, 0 when the name was written. */
  int ptsname_r(int master, byte[] name, long size);

  long read(int fd, byte[] buffer, long count) throws LastErrorException;

  long write(int fd, byte[] buffer, long count) throws LastErrorException;
}
