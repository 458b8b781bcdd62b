package dev.lakebed.app.explain;

import dev.lakebed.app.explain.Explain.UsageException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource that is asked about, as a request names it.
 *
 * @param text a full ARN, or {@code *} for what has no resource
 */
record ResourceArn(String text) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws[\\w-]*:[\\w-]+:[^:]*:(\\d{12})?:.+", Pattern.DOTALL);

  ResourceArn {
    if (!text.equals("*") && !FORM.matcher(text).matches()) {
      throw new UsageException(
          "--resource must be a full ARN, such as arn:aws:s3:::bucket/key, or *, but is " + text);
    }
  }

  /** The account that it names. */
  Optional<String> account() {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.ofNullable(form.group(1)) : Optional.empty();
  }
}
