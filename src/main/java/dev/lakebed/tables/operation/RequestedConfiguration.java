package dev.lakebed.tables.operation;

import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.operation.ResourceTagging.ResourceTagSet;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.TablesError;
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
  static final String STORAGE = "storageClassConfiguration";
  static final String CLASS = "storageClass";
  static final String STANDARD = "STANDARD";
  static final String ENCRYPTION = "encryptionConfiguration";

  static RequestedConfiguration of(JsonMembers body) {
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

  /** Refuses another storage class than the one that everything is kept as. */
  static void requireStandard(JsonMembers body) {
    body.members(STORAGE)
        .map(configuration -> configuration.text(CLASS))
        .filter(storageClass -> !storageClass.equals(STANDARD))
        .ifPresent(
            storageClass -> {
              throw storageClass.equals("INTELLIGENT_TIERING")
                  ? TablesError.NOT_IMPLEMENTED.because(
                      "The storage class INTELLIGENT_TIERING is not implemented by this server.")
                  : TablesError.BAD_REQUEST.because("There is no such storage class.");
            });
  }
}
