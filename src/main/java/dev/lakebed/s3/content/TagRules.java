package dev.lakebed.s3.content;

import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.storage.metadata.TagText.TagFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many tags there can be, beside the rules for each: see {@link TagFault}. */
public enum TagRules {
  /** Tags of an object. */
  OBJECT("Object", 10),
  /** Tags of a bucket. */
  BUCKET("Bucket", 50);

  private final String subject;
  private final int most;

  TagRules(String subject, int most) {
    this.subject = subject;
    this.most = most;
  }

  /**
   * The tags by key.
   *
   * @param pairs keys and values as sent
   * @throws dev.lakebed.s3.rest.S3Exception InvalidTag
   */
  public Map<String, String> check(List<Map.Entry<String, String>> pairs) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, String> pair : pairs) {
      TagFault.of(pair.getKey(), pair.getValue())
          .ifPresent(
              fault -> {
                throw S3Error.INVALID_TAG.exception(message(fault));
              });
      if (tags.put(pair.getKey(), pair.getValue()) != null) {
        throw S3Error.INVALID_TAG.exception("Cannot provide multiple Tags with the same key");
      }
    }
    return limited(tags);
  }

  /**
   * The tags, when they are not too many.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidTag
   */
  public Map<String, String> limited(Map<String, String> tags) {
    if (tags.size() > most) {
      throw S3Error.INVALID_TAG.exception(subject + " tags cannot be greater than " + most);
    }
    return tags;
  }

  private static String message(TagFault fault) {
    return switch (fault) {
      case KEY -> "The TagKey you have provided is invalid";
      case VALUE -> "The TagValue you have provided is invalid";
      case RESERVED -> "System tags cannot be added/updated by requester";
    };
  }
}
