package dev.lakebed.s3.rest;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import java.util.Optional;

/**
 * The header {@code x-amz-copy-source}: {@code bucket/key} or {@code /bucket/key}, encoded once as
 * forms are, where a plus is a blank, and an optional {@code ?versionId=}. {@code versionId} is as
 * sent.
 */
public record CopySource(String bucket, String key, Optional<String> versionId) {
  private static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?versionId=";

  /** Reads the header, or fails with InvalidArgument when it names no object. */
  public static CopySource of(S3Request request) {
    return parse(request.header(HEADER).orElse(""));
  }

  /**
   * Refuses a body: the bytes are those of the source, and what was sent would be lost. Fails with
   * InvalidRequest.
   */
  public static void requireNoBody(S3Request request) {
    if (request.wire().body().length().orElse(1) != 0) {
      throw S3Error.INVALID_REQUEST.exception(
          "You can only specify a copy source header for copy requests, which have no body.");
    }
  }

  static CopySource parse(String header) {
    int mark = header.lastIndexOf(VERSION);
    String path = mark < 0 ? header : header.substring(0, mark);
    String raw = path.startsWith("/") ? path.substring(1) : path;
    try {
      String decoded = decode(raw);
      int slash = decoded.indexOf('/');
      if (slash < 1 || slash == decoded.length() - 1 || decoded.startsWith("arn:")) {
        throw malformed();
      }
      String key = decoded.substring(slash + 1);
      S3Request.requireStorableKey(key);
      Optional<String> version =
          mark < 0
              ? Optional.empty()
              : Optional.of(decode(header.substring(mark + VERSION.length())));
      return new CopySource(decoded.substring(0, slash), key, version);
    } catch (MalformedTargetException notDecodable) {
      throw malformed();
    }
  }

  private static String decode(String text) {
    return PercentEncoding.decodeForm(text, 0, text.length());
  }

  private static RuntimeException malformed() {
    return S3Error.invalidArgument(
        "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", HEADER);
  }
}
