package dev.lakebed.tables.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a metadata file lies: {@code s3://BUCKET/KEY}. The key is taken literally, nothing is
 * decoded; since some clients resolve paths, keys with empty, {@code .} or {@code ..} segments are
 * refused.
 */
public record MetadataLocation(String bucket, String key) {
  private static final String SCHEME = "s3://";
  private static final int LONGEST = 2048;

  public MetadataLocation {
    boolean ambiguous =
        Arrays.stream(key.split("/", -1))
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    boolean printable =
        key.chars().noneMatch(Character::isISOControl)
            && StandardCharsets.UTF_8.newEncoder().canEncode(key);
    if (bucket.isEmpty() || ambiguous || !printable) {
      throw TablesError.BAD_REQUEST.because(
          "metadataLocation must be s3://BUCKET/KEY without empty, . or .. segments and without"
              + " control characters");
    }
  }

  /** Parses a location, or fails with BadRequestException when it is not the URI of an object. */
  public static MetadataLocation parse(String text) {
    int slash = text.indexOf('/', SCHEME.length());
    if (!text.startsWith(SCHEME) || slash < 0 || text.length() > LONGEST) {
      throw TablesError.BAD_REQUEST.because(
          "metadataLocation must be s3://BUCKET/KEY of at most 2048 characters");
    }
    return new MetadataLocation(text.substring(SCHEME.length(), slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + '/' + key;
  }

  /** Where a table's files lie: {@code s3://BUCKET/PREFIX} without trailing slash. */
  public record Warehouse(String bucket, String prefix) {
    /** Whether the file lies in this location, not merely in one whose name begins alike. */
    public boolean contains(MetadataLocation file) {
      return file.bucket().equals(bucket) && file.key().startsWith(prefix + '/');
    }

    @Override
    public String toString() {
      return "s3://" + bucket + '/' + prefix;
    }
  }
}
