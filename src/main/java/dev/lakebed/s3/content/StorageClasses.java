package dev.lakebed.s3.content;

import dev.lakebed.s3.rest.S3Error;
import java.util.Map;
import java.util.Set;

/** Storage classes. They are labels here: every object is stored alike and is readable at once. */
public final class StorageClasses {
  /** Header that names the class. */
  public static final String HEADER = "x-amz-storage-class";

  private static final String STANDARD = "STANDARD";
  private static final Set<String> KNOWN =
      Set.of(
          STANDARD,
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");

  private StorageClasses() {}

  /**
   * Refuses a class that general purpose buckets do not have.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidStorageClass
   */
  static String requireKnown(String name) {
    if (!KNOWN.contains(name)) {
      throw S3Error.INVALID_STORAGE_CLASS.exception().with("StorageClassRequested", name);
    }
    return name;
  }

  /** Whether it is the class that answers do not name. */
  public static boolean isStandard(String name) {
    return name.equals(STANDARD);
  }

  /** The class of an object with these stored headers. */
  public static String of(Map<String, String> headers) {
    return headers.getOrDefault(HEADER, STANDARD);
  }
}
