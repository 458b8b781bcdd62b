package dev.lakebed.edge;

import dev.lakebed.wire.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The access key that a request claims, whether or not it was accepted. */
final class ClaimedKey {
  /** Signature Version 4, and version 2. */
  private static final Pattern CLAIM =
      Pattern.compile("(?:Credential=|^AWS )([!-~&&[^/,:]]{1,128})[/:]");

  private ClaimedKey() {}

  /** The key in header, query or form; at most 128 characters, none of them blank or control. */
  static Optional<String> of(Request request, Outcome outcome) {
    Optional<String> header = request.headers().first("authorization");
    Optional<String> query =
        request
            .query()
            .first("X-Amz-Credential")
            .map(credential -> "Credential=" + credential)
            .or(() -> request.query().first("AWSAccessKeyId").map(id -> "AWS " + id + ":"));
    Optional<String> form = outcome.claimedKey().map(id -> "AWS " + id + ":");
    return Stream.of(header, query, form)
        .flatMap(Optional::stream)
        .map(CLAIM::matcher)
        .filter(Matcher::find)
        .map(key -> key.group(1))
        .findFirst();
  }
}
