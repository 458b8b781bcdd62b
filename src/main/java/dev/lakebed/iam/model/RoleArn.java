package dev.lakebed.iam.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code arn:aws:iam::<account>:role<path><name>}, the name at most 64 characters. */
public record RoleArn(String account, String path, String name) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws:iam:(?::(\\d{12}))?:role(/(?:[!-.0-~]++/)*+)([\\w+=,.@-]{1,64})");

  /**
   * Reads a role ARN. SeaweedFS also writes {@code arn:aws:iam::role/name}, which means {@code
   * defaultAccount}.
   */
  public static Optional<RoleArn> parse(String text, String defaultAccount) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String account = matcher.group(1);
    return Optional.of(
        new RoleArn(
            account == null ? defaultAccount : account, matcher.group(2), matcher.group(3)));
  }

  /** ARN of a session: the path is dropped and the service is sts. */
  public String session(String sessionName) {
    return "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + sessionName;
  }

  @Override
  public String toString() {
    return "arn:aws:iam::" + account + ":role" + path + name;
  }
}
