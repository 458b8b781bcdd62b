package dev.lakebed.iam.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong in it. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  public InvalidConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of the files. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  /**
   * One thing wrong in a configuration file.
   *
   * @param path JSON path, for example {@code identities[0].credentials[1].secretKey}; empty for
   *     the file as a whole
   * @param line counted from 1, as is the column; 0 when the file could not be read at all
   * @param message what is wrong; never a secret
   */
  public record ConfigProblem(String file, String path, int line, int column, String message) {
    @Override
    public String toString() {
      String place = line == 0 ? file : file + ":" + line + ":" + column;
      return place + (path.isEmpty() ? ": " : ": " + path + ": ") + message;
    }
  }
}
