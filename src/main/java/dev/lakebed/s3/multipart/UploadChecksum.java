package dev.lakebed.s3.multipart;

import dev.lakebed.s3.object.Checksums;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.checksum.MultipartChecksum;
import dev.lakebed.storage.checksum.MultipartChecksum.PartChecksum;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import java.util.List;
import java.util.Optional;

/**
 * The checksum that an upload keeps of its parts and of the whole.
 *
 * @param fullObject whether that of the whole is over all bytes, or composed of the parts'
 * @param chosen whether the client chose the algorithm
 */
record UploadChecksum(ChecksumAlgorithm algorithm, boolean fullObject, boolean chosen) {
  static final String TYPE_HEADER = "x-amz-checksum-type";

  static UploadChecksum parse(S3Request request) {
    Optional<ChecksumAlgorithm> algorithm = Checksums.algorithm(request);
    Optional<Boolean> type = type(request);
    if (algorithm.isEmpty()) {
      if (type.isPresent()) {
        throw S3Error.INVALID_REQUEST.exception(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return new UploadChecksum(Checksums.DEFAULT, true, false);
    }
    ChecksumAlgorithm chosen = algorithm.get();
    boolean full = type.orElse(!chosen.allowsComposite());
    if (full ? !chosen.allowsFullObject() : !chosen.allowsComposite()) {
      throw S3Error.INVALID_REQUEST.exception(
          "The %s checksum type cannot be used with the %s checksum algorithm."
              .formatted(Checksums.type(full), chosen));
    }
    return new UploadChecksum(chosen, full, true);
  }

  static UploadChecksum of(Upload upload) {
    return new UploadChecksum(
        upload.checksumAlgorithm().map(ChecksumAlgorithm::valueOf).orElse(Checksums.DEFAULT),
        upload.fullObjectChecksum(),
        upload.checksumAlgorithm().isPresent());
  }

  /**
   * The checksum type that the request names; true for the full object. Fails with InvalidRequest
   * when it is unknown.
   */
  static Optional<Boolean> type(S3Request request) {
    return request
        .header(TYPE_HEADER)
        .map(
            name ->
                switch (name) {
                  case "FULL_OBJECT" -> true;
                  case "COMPOSITE" -> false;
                  default ->
                      throw S3Error.INVALID_REQUEST.exception(
                          "Value for x-amz-checksum-type header is invalid.");
                });
  }

  void describe(XmlWriter xml) {
    if (chosen) {
      xml.element("ChecksumAlgorithm", algorithm.name())
          .element("ChecksumType", Checksums.type(fullObject));
    }
  }

  /** The checksum of the whole, or none when a part lacks its own. */
  Optional<StoredChecksum> ofParts(List<StoredPart> parts) {
    if (parts.stream().anyMatch(part -> part.checksum().isEmpty())) {
      return Optional.empty();
    }
    List<PartChecksum> values =
        parts.stream()
            .map(
                part ->
                    new PartChecksum(
                        new ChecksumValue(algorithm, part.checksum().orElseThrow()), part.size()))
            .toList();
    String value =
        fullObject
            ? MultipartChecksum.fullObject(algorithm, values).base64()
            : MultipartChecksum.composite(
                algorithm, values.stream().map(PartChecksum::value).toList());
    return Optional.of(new StoredChecksum(algorithm.name(), fullObject, value));
  }
}
