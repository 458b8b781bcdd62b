package dev.lakebed.s3.request;

import dev.lakebed.s3.error.S3Error;
import java.util.Optional;

/** Version ids of buckets without versioning: every object is version {@code null}. */
public final class VersionIds {
  /** The version id of an object in a bucket that never had versioning. */
  public static final String NULL_VERSION = "null";

  private VersionIds() {}

  /**
   * Whether a read of that version finds the current object.
   *
   * @param versionId as sent
   * @return false when it names a version that cannot exist here
   * @throws dev.lakebed.s3.error.S3Exception InvalidArgument when it is no version id at all
   */
  public static boolean namesCurrent(Optional<String> versionId) {
    if (versionId.isEmpty() || versionId.get().equals(NULL_VERSION)) {
      return true;
    }
    String value = versionId.get();
    if (!value.matches("[A-Za-z0-9._-]{1,128}") || value.contains("..")) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Invalid version id specified")
          .with("ArgumentName", "versionId")
          .with("ArgumentValue", value);
    }
    return false;
  }
}
