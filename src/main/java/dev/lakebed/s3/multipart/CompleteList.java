package dev.lakebed.s3.multipart;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.object.Checksums;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The body of CompleteMultipartUpload. {@code items} are in ascending order of part number. */
record CompleteList(List<Item> items) {
  private static final int MAX_PARTS = 10_000;
  private static final String CHECKSUM = "Checksum";

  /** One part. {@code etag} is without quotes. */
  record Item(int number, String etag, List<ChecksumValue> checksums) {}

  /** Reads the body, or fails with MalformedXML, InvalidPartOrder, InvalidRequest. */
  static CompleteList parse(byte[] body) {
    XmlElement root = XmlReader.read(body, "CompleteMultipartUpload").only("Part");
    if (root.children().isEmpty() || root.children().size() > MAX_PARTS) {
      throw S3Error.MALFORMED_XML.exception();
    }
    List<Item> items = root.children().stream().map(CompleteList::item).toList();
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i).number() <= items.get(i - 1).number()) {
        throw S3Error.INVALID_PART_ORDER.exception();
      }
    }
    return new CompleteList(items);
  }

  private static Item item(XmlElement part) {
    String number = part.requiredText("PartNumber").strip();
    if (!number.matches("[0-9]{1,9}")) {
      throw S3Error.MALFORMED_XML.exception();
    }
    List<ChecksumValue> checksums =
        part.children().stream()
            .filter(child -> !child.name().equals("PartNumber") && !child.name().equals("ETag"))
            .map(child -> checksum(child, number))
            .toList();
    return new Item(number(number), EntityTags.unquoted(part.requiredText("ETag")), checksums);
  }

  private static int number(String text) {
    int number = Integer.parseInt(text);
    if (number < 1 || number > MAX_PARTS) {
      throw S3Error.invalidArgument(
          "PartNumber must be >= 1 and <= " + MAX_PARTS, "PartNumber", text);
    }
    return number;
  }

  private static ChecksumValue checksum(XmlElement element, String number) {
    ChecksumAlgorithm algorithm =
        Stream.of(ChecksumAlgorithm.values())
            .filter(known -> element.name().equals(CHECKSUM + known))
            .findFirst()
            .orElseThrow(S3Error.MALFORMED_XML::exception);
    return ChecksumValue.parse(algorithm, element.text().strip())
        .orElseThrow(
            () ->
                S3Error.INVALID_REQUEST.exception(
                    "The %s checksum of part %s is invalid.".formatted(algorithm, number)));
  }

  /**
   * Finds the uploaded parts that a Complete lists, and checks that they are the ones meant. {@code
   * checksum} is the upload's, whose checksums in the list must be right; values of another
   * algorithm say nothing beyond the entity tag, and are left alone when the client chose none.
   */
  record PartSelection(String uploadId, UploadChecksum checksum) {
    private static final long MIN_PART = 5L << 20;

    /** The parts in order, or fails with InvalidPart, InvalidRequest, EntityTooSmall. */
    List<StoredPart> select(CompleteList list, List<StoredPart> uploaded) {
      Map<Integer, StoredPart> byNumber = new HashMap<>();
      uploaded.forEach(part -> byNumber.put(part.number(), part));
      List<StoredPart> selected = new ArrayList<>(list.items().size());
      for (CompleteList.Item item : list.items()) {
        StoredPart part = byNumber.get(item.number());
        if (part == null || !part.etag().equals(item.etag())) {
          throw invalid(item);
        }
        verify(item, part);
        selected.add(part);
      }
      for (StoredPart part : selected.subList(0, selected.size() - 1)) {
        if (part.size() < MIN_PART) {
          throw S3Error.ENTITY_TOO_SMALL
              .exception()
              .with("ProposedSize", Long.toString(part.size()))
              .with("MinSizeAllowed", Long.toString(MIN_PART))
              .with("PartNumber", Integer.toString(part.number()))
              .with("ETag", part.etag());
        }
      }
      return selected;
    }

    private void verify(CompleteList.Item item, StoredPart part) {
      boolean named = false;
      for (ChecksumValue value : item.checksums()) {
        if (value.algorithm() == checksum.algorithm()) {
          if (part.checksum().isPresent() && !part.checksum().get().equals(value.base64())) {
            throw invalid(item);
          }
          named = true;
        } else if (checksum.chosen()) {
          throw S3Error.INVALID_REQUEST.exception(
              "The upload was created using a %s checksum, part %d carries another one."
                  .formatted(checksum.algorithm(), item.number()));
        }
      }
      if (!named && checksum.chosen() && !checksum.fullObject()) {
        throw S3Error.INVALID_REQUEST.exception(
            ("The upload was created using a %s checksum. The complete request must include the"
                    + " checksum for each part. It was missing for part %d in the request.")
                .formatted(checksum.algorithm().name().toLowerCase(Locale.ROOT), item.number()));
      }
    }

    private S3Exception invalid(CompleteList.Item item) {
      return S3Error.INVALID_PART
          .exception()
          .with("UploadId", uploadId)
          .with("PartNumber", Integer.toString(item.number()))
          .with("ETag", item.etag());
    }
  }

  /** What a Complete says about the whole object, to be compared with what the parts give. */
  record CompleteClaims(
      Optional<WholeChecksum> checksum, Optional<Boolean> fullObject, Optional<String> size) {
    /** Reads the headers, or fails with InvalidRequest. */
    static CompleteClaims parse(S3Request request) {
      return new CompleteClaims(
          Checksums.field(request).map(WholeChecksum::parse),
          UploadChecksum.type(request),
          request.header("x-amz-mp-object-size"));
    }

    /** Refuses a whole that differs, with BadDigest or InvalidRequest. */
    void verify(UploadChecksum upload, Optional<StoredChecksum> actual, long actualSize) {
      if (size.isPresent() && !size.get().equals(Long.toString(actualSize))) {
        throw S3Error.INVALID_REQUEST.exception(
            "The provided 'x-amz-mp-object-size' header value %s does not match what was computed: %d"
                .formatted(size.get(), actualSize));
      }
      if (fullObject.isPresent() && fullObject.get() != upload.fullObject()) {
        throw S3Error.BAD_DIGEST.exception(
            "The checksum type does not match the one that the upload was created with.");
      }
      checksum.ifPresent(claim -> verify(claim, actual));
    }

    private static void verify(WholeChecksum claim, Optional<StoredChecksum> actual) {
      String algorithm = claim.algorithm().name();
      if (actual.isEmpty() || !actual.get().algorithm().equals(algorithm)) {
        throw S3Error.BAD_DIGEST.exception(
            "The %s you specified is not the checksum of this upload.".formatted(algorithm));
      }
      if (!claim.isThatOf(actual.get())) {
        throw S3Error.BAD_DIGEST.exception(
            "The %s you specified did not match the calculated checksum.".formatted(algorithm));
      }
    }

    /**
     * What a client says is the checksum of a whole object. {@code text} is as sent; a composite
     * value may come with or without the number of parts.
     */
    record WholeChecksum(ChecksumAlgorithm algorithm, String text) {
      private static final Pattern FORM = Pattern.compile("([^-]*)(-[1-9][0-9]{0,4})?");

      /** Reads a header, or fails with InvalidRequest when it is no checksum. */
      static WholeChecksum parse(Headers.Header header) {
        String text = header.value().strip();
        Matcher form = FORM.matcher(text);
        ChecksumAlgorithm algorithm =
            ChecksumAlgorithm.ofHeader(header.name()).orElseThrow(() -> invalid(header));
        if (!form.matches() || ChecksumValue.parse(algorithm, form.group(1)).isEmpty()) {
          throw invalid(header);
        }
        return new WholeChecksum(algorithm, text);
      }

      boolean isThatOf(StoredChecksum actual) {
        String value = actual.value();
        String bare = actual.fullObject() ? value : value.substring(0, value.lastIndexOf('-'));
        return text.equals(value) || text.equals(bare);
      }

      private static RuntimeException invalid(Headers.Header header) {
        return S3Error.INVALID_REQUEST.exception(
            "Value for %s header is invalid.".formatted(header.name()));
      }
    }
  }
}
