package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Unfinished multipart uploads, and finished ones for a while.
 *
 * <p>A write that throws {@link UnknownOutcomeException} may have happened. One that throws any
 * other exception, or returns false, has not happened and will not. An {@link Error} says nothing.
 */
public interface Uploads {
  /** Begins an upload, whose id is one of {@link UploadIds} for its time of initiation. */
  void create(Upload upload);

  /** The upload, if it belongs to that bucket and key. */
  Optional<Upload> find(long bucket, String key, String uploadId);

  /**
   * Stores a part, and queues the blob of one of the same number for release; false when the upload
   * is gone or completed.
   */
  boolean putPart(Upload upload, StoredPart part);

  /** Parts in number order after {@code afterNumber}. */
  List<StoredPart> parts(String uploadId, int afterNumber, int limit);

  /**
   * Makes an object of the parts, puts it in place and ends the upload, in one transaction. No part
   * can come, go or change meanwhile. Parts the object does not use are queued for release.
   *
   * @param assembly makes the object of the upload's parts, which it gets in number order; it may
   *     be asked again, and its exception reaches the caller unchanged
   * @return the object; that of the first completion when there was one; empty when the upload is
   *     gone
   * @throws NoSuchBucketException when the bucket is gone
   */
  Optional<StoredObject> complete(
      Upload upload, Function<List<StoredPart>, StoredObject> assembly, WriteCondition condition);

  /** Ends the upload and queues its parts for release; false when it is gone or completed. */
  boolean abort(Upload upload);

  /** Unfinished uploads in order of key, then time of initiation. */
  UploadPage list(ListQuery query);

  /**
   * What to list.
   *
   * @param afterKey exclusive start key; with {@code afterId} uploads of that key after that id
   */
  record ListQuery(
      long bucket,
      String prefix,
      String delimiter,
      String afterKey,
      Optional<String> afterId,
      int limit) {}

  /** A page of uploads and common prefixes. */
  record UploadPage(List<Upload> uploads, List<String> commonPrefixes, boolean truncated) {}
}
