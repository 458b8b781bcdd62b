package dev.lakebed.s3.object;

import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a write says about its object, and refuses what this server cannot keep. */
public final class RequestAttributes {
  private static final String REDIRECT = "x-amz-website-redirect-location";
  private static final Pattern REDIRECTS = Pattern.compile("(?:https?:/)?/.*", Pattern.DOTALL);

  /** Header fields that come back as they were sent. */
  private static final Set<String> KEPT =
      HeaderText.names(
          """
          content-type cache-control content-disposition content-language expires
          x-amz-website-redirect-location
          """);

  private static final String DEFAULT_TYPE = "binary/octet-stream";
  private static final String FRAMING = "aws-chunked";
  private static final int MAX_HEADER_BYTES = 8192;

  private RequestAttributes() {}

  /**
   * The attributes of a PutObject, CreateMultipartUpload or of the target of a CopyObject. Fails
   * with S3Exception when a header is malformed, too large or asks for what is not built.
   */
  public static ObjectAttributes parse(S3Request request) {
    UnsupportedHeaders.refuse(request);
    Map<String, String> headers = new HashMap<>();
    for (String name : KEPT) {
      request.header(name).ifPresent(value -> headers.put(name, value));
    }
    requireRedirect(request.header(REDIRECT));
    headers.putIfAbsent("content-type", DEFAULT_TYPE);
    contentEncoding(request).ifPresent(value -> headers.put("content-encoding", value));
    headers.putAll(storage(request));
    int bytes = 0;
    for (Map.Entry<String, String> entry : headers.entrySet()) {
      HeaderText.requireSafe(entry.getKey(), entry.getValue());
      bytes += entry.getValue().length();
    }
    if (bytes > MAX_HEADER_BYTES) {
      throw S3Error.METADATA_TOO_LARGE.exception();
    }
    return new ObjectAttributes(
        headers,
        UserMetadata.parse(request.wire().headers()),
        Tags.parse(request.header("x-amz-tagging")));
  }

  private static void requireRedirect(Optional<String> location) {
    if (location.isPresent() && !REDIRECTS.matcher(location.get()).matches()) {
      throw S3Error.INVALID_REDIRECT_LOCATION.exception();
    }
  }

  /** Storage class and encryption, which belong to a copy's target and are never copied. */
  public static Map<String, String> storage(S3Request request) {
    Map<String, String> headers = new HashMap<>();
    request
        .header(StorageClasses.HEADER)
        .ifPresent(value -> headers.put(StorageClasses.HEADER, StorageClasses.requireKnown(value)));
    Encryption.ofWrite(request).ifPresent(value -> headers.put(Encryption.HEADER, value));
    return headers;
  }

  /** {@code Content-Encoding} as sent, but for the framing that was taken off. */
  private static Optional<String> contentEncoding(S3Request request) {
    List<String> sent = request.wire().headers().all("content-encoding");
    String joined = String.join(",", sent);
    if (!joined.toLowerCase(Locale.ROOT).contains(FRAMING)) {
      return sent.isEmpty() ? Optional.empty() : Optional.of(joined);
    }
    String kept =
        Arrays.stream(joined.split(",", -1))
            .map(String::strip)
            .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(FRAMING))
            .collect(Collectors.joining(","));
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
  }

  /**
   * Storage classes. They are labels here: every object is stored alike and is readable at once.
   */
  public static final class StorageClasses {
    public static final String HEADER = "x-amz-storage-class";

    private static final String STANDARD = "STANDARD";
    private static final Set<String> KNOWN =
        HeaderText.names(
            """
            STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER
            GLACIER_IR DEEP_ARCHIVE
            """);

    private StorageClasses() {}

    /** Refuses a class that general purpose buckets do not have with InvalidStorageClass. */
    static String requireKnown(String name) {
      if (!KNOWN.contains(name)) {
        throw S3Error.INVALID_STORAGE_CLASS.exception().with("StorageClassRequested", name);
      }
      return name;
    }

    public static boolean isStandard(String name) {
      return name.equals(STANDARD);
    }

    public static String of(Map<String, String> headers) {
      return headers.getOrDefault(HEADER, STANDARD);
    }
  }
}
