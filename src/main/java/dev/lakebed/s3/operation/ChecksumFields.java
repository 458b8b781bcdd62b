package dev.lakebed.s3.operation;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.util.Locale;

/** How checksums are shown in headers and XML. */
public final class ChecksumFields {
  /** The algorithm that is computed when a client names none. */
  public static final ChecksumAlgorithm DEFAULT = ChecksumAlgorithm.CRC64NVME;

  private static final String TYPE = "x-amz-checksum-type";

  private ChecksumFields() {}

  /** A checksum over all bytes of an object. */
  public static StoredChecksum fullObject(ChecksumValue value) {
    return new StoredChecksum(value.algorithm().name(), true, value.base64());
  }

  /** Name of the checksum type. */
  public static String type(boolean fullObject) {
    return fullObject ? "FULL_OBJECT" : "COMPOSITE";
  }

  /** Adds value and type as headers. */
  public static void addTo(Headers.Builder headers, StoredChecksum checksum) {
    headers
        .add("x-amz-checksum-" + checksum.algorithm().toLowerCase(Locale.ROOT), checksum.value())
        .add(TYPE, type(checksum.fullObject()));
  }

  /** Adds value and type as elements. */
  public static void addTo(XmlWriter xml, StoredChecksum checksum) {
    xml.element("Checksum" + checksum.algorithm(), checksum.value())
        .element("ChecksumType", type(checksum.fullObject()));
  }
}
