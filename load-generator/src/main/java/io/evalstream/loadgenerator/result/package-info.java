/** Result files as {@code vllm bench serve} writes them: written, and read from anybody. */
package io.evalstream.loadgenerator.result;
