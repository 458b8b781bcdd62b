package dev.lakebed.operation.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements in the default namespace of the root, without prefixes. */
public final class QueryXml {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  private final XMLStreamWriter out;

  private QueryXml(XMLStreamWriter out) {
    this.out = out;
  }

  @FunctionalInterface
  public interface Content {
    void writeTo(QueryXml xml) throws XMLStreamException;
  }

  static byte[] document(String root, String namespace, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement(root);
      out.writeDefaultNamespace(namespace);
      content.writeTo(new QueryXml(out));
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }

  /** An element with text. Characters that XML cannot carry become U+FFFD. */
  public QueryXml text(String name, String value) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(legal(value));
    out.writeEndElement();
    return this;
  }

  public QueryXml optional(String name, Optional<String> value) throws XMLStreamException {
    return value.isPresent() ? text(name, value.get()) : this;
  }

  public QueryXml element(String name, Content content) throws XMLStreamException {
    out.writeStartElement(name);
    content.writeTo(this);
    out.writeEndElement();
    return this;
  }

  @FunctionalInterface
  public interface Entry<T> {
    void writeTo(QueryXml xml, T item) throws XMLStreamException;
  }

  public <T> QueryXml members(String list, Iterable<T> items, Entry<T> entry)
      throws XMLStreamException {
    return element(
        list,
        xml -> {
          for (T item : items) {
            xml.element("member", member -> entry.writeTo(member, item));
          }
        });
  }

  public QueryXml texts(String list, Iterable<String> items) throws XMLStreamException {
    return element(
        list,
        xml -> {
          for (String item : items) {
            xml.text("member", item);
          }
        });
  }

  /** A map; values are written as their text. */
  public QueryXml map(String name, Map<String, ?> entries) throws XMLStreamException {
    return element(
        name,
        xml -> {
          for (Map.Entry<String, ?> entry : entries.entrySet()) {
            String value = String.valueOf(entry.getValue());
            xml.element("entry", e -> e.text("key", entry.getKey()).text("value", value));
          }
        });
  }

  private static String legal(String value) {
    return value.codePoints().allMatch(QueryXml::isLegal)
        ? value
        : value
            .codePoints()
            .map(c -> isLegal(c) ? c : 0xFFFD)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
