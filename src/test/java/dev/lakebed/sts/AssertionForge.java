package dev.lakebed.sts;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/**
 * Rebuilds a response out of its own elements and those of others: moved, doubled, wrapped,
 * renamed, with other attributes, cut texts and other algorithms. "On Breaking SAML: Be Whoever You
 * Want to Be" (Usenix 2012) and the comments in names of CVE-2017-11427 are made of these steps.
 */
final class AssertionForge {
  private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
  private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  private static final String[] ATTRIBUTES = {
    "ID",
    "Id",
    "id",
    "xml:id",
    "Version",
    "Destination",
    "Recipient",
    "NotOnOrAfter",
    "NotBefore",
    "Algorithm",
    "URI",
    "Value",
    "Method",
    "Name",
    "Format",
    "SessionNotOnOrAfter",
    "PrefixList"
  };
  private static final String[] VALUES = {
    "",
    "a1",
    "r1",
    "#a1",
    "#r1",
    "#xpointer(/)",
    "#xpointer(id('a1'))",
    "2.0",
    "2099-01-01T00:00:00Z",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2000/09/xmldsig#base64",
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "urn:oasis:names:tc:SAML:2.0:status:Success"
  };
  private static final String[][] WRAPPERS = {
    {PROTOCOL, "Response"},
    {PROTOCOL, "Extensions"},
    {SAML, "Assertion"},
    {SAML, "Advice"},
    {SIGNATURE, "Object"},
    {SIGNATURE, "Signature"},
    {"urn:x", "x"}
  };
  private static final String[] PREFIXES = {
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE r [<!ENTITY e \"mallory\">]>",
    "<!DOCTYPE r SYSTEM \"file:///etc/passwd\">",
    "<?xml version=\"1.1\"?>",
    "\ufeff",
    "<!-- -->"
  };

  private final FuzzedDataProvider data;
  private final List<String> others;
  private final Document document;

  AssertionForge(FuzzedDataProvider data, String base, List<String> others) {
    this.data = data;
    this.others = others;
    this.document = SamlProviderKit.parse(base);
  }

  String forge() {
    int steps = data.consumeInt(1, 5);
    for (int i = 0; i < steps; i++) {
      step();
    }
    String xml = SamlProviderKit.text(document);
    return data.consumeInt(0, 7) == 7 ? data.pickValue(PREFIXES) + xml : xml;
  }

  private void step() {
    Element target = any(document);
    switch (data.consumeInt(0, 8)) {
      case 0 -> place(document.importNode(foreign(), true), target);
      case 1 -> place(any(document).cloneNode(true), target);
      case 2 -> move(any(document), target);
      case 3 -> wrap(target);
      case 4 -> target.setAttribute(data.pickValue(ATTRIBUTES), data.pickValue(VALUES));
      case 5 -> copyAttribute(target);
      case 6 -> text(target);
      case 7 -> remove(target);
      default -> replaceRoot();
    }
  }

  private Element any(Document in) {
    NodeList all = in.getElementsByTagName("*");
    return (Element) all.item(data.consumeInt(0, all.getLength() - 1));
  }

  private Element foreign() {
    return any(SamlProviderKit.parse(data.pickValue(others)));
  }

  private void place(Node node, Element target) {
    NodeList children = target.getChildNodes();
    target.insertBefore(node, children.item(data.consumeInt(0, children.getLength())));
  }

  private void move(Element moved, Element target) {
    boolean inside =
        moved.compareDocumentPosition(target) != 0
            && (moved.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_CONTAINED_BY) != 0;
    if (!moved.isSameNode(target) && !inside && moved.getParentNode() instanceof Element) {
      place(moved, target);
    }
  }

  private void wrap(Element wrapped) {
    String[] name = data.pickValue(WRAPPERS);
    Element wrapper = document.createElementNS(name[0], "w:" + name[1]);
    if (data.consumeBoolean()) {
      wrapper.setAttribute(data.pickValue(ATTRIBUTES), data.pickValue(VALUES));
    }
    wrapped.getParentNode().replaceChild(wrapper, wrapped);
    wrapper.appendChild(wrapped);
  }

  /** The root goes into a stranger's response, or away. */
  private void replaceRoot() {
    Node stranger =
        document.importNode(
            SamlProviderKit.parse(data.pickValue(others)).getDocumentElement(), true);
    Element root = document.getDocumentElement();
    document.replaceChild(stranger, root);
    place(root, any(document));
  }

  private void copyAttribute(Element target) {
    Element from = any(document);
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < from.getAttributes().getLength(); i++) {
      if (from.getAttributes().item(i) instanceof Attr attribute
          && !attribute.getName().startsWith("xmlns")) {
        attributes.add(attribute);
      }
    }
    if (!attributes.isEmpty()) {
      Attr attribute = data.pickValue(attributes);
      target.setAttribute(attribute.getName(), attribute.getValue());
    }
  }

  /** A text is replaced, or cut by what a parser may drop. */
  private void text(Element target) {
    if (!(target.getFirstChild() instanceof Text text)) {
      target.appendChild(document.createTextNode("mallory"));
      return;
    }
    Text tail = text.splitText(data.consumeInt(0, text.getLength()));
    Node cut =
        switch (data.consumeInt(0, 4)) {
          case 0 -> document.createComment("c");
          case 1 -> document.createProcessingInstruction("p", "i");
          case 2 -> document.createCDATASection("");
          case 3 -> document.createCDATASection("mallory");
          default -> document.createTextNode("mallory");
        };
    target.insertBefore(cut, tail);
  }

  private static void remove(Element target) {
    if (target.getParentNode() instanceof Element parent) {
      parent.removeChild(target);
    }
  }
}
