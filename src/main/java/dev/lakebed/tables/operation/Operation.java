package dev.lakebed.tables.operation;

import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.route.Arguments;

/** One operation of the API. */
@FunctionalInterface
public interface Operation {
  /**
   * Parses the parameters and finds what they name, so that permission can be asked on it. Changes
   * nothing and tells nothing about what exists.
   */
  Call prepare(Arguments arguments);
}
