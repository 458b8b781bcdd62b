package dev.lakebed.operation.query;

import dev.lakebed.http.Request;

/**
 * A request of the Query protocol with its parameters read.
 *
 * @param request as it came
 * @param parameters of query string and body
 */
public record QueryCall(Request request, QueryRequest parameters) {}
