package io.evalstream.datasets.format;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a file is compressed, as the end of its name tells. */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String ending;

  Compression(String ending) {
    this.ending = ending;
  }

  static Compression of(Path file) {
    String name = lowerCaseName(file);
    if (name.endsWith(GZIP.ending)) {
      return GZIP;
    }
    return name.endsWith(ZSTD.ending) ? ZSTD : NONE;
  }

  /** The name without the ending of a compression, in lower case. */
  static String nameWithin(Path file) {
    String name = lowerCaseName(file);
    return name.substring(0, name.length() - of(file).ending.length());
  }

  /** The file's bytes after decompression. */
  InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return switch (this) {
        case NONE -> in;
        case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
        case ZSTD -> new ZstdInputStream(in);
      };
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static String lowerCaseName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
