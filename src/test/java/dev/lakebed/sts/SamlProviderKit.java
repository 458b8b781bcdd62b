package dev.lakebed.sts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A SAML identity provider that signs whatever it is given, with the JDK's own XML signatures. */
final class SamlProviderKit {
  static final String ENTITY = "https://idp.example.com/saml";
  static final String ARN = "arn:aws:iam::000000000000:saml-provider/corp";
  private static final String AUDIENCE = "urn:amazon:webservices";
  private static final String RECIPIENT = "https://signin.aws.amazon.com/saml";

  private final PrivateKey key;
  private final String certificate;

  SamlProviderKit() {
    try {
      Path store = Files.createTempDirectory("lakebed-saml").resolve("idp.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "idp",
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-dname",
                  "CN=idp",
                  "-validity",
                  "3650",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .start();
      keytool.getInputStream().readAllBytes();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      char[] password = "changeit".toCharArray();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), password);
      key = (PrivateKey) keys.getKey("idp", password);
      certificate = Base64.getMimeEncoder().encodeToString(keys.getCertificate("idp").getEncoded());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (GeneralSecurityException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String metadata() {
    return """
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">\
    <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">\
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\
    <ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
    </md:KeyDescriptor></md:IDPSSODescriptor></md:EntityDescriptor>\
    """
        .formatted(ENTITY, certificate.replace("\r", "").replace("\n", ""));
  }

  /** A response that nobody signed yet. */
  static String response(String id, String subject, Instant now, String role) {
    return """
    <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="r%1$s" Version="2.0"\
     IssueInstant="%3$s" Destination="%6$s">\
    <saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">%5$s</saml:Issuer>\
    <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>\
    </samlp:Status>\
    <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a%1$s" Version="2.0"\
     IssueInstant="%3$s"><saml:Issuer>%5$s</saml:Issuer>\
    <saml:Subject><saml:NameID\
     Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">%2$s</saml:NameID>\
    <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
    <saml:SubjectConfirmationData NotOnOrAfter="%4$s" Recipient="%6$s"/>\
    </saml:SubjectConfirmation></saml:Subject>\
    <saml:Conditions NotBefore="%3$s" NotOnOrAfter="%4$s"><saml:AudienceRestriction>\
    <saml:Audience>%7$s</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
    <saml:AuthnStatement AuthnInstant="%3$s"/>\
    <saml:AttributeStatement>\
    <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">\
    <saml:AttributeValue>%8$s,%9$s</saml:AttributeValue></saml:Attribute>\
    <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName">\
    <saml:AttributeValue>%2$s</saml:AttributeValue></saml:Attribute>\
    </saml:AttributeStatement></saml:Assertion></samlp:Response>\
    """
        .formatted(id, subject, now, now.plusSeconds(300), ENTITY, RECIPIENT, AUDIENCE, role, ARN);
  }

  /** Signs the element with that id, the signature inside of it. */
  String signed(String xml, String id) {
    try {
      Document document = parse(xml);
      Element target = byId(document.getDocumentElement(), id);
      target.setIdAttribute("ID", true);
      XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
      Reference reference =
          factory.newReference(
              "#" + id,
              factory.newDigestMethod(DigestMethod.SHA256, null),
              List.of(
                  factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                  factory.newTransform(
                      CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
              null,
              null);
      SignedInfo info =
          factory.newSignedInfo(
              factory.newCanonicalizationMethod(
                  CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
              factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
              List.of(reference));
      DOMSignContext context =
          new DOMSignContext(key, target, target.getFirstChild().getNextSibling());
      factory.newXMLSignature(info, null).sign(context);
      return text(document);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static String encoded(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }

  static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (ParserConfigurationException | SAXException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static String text(Document document) {
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter out = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(out));
      return out.toString();
    } catch (TransformerException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Element byId(Element root, String id) {
    if (root.getAttribute("ID").equals(id)) {
      return root;
    }
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getAttribute("ID").equals(id)) {
        return child;
      }
    }
    throw new IllegalArgumentException(id);
  }
}
