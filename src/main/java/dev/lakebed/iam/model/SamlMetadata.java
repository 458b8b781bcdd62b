package dev.lakebed.iam.model;

import dev.lakebed.iam.model.SafeXml.MalformedSamlException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What the metadata of an identity provider says.
 *
 * @param entityId its name, the issuer of assertions
 * @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf">Metadata
 *     for SAML 2.0</a>
 */
public record SamlMetadata(
    String entityId, List<X509Certificate> certificates, Optional<Instant> validUntil) {
  private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  private static final int MAX_CERTIFICATES = 10;

  public SamlMetadata {
    certificates = List.copyOf(certificates);
  }

  /** Reads the metadata of one provider; MalformedSamlException when it cannot be used. */
  public static SamlMetadata parse(String xml) {
    Element entity = SafeXml.parse(xml).getDocumentElement();
    if (!METADATA.equals(entity.getNamespaceURI())
        || !entity.getLocalName().equals("EntityDescriptor")) {
      throw new MalformedSamlException("the metadata must be an EntityDescriptor");
    }
    String entityId = entity.getAttribute("entityID");
    if (entityId.isEmpty()) {
      throw new MalformedSamlException("the metadata has no entityID");
    }
    Element provider =
        SafeXml.child(entity, METADATA, "IDPSSODescriptor")
            .orElseThrow(() -> new MalformedSamlException("the metadata has no IDPSSODescriptor"));
    List<X509Certificate> certificates = certificates(provider);
    if (certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
      throw new MalformedSamlException(
          "the metadata must have from 1 to " + MAX_CERTIFICATES + " certificates for signing");
    }
    return new SamlMetadata(entityId, certificates, validUntil(entity));
  }

  private static Optional<Instant> validUntil(Element entity) {
    String text = entity.getAttribute("validUntil");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException malformed) {
      throw new MalformedSamlException("validUntil of the metadata is no time");
    }
  }

  private static List<X509Certificate> certificates(Element provider) {
    List<X509Certificate> found = new ArrayList<>();
    for (Element key : SafeXml.children(provider, METADATA, "KeyDescriptor")) {
      String use = key.getAttribute("use");
      if (use.isEmpty() || use.equals("signing")) {
        SafeXml.children(key, SIGNATURE, "KeyInfo").stream()
            .flatMap(info -> SafeXml.children(info, SIGNATURE, "X509Data").stream())
            .flatMap(data -> SafeXml.children(data, SIGNATURE, "X509Certificate").stream())
            .map(SamlMetadata::certificate)
            .forEach(found::add);
      }
    }
    return found;
  }

  private static X509Certificate certificate(Element element) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(SafeXml.text(element));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException malformed) {
      throw new MalformedSamlException("a certificate of the metadata cannot be read");
    }
  }
}
