package io.evalstream.datasets.catalog;

import io.evalstream.datasets.manifest.Manifest;
import java.nio.file.Path;

/**
 * Where pulled data lies: {@code name/version/file} below a folder. Names and versions cannot leave
 * it, as manifests allow none that could.
 *
 * @param folder the folder
 */
public record Cache(Path folder) {

  /** Where the data of a manifest is, or will be. */
  public Path file(Manifest manifest) {
    return folder
        .resolve(manifest.metadata().name())
        .resolve(manifest.metadata().version())
        .resolve(manifest.spec().storage().fileName());
  }

  static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }
}
