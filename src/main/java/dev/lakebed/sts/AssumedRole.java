package dev.lakebed.sts;

import dev.lakebed.operation.query.QueryXml;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** The result of AssumeRole. */
record AssumedRole(
    String arn, String assumedRoleId, Optional<String> sourceIdentity, IssuedSession session) {
  void writeTo(QueryXml xml) throws XMLStreamException {
    xml.element(
        "AssumedRoleUser", user -> user.text("AssumedRoleId", assumedRoleId).text("Arn", arn));
    session.writeCredentials(xml);
    session.writePackedSize(xml);
    if (sourceIdentity.isPresent()) {
      xml.text("SourceIdentity", sourceIdentity.get());
    }
  }
}
