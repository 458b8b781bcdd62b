package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryRequest;

/**
 * The limits of a list of texts.
 *
 * @param member limits of each
 */
record Texts(String name, int least, int most, Parameter member) implements Input {
  @Override
  public void check(QueryRequest query) {
    requireSize(name, query.members(name).size(), least, most);
    query.members(name).forEach(member::check);
  }

  static void requireSize(String name, int size, int least, int most) {
    if (size < least) {
      throw Parameter.violated(name, "Member must have length greater than or equal to " + least);
    }
    if (size > most) {
      throw Parameter.violated(name, "Member must have length less than or equal to " + most);
    }
  }
}
