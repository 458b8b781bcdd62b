package dev.lakebed.s3;

import dev.lakebed.s3.rest.XmlWriter;

/** The access control list that every bucket and object has: its owner may do everything. */
final class OwnerAcl {
  private OwnerAcl() {}

  static XmlWriter document(String owner) {
    XmlWriter xml = XmlWriter.document("AccessControlPolicy");
    xml.open("Owner").element("ID", owner).element("DisplayName", owner).close("Owner");
    xml.open("AccessControlList").open("Grant");
    // The type of a grantee is an attribute in the schema; SDKs refuse the document without it.
    xml.openGrantee("CanonicalUser")
        .element("ID", owner)
        .element("DisplayName", owner)
        .close("Grantee");
    xml.element("Permission", "FULL_CONTROL").close("Grant").close("AccessControlList");
    return xml;
  }
}
