/**
 * From a response as it comes in to records and figures. TTFT, TPOT, ITL and E2EL are those of
 * vllm/benchmarks/serve.py.
 */
package io.evalstream.loadgenerator.measure;
