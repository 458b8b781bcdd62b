package dev.lakebed.tables.rest;

import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.TagText.TagFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request asks of a table bucket or table beside its name, as policies see it.
 *
 * @param algorithm {@code s3tables:SSEAlgorithm}
 * @param key {@code s3tables:KMSKeyArn}
 * @param storageClass {@code s3tables:StorageClass}
 * @param tags {@code aws:RequestTag/…} and {@code aws:TagKeys}
 */
public record RequestedConfiguration(
    Optional<String> algorithm,
    Optional<String> key,
    Optional<String> storageClass,
    Map<String, String> tags)
    implements Keys {
  private static final String STORAGE = "storageClassConfiguration";
  private static final String CLASS = "storageClass";
  private static final String STANDARD = "STANDARD";
  public static final String ENCRYPTION = "encryptionConfiguration";

  public static RequestedConfiguration of(JsonMembers body) {
    Optional<JsonMembers> encryption = body.members(ENCRYPTION);
    return new RequestedConfiguration(
        encryption.flatMap(members -> members.optionalText("sseAlgorithm")),
        encryption.flatMap(members -> members.optionalText("kmsKeyArn")),
        body.members(STORAGE).flatMap(members -> members.optionalText(CLASS)),
        ResourceTagSet.read(body));
  }

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "s3tables:ssealgorithm" -> algorithm.stream().toList();
      case "s3tables:kmskeyarn" -> this.key.stream().toList();
      case "s3tables:storageclass" -> storageClass.stream().toList();
      default -> RequestTags.of(tags).values(key);
    };
  }

  /** The rights that it takes beside that to create something. */
  public List<String> rights(JsonMembers body, String encryption, String storageClass) {
    return Stream.of(
            body.has(ENCRYPTION) ? encryption : "",
            body.has(STORAGE) ? storageClass : "",
            tags.isEmpty() ? "" : OperationName.TAG_RESOURCE.action())
        .filter(right -> !right.isEmpty())
        .toList();
  }

  public static void requireBuilt(JsonMembers body, String... members) {
    for (String member : members) {
      if (body.has(member)) {
        throw TablesError.notImplemented("The parameter " + member);
      }
    }
  }

  /** Refuses another storage class than the one that everything is kept as. */
  public static void requireStandard(JsonMembers body) {
    String asked = body.members(STORAGE).map(members -> members.text(CLASS)).orElse(STANDARD);
    if (!asked.equals(STANDARD)) {
      throw asked.equals("INTELLIGENT_TIERING")
          ? TablesError.notImplemented("The storage class INTELLIGENT_TIERING")
          : TablesError.BAD_REQUEST.because("There is no such storage class.");
    }
  }

  public static final class ResourceTagSet {
    public static final String MEMBER = "tags";

    private static final int MOST = 50;

    private ResourceTagSet() {}

    public static Map<String, String> read(JsonMembers body) {
      Map<String, String> tags = body.textMap(MEMBER);
      tags.forEach(
          (key, value) ->
              TagFault.of(key, value)
                  .ifPresent(
                      fault -> {
                        throw TablesError.BAD_REQUEST.because(message(fault, key));
                      }));
      return limited(tags);
    }

    public static Map<String, String> plus(Map<String, String> now, Map<String, String> added) {
      Map<String, String> all = new HashMap<>(now);
      all.putAll(added);
      return limited(all);
    }

    public static Map<String, String> minus(Map<String, String> now, List<String> keys) {
      Map<String, String> left = new HashMap<>(now);
      left.keySet().removeAll(keys);
      return left;
    }

    private static Map<String, String> limited(Map<String, String> tags) {
      if (tags.size() > MOST) {
        throw TablesError.BAD_REQUEST.because("A resource has at most " + MOST + " tags.");
      }
      return tags;
    }

    private static String message(TagFault fault, String key) {
      return switch (fault) {
        case KEY -> "A tag key has 1 to 128 letters, digits, spaces and _ . : / = + - @";
        case VALUE ->
            ("The value of tag %s has more than 256 characters, or others than letters, digits,"
                    + " spaces and _ . : / = + - @")
                .formatted(key);
        case RESERVED -> "Tag keys must not begin with aws:";
      };
    }
  }
}
