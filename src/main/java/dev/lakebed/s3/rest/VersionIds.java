package dev.lakebed.s3.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/** Version ids of buckets without versioning: every object is version {@code null}. */
public final class VersionIds {
  public static final String NULL_VERSION = "null";

  /** Ids of AWS have 32 characters, those of its first years more. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{32,128}");

  private VersionIds() {}

  /**
   * Whether a read of that version finds the current object; not when it names one that cannot
   * exist here. Fails with InvalidArgument when it is no version id at all.
   */
  public static boolean namesCurrent(Optional<String> versionId) {
    if (versionId.isEmpty() || versionId.get().equals(NULL_VERSION)) {
      return true;
    }
    String value = versionId.get();
    if (!isPossible(value)) {
      throw S3Error.invalidArgument(
          value.isEmpty()
              ? "Version id cannot be the empty string"
              : "Invalid version id specified",
          "versionId",
          value);
    }
    return false;
  }

  public static boolean isPossible(String versionId) {
    return versionId.equals(NULL_VERSION) || FORM.matcher(versionId).matches();
  }
}
