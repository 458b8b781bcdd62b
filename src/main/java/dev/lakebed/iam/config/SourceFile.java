package dev.lakebed.iam.config;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParsingException;
import java.util.List;
import java.util.Optional;

/** Turns the text of a file into the fields of its outermost object. */
final class SourceFile {
  private SourceFile() {}

  static Optional<Fields> root(String name, String text, List<ConfigProblem> problems) {
    Source source = new Source(name, text, problems);
    try {
      return new Element(source, "", JsonTree.parse(text)).fields();
    } catch (JsonParsingException malformed) {
      source.problemAt(
          (int) malformed.getLocation().getLineNumber(),
          (int) malformed.getLocation().getColumnNumber(),
          "",
          "is not JSON: " + malformed.getMessage());
    } catch (JsonException tooDeep) {
      source.problemAt(1, 1, "", "is not usable JSON: " + tooDeep.getMessage());
    }
    return Optional.empty();
  }
}
