package dev.lakebed.bench;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole multipart upload per operation: create, parts one after another, complete. */
final class MultipartWorkload implements Workload {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final ObjectSet objects;
  private final Body part;
  private final int parts;

  /**
   * @param objects names of the objects to make; their contents are not used
   * @param parts parts per upload
   */
  MultipartWorkload(ObjectSet objects, Body part, int parts) {
    this.objects = objects;
    this.part = part;
    this.parts = parts;
  }

  @Override
  public String operation() {
    return Operation.MULTIPART.name();
  }

  @Override
  public int size() {
    return Math.multiplyExact(part.length(), parts);
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) throws IOException {
    Buckets.create(endpoint);
  }

  @Override
  public Task task(int worker, int workers) {
    String path = objects.path(worker);
    return client -> {
      String id = uploadId(client.text(Outgoing.s3("POST", path, "uploads=", Body.EMPTY)));
      StringBuilder complete = new StringBuilder("<CompleteMultipartUpload>");
      for (int number = 1; number <= parts; number++) {
        String query = "partNumber=" + number + "&uploadId=" + id;
        ReplyHead head = client.call(Outgoing.s3("PUT", path, query, part));
        complete.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
        complete.append(head.header("etag").orElseThrow(() -> new IOException("part has no ETag")));
        complete.append("</ETag></Part>");
      }
      Body body = Body.text(complete.append("</CompleteMultipartUpload>").toString());
      String answer = client.text(Outgoing.s3("POST", path, "uploadId=" + id, body));
      if (!answer.contains("<CompleteMultipartUploadResult")) {
        throw new IOException("upload was not completed");
      }
      return size();
    };
  }

  private static String uploadId(String answer) throws IOException {
    Matcher id = UPLOAD_ID.matcher(answer);
    if (!id.find()) {
      throw new IOException("no UploadId in the answer");
    }
    return ListWorkload.encode(id.group(1));
  }

  @Override
  public void cleanUp(Endpoint endpoint) throws IOException {
    objects.delete(endpoint, 0);
  }
}
