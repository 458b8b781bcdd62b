package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A multipart upload.
 *
 * @param id opaque, URL-safe
 * @param fullObjectChecksum whether the final checksum is over the whole object
 * @param completed result, kept for a while after completion so that a repeated Complete answers
 *     the same
 */
public record Upload(
    String id,
    long bucket,
    String key,
    Instant initiatedAt,
    String initiatorArn,
    ObjectAttributes attributes,
    Optional<String> checksumAlgorithm,
    boolean fullObjectChecksum,
    Optional<StoredObject> completed) {

  /** Part 1 to 10000, with its hexadecimal MD5 and Base64 checksum in the upload's algorithm. */
  public record StoredPart(
      int number,
      long size,
      String etag,
      Instant lastModified,
      Optional<String> checksum,
      BlobRef ref) {}

  /**
   * Ids of multipart uploads: the time of initiation and 128 random bits, URL-safe. The time lets a
   * listing go on after an upload that has been aborted since, so the store takes no id that tells
   * another time than its upload.
   */
  public static final class UploadIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 16;
    private static final int LENGTH = (Long.BYTES + RANDOM_BYTES) / 3 * 4;

    private UploadIds() {}

    /** A new id for an upload that is initiated at that time. */
    public static String next(Instant initiatedAt) {
      byte[] random = new byte[RANDOM_BYTES];
      RANDOM.nextBytes(random);
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES);
      bytes.putLong(initiatedAt.toEpochMilli()).put(random);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Whether a text has the form of an id; an upload of that id need not exist. */
    public static boolean isOne(String text) {
      return millis(text).isPresent();
    }

    /** Whether an upload of that id was initiated at that time. */
    static boolean tells(String id, Instant initiatedAt) {
      return millis(id).equals(OptionalLong.of(initiatedAt.toEpochMilli()));
    }

    /** The time in an id, in milliseconds; empty when the text has not the form of an id. */
    static OptionalLong millis(String id) {
      if (id.length() != LENGTH) {
        return OptionalLong.empty();
      }
      try {
        return OptionalLong.of(ByteBuffer.wrap(Base64.getUrlDecoder().decode(id)).getLong());
      } catch (IllegalArgumentException e) {
        return OptionalLong.empty();
      }
    }
  }
}
