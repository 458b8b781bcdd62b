package dev.lakebed.iam.config;

import dev.lakebed.json.JsonPlace;
import dev.lakebed.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** Turns the text of a file into the fields of its outermost object. */
final class SourceFile {
  private SourceFile() {}

  static Optional<Fields> root(String name, String text, List<ConfigProblem> problems) {
    Source source = new Source(name, text, problems);
    try {
      return new Element(source, "", JsonTree.parse(text)).fields();
    } catch (MalformedJsonException malformed) {
      JsonPlace place = malformed.place();
      source.problemAt(place.line(), place.column(), "", "is not JSON: " + malformed.reason());
    }
    return Optional.empty();
  }
}
