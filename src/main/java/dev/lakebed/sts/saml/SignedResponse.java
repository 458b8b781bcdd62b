package dev.lakebed.sts.saml;

import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.dsig.XMLSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A response whose assertion is under a good signature. The document must have one response, its
 * root, and one assertion, the root's child: so there is no second one that could be read in place
 * of the signed one.
 *
 * @see <a
 *     href="https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky">On
 *     Breaking SAML: Be Whoever You Want to Be</a>
 */
record SignedResponse(Element response, Element assertion) {
  private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

  static SignedResponse verify(Document document, List<X509Certificate> certificates) {
    Element response = document.getDocumentElement();
    if (!PROTOCOL.equals(response.getNamespaceURI())
        || !"Response".equals(response.getLocalName())
        || !response.getAttribute("Version").equals("2.0")) {
      throw Reason.INVALID.because("not a response of SAML 2.0");
    }
    Element assertion = only(document, ASSERTION, "Assertion");
    only(document, PROTOCOL, "Response");
    if (!response.isSameNode(assertion.getParentNode())) {
      throw Reason.INVALID.because("the assertion is not the response's own");
    }
    boolean signed = false;
    for (Element covered : List.of(response, assertion)) {
      for (Element signature : SafeXml.children(covered, XMLSignature.XMLNS, "Signature")) {
        new EnvelopedSignature(signature, covered).require(certificates);
        signed = true;
      }
    }
    if (!signed) {
      throw Reason.INVALID.because("neither response nor assertion is signed");
    }
    requireSuccess(response);
    return new SignedResponse(response, assertion);
  }

  /** The provider's own no. */
  private static void requireSuccess(Element response) {
    boolean success =
        SafeXml.child(response, PROTOCOL, "Status")
            .flatMap(status -> SafeXml.child(status, PROTOCOL, "StatusCode"))
            .filter(code -> code.getAttribute("Value").equals(SUCCESS))
            .isPresent();
    if (!success) {
      throw Reason.REJECTED.because("the provider did not report success");
    }
  }

  private static Element only(Document document, String namespace, String name) {
    NodeList found = document.getElementsByTagNameNS(namespace, name);
    if (found.getLength() != 1 || !(found.item(0) instanceof Element element)) {
      throw Reason.INVALID.because("there must be exactly one " + name);
    }
    return element;
  }

  /** The child of an element of an assertion. */
  static Optional<Element> child(Element parent, String name) {
    return SafeXml.child(parent, ASSERTION, name);
  }

  static List<Element> children(Element parent, String name) {
    return SafeXml.children(parent, ASSERTION, name);
  }
}
