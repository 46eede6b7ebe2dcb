/** The object store that holds the data: S3 through the MinIO SDK. */
package io.evalstream.datasets.store;
