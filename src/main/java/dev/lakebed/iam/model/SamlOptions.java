package dev.lakebed.iam.model;

import java.util.Set;

/**
 * Whom assertions may be made out to.
 *
 * @param audiences what AudienceRestriction may name
 * @param recipients what Recipient and Destination may name
 */
public record SamlOptions(Set<String> audiences, Set<String> recipients) {
  private static final String AWS_SIGN_IN = "https://signin.aws.amazon.com/saml";

  /**
   * What identity providers that are set up for AWS write.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">AWS,
   *     SAML assertions</a>
   */
  public static final SamlOptions DEFAULT =
      new SamlOptions(Set.of(AWS_SIGN_IN, "urn:amazon:webservices"), Set.of(AWS_SIGN_IN));

  /** Copies the sets. */
  public SamlOptions {
    audiences = Set.copyOf(audiences);
    recipients = Set.copyOf(recipients);
  }
}
