package io.evalstream.datasets.catalog;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.manifest.Description;
import io.evalstream.datasets.manifest.Manifest;
import io.evalstream.datasets.manifest.Manifests;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Brings files, manifests and objects together. A manifest is written only for a file that could be
 * read to its end, and a file has its final name only when its hash is right.
 */
public final class Catalog {

  private final Manifests manifests;
  private final Cache cache;
  private final Limits limits;

  public Catalog(Manifests manifests, Cache cache, Limits limits) {
    this.manifests = manifests;
    this.cache = cache;
    this.limits = limits;
  }

  /**
   * Describes a file and keeps a copy of it in the cache.
   *
   * @param format of the file
   * @param columns names of the columns of CSV without a header; empty otherwise
   * @param bucket where it belongs
   * @return its manifest, which is written
   * @throws DatasetException when the file cannot be read to its end, or the version is taken
   */
  public Manifest add(
      Path file,
      DatasetFormat format,
      List<String> columns,
      Manifest.Metadata metadata,
      String bucket,
      Description description,
      Progress progress) {
    FileHash hash = FileHash.of(file, progress);
    manifests.requireFree(metadata, new Manifest.Checksum(hash.sha256()));
    FileSummary summary = FileSummary.of(file, format, columns, limits);
    Manifest manifest =
        Manifest.of(
            metadata,
            new Manifest.Spec(
                description.type(),
                description.category(),
                description.language(),
                Manifest.Data.PRESENT,
                hash.size(),
                summary.rows(),
                new Manifest.Checksum(hash.sha256()),
                new Manifest.Storage(
                    bucket,
                    metadata.name() + "/" + metadata.version() + "/" + file.getFileName(),
                    format.text(),
                    columns),
                summary.fields(),
                null,
                description.source(),
                description.licence()));
    keep(file, manifest);
    manifests.put(manifest);
    return manifest;
  }

  /**
   * Sends the data of a manifest from the cache, or from where else it lies.
   *
   * @param file null for the cache's
   * @return whether anything was sent
   * @throws DatasetException when the file is not what the manifest says
   */
  public boolean push(Manifest manifest, Path file, ObjectStore store, Progress progress) {
    requirePresent(manifest);
    Path from = file == null ? cache.file(manifest) : file;
    verify(manifest, from, Progress.NONE);
    Manifest.Storage storage = manifest.spec().storage();
    store.ensureBucket(storage.bucket());
    return store.put(
        storage.bucket(), storage.path(), from, manifest.spec().checksum().sha256(), progress);
  }

  /**
   * Fetches the data of a manifest, from where an earlier attempt ended. Data that is there already
   * is checked instead.
   *
   * @return the file
   * @throws DatasetException when the data is absent, or what arrives is not what the manifest says
   */
  public Path pull(Manifest manifest, ObjectStore store, Progress progress) {
    requirePresent(manifest);
    Path file = cache.file(manifest);
    if (Files.exists(file)) {
      verify(manifest, file, progress);
      return file;
    }
    return new Download(manifest, file, limits).run(store, progress);
  }

  /**
   * Checks that a file has the bytes that a manifest says, before anybody parses it.
   *
   * @throws DatasetException when it is not there or has others
   */
  public void verify(Manifest manifest, Path file, Progress progress) {
    requirePresent(manifest);
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          Kind.INCOMPLETE,
          "The data of " + manifest.id() + " is not at " + file + ": pull it first.");
    }
    long size = manifest.spec().size();
    FileHash hash = sizeOf(file) == size ? FileHash.of(file, progress) : null;
    if (hash == null) {
      throw new DatasetException(
          Kind.BROKEN,
          file
              + " has "
              + sizeOf(file)
              + " bytes where "
              + manifest.id()
              + " has "
              + size
              + ", it is cut off or another file: remove it and pull it again.");
    }
    if (!hash.sha256().equals(manifest.spec().checksum().sha256())) {
      throw new DatasetException(
          Kind.BROKEN,
          file
              + " does not have the hash of "
              + manifest.id()
              + " ("
              + hash.sha256().substring(0, 12)
              + "… instead of "
              + manifest.spec().checksum().sha256().substring(0, 12)
              + "…): remove it and pull it again.");
    }
  }

  /**
   * Reads the rows of a file that has been verified, and checks their number and fields.
   *
   * @throws DatasetException when they are not what the manifest says
   */
  public void verifyRows(Manifest manifest, Path file) {
    Manifest.Storage storage = manifest.spec().storage();
    FileSummary summary =
        FileSummary.of(
            file,
            DatasetFormat.of(storage.format()),
            storage.columns() == null ? List.of() : storage.columns(),
            limits);
    if (summary.rows() != manifest.spec().rows()
        || !summary.fields().equals(manifest.spec().fields())) {
      throw new DatasetException(
          Kind.BROKEN,
          "The manifest of "
              + manifest.id()
              + " does not describe the rows of "
              + file
              + ": it has been written by hand, add the file again.");
    }
  }

  /** Where the data of a manifest is, or will be. */
  public Path file(Manifest manifest) {
    return cache.file(manifest);
  }

  private void keep(Path file, Manifest manifest) {
    Path kept = cache.file(manifest);
    if (Files.exists(kept)) {
      verify(manifest, kept, Progress.NONE);
      return;
    }
    Path partial = Cache.partial(kept);
    try {
      Files.createDirectories(kept.getParent());
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      verify(manifest, partial, Progress.NONE);
      Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN, kept + " cannot be written (" + e.getMessage() + "): make room for it.", e);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requirePresent(Manifest manifest) {
    if (manifest.spec().data() == Manifest.Data.ABSENT) {
      throw new DatasetException(
          Kind.INCOMPLETE,
          "Nobody has put the data of "
              + manifest.id()
              + " in place: get it from "
              + manifest.spec().source()
              + " and add the file.");
    }
  }
}
