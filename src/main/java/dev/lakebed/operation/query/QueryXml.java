package dev.lakebed.operation.query;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Writes elements in the default namespace of the root, without prefixes. */
public final class QueryXml {
  private final StringBuilder out = new StringBuilder(2048);

  private QueryXml() {}

  @FunctionalInterface
  public interface Content {
    void writeTo(QueryXml xml);
  }

  static byte[] document(String root, String namespace, Content content) {
    QueryXml xml = new QueryXml();
    xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.out.append('<').append(root).append(" xmlns=\"").append(namespace).append("\">");
    content.writeTo(xml);
    return xml.close(root).out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private QueryXml open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  private QueryXml close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element with text. Characters that XML cannot carry become U+FFFD. */
  public QueryXml text(String name, String value) {
    open(name);
    if (isPlain(value)) {
      out.append(value);
    } else {
      value.codePoints().forEach(this::character);
    }
    return close(name);
  }

  public QueryXml optional(String name, Optional<String> value) {
    return value.isPresent() ? text(name, value.get()) : this;
  }

  public QueryXml element(String name, Content content) {
    open(name);
    content.writeTo(this);
    return close(name);
  }

  @FunctionalInterface
  public interface Entry<T> {
    void writeTo(QueryXml xml, T item);
  }

  public <T> QueryXml members(String list, Iterable<T> items, Entry<T> entry) {
    return element(
        list,
        xml -> {
          for (T item : items) {
            xml.element("member", member -> entry.writeTo(member, item));
          }
        });
  }

  public QueryXml texts(String list, Iterable<String> items) {
    return element(
        list,
        xml -> {
          for (String item : items) {
            xml.text("member", item);
          }
        });
  }

  /** A map; values are written as their text. */
  public QueryXml map(String name, Map<String, ?> entries) {
    return element(
        name,
        xml -> {
          for (Map.Entry<String, ?> entry : entries.entrySet()) {
            String value = String.valueOf(entry.getValue());
            xml.element("entry", e -> e.text("key", entry.getKey()).text("value", value));
          }
        });
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
        return false;
      }
    }
    return true;
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      default -> out.appendCodePoint(isLegal(c) ? c : 0xFFFD);
    }
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
