package dev.lakebed.iam.model;

/**
 * A SAML 2.0 identity provider whose assertions AssumeRoleWithSAML takes.
 *
 * @param arn {@code arn:aws:iam::<account>:saml-provider/<name>}
 * @param metadata the metadata document as given
 */
public record SamlProvider(String arn, String metadata) implements IdentityProvider {}
