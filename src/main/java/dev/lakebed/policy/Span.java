package dev.lakebed.policy;

/**
 * Where something stands in a policy document.
 *
 * @param start its first character
 * @param end the place behind its last character
 */
public record Span(Position start, Position end) {}
