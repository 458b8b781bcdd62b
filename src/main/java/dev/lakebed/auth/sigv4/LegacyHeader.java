package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.http.Headers;
import java.util.Optional;

/** Reads a claim of version 2 from the header: {@code Authorization: AWS KEY:SIGNATURE}. */
final class LegacyHeader {
  private static final String SCHEME = "AWS ";

  private LegacyHeader() {}

  static LegacyClaim parse(Headers headers) {
    String text = headers.first("authorization").orElse("");
    String credential = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
    int colon = credential.lastIndexOf(':');
    if (colon < 1 || colon == credential.length() - 1 || credential.indexOf(' ') >= 0) {
      throw Refusals.authorization(
          "AWS authorization header is invalid. Expected AwsAccessKeyId:signature", text);
    }
    Optional<String> amzDate = headers.first("x-amz-date");
    Timestamp time =
        amzDate
            .or(() -> headers.first("date"))
            .flatMap(Timestamp::parseDateHeader)
            .orElseThrow(
                () ->
                    Refusals.missing(
                        "AWS authentication requires a valid Date or x-amz-date header"));
    return new LegacyClaim(
        AuthType.HEADER,
        credential.substring(0, colon),
        credential.substring(colon + 1),
        headers.first("x-amz-security-token"),
        amzDate.isPresent() ? "" : headers.first("date").orElse("").strip(),
        Optional.of(time.instant()));
  }
}
