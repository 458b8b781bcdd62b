package dev.lakebed.iam.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is looked up as what it is, in whatever order requests ask for it. */
class LayeredViewTest {
  private static final String ACCOUNT = "000000000000";
  private static final String SAML = Kind.SAML_PROVIDER.arn(ACCOUNT, "/", "corp");
  private static final String OIDC = Kind.OIDC_PROVIDER.arn(ACCOUNT, "/", "idp.example");
  private static final String METADATA = "<EntityDescriptor/>";

  @TempDir Path directory;
  private MetadataStore metadata;
  private IdentityView view;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    metadata = MetadataStore.open(new DatabaseSettings.Embedded(directory.resolve("database")));
    Path keys = Files.createDirectory(directory.resolve("keys"));
    IamStore store =
        new IamStore(
            metadata.database(), metadata.changes(), new SecretSeal(new StoreKeys(keys)::all));
    Path file = Files.writeString(keys.resolve("iam.json"), "{}");
    IamSnapshot configured =
        new IamDirectory(new IdentityLoader(List.of(file), Map.of(), keys)).snapshot();
    add(store, Kind.SAML_PROVIDER, "corp", METADATA);
    add(
        store,
        Kind.OIDC_PROVIDER,
        "idp.example",
        StoredProviders.document(
            new OidcProvider(OIDC, "https://idp.example", List.of("a"), List.of())));
    add(store, Kind.ROLE, "corp", METADATA);
    view = new LayeredView(configured, store);
  }

  private static void add(IamStore store, Kind kind, String name, String document) {
    store.write(
        stored -> {
          Entity made =
              Entity.named(
                  kind.prefix() + "CORP", new EntityArn(ACCOUNT, kind, "/", name), Instant.EPOCH);
          stored.entities().insert(made.documented(document));
          return made;
        });
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  @Test
  void a_saml_provider_that_was_looked_up_is_no_oidc_provider() {
    assertThat(view.samlProvider(SAML)).contains(new SamlProvider(SAML, METADATA));
    assertThat(view.oidcProvider(SAML)).isEmpty();
    assertThat(view.samlProvider(SAML)).isPresent();
  }

  @Test
  void a_saml_provider_is_found_after_an_oidc_provider_was_looked_for_under_its_arn() {
    assertThat(view.oidcProvider(SAML)).isEmpty();
    assertThat(view.samlProvider(SAML)).isPresent();
  }

  @Test
  void an_oidc_provider_is_no_saml_provider_in_either_order() {
    assertThat(view.samlProvider(OIDC)).isEmpty();
    assertThat(view.oidcProvider(OIDC).map(OidcProvider::url)).contains("https://idp.example");
    assertThat(view.samlProvider(OIDC)).isEmpty();
  }

  @Test
  void what_is_no_provider_is_not_taken_for_one() {
    String role = Kind.ROLE.arn(ACCOUNT, "/", "corp");
    assertThat(view.samlProvider(role)).isEmpty();
    assertThat(view.oidcProvider(role)).isEmpty();
  }
}
