package dev.lakebed.s3.rest;

import dev.lakebed.s3.rest.S3Error.S3Exception;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of an object (RFC 9110 section 14.1.2, single ranges only). {@code last} is inclusive.
 */
public record ByteRange(long first, long last) {
  // Eighteen digits always fit a long; a longer number lies beyond any object all the same.
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");
  private static final int SAFE_DIGITS = 18;

  public long length() {
    return last - first + 1;
  }

  public String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /**
   * The range of a read; empty when the header is absent, cannot be read, runs backwards or names
   * several ranges, which all give the whole object. So do the last bytes of an empty object, which
   * is shorter than any of them (RFC 9110 section 14.1.2). Fails with InvalidRange when it lies
   * beyond the object.
   */
  public static Optional<ByteRange> ofRead(Optional<String> header, long size) {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Matcher range = SINGLE.matcher(header.get().strip());
    if (!range.matches()) {
      return Optional.empty();
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? Optional.empty() : suffix(number(to), size, header.get());
    }
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw unsatisfiable(size, header.get());
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  /**
   * The range of UploadPartCopy, of the form {@code bytes=first-last} only. Fails with
   * InvalidArgument for any other form, and beyond the source.
   */
  public static ByteRange ofCopy(String header, long size) {
    Matcher range = SINGLE.matcher(header.strip());
    if (!range.matches() || range.group(1).isEmpty() || range.group(2).isEmpty()) {
      throw malformedCopy(header);
    }
    long first = number(range.group(1));
    long last = number(range.group(2));
    if (last < first) {
      throw malformedCopy(header);
    }
    if (last >= size) {
      throw refusedCopy("Range specified is not valid for source object of size: " + size, header);
    }
    return new ByteRange(first, last);
  }

  private static Optional<ByteRange> suffix(long count, long size, String header) {
    if (count == 0) {
      throw unsatisfiable(size, header);
    }
    return size == 0
        ? Optional.empty()
        : Optional.of(new ByteRange(Math.max(0, size - count), size - 1));
  }

  private static long number(String digits) {
    return digits.length() > SAFE_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static S3Exception malformedCopy(String header) {
    return refusedCopy(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
            + " last are the zero-based offsets of the first and last bytes to copy",
        header);
  }

  private static S3Exception refusedCopy(String message, String header) {
    return S3Error.invalidArgument(message, "x-amz-copy-source-range", header);
  }

  private static S3Exception unsatisfiable(long size, String header) {
    return S3Error.INVALID_RANGE
        .exception()
        .with("RangeRequested", header)
        .with("ActualObjectSize", Long.toString(size));
  }
}
