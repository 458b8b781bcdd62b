package dev.lakebed.tables.operation;

import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.rest.JsonMembers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request asks of a table bucket or table beside its name, as policies see it.
 *
 * @param algorithm {@code s3tables:SSEAlgorithm}
 * @param key {@code s3tables:KMSKeyArn}
 * @param storageClass {@code s3tables:StorageClass}
 * @param tags {@code aws:RequestTag/…} and {@code aws:TagKeys}
 */
record RequestedConfiguration(
    Optional<String> algorithm,
    Optional<String> key,
    Optional<String> storageClass,
    Map<String, String> tags)
    implements Keys {
  static final String ENCRYPTION = "encryptionConfiguration";

  static RequestedConfiguration of(JsonMembers body) {
    Optional<JsonMembers> encryption = body.members(ENCRYPTION);
    return new RequestedConfiguration(
        encryption.flatMap(members -> members.optionalText("sseAlgorithm")),
        encryption.flatMap(members -> members.optionalText("kmsKeyArn")),
        body.members(StorageClass.MEMBER)
            .flatMap(members -> members.optionalText(StorageClass.NAME)),
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
}
