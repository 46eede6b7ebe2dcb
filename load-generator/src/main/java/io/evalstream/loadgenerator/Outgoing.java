package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.plan.PlannedRequest;

/** A request, ready to be written. */
record Outgoing(PlannedRequest planned, String requestId, HttpRequest request) {}
