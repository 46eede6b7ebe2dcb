package io.evalstream.loadgenerator;

import io.evalstream.events.Arm;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;

/**
 * A server that is there and has the model.
 *
 * @param arm which; null unless two are compared
 */
record Server(
    Arm arm,
    Endpoint endpoint,
    String model,
    HttpRequest.Factory requests,
    ConnectionPool.Target target) {}
