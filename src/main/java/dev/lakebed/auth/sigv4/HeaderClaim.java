package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import java.util.Optional;

/** Reads the claim of a request signed in its {@code Authorization} header. */
final class HeaderClaim {
  private static final String TOKEN = "x-amz-security-token";

  private HeaderClaim() {}

  static SignatureClaim parse(Request request) {
    AuthorizationHeader header =
        AuthorizationHeader.parse(request.headers().first("authorization").orElse(""));
    ScopedKey key =
        ScopedKey.parse(header.credential())
            .orElseThrow(
                () ->
                    Refusals.malformedHeader(
                        "The authorization header is malformed; the Credential is mal-formed;"
                            + " expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
    SignedHeaders signedHeaders =
        SignedHeaders.parse(header.signedHeaders())
            .orElseThrow(
                () ->
                    Refusals.malformedHeader(
                        "The authorization header is malformed; SignedHeaders must be lower-case"
                            + " names, each once."));
    Timestamp time = time(request.headers());
    if (!time.isOn(key.scope().date())) {
      throw Refusals.malformedHeader(
          "The authorization header is malformed; the date in the credential scope is not the date"
              + " of the request.");
    }
    return new SignatureClaim(
        AuthType.HEADER, key, time, signedHeaders, header.signature(), token(request));
  }

  private static Timestamp time(Headers headers) {
    Optional<String> amzDate = headers.first("x-amz-date");
    Optional<Timestamp> time =
        amzDate.isPresent()
            ? amzDate.flatMap(Timestamp::parseBasic)
            : headers.first("date").flatMap(Timestamp::parseDateHeader);
    return time.orElseThrow(
        () -> Refusals.missing("AWS authentication requires a valid Date or x-amz-date header."));
  }

  /** The token stands in the header; a token in the query is as good, for it is signed too. */
  private static Optional<String> token(Request request) {
    Optional<String> header = request.headers().first(TOKEN);
    Optional<String> query = request.query().first(QueryClaim.TOKEN);
    if (header.isPresent() && query.isPresent()) {
      throw Refusals.malformedHeader("There is a session token in the header and in the query.");
    }
    return header.isPresent() ? header : query;
  }
}
