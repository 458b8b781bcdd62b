package dev.lakebed.s3.object;

import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The stretch of an object that a read gets.
 *
 * @param partial whether the answer is 206
 * @param partsCount number of parts, when a part of a multipart object was asked for
 * @param checksum the one of exactly these bytes, where it is kept: clients verify what they get
 */
record ObjectSlice(
    ByteRange range,
    boolean partial,
    Optional<Integer> partsCount,
    Optional<StoredChecksum> checksum) {
  /** What the request asks for, or fails with InvalidRange, InvalidPartNumber. */
  static ObjectSlice of(S3Request request, StoredObject object) {
    Optional<Integer> part = request.partNumber();
    if (part.isPresent()) {
      return ofPart(object, part.get());
    }
    Optional<String> header =
        request.header("range").filter(range -> rangeApplies(request, object));
    return ByteRange.ofRead(header, object.size())
        .map(range -> new ObjectSlice(range, true, Optional.empty(), Optional.empty()))
        .orElseGet(() -> whole(object));
  }

  private static ObjectSlice whole(StoredObject object) {
    return new ObjectSlice(
        new ByteRange(0, object.size() - 1), false, Optional.empty(), object.checksum());
  }

  /** {@code If-Range} that does not match makes the range void (RFC 9110 section 13.1.5). */
  private static boolean rangeApplies(S3Request request, StoredObject object) {
    Optional<String> validator = request.header("if-range");
    if (validator.isEmpty()) {
      return true;
    }
    return HttpDate.parse(validator.get())
        .map(date -> object.lastModified().truncatedTo(ChronoUnit.SECONDS).equals(date))
        .orElseGet(() -> EntityTags.match(validator.get(), object.etag()));
  }

  static boolean isMultipart(StoredObject object) {
    return !object.chunks().isEmpty() && object.chunks().getFirst().partNumber() > 0;
  }

  private static ObjectSlice ofPart(StoredObject object, int number) {
    List<Chunk> chunks = object.chunks();
    if (!isMultipart(object)) {
      if (number != 1) {
        throw missing(number);
      }
      ObjectSlice whole = whole(object);
      return new ObjectSlice(whole.range, object.size() > 0, Optional.empty(), whole.checksum);
    }
    long start = 0;
    for (Chunk chunk : chunks) {
      long length = chunk.ref().length();
      if (chunk.partNumber() == number) {
        ByteRange range = new ByteRange(start, start + length - 1);
        return new ObjectSlice(
            range, length > 0, Optional.of(chunks.size()), checksum(object, chunk));
      }
      start += length;
    }
    throw missing(number);
  }

  private static Optional<StoredChecksum> checksum(StoredObject object, Chunk part) {
    return object
        .checksum()
        .flatMap(
            whole ->
                part.checksum()
                    .map(
                        value -> new StoredChecksum(whole.algorithm(), whole.fullObject(), value)));
  }

  private static RuntimeException missing(int number) {
    return S3Error.INVALID_PART_NUMBER
        .exception()
        .with("PartNumberRequested", Integer.toString(number));
  }
}
