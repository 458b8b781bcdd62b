package dev.lakebed.s3.multipart;

import dev.lakebed.storage.checksum.Checksum;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import java.util.HexFormat;
import java.util.List;

/** The entity tag of a multipart object: MD5 of the parts' binary MD5s, and their number. */
final class MultipartTag {
  private MultipartTag() {}

  static String of(List<StoredPart> parts) {
    Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
    for (StoredPart part : parts) {
      byte[] digest = HexFormat.of().parseHex(part.etag());
      md5.update(digest, 0, digest.length);
    }
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }
}
