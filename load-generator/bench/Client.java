package io.evalstream.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A load generator that can be started and says what it measured in a file. */
interface Client {

  String name();

  /** The command that sends {@code load} and leaves its result in {@code directory}. */
  List<String> command(Load load, Path directory);

  /** The figures in {@code directory}. */
  Figures figures(Path directory) throws IOException;
}
