package dev.lakebed.iam.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.StsSettings.FederationSettings;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Identity providers of the file, as the API shows them in their account. */
class ConfiguredEntitiesTest {
  private static final String ACCOUNT = "111122223333";
  private static final String OIDC_NAME = "idp.example/realms/lake";
  private static final OidcProvider OIDC =
      new OidcProvider(
          OidcProvider.arn(ACCOUNT, "https://" + OIDC_NAME),
          "http://" + OIDC_NAME,
          List.of("trino"),
          List.of("a".repeat(40)));
  private static final SamlProvider SAML =
      new SamlProvider("arn:aws:iam::" + ACCOUNT + ":saml-provider/corp", "<EntityDescriptor/>");

  @Test
  void providers_are_what_the_file_says_of_them() {
    Entity oidc = configured(ACCOUNT).find(Kind.OIDC_PROVIDER, OIDC_NAME).orElseThrow();
    assertThat(oidc.arn()).isEqualTo(OIDC.arn());
    assertThat(oidc.configured()).isTrue();
    assertThat(StoredProviders.oidc(oidc)).isEqualTo(OIDC);
    Entity saml = configured(ACCOUNT).find(Kind.SAML_PROVIDER, "corp").orElseThrow();
    assertThat(saml.arn()).isEqualTo(SAML.arn());
    assertThat(saml.tags()).isEqualTo(Map.of("lakebed:source", "configuration"));
    assertThat(saml.document()).isEqualTo(SAML.metadata());
    assertThat(saml.configured()).isTrue();
  }

  @Test
  void other_accounts_do_not_have_them() {
    assertThat(configured("444455556666").all(Kind.OIDC_PROVIDER)).isEmpty();
    assertThat(configured("444455556666").all(Kind.SAML_PROVIDER)).isEmpty();
  }

  private static ConfiguredEntities configured(String account) {
    FederationSettings providers =
        new FederationSettings(
            Map.of(OIDC.arn(), OIDC),
            Map.of(),
            Map.of(SAML.arn(), SAML),
            Map.of(),
            List.of(),
            Set.of(),
            List.of());
    return new ConfiguredEntities(
        new IamSnapshot(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Grants.NONE,
            StsSettings.DEFAULT.with(providers)),
        account);
  }
}
