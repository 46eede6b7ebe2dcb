package io.evalstream.datasets.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of manifests, a file for each version of each dataset: {@code name-version.yaml}.
 *
 * @param folder the folder
 */
public record Manifests(Path folder) {

  private static final String ENDING = ".yaml";
  private static final long LARGEST_BYTES = 1 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * All manifests by name, the versions of each from the oldest to the newest.
   *
   * @throws DatasetException when the folder or a file cannot be read; it names the file
   */
  public List<Manifest> all() {
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(
          Kind.USAGE, "There is no folder " + folder + ": name one with --manifests.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .map(Manifests::read)
          .sorted(
              Comparator.comparing((Manifest manifest) -> manifest.metadata().name())
                  .thenComparing(manifest -> manifest.metadata().version(), VersionOrder.NATURAL))
          .toList();
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The manifest that {@code name:version} or {@code name} means; the latter its newest version.
   *
   * @throws DatasetException when there is none
   */
  public Manifest get(String id) {
    return all().stream()
        .filter(known -> known.id().equals(id) || known.metadata().name().equals(id))
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                new DatasetException(
                    Kind.USAGE,
                    "There is no dataset "
                        + id
                        + " in "
                        + folder
                        + ": see ./evalstream datasets list."));
  }

  /**
   * Keeps a manifest. One of that name and version may be there only if it says the same bytes, or
   * that there are none yet.
   *
   * @throws DatasetException when the version is taken by other bytes, or nothing can be written
   */
  public Path put(Manifest manifest) {
    requireFree(manifest.metadata(), manifest.spec().checksum());
    Path file = file(manifest.metadata());
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(folder);
      Files.write(unfinished, MAPPER.writeValueAsBytes(manifest));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN,
          file + " cannot be written (" + e.getMessage() + "): make its folder writable.",
          e);
    }
  }

  /**
   * Refuses a version that is taken.
   *
   * @throws DatasetException when the version is there with another hash
   */
  public void requireFree(Manifest.Metadata metadata, Manifest.Checksum checksum) {
    Path file = file(metadata);
    Optional.of(file)
        .filter(Files::exists)
        .map(Manifests::read)
        .map(known -> known.spec().checksum())
        .filter(known -> !known.equals(checksum))
        .ifPresent(
            known -> {
              throw new DatasetException(
                  Kind.USAGE,
                  metadata.name()
                      + ":"
                      + metadata.version()
                      + " is there with other bytes ("
                      + known.sha256().substring(0, 12)
                      + "…) and a version never changes: name a new one with --version.");
            });
  }

  private Path file(Manifest.Metadata metadata) {
    return folder.resolve(metadata.name() + "-" + metadata.version() + ENDING);
  }

  /**
   * Reads a manifest.
   *
   * @throws DatasetException when it is none; it names the file and what is wrong
   */
  public static Manifest read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new DatasetException(
            Kind.BROKEN, file + " is larger than any manifest: take it away.");
      }
      Manifest manifest = MAPPER.readValue(Files.readAllBytes(file), Manifest.class);
      if (manifest == null) {
        throw new DatasetException(Kind.BROKEN, file + " is empty: fill in the template.");
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw new DatasetException(
          Kind.BROKEN, file + " is no manifest: " + why(e) + "; correct it.", e);
    } catch (IOException e) {
      throw new DatasetException(Kind.BROKEN, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String why(JsonProcessingException e) {
    return e.getCause() instanceof IllegalArgumentException rule
        ? rule.getMessage()
        : e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
