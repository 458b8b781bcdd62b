package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The headers {@code x-amz-checksum-*}, and how checksums are shown in headers and XML. */
public final class Checksums {
  private static final String PREFIX = "x-amz-checksum-";

  /** Headers of that prefix that carry no checksum. */
  private static final Set<String> NO_VALUES =
      Set.of(PREFIX + "algorithm", PREFIX + "type", PREFIX + "mode");

  /** The algorithm that is computed when a client names none. */
  public static final ChecksumAlgorithm DEFAULT = ChecksumAlgorithm.CRC64NVME;

  private Checksums() {}

  /**
   * The one checksum among the headers, or fails with InvalidRequest for several, unknown or
   * malformed ones.
   */
  static Optional<ChecksumValue> value(S3Request request) {
    return field(request)
        .map(
            field ->
                parse(
                    ChecksumAlgorithm.ofHeader(field.name())
                        .orElseThrow(() -> malformed(field.name())),
                    field.value(),
                    field.name()));
  }

  /**
   * The one header line with a checksum, which may be a composite one. Fails with InvalidRequest
   * for several.
   */
  public static Optional<Headers.Header> field(S3Request request) {
    List<Headers.Header> found =
        request.wire().headers().all().stream()
            .filter(field -> field.name().startsWith(PREFIX) && !NO_VALUES.contains(field.name()))
            .toList();
    if (found.size() > 1) {
      throw several();
    }
    return found.stream().findFirst();
  }

  /**
   * The algorithm that {@code x-amz-checksum-algorithm} names. Fails with InvalidRequest when it is
   * unknown.
   */
  public static Optional<ChecksumAlgorithm> algorithm(S3Request request) {
    return request
        .header(PREFIX + "algorithm")
        .map(
            name ->
                ChecksumAlgorithm.ofName(name)
                    .orElseThrow(
                        () ->
                            S3Error.INVALID_REQUEST.exception(
                                "Checksum algorithm provided is unsupported. Please try again with"
                                    + " any of the valid types")));
  }

  /** The checksum of a trailing field, or fails with InvalidRequest when it is malformed. */
  static ChecksumValue parseTrailer(ChecksumAlgorithm algorithm, String base64) {
    return parse(algorithm, base64, algorithm.header() + " trailing");
  }

  private static ChecksumValue parse(ChecksumAlgorithm algorithm, String base64, String where) {
    try {
      return new ChecksumValue(algorithm, base64.strip());
    } catch (IllegalArgumentException wrong) {
      throw malformed(where);
    }
  }

  static S3Exception several() {
    return S3Error.INVALID_REQUEST.exception(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }

  private static S3Exception malformed(String header) {
    return S3Error.INVALID_REQUEST.exception("Value for " + header + " header is invalid.");
  }

  public static StoredChecksum fullObject(ChecksumValue value) {
    return new StoredChecksum(value.algorithm().name(), true, value.base64());
  }

  public static String type(boolean fullObject) {
    return fullObject ? "FULL_OBJECT" : "COMPOSITE";
  }

  public static void addTo(Headers.Builder headers, StoredChecksum checksum) {
    headers
        .add("x-amz-checksum-" + checksum.algorithm().toLowerCase(Locale.ROOT), checksum.value())
        .add(PREFIX + "type", type(checksum.fullObject()));
  }

  public static void addTo(XmlWriter xml, StoredChecksum checksum) {
    xml.element("Checksum" + checksum.algorithm(), checksum.value())
        .element("ChecksumType", type(checksum.fullObject()));
  }
}
