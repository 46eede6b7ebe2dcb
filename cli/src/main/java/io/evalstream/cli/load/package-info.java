/**
 * What a load test takes: flags by theme, named as those of {@code vllm bench serve}, scenario
 * files, and environment variables.
 */
package io.evalstream.cli.load;
