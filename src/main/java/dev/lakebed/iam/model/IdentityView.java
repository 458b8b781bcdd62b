package dev.lakebed.iam.model;

import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.policy.Question.Grants;
import java.util.Optional;

/**
 * Looks identities up for one request, wherever they are kept: in the configuration file, in the
 * database, or in both.
 */
public interface IdentityView {
  Optional<OwnedKey> key(String accessKeyId);

  Optional<User> user(String arn);

  Optional<RootUser> root(String account);

  Optional<Role> role(RoleArn arn);

  Optional<ManagedPolicy> policy(String arn);

  Optional<IdentityProvider> provider(String arn);

  /** An OpenID Connect provider by ARN; see {@link OidcProvider#arn}. */
  default Optional<OidcProvider> oidcProvider(String arn) {
    return provider(arn).filter(OidcProvider.class::isInstance).map(OidcProvider.class::cast);
  }

  default Optional<SamlProvider> samlProvider(String arn) {
    return provider(arn).filter(SamlProvider.class::isInstance).map(SamlProvider.class::cast);
  }

  /** What a request without credentials may do. */
  Grants anonymous();

  StsSettings sts();
}
