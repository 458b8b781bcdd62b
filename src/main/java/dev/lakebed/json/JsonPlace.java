package dev.lakebed.json;

/**
 * A place in a JSON text.
 *
 * @param offset in UTF-16 units, from 0
 * @param line from 1
 * @param column in UTF-16 units, from 1
 */
public record JsonPlace(int offset, int line, int column) {}
