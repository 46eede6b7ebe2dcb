/** How a job on a cluster is configured: by a file and by the environment. */
package io.evalstream.jobs.configuration;
