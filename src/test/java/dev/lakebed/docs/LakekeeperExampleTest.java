package dev.lakebed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.RoleArn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The files that README's part on Lakekeeper pastes fit together and to Lakekeeper's OpenAPI
 * document (0.13, docs/docs/api/management-open-api.yaml: CreateWarehouseRequest, S3Profile,
 * S3AccessKeyCredential).
 */
class LakekeeperExampleTest {
  private static final Path CONFIG = Path.of("docs/examples/lakekeeper.json");
  private static final Path WAREHOUSE = Path.of("docs/examples/lakekeeper-warehouse.json");
  private static final Set<String> PROFILE =
      Set.of(
          "type",
          "flavor",
          "bucket",
          "key-prefix",
          "region",
          "endpoint",
          "path-style-access",
          "sts-enabled",
          "sts-role-arn");

  private JsonObject warehouse = JsonObject.EMPTY_JSON_OBJECT;
  private JsonObject profile = JsonObject.EMPTY_JSON_OBJECT;
  private IamConfig config = IamConfig.load(List.of(CONFIG));

  @BeforeEach
  void read() throws IOException {
    warehouse = object(WAREHOUSE);
    profile = warehouse.getJsonObject("storage-profile");
    config = IamConfig.load(List.of(CONFIG));
  }

  private static JsonObject object(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file);
        JsonReader reader = Json.createReader(text)) {
      return reader.readObject();
    }
  }

  @Test
  void warehouse_has_every_required_field_and_none_that_lakekeeper_does_not_know() {
    assertThat(warehouse)
        .containsOnlyKeys("warehouse-name", "storage-profile", "storage-credential");
    assertThat(profile.keySet()).isEqualTo(PROFILE);
    assertThat(profile.getBoolean("path-style-access")).isTrue();
    assertThat(profile.getString("key-prefix")).isNotBlank();
    assertThat(warehouse.getJsonObject("storage-credential"))
        .containsOnlyKeys("type", "credential-type", "access-key-id", "secret-access-key");
  }

  @Test
  void warehouse_names_the_key_the_role_and_the_bucket_of_the_configuration() throws IOException {
    JsonObject credential = warehouse.getJsonObject("storage-credential");
    IamSnapshot snapshot = config.snapshot();
    OwnedKey key = snapshot.key(credential.getString("access-key-id")).orElseThrow();
    assertThat(key.key().secret().reveal()).isEqualTo(credential.getString("secret-access-key"));
    assertThat(
            RoleArn.parse(profile.getString("sts-role-arn"), "000000000000")
                .flatMap(snapshot::role))
        .isPresent();
    assertThat(Files.readString(CONFIG))
        .contains("\"arn:aws:s3:::" + profile.getString("bucket") + "/*\"");
  }

  /** AWS, "Passing session tags in AWS STS": the trust policy must allow sts:TagSession. */
  @Test
  void role_may_be_assumed_with_session_tags() throws IOException {
    assertThat(
            object(CONFIG)
                .getJsonArray("roles")
                .getJsonObject(0)
                .getJsonObject("trustPolicy")
                .getJsonArray("Statement")
                .getJsonObject(0)
                .getJsonArray("Action"))
        .extracting(Object::toString)
        .containsExactly("\"sts:AssumeRole\"", "\"sts:TagSession\"");
  }

  @Test
  void configuration_gives_no_warning_but_of_the_secret_that_is_to_be_changed() {
    assertThat(config.warnings()).isEmpty();
    assertThat(config.weakKeys()).extracting(WeakKey::accessKeyId).containsExactly("lakekeeper");
  }

  @Test
  void readme_pastes_the_files_and_the_calls() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(
            "--config " + CONFIG + " --bucket " + profile.getString("bucket"),
            "/management/v1/bootstrap",
            "/management/v1/warehouse",
            "-d @" + WAREHOUSE,
            "warehouse=" + warehouse.getString("warehouse-name"));
  }
}
