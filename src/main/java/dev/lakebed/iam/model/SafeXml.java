package dev.lakebed.iam.model;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Parses XML from strangers: no document type, no entities, nothing from outside. */
public final class SafeXml {
  private static final int MAX_DEPTH = 64;

  private SafeXml() {}

  /** The document; MalformedSamlException when it is not well-formed or nested too deep. */
  public static Document parse(String xml) {
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      Document document = builder.parse(new InputSource(new StringReader(xml)));
      requireShallow(document, 0);
      return document;
    } catch (SAXException malformed) {
      throw new MalformedSamlException("not well-formed XML: " + malformed.getMessage());
    } catch (ParserConfigurationException | IOException everyPlatformCan) {
      throw new IllegalStateException(everyPlatformCan);
    }
  }

  /** The JDK's own parser, whatever else is on the class path. */
  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    return factory;
  }

  /** What walks the tree later may do so by recursion. */
  private static void requireShallow(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedSamlException("elements are nested too deep");
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      requireShallow(child, depth + 1);
    }
  }

  public static List<Element> children(Element parent, String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child
          && namespace.equals(child.getNamespaceURI())
          && name.equals(child.getLocalName())) {
        found.add(child);
      }
    }
    return found;
  }

  /** The one child of that name; MalformedSamlException when there are several. */
  public static Optional<Element> child(Element parent, String namespace, String name) {
    List<Element> found = children(parent, namespace, name);
    if (found.size() > 1) {
      throw new MalformedSamlException("more than one element " + name);
    }
    return found.stream().findFirst();
  }

  /** The text of an element; comments do not cut it. */
  public static String text(Element element) {
    return String.valueOf(element.getTextContent()).strip();
  }

  private static final class Strict extends DefaultHandler {
    @Override
    public void error(SAXParseException error) throws SAXException {
      throw error;
    }
  }

  public static final class MalformedSamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, without quoting the document. */
    public MalformedSamlException(String message) {
      super(message);
    }
  }
}
