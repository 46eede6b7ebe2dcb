/**
 * What a dataset is: a small YAML file that says which bytes it consists of and where they are. The
 * data itself is never beside it.
 */
package io.evalstream.datasets.manifest;
