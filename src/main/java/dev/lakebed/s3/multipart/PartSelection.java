package dev.lakebed.s3.multipart;

import dev.lakebed.metadata.Part;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.error.S3Exception;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the uploaded parts that a Complete lists, and checks that they are the ones meant. */
final class PartSelection {
  private static final long MIN_PART = 5L << 20;

  private PartSelection() {}

  /**
   * The parts in order.
   *
   * @param checksum the upload's, whose checksums in the list must be right; values of another
   *     algorithm say nothing beyond the entity tag, and are left alone when the client chose none
   * @throws S3Exception InvalidPart, InvalidRequest, EntityTooSmall
   */
  static List<Part> select(CompleteList list, List<Part> uploaded, UploadChecksum checksum) {
    Map<Integer, Part> byNumber = new HashMap<>();
    uploaded.forEach(part -> byNumber.put(part.number(), part));
    List<Part> selected =
        list.items().stream().map(item -> select(item, byNumber, checksum)).toList();
    for (Part part : selected.subList(0, selected.size() - 1)) {
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

  private static Part select(
      CompleteList.Item item, Map<Integer, Part> uploaded, UploadChecksum checksum) {
    Part part = uploaded.get(item.number());
    if (part == null || !part.etag().equals(item.etag())) {
      throw invalid(item);
    }
    for (Map.Entry<String, String> named : item.checksums().entrySet()) {
      if (named.getKey().equals(checksum.algorithm().name())) {
        if (part.checksum().isPresent() && !part.checksum().get().equals(named.getValue())) {
          throw invalid(item);
        }
      } else if (checksum.chosen()) {
        throw S3Error.INVALID_REQUEST.exception(
            "The upload was created using a %s checksum, part %d carries another one."
                .formatted(checksum.algorithm(), item.number()));
      }
    }
    return part;
  }

  private static S3Exception invalid(CompleteList.Item item) {
    return S3Error.INVALID_PART
        .exception()
        .with("PartNumber", Integer.toString(item.number()))
        .with("ETag", item.etag());
  }
}
