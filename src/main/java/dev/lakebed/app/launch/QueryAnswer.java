package dev.lakebed.app.launch;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An answer of the Query protocol.
 *
 * @param elements text of the elements that hold nothing else, by name
 */
record QueryAnswer(int status, Map<String, String> elements) {
  /** Reads an answer; whoever does not speak the protocol has said nothing. */
  static QueryAnswer of(int status, String body) {
    Map<String, String> elements = new HashMap<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(body));
      String text = "";
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.CHARACTERS -> text = reader.getText();
          case XMLStreamReader.END_ELEMENT -> elements.putIfAbsent(reader.getLocalName(), text);
          default -> text = "";
        }
      }
    } catch (XMLStreamException notXml) {
      return new QueryAnswer(status, Map.of());
    }
    return new QueryAnswer(status, Map.copyOf(elements));
  }

  boolean isGood() {
    return status == 200 && elements.containsKey("RequestId");
  }

  Optional<String> text(String element) {
    return Optional.ofNullable(elements.get(element));
  }
}
