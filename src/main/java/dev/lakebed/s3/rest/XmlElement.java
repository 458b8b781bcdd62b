package dev.lakebed.s3.rest;

import java.util.List;
import java.util.Optional;

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

  /** Refuses children other than these. */
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
