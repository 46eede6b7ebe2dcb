package io.evalstream.datasets.manifest;

/**
 * What only a person knows about a dataset.
 *
 * @param type what it is for
 * @param category its subject
 * @param language of its texts
 * @param source where it is from
 * @param licence under which it may be used
 */
public record Description(
    Manifest.Type type, String category, String language, String source, String licence) {}
