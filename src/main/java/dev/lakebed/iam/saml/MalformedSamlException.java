package dev.lakebed.iam.saml;

/** A document that is not what SAML says. */
public final class MalformedSamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, without quoting the document. */
  public MalformedSamlException(String message) {
    super(message);
  }
}
