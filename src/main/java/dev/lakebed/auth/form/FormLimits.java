package dev.lakebed.auth.form;

/**
 * How much of a form is kept in memory.
 *
 * @param bytes greatest sum of all names, values and part headers before the file
 * @param fields greatest number of fields
 */
public record FormLimits(int bytes, int fields) {
  /** 64 KiB in at most 256 fields; Amazon S3 takes 20 KB, but its session tokens are shorter. */
  public static final FormLimits DEFAULT = new FormLimits(64 * 1024, 256);

  /** Checks that both are positive. */
  public FormLimits {
    if (bytes < 1 || fields < 1) {
      throw new IllegalArgumentException("the limits of a form must be positive");
    }
  }
}
