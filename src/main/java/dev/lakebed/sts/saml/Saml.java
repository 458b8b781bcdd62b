package dev.lakebed.sts.saml;

import dev.lakebed.sts.identity.IdentityException;
import dev.lakebed.sts.identity.IdentityException.Reason;

/** Namespaces of SAML, and the usual refusal. */
final class Saml {
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

  private Saml() {}

  static IdentityException invalid(String detail) {
    return new IdentityException(Reason.INVALID, detail);
  }
}
