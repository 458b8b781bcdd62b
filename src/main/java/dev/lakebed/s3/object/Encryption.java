package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * Headers that ask for encryption at rest. {@code AES256} is kept and echoed as the client's wish;
 * keys of a key service and of the client are refused, because nothing here could use them.
 */
public final class Encryption {
  public static final String HEADER = "x-amz-server-side-encryption";

  private static final String CUSTOMER = HEADER + "-customer-";
  private static final String COPY_CUSTOMER = "x-amz-copy-source-server-side-encryption-customer-";
  private static final String KMS_KEY = HEADER + "-aws-kms-key-id";
  private static final Set<String> KMS = Set.of("aws:kms", "aws:kms:dsse");

  private Encryption() {}

  /** The method a write asks for, or fails with InvalidArgument. */
  static Optional<String> ofWrite(S3Request request) {
    Optional<String> method = request.header(HEADER);
    if (request.header(KMS_KEY).isPresent() && method.filter(KMS::contains).isEmpty()) {
      throw S3Error.INVALID_ARGUMENT.exception(KMS_KEY + " needs " + HEADER + ": aws:kms");
    }
    if (method.isPresent() && !method.get().equals("AES256") && !KMS.contains(method.get())) {
      throw S3Error.invalidArgument(
          "The encryption method specified is not supported", HEADER, method.get());
    }
    return method;
  }

  /** Refuses keys of a key service and of the client with NotImplemented, KMS.NotFoundException. */
  static void requireBuilt(S3Request request) {
    refuseOnPart(request);
    if (request.header(HEADER).filter(KMS::contains).isPresent()) {
      throw request
          .header(KMS_KEY)
          .map(id -> S3Error.KMS_NOT_FOUND.exception("Key '" + id + "' does not exist"))
          .orElseGet(
              () ->
                  S3Error.NOT_IMPLEMENTED.exception(
                      "Encryption with keys of a key management service is not implemented"));
    }
  }

  public static Headers shown(ObjectAttributes attributes) {
    String method = attributes.headers().get(HEADER);
    return method == null ? Headers.NONE : Headers.builder().add(HEADER, method).build();
  }

  /** Refuses a customer's key on a part, whose upload can have none. Fails with NotImplemented. */
  public static void refuseOnPart(S3Request request) {
    if (hasHeader(request, CUSTOMER) || hasHeader(request, COPY_CUSTOMER)) {
      throw S3Error.NOT_IMPLEMENTED.exception("Encryption with customer keys is not implemented");
    }
  }

  /** Refuses encryption headers on a read with InvalidArgument, InvalidRequest. */
  public static void refuseOnRead(S3Request request) {
    if (request.header(HEADER).isPresent()) {
      throw S3Error.invalidArgument(
          HEADER + " header is not supported for this operation.", HEADER);
    }
    if (hasHeader(request, CUSTOMER)) {
      throw S3Error.INVALID_REQUEST.exception(
          "The encryption parameters are not applicable to this object.");
    }
  }

  private static boolean hasHeader(S3Request request, String prefix) {
    return request.wire().headers().all().stream()
        .anyMatch(field -> field.name().startsWith(prefix));
  }
}
