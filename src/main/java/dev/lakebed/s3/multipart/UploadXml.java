package dev.lakebed.s3.multipart;

import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Upload;

/** Who began an upload and who owns it, in XML. */
final class UploadXml {
  private UploadXml() {}

  static void people(XmlWriter xml, Upload upload, Bucket bucket) {
    person(xml, "Initiator", upload.initiatorArn());
    person(xml, "Owner", bucket.owner());
  }

  private static void person(XmlWriter xml, String role, String id) {
    xml.open(role).element("ID", id).element("DisplayName", id).close(role);
  }
}
