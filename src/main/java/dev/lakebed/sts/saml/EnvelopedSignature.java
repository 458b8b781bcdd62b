package dev.lakebed.sts.saml;

import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A signature inside the element that it covers. What it names must be exactly that element, by an
 * id that no other element has, with no transformation but the usual two; keys inside the signature
 * are not looked at.
 *
 * @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf">SAML 2.0 core,
 *     section 5.4</a>
 */
record EnvelopedSignature(Element signature, Element covered) {
  private static final String ID = "ID";
  private static final Set<String> CANONICAL =
      Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.INCLUSIVE);
  private static final Set<String> DIGESTS =
      Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);
  private static final Set<String> SIGNATURES =
      Set.of(
          SignatureMethod.RSA_SHA256,
          SignatureMethod.RSA_SHA384,
          SignatureMethod.RSA_SHA512,
          SignatureMethod.ECDSA_SHA256,
          SignatureMethod.ECDSA_SHA384,
          SignatureMethod.ECDSA_SHA512);

  void require(List<X509Certificate> certificates) {
    requireUniqueId();
    if (certificates.stream().noneMatch(certificate -> isGood(certificate.getPublicKey()))) {
      throw Reason.INVALID.because("no certificate of the provider verifies the signature");
    }
  }

  private void requireUniqueId() {
    String id = covered.getAttribute(ID);
    if (id.isEmpty()) {
      throw Reason.INVALID.because("what is signed has no ID");
    }
    int count = 0;
    NodeList all = covered.getOwnerDocument().getElementsByTagNameNS("*", "*");
    for (int i = 0; i < all.getLength(); i++) {
      NamedNodeMap attributes = all.item(i).getAttributes();
      for (int a = 0; a < attributes.getLength(); a++) {
        Node attribute = attributes.item(a);
        if (ID.equalsIgnoreCase(attribute.getLocalName()) && id.equals(attribute.getNodeValue())) {
          count++;
        }
      }
    }
    if (count != 1) {
      throw Reason.INVALID.because("several elements have the ID of what is signed");
    }
  }

  private boolean isGood(PublicKey key) {
    if (!ExternalIdentity.accepts(key)) {
      return false;
    }
    try {
      DOMValidateContext context =
          new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
      context.setProperty("org.jcp.xml.dsig.secureValidation", true);
      context.setIdAttributeNS(covered, null, ID);
      XMLSignature parsed = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      requireForm(parsed);
      return parsed.validate(context);
    } catch (MarshalException | XMLSignatureException | ClassCastException unusable) {
      return false;
    }
  }

  private void requireForm(XMLSignature parsed) {
    List<Reference> references = parsed.getSignedInfo().getReferences();
    if (references.size() != 1 || !parsed.getObjects().isEmpty()) {
      throw Reason.INVALID.because("the signature must have one reference and no objects");
    }
    Reference reference = references.getFirst();
    if (!("#" + covered.getAttribute(ID)).equals(reference.getURI())) {
      throw Reason.INVALID.because("the signature is for another element");
    }
    boolean known =
        CANONICAL.contains(parsed.getSignedInfo().getCanonicalizationMethod().getAlgorithm())
            && SIGNATURES.contains(parsed.getSignedInfo().getSignatureMethod().getAlgorithm())
            && DIGESTS.contains(reference.getDigestMethod().getAlgorithm())
            && reference.getTransforms().size() <= 2
            && reference.getTransforms().stream().allMatch(EnvelopedSignature::isUsual);
    if (!known) {
      throw Reason.INVALID.because("the signature uses a method that is not accepted");
    }
    if (SafeXml.children(covered, XMLSignature.XMLNS, "Signature").size() != 1) {
      throw Reason.INVALID.because("more than one signature in one element");
    }
  }

  private static boolean isUsual(Transform transform) {
    return transform.getAlgorithm().equals(Transform.ENVELOPED)
        || CANONICAL.contains(transform.getAlgorithm());
  }
}
