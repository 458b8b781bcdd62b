package dev.lakebed.s3.rest;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads request bodies with a document type and external entities off, and bounds on depth and
 * number of elements. The size is bounded by whoever read the bytes.
 */
public final class XmlReader {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ELEMENTS = 150_000;

  /** Of one element. None means anything here but declarations of name spaces. */
  private static final int MAX_ATTRIBUTES = 64;

  private static final XMLInputFactory FACTORY = factory();

  private XmlReader() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // The JDK looks through all name spaces of an element for each new one and bounds attributes
    // only: so they shall be attributes.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty("jdk.xml.elementAttributeLimit", MAX_ATTRIBUTES);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("no external entities");
        });
    return factory;
  }

  /** Reads a document whose root has that name, in any name space, or fails with MalformedXML. */
  public static XmlElement read(byte[] body, String root) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      XmlElement document = read(reader);
      if (!document.name().equals(root)) {
        throw S3Error.MALFORMED_XML.exception();
      }
      return document;
    } catch (XMLStreamException malformed) {
      throw S3Error.MALFORMED_XML.exception();
    }
  }

  private static XmlElement read(XMLStreamReader reader) throws XMLStreamException {
    Deque<Frame> open = new ArrayDeque<>();
    open.push(new Frame("", Set.of()));
    int elements = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          elements++;
          if (elements > MAX_ELEMENTS || open.size() > MAX_DEPTH) {
            throw S3Error.MALFORMED_XML.exception();
          }
          String name = reader.getLocalName();
          open.push(new Frame(name.substring(name.indexOf(':') + 1), prefixes(reader)));
          requireDeclared(name, open);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement done = open.pop().element();
          open.getFirst().children.add(done);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            open.getFirst().text.append(reader.getText());
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw S3Error.MALFORMED_XML.exception();
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
    return open.getFirst().children.getFirst();
  }

  private static Set<String> prefixes(XMLStreamReader reader) {
    Set<String> declared = new HashSet<>(2);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      QName name = reader.getAttributeName(i);
      if (name.getPrefix().equals(XMLConstants.XMLNS_ATTRIBUTE)) {
        declared.add(name.getLocalPart());
      }
    }
    return declared;
  }

  private static void requireDeclared(String name, Deque<Frame> open) {
    if (name.indexOf(':') < 0) {
      return;
    }
    String prefix = name.substring(0, name.indexOf(':'));
    if (open.stream().noneMatch(frame -> frame.prefixes.contains(prefix))) {
      throw S3Error.MALFORMED_XML.exception();
    }
  }

  private static final class Frame {
    private final String name;
    private final Set<String> prefixes;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlElement> children = new ArrayList<>(4);

    Frame(String name, Set<String> prefixes) {
      this.name = name;
      this.prefixes = prefixes;
    }

    XmlElement element() {
      return new XmlElement(name, children.isEmpty() ? text.toString() : "", children);
    }
  }

  /**
   * An element of a request body; its name space is not kept. {@code text} is its character data,
   * empty when it has children.
   */
  public record XmlElement(String name, String text, List<XmlElement> children) {
    public XmlElement {
      children = List.copyOf(children);
    }

    /** The only child of that name. */
    public Optional<XmlElement> child(String wanted) {
      List<XmlElement> found = children(wanted);
      if (found.size() > 1) {
        throw S3Error.MALFORMED_XML.exception();
      }
      return found.stream().findFirst();
    }

    public Optional<String> childText(String wanted) {
      return child(wanted).map(XmlElement::leaf);
    }

    public String requiredText(String wanted) {
      return childText(wanted).orElseThrow(S3Error.MALFORMED_XML::exception);
    }

    public List<XmlElement> children(String wanted) {
      return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    public List<String> texts(String wanted) {
      return children(wanted).stream().map(XmlElement::leaf).toList();
    }

    public XmlElement only(String... allowed) {
      List<String> names = List.of(allowed);
      for (XmlElement child : children) {
        if (!names.contains(child.name)) {
          throw S3Error.MALFORMED_XML.exception().with("UnexpectedElement", child.name);
        }
      }
      return this;
    }

    private String leaf() {
      if (!children.isEmpty()) {
        throw S3Error.MALFORMED_XML.exception();
      }
      return text;
    }
  }
}
