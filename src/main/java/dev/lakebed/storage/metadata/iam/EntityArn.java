package dev.lakebed.storage.metadata.iam;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an entity, taken apart.
 *
 * @param account twelve digits, or {@code aws}
 * @param path begins and ends with a slash
 */
public record EntityArn(String account, Kind kind, String path, String name) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws:iam::(\\d{12}|aws):([a-z-]+)(/(?:[!-.0-~]++/)*+)([!-.0-~]++)");
  private static final Pattern PROVIDER =
      Pattern.compile("arn:aws:iam::(\\d{12}):oidc-provider/([!-~]+)");

  /** Reads an ARN; empty when it is none of an entity. */
  public static Optional<EntityArn> parse(String arn) {
    Matcher provider = PROVIDER.matcher(arn);
    if (provider.matches()) {
      return Optional.of(
          new EntityArn(provider.group(1), Kind.OIDC_PROVIDER, "/", provider.group(2)));
    }
    Matcher matcher = FORM.matcher(arn);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (kind.resource().equals(matcher.group(2))) {
        return Optional.of(
            new EntityArn(matcher.group(1), kind, matcher.group(3), matcher.group(4)));
      }
    }
    return Optional.empty();
  }
}
