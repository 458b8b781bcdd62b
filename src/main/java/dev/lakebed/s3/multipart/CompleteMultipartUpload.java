package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.multipart.CompleteList.CompleteClaims;
import dev.lakebed.s3.multipart.CompleteList.PartSelection;
import dev.lakebed.s3.object.Checksums;
import dev.lakebed.s3.object.Encryption;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.Checksum;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * CompleteMultipartUpload: the parts' bytes become the object's without being copied. A repetition
 * gives the same answer for as long as the finished upload is remembered.
 */
public record CompleteMultipartUpload(BucketLookup lookup, Uploads uploads, InstantSource clock)
    implements Operation.Binding<S3Request> {
  private static final int MAX_BODY = 8 * 1024 * 1024;

  @Override
  public Call bind(String name, S3Request request) {
    UploadTarget target = UploadTarget.of(lookup, request);
    CompleteClaims claims = CompleteClaims.parse(request);
    List<Permission> permissions = new ArrayList<>(2);
    permissions.add(target.permission(request, "s3:PutObject"));
    if (WriteConditions.readsCurrent(request)) {
      permissions.add(target.permission(request, "s3:GetObject"));
    }
    return Call.needing(name, permissions, caller -> complete(request, target, claims));
  }

  private Response complete(S3Request request, UploadTarget target, CompleteClaims claims)
      throws IOException {
    WriteConditions.requireBuilt(request);
    CompleteList list = CompleteList.parse(SmallBody.readWithMd5Only(request, MAX_BODY));
    Upload upload = target.find(uploads).orElseThrow(target::missing);
    if (upload.completed().isPresent()) {
      return answer(request, target, upload.completed().get());
    }
    StoredObject done =
        uploads
            .complete(
                upload,
                uploaded -> object(upload, list, uploaded, claims),
                WriteConditions.ofWrite(request))
            .orElseThrow(target::missing);
    return answer(request, target, done);
  }

  private StoredObject object(
      Upload upload, CompleteList list, List<StoredPart> uploaded, CompleteClaims claims) {
    UploadChecksum checksum = UploadChecksum.of(upload);
    List<StoredPart> parts = new PartSelection(upload.id(), checksum).select(list, uploaded);
    List<Chunk> chunks =
        parts.stream().map(part -> new Chunk(part.number(), part.ref(), part.checksum())).toList();
    StoredObject object =
        new StoredObject(
            upload.bucket(),
            upload.key(),
            parts.stream().mapToLong(StoredPart::size).sum(),
            entityTag(parts),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            upload.attributes(),
            checksum.ofParts(parts),
            chunks);
    claims.verify(checksum, object.checksum(), object.size());
    return object;
  }

  private static Response answer(S3Request request, UploadTarget target, StoredObject object) {
    XmlWriter xml =
        XmlWriter.document("CompleteMultipartUploadResult")
            .element("Location", request.location(target.bucket().name(), target.key()))
            .element("Bucket", target.bucket().name())
            .element("Key", target.key())
            .element("ETag", EntityTags.quoted(object.etag()));
    object.checksum().ifPresent(checksum -> Checksums.addTo(xml, checksum));
    return XmlWriter.answer(xml, Encryption.shown(object.attributes()));
  }

  /** MD5 of the parts' binary MD5s, and their number. */
  private static String entityTag(List<StoredPart> parts) {
    Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
    for (StoredPart part : parts) {
      byte[] digest = HexFormat.of().parseHex(part.etag());
      md5.update(digest, 0, digest.length);
    }
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }
}
