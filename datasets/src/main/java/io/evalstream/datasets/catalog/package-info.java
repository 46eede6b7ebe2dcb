/** Datasets as a whole: files, their manifests, and the objects that hold them. */
package io.evalstream.datasets.catalog;
