package dev.lakebed.auth.sigv4;

import dev.lakebed.http.QueryParameters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The access key that a request claims, whether or not it was accepted. */
public final class ClaimedKey {
  /** Signature Version 4, and version 2. */
  private static final Pattern CLAIM =
      Pattern.compile("(?:Credential=|^AWS )([!-~&&[^/,:]]{1,128})[/:]");

  private ClaimedKey() {}

  /**
   * The key in header, query or form; at most 128 characters, none of them blank or control.
   *
   * @param authorization the header field
   * @param form the key that a form's fields name
   */
  public static Optional<String> of(
      Optional<String> authorization, QueryParameters query, Optional<String> form) {
    Optional<String> sent =
        query
            .first("X-Amz-Credential")
            .map(credential -> "Credential=" + credential)
            .or(() -> query.first("AWSAccessKeyId").map(id -> "AWS " + id + ":"));
    return Stream.of(authorization, sent, form.map(id -> "AWS " + id + ":"))
        .flatMap(Optional::stream)
        .map(CLAIM::matcher)
        .filter(Matcher::find)
        .map(key -> key.group(1))
        .findFirst();
  }
}
